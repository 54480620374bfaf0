"""Live data in the browser: the page opens on what is there and takes the market's answers over by itself."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.browser.conftest import Visit
from tests.browser.server import running
from tests.standin import Market, StandIn

pytestmark = pytest.mark.browser

# The stand-in's market closes on this day; the page's own day is the machine's, which is later.
SESSION = date(2026, 11, 20)
PRICE = 161.25


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that asks an invented market through the real yfinance."""
    market = Market(SESSION)
    listing = market.find("BABA")
    assert listing is not None
    market.add(replace(listing, price=PRICE))
    folder = tmp_path_factory.mktemp("live")
    with StandIn(market) as service:
        environment = {**service.environment(), "THESIS_LIVE": "on", "XDG_CACHE_HOME": str(folder / "cache")}
        with running(folder, environment) as started:
            yield started.address


def test_the_market_s_price_takes_the_snapshot_s_place_without_a_reload(visit: Visit, live_server: str) -> None:
    visit.server = live_server
    page = visit.open()
    page.wait_for_function(
        f"() => document.querySelector('.live-sentence').innerText.includes('{PRICE:.2f}')", timeout=60_000
    )
    visit.settle()
    foot = page.locator("[data-testid=stCaptionContainer]").last.inner_text().replace("\u00a0", " ")
    assert re.search(rf"BABA USD {PRICE:.2f}", foot)
    assert page.locator(".live-market").count() > 0
    assert page.url.rstrip("/") == live_server  # nothing was reloaded and nothing set
    assert visit.errors == []


def test_every_page_opens_on_live_data(visit: Visit, live_server: str) -> None:
    visit.server = live_server
    for name in ("upside?start=market", "valuation", "capex", "segments", "claims"):
        page = visit.open(name)
        assert page.locator("[data-testid=stException]").count() == 0, name
        assert visit.errors == []
