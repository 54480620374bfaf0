"""What `data.market.yahoo` makes of good and bad answers. yfinance is the real one; the market is a stand-in."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

from data.market import yahoo
from data.market.failures import BadAnswer, EmptyAnswer, RateLimited, Refused, TimedOut, Unreachable
from data.market.records import Analysis
from tests.data.market.conftest import short_patience
from tests.data.market.wire import CALLS, Outcome, listing, outcome, serve_chart
from tests.standin import Fault, Listing, StandIn

# For each fault the name of what prices() and rate() raise, and of what analysis() raises; None: a record.
FAULTS: dict[Fault, tuple[Outcome, Outcome]] = {
    Fault.RATE_LIMITED: (RateLimited, RateLimited),
    # A chart needs no crumb.
    Fault.RATE_LIMITED_CRUMB: (None, RateLimited),
    Fault.UNAUTHORISED: (None, Refused),
    Fault.OFFLINE: (Unreachable, Unreachable),
    Fault.SERVER_ERROR: (BadAnswer, BadAnswer),
    Fault.HANG: (TimedOut, TimedOut),
    Fault.TRUNCATED: (BadAnswer, BadAnswer),
    Fault.HTML: (BadAnswer, BadAnswer),
    Fault.EMPTY: (EmptyAnswer, EmptyAnswer),
    Fault.EMPTY_NULL: (EmptyAnswer, EmptyAnswer),
    Fault.MISSING_FIELD: (EmptyAnswer, EmptyAnswer),
    Fault.NULL_CLOSES: (None, None),
}


def patience(fault: Fault) -> AbstractContextManager[None]:
    return short_patience() if fault is Fault.HANG else nullcontext()


# --- A healthy service ---


def test_prices_are_those_of_the_market(standin: StandIn) -> None:
    baba = listing(standin)
    record = yahoo.prices("BABA")
    assert (record.symbol, record.currency, record.price) == ("BABA", "USD", 131.4)
    assert record.time == dt.datetime(2026, 11, 20, 21, 0, tzinfo=dt.UTC)
    assert type(record.time) is dt.datetime
    assert record.time.tzinfo is dt.UTC
    assert len(record.closes) == 523
    first = min(record.closes)
    assert record.closes == {bar.day: bar.close for bar in standin.market.bars(baba) if bar.day >= first}
    assert record.dividends == standin.market.dividends(baba) == {dt.date(2025, 6, 11): 1.9, dt.date(2026, 6, 11): 1.95}


def test_closes_are_not_adjusted_for_dividends(standin: StandIn) -> None:
    oldest = yahoo.prices("BABA").closes
    bars = {bar.day: bar for bar in standin.market.bars(listing(standin))}
    day = min(oldest)
    assert oldest[day] == bars[day].close > bars[day].adjusted


def test_a_share_without_dividends_has_none(standin: StandIn) -> None:
    assert yahoo.prices("AMZN").dividends == {}


def test_analysis_is_that_of_the_market(standin: StandIn) -> None:
    found = yahoo.analysis("BABA")  # its estimates and grades: test_estimates.py
    assert found.model_copy(update={"estimates": [], "grades": []}) == Analysis(
        symbol="BABA",
        currency="USD",
        price=131.4,
        target_mean=188.5,
        target_high=255.0,
        target_low=112.0,
        target_analysts=40,
        ratings={"strongBuy": 9, "buy": 26, "hold": 5, "sell": 0, "strongSell": 0},
        eps_trailing=6.6,
        pe_trailing=round(131.4 / 6.6, 6),
        eps_forward=62.0,
        eps_forward_currency="CNY",
        eps_forward_listed=round(62 / 7.02, 4),
        shares=2_390_000_000,
    )


def test_each_estimate_names_its_own_currency(standin: StandIn) -> None:
    record = yahoo.analysis("AMZN")
    assert (record.eps_forward, record.eps_forward_currency) == (9.4, "USD")


def test_a_rate_is_in_quote_per_base(standin: StandIn) -> None:
    record = yahoo.rate("USD/CNY")
    assert (record.base, record.quote, record.value) == ("USD", "CNY", 7.02)
    assert record.time.utcoffset() == dt.timedelta(0)
    assert yahoo.rate("USD/HKD").value == 7.79


def test_a_rate_between_others_has_its_own_symbol(standin: StandIn) -> None:
    standin.market.add(Listing("EURUSD=X", "USD", price=1.16, kind="CURRENCY", exchange="CCY"))
    assert yahoo.rate("EUR/USD").value == 1.16


def test_nobody_but_the_market_is_asked(standin: StandIn) -> None:
    for call in CALLS.values():
        call()
    assert standin.refused == []


def test_sixteen_threads_get_their_own_answers(standin: StandIn) -> None:
    symbols = ["BABA", "AMZN", "MSFT"] * 6
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(yahoo.prices, symbols))
    assert [record.symbol for record in found] == symbols
    assert [record.price for record in found] == [listing(standin, symbol).price for symbol in symbols]


def test_the_settings_of_yfinance_are_left_as_they_were(standin: StandIn) -> None:
    debug = yahoo._yfinance().config.debug
    assert debug.hide_exceptions is True
    yahoo.prices("BABA")
    standin.fault = Fault.OFFLINE
    outcome(CALLS["prices"])
    assert debug.hide_exceptions is True


# --- Each fault has a name, and passes ---


@pytest.mark.parametrize("known", [False, True], ids=["new process", "known time zone, cookie and crumb"])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_its_name_and_the_next_call_succeeds(
    standin: StandIn, monkeypatch: pytest.MonkeyPatch, fault: Fault, call: str, known: bool
) -> None:
    # The length of the history changes nothing here but the time that it takes.
    monkeypatch.setattr(yahoo, "HISTORY", "1mo")
    if known:
        CALLS[call]()
    standin.fault = fault
    expected = FAULTS[fault][call == "analysis"]
    if known and fault is Fault.RATE_LIMITED_CRUMB:
        # There is a crumb already, so that nothing asks for one.
        expected = None
    with patience(fault):
        assert outcome(CALLS[call]) is expected
    standin.fault = None
    assert outcome(CALLS[call]) is None


@pytest.mark.parametrize("fault", [Fault.OFFLINE, Fault.SERVER_ERROR, Fault.HTML, Fault.RATE_LIMITED])
def test_a_third_failure_in_a_row_still_has_its_name(standin: StandIn, fault: Fault) -> None:
    # After two unknown time zones yfinance gives up asking for them, and fails silently.
    standin.fault = fault
    names = [outcome(lambda symbol=symbol: yahoo.prices(symbol)) for symbol in ("BABA", "AMZN", "MSFT", "BABA")]
    assert names == [FAULTS[fault][0]] * 4


def test_a_service_that_is_not_there_is_unreachable(standin: StandIn) -> None:
    standin.stop()
    assert [outcome(call) for call in CALLS.values()] == [Unreachable] * 3


def test_null_closes_leave_gaps_and_no_nan(standin: StandIn) -> None:
    whole = yahoo.prices("BABA")
    standin.fault = Fault.NULL_CLOSES
    record = yahoo.prices("BABA")
    assert record.price == 131.4
    assert len(record.closes) == 418
    assert max(record.closes) == dt.date(2026, 11, 19)
    assert record.closes.items() < whole.closes.items()


# --- Names for single answers ---

ANSWERS = [
    (401, '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Cookie"}}}', Refused),
    (403, "<html>Forbidden</html>", Refused),
    (404, '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}', EmptyAnswer),
    (429, "Edge: Too Many Requests", RateLimited),
    (503, '{"chart":{"result":null,"error":null}}', BadAnswer),
    (200, "Too Many", BadAnswer),
    (200, "", BadAnswer),
    (200, "[]", EmptyAnswer),
    (200, "null", EmptyAnswer),
    (200, "{}", EmptyAnswer),
]


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
@pytest.mark.parametrize(("status", "body", "name"), ANSWERS)
def test_a_chart_that_is_none_is_named_by_its_status_first(
    standin: StandIn, status: int, body: str, name: Outcome, known: bool
) -> None:
    if known:
        yahoo.prices("BABA")
    standin.serve("chart/BABA", body, status)
    assert outcome(CALLS["prices"]) is name


def test_an_unknown_symbol_is_an_empty_answer(standin: StandIn) -> None:
    assert outcome(lambda: yahoo.prices("NOPE")) is EmptyAnswer
    assert outcome(lambda: yahoo.analysis("NOPE")) is EmptyAnswer
    assert outcome(lambda: yahoo.rate("USD/XXX")) is EmptyAnswer


META = [
    ({"regularMarketPrice": None}, EmptyAnswer),
    ({"regularMarketPrice": float("nan")}, EmptyAnswer),
    ({"regularMarketPrice": {}}, EmptyAnswer),
    ({"regularMarketPrice": 0}, BadAnswer),
    ({"regularMarketPrice": -3.5}, BadAnswer),
    ({"regularMarketTime": None}, EmptyAnswer),
    ({"regularMarketTime": "soon"}, BadAnswer),
    ({"regularMarketTime": 1e20}, BadAnswer),
    ({"regularMarketTime": 10**20}, BadAnswer),
    ({"currency": None}, EmptyAnswer),
    ({"currency": "pence"}, BadAnswer),
]


@pytest.mark.parametrize(("meta", "name"), META)
def test_a_last_price_that_is_none_is_no_data(standin: StandIn, meta: dict[str, Any], name: Outcome) -> None:
    serve_chart(standin, **meta)
    assert outcome(CALLS["prices"]) is name


def test_the_time_may_come_as_a_fraction(standin: StandIn) -> None:
    # yfinance turns whole seconds into a Timestamp and hands out any other number as it came.
    serve_chart(standin, regularMarketTime=1795208400.5)
    assert yahoo.prices("BABA").time == dt.datetime(2026, 11, 20, 21, 0, 0, 500_000, dt.UTC)


def test_closes_that_are_none_are_left_out(standin: StandIn) -> None:
    serve_chart(standin, closes=[None, float("nan"), float("inf"), 0, 131.4])
    record = yahoo.prices("BABA")
    assert len(record.closes) == 523 - 4
    assert record.closes[max(record.closes)] == 131.4


def test_a_history_without_closes_is_an_empty_answer(standin: StandIn) -> None:
    serve_chart(standin, closes=[None] * 523)
    assert outcome(CALLS["prices"]) is EmptyAnswer


def test_a_rate_in_another_currency_is_a_bad_answer(standin: StandIn) -> None:
    serve_chart(standin, "CNY=X", currency="USD")
    assert outcome(CALLS["rate"]) is BadAnswer


# --- Time ---


@pytest.mark.parametrize("call", CALLS)
def test_all_requests_of_a_call_share_one_bound(standin: StandIn, call: str) -> None:
    # A new process asks for a cookie in two ways before it asks for data, and each of these would wait in turn.
    standin.fault = Fault.HANG
    began = time.monotonic()
    with short_patience(request_s=5, call_s=0.2):
        assert outcome(CALLS[call]) is TimedOut
    assert time.monotonic() - began < 1.5
    assert len(standin.requests) == 1


def test_a_lost_cookie_does_not_stop_a_chart(standin: StandIn) -> None:
    standin.fault, standin.fault_on = Fault.HANG, "fc.yahoo.com"
    with short_patience(request_s=0.4, call_s=8):
        assert outcome(CALLS["prices"]) is None
