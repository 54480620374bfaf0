"""How each fault of the stand-in shows in the real yfinance."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from . import Fault, StandIn
from .client import fresh_yfinance
from .conftest import TODAY

pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")


def history(ticker: Any) -> Any:
    return ticker.history(period="2y", auto_adjust=False, actions=True)


CALLS: dict[str, Callable[[Any], Any]] = {
    "history": history,
    "info": lambda ticker: ticker.get_info(),
    "targets": lambda ticker: ticker.get_analyst_price_targets(),
    "recommendations": lambda ticker: ticker.get_recommendations(),
    "estimate": lambda ticker: ticker.get_earnings_estimate(),
    "options": lambda ticker: ticker.options,
    "cash flow": lambda ticker: ticker.quarterly_cashflow,
}


def outcome(call: Callable[[Any], Any], ticker: Any) -> Any:
    """Return the name of the exception, or how many things came back."""
    try:
        return len(call(ticker))
    except Exception as error:
        return type(error).__name__


# Per fault: what a new process meets in the order of CALLS.
FAULTS: dict[Fault, tuple[Any, ...]] = {
    Fault.RATE_LIMITED: (*["YFRateLimitError"] * 6, 0),
    Fault.RATE_LIMITED_CRUMB: (523, 1, 0, 0, 0, 0, 11),
    Fault.UNAUTHORISED: (523, 1, 0, 0, 0, 0, 11),
    Fault.OFFLINE: (*["ConnectionError"] * 6, 0),
    Fault.SERVER_ERROR: ("JSONDecodeError", "JSONDecodeError", 0, 0, 0, "JSONDecodeError", 0),
    Fault.TRUNCATED: (*["JSONDecodeError"] * 6, 0),
    Fault.HTML: (*["JSONDecodeError"] * 6, 0),
    Fault.EMPTY: (0, 1, "IndexError", "YFDataException", "IndexError", 0, 0),
    Fault.EMPTY_NULL: (0, 1, 0, "TypeError", 0, "TypeError", 0),
    Fault.MISSING_FIELD: ("KeyError", 65, 3, 4, 4, 10, 0),
    Fault.NULL_CLOSES: (470, 73, 5, 4, 4, 10, 11),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("yf")
def test_fault_in_a_new_process(service: StandIn, tmp_path: Path, fault: Fault) -> None:
    service.fault = fault
    seen = []
    for number, call in enumerate(CALLS.values()):
        seen.append(outcome(call, fresh_yfinance(tmp_path / str(number)).Ticker("BABA")))
    assert tuple(seen) == FAULTS[fault]


@pytest.mark.parametrize("fault", [Fault.OFFLINE, Fault.SERVER_ERROR, Fault.TRUNCATED, Fault.HTML])
def test_history_of_a_known_time_zone_is_silently_empty(service: StandIn, yf: Any, fault: Fault) -> None:
    ticker = yf.Ticker("BABA")
    assert len(history(ticker)) == 523
    service.fault = fault
    assert history(ticker).empty


def test_missing_fields_lose_the_currencies(service: StandIn, yf: Any) -> None:
    service.fault = Fault.MISSING_FIELD
    ticker = yf.Ticker("BABA")
    assert not {"currency", "financialCurrency", "regularMarketPrice"} & set(ticker.get_info())
    assert "mean" not in ticker.get_analyst_price_targets()
    assert "currency" not in ticker.get_earnings_estimate()


def test_null_closes_drop_rows_and_leave_gaps(service: StandIn, yf: Any) -> None:
    service.fault = Fault.NULL_CLOSES
    table = history(yf.Ticker("BABA"))
    assert table.index[-1].date() == TODAY - timedelta(days=1)
    assert table["Close"].isna().sum() == 52


def test_hang_lasts_until_the_timeout(service: StandIn, yf: Any) -> None:
    ticker = yf.Ticker("BABA")
    history(ticker)
    service.fault = Fault.HANG
    began = time.monotonic()
    assert ticker.history(period="1y", timeout=0.2).empty
    assert 0.15 < time.monotonic() - began < 2


def test_hang_ends_when_cleared(service: StandIn, yf: Any) -> None:
    service.fault, service.fault_on = Fault.HANG, "quoteSummary"
    answers: list[Any] = []
    waiting = threading.Thread(target=lambda: answers.append(yf.Ticker("BABA").get_analyst_price_targets()))
    waiting.start()
    waiting.join(0.3)
    assert not answers
    service.fault = None
    waiting.join(5)
    assert answers[0]["mean"] == 188.5


def test_hang_ends_when_stopped(service: StandIn, yf: Any) -> None:
    service.fault = Fault.HANG
    waiting = threading.Thread(target=lambda: outcome(CALLS["targets"], yf.Ticker("BABA")))
    waiting.start()
    waiting.join(0.2)
    began = time.monotonic()
    service.stop()
    waiting.join(5)
    assert not waiting.is_alive()
    assert time.monotonic() - began < 2


def test_fault_can_be_restricted(service: StandIn, yf: Any) -> None:
    service.fault, service.fault_on = Fault.SERVER_ERROR, "timeseries"
    ticker = yf.Ticker("BABA")
    assert outcome(CALLS["history"], ticker) == 523
    assert outcome(CALLS["targets"], ticker) == 5
    assert outcome(CALLS["info"], ticker) == "JSONDecodeError"
    assert outcome(CALLS["cash flow"], ticker) == 0


def test_failed_statements_stay_until_the_cache_is_cleared(service: StandIn, yf: Any) -> None:
    service.fault = Fault.SERVER_ERROR
    assert yf.Ticker("BABA").quarterly_cashflow.empty
    service.fault = None
    assert yf.Ticker("BABA").quarterly_cashflow.empty
    yf.data.YfData.cache_get.cache_clear()
    assert len(yf.Ticker("BABA").quarterly_cashflow) == 11


def test_recovery_from_a_rate_limit(service: StandIn, yf: Any) -> None:
    service.fault = Fault.RATE_LIMITED
    assert outcome(CALLS["targets"], yf.Ticker("BABA")) == "YFRateLimitError"
    service.fault = None
    assert outcome(CALLS["targets"], yf.Ticker("BABA")) == 5


def test_history_of_a_third_unknown_time_zone_is_silently_empty(service: StandIn, yf: Any) -> None:
    service.fault = Fault.OFFLINE
    seen = [outcome(history, yf.Ticker(symbol)) for symbol in ("BABA", "AMZN", "MSFT")]
    assert seen == ["ConnectionError", "ConnectionError", 0]


def test_refused_connection_looks_like_being_offline(service: StandIn, yf: Any) -> None:
    service.stop()
    assert outcome(CALLS["targets"], yf.Ticker("BABA")) in ("ConnectionError", "ProxyError")
