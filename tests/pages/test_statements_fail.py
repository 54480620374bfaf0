"""Pages of a company that takes figures from the service's statements, while the service fails at them, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.answers.registry import PAGES
from data.market.service import market_service
from tests.conftest import TODAY
from tests.data.market.conftest import short_patience
from tests.pages.conftest import Open, live, shown_text
from tests.standin import Fault, Market, StandIn
from tests.standin.asked import asked
from tests.standin.market import Listing
from tests.standin.statements import quarter_ends

THESIS = "alphabet-2026"
CLOUD = "81.8%"  # 24,768 ÷ 13,624 − 1, by the release of July 2026
# Some of each kind: the battery of faults meets all of them, with another company.
FAULTS = (Fault.HANG, Fault.RATE_LIMITED, Fault.UNAUTHORISED, Fault.TRUNCATED, Fault.MISSING_FIELD)
PLACES = {"statements": "timeseries", "results days": "calendar/earnings"}


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """The service, live; what it tells of Alphabet is invented."""
    monkeypatch.setenv("THESIS_LIVE", "on")
    monkeypatch.setenv("THESIS_DATABASE_URL", "sqlite://")
    with asked(Market(TODAY), tmp_path) as running:
        for symbol, price in (("GOOG", 345.0), ("GOOGL", 344.0), ("META", 640.0)):
            running.market.add(Listing(symbol, price=price, eps_trailing=10.0, eps_forward=12.0))
        market_service.cache_clear()
        yield running
        market_service().wait(20)
        market_service.cache_clear()


def opened(open_page: Open) -> dict[str, AppTest]:
    """All pages after the market has answered what it can."""
    open_page("overview", thesis=THESIS)
    market_service().wait(60)
    return {name: open_page(name, thesis=THESIS) for name in PAGES}


def said(app: AppTest) -> str:
    texts = [shown_text(data) for data in live(app).values() if data["kind"] in ("readout", "chart")]
    return " ".join([*texts, *(each.value for each in (*app.info, *app.caption, *app.warning))])


def lead(app: AppTest) -> str:
    return shown_text(next(data for name, data in live(app).items() if name.endswith("-sentence")))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("place", PLACES)
def test_every_page_shows_the_filings_whatever_the_service_does(
    open_page: Open, service: StandIn, place: str, fault: Fault
) -> None:
    service.fault, service.fault_on = fault, PLACES[place]
    with short_patience(0.5, 1.0):
        pages = opened(open_page)
    for name, app in pages.items():
        assert not app.exception, name
        assert not app.error, name
        assert "Traceback" not in said(app)
    newest = quarter_ends(service.market, 1)[0]
    known = market_service().kept([("statements", "GOOG"), ("reports", "GOOG")])
    if place == "results days":
        assert newest in known["statements", "GOOG"].answer.quarters["TotalRevenue"]  # type: ignore[union-attr]
    elif fault not in (Fault.UNAUTHORISED, Fault.RATE_LIMITED_CRUMB):
        assert ("statements", "GOOG") not in known
    # What the filings say of the last quarter that they have stands as it did: so much did Google Cloud grow.
    assert CLOUD in said(pages["segments"])


def test_in_health_a_newer_quarter_comes_from_the_service_and_says_so(open_page: Open, service: StandIn) -> None:
    pages = opened(open_page)
    answer = market_service().kept([("reports", "GOOG")])["reports", "GOOG"].answer
    assert service.count("calendar/earnings") == 1
    assert len(answer.days) == 25  # type: ignore[union-attr]
    assert "Yahoo Finance statements" in said(pages["capex"]) + said(pages["valuation"])
