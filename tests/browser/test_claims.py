"""The table of claims in the browser: found, sorted, opened, and closed again."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_claim_opens_beside_the_list_and_closes_again(visit: Visit) -> None:
    page = visit.open("claims")
    page.get_by_role("button", name="Net cash exceeds USD 50bn").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("but the latest is USD 37.8bn").first).to_be_visible()
    expect(page).to_have_url(re.compile("claim=net-cash"))
    # In the list, which the drawer covers but does not reorder, the coverage by cash flow comes next. The keys belong
    # to the drawer's buttons, which can arrive after its text.
    expect(drawer.get_by_role("button", name="Next")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(drawer.get_by_text("The cash flow of the commerce business covers").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(drawer.get_by_text("but the latest is USD 37.8bn").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page).not_to_have_url(re.compile("claim="))
    assert visit.errors == []


def test_search_and_sorting_stay_in_the_browser(visit: Visit) -> None:
    page = visit.open("claims")
    rows = page.locator(".live-rows tbody tr")
    page.get_by_role("searchbox", name="Search the claims").fill("minimax hong")
    expect(rows.filter(visible=True)).to_have_count(1)
    expect(page.get_by_text("1 of 20")).to_be_visible()
    page.get_by_role("searchbox", name="Search the claims").fill("")
    page.get_by_role("button", name="Statement", exact=True).click()
    expect(rows.first).to_contain_text("Alibaba enters a new fiscal year")
    page.get_by_role("button", name="Statement", exact=True).click()
    expect(rows.first).to_contain_text("USD 53bn go into AI")
    page.get_by_role("button", name="Verdict, then → now").click()
    expect(rows.first).to_contain_text("contradicted")


def test_the_overview_leads_to_each_claim(visit: Visit) -> None:
    page = visit.open()
    strip = page.locator(".live-strip a")
    expect(strip).to_have_count(20)
    strip.filter(has_text="Net cash").click()
    expect(page.get_by_role("dialog").get_by_text("but the latest is USD 37.8bn").first).to_be_visible()
