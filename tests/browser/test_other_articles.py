"""The pages on the other bundled articles: what holds for the first one holds for them, in one visit each."""

import io
from typing import Literal

import pytest
from pypdf import PdfReader

from components.answers.registry import PAGES
from data.library import thesis_names
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.browser.test_first_screens import HEIGHT, LOST, MOST_BLANK, TALLEST, blank_share, path
from tests.browser.test_print import MOST_PAGES

pytestmark = pytest.mark.browser

OTHERS = [name for name in thesis_names() if name != "alibaba-ai"]
LITTLE = 0.1  # more is blank where less is known than of the first article
PARTS = ".live-readout, .live-chart, [data-testid=stCaptionContainer]"
FOOT = (
    """parts => Math.max(...[...document.querySelectorAll(parts)].map(each => each.getBoundingClientRect().bottom))"""
)
SCHEMES: dict[int, Literal["light", "dark"]] = {1440: "light", 390: "dark"}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("thesis", OTHERS)
def test_a_page_of_another_article_is_full_short_accessible_and_prints(visit: Visit, thesis: str, name: str) -> None:
    page = visit.open(f"{path(name)}?thesis={thesis}")
    for width, scheme in SCHEMES.items():
        page.set_viewport_size({"width": width, "height": HEIGHT[width]})
        visit.settle()
        visit.turn(scheme)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= TALLEST[width]
        assert page.evaluate(LOST, width) == []
        assert violations(page) == []
        if width == 1440:  # a page with little to say ends early: what lies below its foot is not counted
            foot = page.evaluate(FOOT, PARTS)
            clip = {"x": 0, "y": 0, "width": width, "height": min(foot, HEIGHT[width])}
            assert blank_share(page.screenshot(clip=clip)) <= MOST_BLANK + LITTLE  # type: ignore[arg-type]
    printed = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True, prefer_css_page_size=True)))
    assert 1 <= len(printed.pages) <= MOST_PAGES[name]
    assert visit.errors == []
