"""An article of one's own, from the pasted text to open pages, about companies that no file here knows.

The market service is the stand-in, so what its statements say is known, and with it what the verdicts must be.
"""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from components.answers.registry import PAGES
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.browser.server import running
from tests.browser.test_first_screens import path
from tests.standin import Market, StandIn
from tests.standin.market import Listing
from tests.standin.statements import amount

pytestmark = pytest.mark.browser

SESSION, SEPTEMBER = date(2026, 11, 20), date(2026, 9, 30)
HAVEL = Listing("HAV", price=46.0, name="Havel Robotics Inc.", eps_trailing=2.0)
KINROSS = Listing(
    "KIN.L", currency="GBp", financial_currency="GBP", eps_forward_currency="GBP", price=842.0, eps_trailing=60.0,
    name="Kinross Wharf plc", exchange="LSE", fiscal_year_end_month=3, place="Europe/London",
)  # fmt: skip
NORDLICHT = Listing(
    "NOR.DE", currency="EUR", financial_currency="EUR", eps_forward_currency="EUR", price=71.5, eps_trailing=4.0,
    name="Nordlicht Wind AG", exchange="GER", place="Europe/Berlin",
)  # fmt: skip
MARKET = Market(SESSION)
for listing in (HAVEL, KINROSS, NORDLICHT):
    MARKET.add(listing)


def billions(listing: Listing, line: str) -> float:
    return (amount(MARKET, listing, line, SEPTEMBER) or 0) / 1e9


@dataclass(frozen=True)
class Article:
    """A text, the ticker that it must be taken to be about, and what is found: by name, the value and both verdicts."""

    text: str
    symbol: str
    company: str
    found: dict[str, tuple[str, str]]


# Four quarters on, revenue is 1.02 to the fourth: 8.2% more. Operating income is 15% of it.
ARTICLES = [
    Article(
        f"""Havel Robotics has more to give
18 November 2026

Havel Robotics (NYSE: HAV) sells more machines than ever. Revenue rose 8 percent in the quarter to September 2026, to
${billions(HAVEL, "TotalRevenue"):.1f} billion. Operating income fell by 20 percent in the quarter to September 2026.
The operating margin was about 15 percent. Analysts see the stock between $80 and $150, an upside of 70% to 230%.
The company plans to spend $2 billion on a new plant. Its robots pick 40 percent of all strawberries in the country.
""",
        "HAV",
        "Havel Robotics Inc.",
        {"Revenue growth": ("8.2%", "supported"), "Income from operations growth": ("8.2%", "contradicted")},
    ),
    Article(
        f"""Kinross Wharf: a quiet compounder
Published: 17 November 2026

Kinross Wharf (LON: KIN) is no exciting share. In the quarter to September 2026, revenue was
£{billions(KINROSS, "TotalRevenue"):.2f}bn, up 8.2 per cent. Net income was
£{billions(KINROSS, "NetIncome"):.2f}bn in the quarter to September 2026, and the shares have never
cost more than 2,000p.
""",
        "KIN.L",
        "Kinross Wharf plc",
        {
            "Revenue growth": ("8.24%", "supported"),
            "Net income": (f"GBP {billions(KINROSS, 'NetIncome'):.2f}bn", "supported"),
        },
    ),
    Article(
        """Nordlicht bets on the wind
2026-11-16

Nordlicht Wind AG (ETR: NOR) is priced for a storm. Revenue grew by more than 20 percent in the quarter to
September 2026, or so the company says. Free cash flow was negative in the third quarter, and net income doubled
in the quarter to September 2026. The target of the three houses that follow it is EUR 120.
""",
        "NOR.DE",
        "Nordlicht Wind AG",
        {"Revenue growth": ("8.2%", "contradicted"), "Net income growth": ("8.2%", "contradicted")},
    ),
]


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that asks the invented market through the real yfinance."""
    folder = tmp_path_factory.mktemp("own")
    with StandIn(MARKET) as service:
        environment = {**service.environment(), "THESIS_LIVE": "on", "XDG_CACHE_HOME": str(folder / "cache")}
        with running(folder, environment) as started:
            yield started.address


def at_rest(page: Page) -> Page:
    """After the run that is under way: while it lasts, what stands on the page may be of the one before."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    return page


def gone_to(visit: Visit, where: str) -> Page:
    """Goes there when nothing is on its way any more: what is cut off would count as an error."""
    if visit.page.url.startswith(visit.server):
        visit.page.wait_for_load_state("networkidle")
    visit.page.goto(f"{visit.server}/{where}")
    return visit.page


def handed_in(visit: Visit, text: str) -> Page:
    page = gone_to(visit, "thesis")
    page.get_by_label("The article’s text").fill(text)
    page.get_by_role("button", name="Find its figures").click()
    return page


def on_desk(visit: Visit, article: Article) -> Page:
    """The desk with what was found, after the market service has answered about the company."""
    page = handed_in(visit, article.text)
    expect(page.get_by_role("textbox", name="Ticker")).to_have_value(article.symbol)
    expect(page.get_by_text(re.compile(f"^{re.escape(article.company)}[,:]"))).to_be_visible(timeout=30_000)
    at_rest(page)
    page.get_by_role("button", name="Find its claims").first.click()  # an older one may stand below for a moment
    expect(page.locator(".live-desk-row").first).to_be_visible()
    return page


def row(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(".live-desk-row", has=page.get_by_text(name, exact=True)).first


@pytest.mark.parametrize("article", ARTICLES, ids=[each.symbol for each in ARTICLES])
def test_from_a_pasted_text_to_open_pages(visit: Visit, live_server: str, article: Article) -> None:
    visit.server = live_server
    page = on_desk(visit, article)
    for name, (value, verdict) in article.found.items():
        expect(row(page, name)).to_contain_text(value, timeout=30_000)
        expect(row(page, name).locator(".live-verdicts")).to_contain_text(verdict)
    count = page.locator(".live-desk-row").count()
    for done in range(1, count + 1):
        page.keyboard.press("a")
        expect(page.locator(".live-desk-progress")).to_contain_text(f"{done} of {count} confirmed")
    page.get_by_role("button", name="Open the dashboard").click()
    page.wait_for_url(re.compile(r"thesis="))
    visit.settle()
    thesis = re.search(r"thesis=([a-z0-9-]+)", page.url)
    assert thesis is not None
    for name in PAGES:
        gone_to(visit, f"{path(name)}?thesis={thesis[1]}")
        at_rest(page)
        expect(page.locator("h1")).to_have_count(1)
        assert page.locator("[data-testid=stException]").count() == 0, name
        assert page.get_by_text("cannot be used").count() == 0, name
    gone_to(visit, f"claims?thesis={thesis[1]}")
    expect(page.locator(".live-rows tbody tr")).to_have_count(count)
    assert visit.errors == []


def test_the_desk_is_worked_by_mouse_and_keys(visit: Visit, live_server: str) -> None:
    visit.server = live_server
    page = on_desk(visit, ARTICLES[0])
    progress, rows = page.locator(".live-desk-progress"), page.locator(".live-desk-row")
    count = rows.count()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class(re.compile("live-desk-now"))
    page.keyboard.press("k")
    page.keyboard.press("r")
    expect(progress).to_contain_text(f"0 of {count} confirmed 1 rejected, {count - 1} open")
    rows.last.get_by_role("button", name=re.compile("^Undo")).click()
    expect(progress).to_contain_text(f"0 rejected, {count} open")
    page.get_by_role("button", name=re.compile("Accept all that were found")).click()
    expect(progress).not_to_contain_text(f"0 of {count}")
    page.get_by_role("button", name=re.compile("^Open \\d")).click()
    before = rows.count()
    # A wrong value is said where it was typed, and nothing that was typed is lost.
    page.locator("h1").click()
    page.keyboard.press("e")
    form = page.locator(".live-desk-form")
    form.get_by_label("Value", exact=True).fill("plenty")
    form.get_by_label("Name").fill("My own name")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".live-desk-problem")).to_have_text("“plenty” is no number (value). Write 1234.5.")
    expect(form.get_by_label("Name")).to_have_value("My own name")
    # A figure is typed in, with its source; then the claim has something that it is held against.
    form.get_by_label("Value", exact=True).fill("2.0")
    form.get_by_label("Value found").fill("1.8")
    form.get_by_label("Of the day").fill("2026-09-30")
    form.get_by_label("Source").fill("the annual report")
    form.get_by_role("button", name="Save and accept").click()
    expect(rows).to_have_count(before - 1)
    page.get_by_role("button", name=re.compile("^All \\d")).click()
    expect(row(page, "My own name")).to_contain_text("a figure that you typed")
    # A passage of the text becomes a claim, with its form open.
    page.evaluate(
        """() => {
            const body = document.querySelector(".live-desk-body");
            const node = [...body.childNodes].find(each => each.textContent.includes("sells more machines"));
            const range = document.createRange();
            const start = node.textContent.indexOf("sells more machines");
            range.setStart(node, start);
            range.setEnd(node, start + 19);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Propose a claim from the selected passage").click()
    expect(page.locator(".live-desk-form").get_by_label("Statement")).to_have_value(
        "Havel Robotics (NYSE: HAV) sells more machines than ever."
    )
    expect(page.locator(".live-desk-mark", has_text="sells more machines")).to_have_count(1)
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    visit.turn("dark")
    assert violations(page) == []
    assert visit.errors == []


def test_what_is_kept_is_edited_taken_along_deleted_and_brought_back(visit: Visit, live_server: str) -> None:
    visit.server = live_server
    page = on_desk(visit, ARTICLES[1])
    page.keyboard.press("a")
    expect(page.locator(".live-desk-progress")).to_contain_text("1 of")
    page.get_by_role("button", name="Open the dashboard").click()
    page.wait_for_url(re.compile(r"thesis="))
    name = re.findall(r"thesis=([a-z0-9-]+)", page.url)[0]
    gone_to(visit, "thesis")
    kept = page.locator(f".st-key-own-row-{name}")
    at_rest(page)
    with page.expect_download() as download:
        kept.get_by_role("button", name="Files").click()
    content = download.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [f"theses/{name}.toml", "companies/KIN.L/company.toml"]
    at_rest(page)
    kept.get_by_role("button", name="Delete").click()
    expect(kept).to_have_count(0)
    at_rest(page)
    page.get_by_role("button", name="Undo").click()
    expect(kept).to_have_count(1)
    at_rest(page)
    kept.get_by_role("button", name="Delete").click()
    expect(kept).to_have_count(0)
    page.get_by_text("Bring in an article’s files").click()
    given = {"name": f"{name}.zip", "mimeType": "application/zip", "buffer": content}
    page.locator("[data-testid=stFileUploaderDropzoneInput]").last.set_input_files(given)  # type: ignore[arg-type]
    expect(kept).to_have_count(1)
    at_rest(page)
    kept.get_by_role("button", name="Edit").click()
    expect(page.locator(".live-desk-progress")).to_contain_text("1 of 1 confirmed")
    page.get_by_role("button", name="Start from a blank claim").click()
    expect(page.locator(".live-desk-progress")).to_contain_text("1 of 2 confirmed")
    assert visit.errors == []


def test_what_is_wrong_is_a_sentence_and_nothing_is_lost(visit: Visit, live_server: str) -> None:
    visit.server = live_server
    page = handed_in(visit, "")
    expect(page.get_by_text("There is no text in it yet")).to_be_visible()
    files = page.locator("[data-testid=stFileUploaderDropzoneInput]").first
    files.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing"})
    expect(page.get_by_text("“a.pdf” is damaged")).to_be_visible()
    page = handed_in(visit, "<img src=x onerror=alert(1)> **Havel** rose 8% in its last quarter. (NYSE: NOSUCH)")
    expect(page.get_by_role("textbox", name="Ticker")).to_have_value("NOSUCH")
    expect(page.get_by_text(re.compile("NOSUCH cannot be looked up|What is the company called"))).to_be_visible(
        timeout=30_000
    )
    page.get_by_role("textbox", name="Company").fill("Havel <b>")
    page.get_by_role("spinbutton", name="year, Article of").click()
    page.keyboard.type("20261118")
    page.get_by_role("textbox", name="Title").click()
    at_rest(page)
    page.get_by_role("button", name="Find its claims").first.click()  # an older one may stand below for a moment
    body = page.locator(".live-desk-body")
    expect(body).to_contain_text("<img src=x onerror=alert(1)> **Havel** rose")
    assert body.locator("img, b, strong").count() == 0
    assert visit.errors == []


def test_ten_claims_take_a_reader_who_knows_the_way_less_than_a_minute(visit: Visit, live_server: str) -> None:
    """What the machine takes of the five minutes: the rest is the reader's."""
    visit.server = live_server
    began = time.monotonic()
    page = on_desk(visit, ARTICLES[0])
    page.get_by_role("button", name=re.compile("Accept all that were found")).click()
    expect(page.locator(".live-desk-progress")).not_to_contain_text("0 of")
    page.get_by_role("button", name="Open the dashboard").click()
    page.wait_for_url(re.compile(r"thesis="))
    visit.settle()
    assert time.monotonic() - began < 60
