"""Every page in a real browser: no error, nothing cut off or fetched from elsewhere, nothing that axe minds."""

import pytest
from playwright.sync_api import Page

from components.answers.registry import PAGES
from tests.browser.axe import violations
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_an_error(visit: Visit, name: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        _is_sound(visit, visit.open(name if name != "overview" else ""))


def _is_sound(visit: Visit, page: Page) -> None:
    assert visit.errors == []
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert "undefined" not in page.inner_text("[data-testid=stMain]")
    assert "{" not in page.inner_text("[data-testid=stMain]")
    # What stays at the foot of a phone's screen stands outside its own place.
    cut = """box => !box.querySelector('.live-strip-below') && box.firstElementChild.getBoundingClientRect().height
        > box.closest('[data-testid=stElementContainer]').clientHeight + 1"""
    boxes = page.locator(".live-readout, .live-inputs").all()
    assert not [box.inner_text()[:40] for box in boxes if box.evaluate(cut)]
    assert violations(page) == []


def test_charts_are_named_and_stay_in_their_reserved_height(visit: Visit) -> None:
    page = visit.open("upside")
    for plot in page.locator(".live-plot").all():
        assert plot.get_attribute("role") == "img"
        name = plot.get_attribute("aria-label") or ""
        assert len(name) > 20
        assert "{" not in name
    for chart in page.locator(".live-chart").all():
        assert chart.evaluate("box => box.scrollHeight <= box.parentElement.clientHeight + 1")


def test_a_page_link_changes_the_page_without_an_error(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("link", name="Upside").first.click()
    page.wait_for_selector(".st-key-bull_target")
    visit.settle()
    assert page.url.endswith("/upside")
    assert visit.errors == []


def test_plotly_is_compressed_and_may_be_kept(visit: Visit) -> None:
    sizes = []
    visit.page.on(
        "response", lambda reply: sizes.append(reply.all_headers()) if "/assets/plotly" in reply.url else None
    )
    visit.open()
    assert len(sizes) == 1
    assert sizes[0]["content-encoding"] == "gzip"
    assert "immutable" in sizes[0]["cache-control"]


def test_on_a_narrow_screen_the_menu_closes_after_a_choice(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 800})
    page = visit.open()
    page.locator("[data-testid=stExpandSidebarButton]").click()
    menu = page.locator("[data-testid=stSidebar]")
    menu.get_by_role("link", name="Upside").click()
    page.wait_for_selector(".st-key-bull_target")
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stSidebar]')?.getBoundingClientRect().right <= 1 ?? true"
    )
    assert page.url.endswith("/upside")
