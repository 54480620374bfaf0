"""The report as a reader gets it: a file on his disk, without network, on the screen and on paper."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from components.answers import address
from components.export.report.content import gather
from components.export.report.page import as_html
from data.library import thesis_names
from tests.browser.axe import violations
from tests.browser.html_checker import problems

pytestmark = pytest.mark.browser

PAPER_PX = 703  # A4 less two margins of 12 mm, at 96 dots an inch
DRAWN = "() => [...document.querySelectorAll('[data-chart]')].every(each => 'drawn' in each.dataset)"
WIDE = """width => [...document.querySelectorAll('main *')]
    .filter(each => each.getClientRects().length && !each.closest('svg') && !each.closest('.wide'))
    .filter(each => each.getBoundingClientRect().right > width + 1).map(each => each.outerHTML.slice(0, 80))"""


def written(thesis: str, folder: Path) -> Path:
    version = address.data_version()
    file = folder / "report.html"
    file.write_bytes(as_html(gather(address.asked_at({"thesis": thesis}, version), version)))
    return file


@pytest.mark.parametrize("thesis", thesis_names())
def test_it_is_valid_opens_offline_reads_well_and_prints_on_a_few_sheets(
    thesis: str, browser: Browser, tmp_path: Path
) -> None:
    file = written(thesis, tmp_path)
    assert problems(file) == []
    with browser.new_context(offline=True, viewport={"width": 1280, "height": 900}) as context:
        page, wrong = context.new_page(), []
        page.on("request", lambda each: wrong.append(each.url) if not each.url.startswith(("file:", "data:")) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.goto(file.as_uri())
        page.wait_for_function(DRAWN)
        charts = page.locator("[data-chart]").count()
        assert charts >= 6
        assert page.locator(".live .main-svg").count() >= charts
        assert violations(page) == []
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER_PX, "height": 1000})
        assert page.evaluate(WIDE, PAPER_PX) == []
        assert page.locator(".still svg").count() == charts
        assert page.locator(".live").first.is_hidden()
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert wrong == []
    assert 2 <= len(printed.pages) <= 4
    for sheet in printed.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)
    text = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert "Sources" in text
    assert "not investment advice" in text.replace("\n", " ")


def test_the_checker_notices_what_is_wrong(tmp_path: Path) -> None:
    file = written("alphabet-2026", tmp_path)
    html = file.read_text(encoding="utf-8")
    file.write_text(
        html.replace("</main>", "<p><div>no paragraph holds this</div></p><img src=x></main>"), encoding="utf-8"
    )
    assert problems(file)
