"""The page of all articles in a browser: from the menu to an article, and back in the address."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_an_article_opens_by_a_click_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit.open("articles")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which articles are here?")
    page.get_by_role("button", name="Rolls-Royce after its half-year of 2025").click()
    expect(page.get_by_text("Rolls-Royce traded at").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?thesis=rolls-royce-2025"))
    visit.settle()
    page.wait_for_load_state("networkidle")  # what is on its way would be cut off, and count as an error
    visit.open("?thesis=rolls-royce-2025")
    expect(page.get_by_text("Rolls-Royce traded at").first).to_be_visible()
    assert visit.errors == []


def test_a_link_to_an_article_that_is_gone_says_so(visit: Visit) -> None:
    page = visit.open("?thesis=gone-with-the-wind")
    expect(page.get_by_text("There is no thesis “gone-with-the-wind” here").first).to_be_visible()


def test_the_menu_of_articles_names_the_one_that_is_open_on_every_page(visit: Visit) -> None:
    page = visit.open("?thesis=alphabet-2026")
    for name in ("Upside", "Segments", "Capex", "Claims", "Overview"):
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_url(re.compile(f"/{'' if name == 'Overview' else name.lower()}\\?.*thesis=alphabet-2026"))
        visit.settle()
        expect(page.get_by_role("combobox", name="Article")).to_have_value("Alphabet’s price and its growth of 2026")
