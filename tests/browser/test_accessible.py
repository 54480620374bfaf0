"""What a keyboard, a screen reader and a finger need, on every page, in both themes."""

import re

import pytest
from playwright.sync_api import Page, expect

from components.answers.registry import PAGES
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.browser.test_first_screens import path

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_in_an_open_claim(visit: Visit) -> None:
    assert violations(visit.open("claims?claim=net-cash")) == []


def test_titles_differ_and_name_the_article(visit: Visit) -> None:
    titles = {name: visit.open(path(name)).title() for name in PAGES}
    assert len(set(titles.values())) == len(PAGES)
    assert titles["upside"] == "Upside · Alibaba’s turn to AI infrastructure"
    for name in PAGES:
        assert visit.open(path(name)).locator("h1").count() == 1, name


def test_what_hovering_opens_a_key_and_a_tap_open_too(visit: Visit) -> None:
    page = visit.open("upside")
    chip, bubble = page.locator(".st-key-bear_target .live-chip"), page.locator(".live-hint")
    said = "The article says 190.00: the low end of the article’s targets"
    chip.hover()
    expect(bubble).to_contain_text(said)
    page.mouse.move(700, 20)
    expect(bubble).to_have_count(0)
    page.locator(".st-key-bear_target .live-field").focus()
    page.keyboard.press("Tab")
    expect(bubble).to_contain_text(said)
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)
    chip.click()
    expect(bubble).to_contain_text(said)
    box = bubble.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_a_typed_value_counts_and_a_wrong_one_is_told(visit: Visit) -> None:
    page = visit.open("upside")
    field = page.locator(".st-key-base_target .live-field")
    field.fill("201.3")
    field.press("Enter")
    page.wait_for_url(re.compile("base_target=201.3"))
    visit.settle()
    expect(page.locator(".live-sentence")).to_contain_text("USD\u00a0201.30")
    field.fill("plenty")
    field.press("Enter")
    expect(page.locator(".st-key-base_target .live-problem")).to_have_text("“plenty” is no number; it stays at 201.30.")
    assert "base_target=201.3" in page.url


def test_the_focus_is_always_seen(visit: Visit) -> None:
    page = visit.open("upside")
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
            const at = document.activeElement, style = getComputedStyle(at);
            const box = at.getBoundingClientRect();
            return [at.className || at.tagName, style.outlineStyle !== "none" || style.boxShadow !== "none", box.width];
        }""")
        assert seen[1], seen


def test_motion_is_spared_where_the_reader_asks_for_it(visit: Visit) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open("upside")
    moving = """() => [...document.querySelectorAll('.live-readout *, .live-inputs *')]
        .filter(each => getComputedStyle(each).transitionDuration !== '0s').length"""
    assert page.evaluate(moving) == 0


@pytest.fixture
def phone(visit: Visit, browser) -> Visit:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    return Visit(context.new_page(), visit.server)


def swipe(page: Page, start: tuple[float, float], across: float, down: float) -> None:
    """A finger goes over the screen, a frame at a time."""
    line = page.context.new_cdp_session(page)

    def tell(kind: str, *points: dict[str, float]) -> None:
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    x, y = start
    tell("touchStart", {"x": x, "y": y})
    for step in range(1, 13):
        tell("touchMove", {"x": x + across * step / 12, "y": y + down * step / 12})
        page.evaluate("() => new Promise(requestAnimationFrame)")
    tell("touchEnd")


def middle(page: Page, where: str) -> tuple[float, float]:
    target = page.locator(where).first
    target.evaluate("target => target.scrollIntoView({ block: 'center' })")  # not under what stays at the foot
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 3, box["y"] + box["height"] / 2


@pytest.mark.parametrize("where", [".live-plot", ".st-key-months .live-track"])
def test_a_swipe_on_a_chart_or_a_slider_scrolls_the_page(phone: Visit, where: str) -> None:
    page = phone.open("upside")
    start = middle(page, where)
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    before, value = page.evaluate(scrolled), page.locator(".st-key-months").get_attribute("data-value")
    swipe(page, start, 4, -280)
    page.wait_for_function(f"before => {scrolled} > before + 150", arg=before)
    assert page.locator(".st-key-months").get_attribute("data-value") == value
    assert "months" not in page.url


def test_a_finger_that_goes_sideways_moves_the_handle_and_a_tap_sets_it(phone: Visit) -> None:
    page = phone.open("upside")
    swipe(page, middle(page, ".st-key-bear_target .live-track"), 90, 6)
    page.wait_for_url(re.compile("bear_target="))
    assert page.locator(".st-key-bear_target").get_attribute("data-value") != "190"
    x, y = middle(page, ".st-key-bull_target .live-track")
    page.touchscreen.tap(x, y)
    page.wait_for_url(re.compile("bull_target="))


def test_on_a_phone_what_is_tapped_is_large_enough(phone: Visit) -> None:
    page = phone.open("upside")
    small = page.evaluate("""() => [...document.querySelectorAll('.live-tool, .live-track input, .live-copy')]
        .filter(each => each.getClientRects().length && each.getBoundingClientRect().height < 44)
        .map(each => each.className || each.ariaLabel)""")
    assert small == []
    chips = page.evaluate("""() => [...document.querySelectorAll('.live-input .live-chip')].map(each => {
        const around = getComputedStyle(each, '::before'), box = each.getBoundingClientRect();
        return box.height - 2 * parseFloat(around.top);
    })""")
    assert chips
    assert min(chips) >= 40
