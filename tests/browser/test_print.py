"""Each page on paper: A4, light, no controls, nothing cut."""

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from components.answers.registry import PAGES
from tests.browser.conftest import Visit
from tests.browser.test_first_screens import path

pytestmark = pytest.mark.browser

MOST_PAGES = {"overview": 3, "upside": 3, "valuation": 4, "segments": 5, "capex": 4, "claims": 3}
CONTROLS = ("Export", "Copy link", "PNG", "CSV", "Back to the article", "Search the claims", "Deploy")
PAPER_PX = 703  # A4 less two margins of 12 mm, at 96 dots an inch


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_clean(visit: Visit, name: str) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    visit.open(path(name))
    for scheme in ("light", "dark"):
        _prints_clean(visit.turn(scheme), name)


def _prints_clean(page: Page, name: str) -> None:
    said = " ".join(page.locator(".live-sentence").first.inner_text().split())
    printed = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True, prefer_css_page_size=True)))
    assert 1 <= len(printed.pages) <= MOST_PAGES[name]
    for sheet in printed.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)
    text = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert re.sub(r"\W", "", said) in re.sub(r"\W", "", text)
    assert [control for control in CONTROLS if control in text] == []
    assert "not investment advice" in text
    page.set_viewport_size({"width": PAPER_PX, "height": 1000})
    page.emulate_media(media="print")
    wide = page.evaluate(
        """width => [...document.querySelectorAll('.live-readout *, .live-inputs *, .live-chart, .main-svg')]
        .filter(each => each.getClientRects().length && !each.closest('.live-spoken'))
        .filter(each => each.getBoundingClientRect().right > width + 1)
        .map(each => each.className.baseVal ?? each.className)""",
        PAPER_PX,
    )
    assert wide == []
    # No part lies upon another.
    over = page.evaluate("""() => {
        const parts = [...document.querySelectorAll('.live-readout, .live-chart, .live-inputs')];
        const boxes = parts.filter(each => !each.querySelector('.live-strip-below'))
            .map(each => [each.getBoundingClientRect(), each]).filter(([box]) => box.width && box.height);
        const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        return boxes.flatMap(([box, part], place) => boxes.slice(place + 1).filter(([other]) => meet(box, other))
            .map(([, other]) => [part.innerText.slice(0, 30), other.innerText.slice(0, 30)]));
    }""")
    assert over == []
    assert (
        page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    page.emulate_media(media="null")
    page.set_viewport_size({"width": 1440, "height": 900})
