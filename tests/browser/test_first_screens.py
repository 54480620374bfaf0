"""Each page answers on its first screen: little of it is blank, pages are short, sliders small, nothing is cut."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from components.answers.registry import PAGES
from data.library import thesis_names
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

TILE = 20  # pixels
FAINT = 12  # steps of grey between the lightest and the darkest point of a tile that counts as blank
MOST_BLANK = 0.45
TALLEST = {1440: 2_000, 390: 4_500}
HEIGHT = {1440: 900, 390: 844}


def path(name: str) -> str:
    return "" if name == "overview" else name


def blank_share(picture: bytes) -> float:
    """The share of tiles without ink."""
    with Image.open(io.BytesIO(picture)) as image:
        grey = np.asarray(image.convert("L"), dtype=int)
    rows, columns = grey.shape[0] // TILE, grey.shape[1] // TILE
    tiles = grey[: rows * TILE, : columns * TILE].reshape(rows, TILE, columns, TILE).swapaxes(1, 2)
    return float((tiles.max((2, 3)) - tiles.min((2, 3)) < FAINT).mean())


def test_blank_tiles_are_counted() -> None:
    image = Image.new("L", (80, 40), 255)
    image.putpixel((5, 5), 0)
    kept = io.BytesIO()
    image.save(kept, "png")
    assert blank_share(kept.getvalue()) == 7 / 8


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_a_page_is_short_and_its_first_screen_full(visit: Visit, name: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": HEIGHT[width]})
    page = visit.open(path(name))
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= TALLEST[width]
    if width == 1440:
        assert blank_share(page.screenshot()) <= MOST_BLANK
    heights = {round(box["height"]) for box in (each.bounding_box() for each in sliders(page)) if box}
    assert all(56 <= height <= 64 for height in heights)


def sliders(page: Page):  # type: ignore[no-untyped-def]
    return page.locator(".live-input:has(input[type=range])").all()


@pytest.mark.parametrize("name", ["upside", "valuation", "capex"])
def test_on_a_phone_the_result_stays_in_view(visit: Visit, name: str) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open(name)
    strip = page.locator(".live-strip-below")
    for share in (0.3, 0.9):
        page.evaluate("share => { const main = document.querySelector('[data-testid=stMain]'); "
                      "main.scrollTop = share * main.scrollHeight; }", share)  # fmt: skip
        box = strip.bounding_box()
        assert box is not None
        assert box["y"] > 740
        assert box["y"] + box["height"] <= 844


# What reaches beyond the right edge and cannot be scrolled to is lost.
LOST = """width => [...document.querySelectorAll('.live-readout *, .live-inputs *, .live-chart *')]
    .filter(each => each.getClientRects().length)
    .filter(each => !each.closest('.live-scroll, .live-table, .live-data, .live-spoken, .live-plot > *'))
    .filter(each => each.getBoundingClientRect().right > width + 1).map(each => each.className)"""


# Parts of the line on top that lie upon each other.
UPON = """() => {
    const parts = [...document.querySelectorAll(
        '.st-key-page-head :is(.live-head > *, button, [data-baseweb=select])')];
    const boxes = parts.filter(each => each.innerText && !each.closest('.live-spoken'))
        .map(each => [each.getBoundingClientRect(), each]).filter(([box]) => box.width > 1 && box.height > 1);
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.flatMap(([box, part], place) => boxes.slice(place + 1)
        .filter(([other, its]) => !part.contains(its) && meet(box, other))
        .map(([, its]) => [part.innerText, its.innerText]));
}"""


@pytest.mark.parametrize("name", [*PAGES, "scenarios"])
def test_no_width_cuts_a_page(visit: Visit, name: str) -> None:
    page = visit.open(path(name))
    for width in (320, 390, 660, 768, 900, 1015, 1024, 1160, 1325, 1440, 1920, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"() => ({UPON})().length === 0", timeout=5_000)
        fits = "width => document.querySelector('[data-testid=stMain]').scrollWidth <= width"
        page.wait_for_function(f"width => ({fits})(width) && ({LOST})(width).length === 0", arg=width, timeout=5_000)


@pytest.mark.parametrize("thesis", thesis_names())
def test_no_key_figure_is_cut(visit: Visit, thesis: str) -> None:
    page = visit.open(f"?thesis={thesis}")
    cells = ".live-keys tbody :is(th, td)"
    page.wait_for_selector(cells)
    cut = f"""() => [...document.querySelectorAll('{cells}')].filter(each => each.offsetParent)
        .filter(cell => [cell, ...cell.querySelectorAll('*')].some(
            each => each.clientWidth && each.scrollWidth > each.clientWidth + 1))
        .map(each => each.textContent)"""
    for width in (1024, 1280, 1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(cut) == [], width
