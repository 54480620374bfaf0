"""What readers cost the market service: one question a symbol and interval, however many of them there are."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.market.service import FRESH, market_service
from tests.pages.conftest import Open
from tests.standin import Fault, Market, StandIn
from tests.standin.answers import Answer
from tests.standin.asked import asked
from tests.standin.proxy import Request

SESSIONS = 25
FRIDAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def standin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("THESIS_LIVE", "on")
    monkeypatch.setenv("THESIS_DATABASE_URL", f"sqlite:///{tmp_path}/market.sqlite")
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with asked(Market(FRIDAY), tmp_path) as running:
        market_service.cache_clear()
        yield running
        market_service().wait(20)
        market_service.cache_clear()


def counted(standin: StandIn) -> Counter[str]:
    """The questions by address, without cookie, crumb and time zone; options have a question an expiry."""
    return Counter(
        f"{each.path}?{'date' if 'date=' in each.query else ''}" for each in standin.requests if is_data(each)
    )


def is_data(request: Request) -> bool:
    """Whether a request is for figures; the client asks for a share's time zone once, by a chart of one day."""
    is_key = request.host == "fc.yahoo.com" or request.path.endswith("/getcrumb")
    return not is_key and not ("/chart/" in request.path and "range=1d" in request.query)


def foot(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption).replace("\\", "").replace("\u00a0", " ")


def test_25_readers_cost_what_one_does(open_page: Open, standin: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "data.market.service"):
        open_page("overview")
        market_service().wait(60)
    alone = counted(standin)
    assert alone["/v8/finance/chart/BABA?"] == 1
    for number in range(SESSIONS - 1):
        open_page("upside" if number % 2 else "overview")
    market_service().wait(60)
    assert counted(standin) == alone
    # One line a question, which a program can read.
    lines = [each.getMessage() for each in caplog.records if each.getMessage().startswith("fetch ")]
    assert any(line.startswith("fetch what=prices symbol=BABA ms=") and line.endswith("outcome=ok") for line in lines)
    assert len(lines) == sum(market_service().counts().values())


def test_a_pause_that_the_service_wants_is_kept_by_all_and_said(
    open_page: Open, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.fault = Fault.RATE_LIMITED
    open_page("overview")
    market_service().wait(60)
    before = len(standin.requests)
    for _ in range(5):
        app = open_page("overview")
    assert len(standin.requests) == before
    assert "Next try at 12:15 UTC" in foot(app)
    # Growing pauses: 15 minutes, then 30.
    later = NOW + dt.timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    open_page("overview")
    market_service().wait(60)
    assert len(standin.requests) > before
    assert "Next try at 12:46 UTC" in foot(open_page("overview"))
    # And back in order without a restart.
    standin.fault, much_later = None, later + dt.timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: much_later)
    open_page("overview")
    market_service().wait(60)
    assert market_service().status().failure is None
    assert "BABA USD 131.40" in foot(open_page("overview"))


def test_a_pause_that_the_service_names_is_kept(open_page: Open, standin: StandIn) -> None:
    header = ("Retry-After", "5400")
    standin.trouble = lambda request, healthy: Answer(429, b"Too Many Requests", "text/plain", (header,))
    open_page("overview")
    market_service().wait(60)
    assert "Next try at 13:30 UTC" in foot(open_page("overview"))


def test_each_kind_is_asked_for_again_when_it_has_grown_old(
    open_page: Open, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page("overview")
    market_service().wait(60)
    later = NOW + FRESH["prices"]
    monkeypatch.setattr(clock, "now", lambda: later)
    open_page("overview")
    market_service().wait(60)
    assert counted(standin)["/v8/finance/chart/BABA?"] == 2
    assert standin.count("quoteSummary/BABA") == 1
