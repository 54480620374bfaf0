"""The only file that knows yfinance. Each function asks for one thing and returns a checked record or raises
a MarketFailure. Nothing here retries or remembers; `data.market.service` does.

yfinance fails irregularly: some calls raise, others return an empty frame or a dictionary of one key. So the
content decides, not the absence of an exception, and a failure is named after what was seen on the wire.
"""

import datetime as dt
import logging
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

from pydantic import ValidationError

from data import clock
from data.market import reading, reading_analysis
from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited, Refused, TimedOut, Unreachable
from data.market.records import Analysis, Identity, OptionQuote, Options, Prices, Rate, Reports, Statements

REQUEST_TIMEOUT_S = 8.0
# Cookie, crumb, data and the second try of each with another cookie: one call may need a dozen requests.
CALL_TIMEOUT_S = 20.0
HISTORY = "2y"
RELEASES = 25  # six years of quarters; the page of them is the smallest that the service has
# Days to expiry that the chain is asked for: each expiry is a request, and these span a target's usual horizon.
EXPIRIES_DAYS = (30, 91, 182, 365, 547, 730)
# All that the analysis is made of, in one request. yfinance's own `info` asks three addresses, one of them for a ratio
# that is not used here, and loses everything where one fails.
MODULES = (
    "financialData", "defaultKeyStatistics", "summaryDetail", "earningsTrend", "recommendationTrend",
    "upgradeDowngradeHistory",
)  # fmt: skip
IDENTITY = ("price", "financialData", "defaultKeyStatistics")
_SUMMARY = "https://query2.finance.yahoo.com/v10/finance/quoteSummary"
_STATEMENTS = "https://query2.finance.yahoo.com/ws/fundamentals-timeseries/v1/finance/timeseries"
_SINCE = dt.datetime(2016, 12, 31, tzinfo=dt.UTC)  # the service gives five quarters and four years, whatever is asked
_OPTIONS = "https://query2.finance.yahoo.com/v7/finance/options"
# curl counts whole milliseconds and takes none at all for “no limit”.
_SHORTEST_TIMEOUT_S = 0.01
# Settings, session and caches of yfinance belong to the process, and so do the notes that the session takes.
_one_at_a_time = threading.Lock()


class _Memory:
    """Time zones and cookies in the process, in the shape of yfinance's caches, which are databases on disk.

    Those fail with the disk, locked, full or not to be written, and their errors would look like the service's.
    """

    def __init__(self, wrapped: bool = False) -> None:
        self._kept: dict[str, Any] = {}
        self._wrapped = wrapped

    def lookup(self, key: str) -> Any:
        found = self._kept.get(key)
        return {"cookie": found, "age": dt.timedelta()} if self._wrapped and found is not None else found

    def store(self, key: str, value: Any) -> None:
        self._kept[key] = value


@cache
def _yfinance() -> Any:
    # Imported on first use: it costs half a second, and the first page must not wait for it.
    import yfinance
    from yfinance import cache as caches

    # Its own log lines carry whole answers; the service logs one line of its own for each failure.
    logging.getLogger("yfinance").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", message="The inplace keyword")  # of pandas, at each of its answers
    caches._TzCacheManager._tz_cache = _Memory()
    caches._CookieCacheManager._Cookie_cache = _Memory(wrapped=True)
    caches._ISINCacheManager._isin_cache = _Memory()
    return yfinance


@cache
def _session() -> Any:
    from curl_cffi import requests

    class BoundedSession(requests.Session):
        """Bounds every request, and all requests of a call together, and notes how the service answered.

        yfinance asks for 30 s each for cookie, crumb and statements.
        """

        ends = 0.0
        status: int | None = None
        limited = False
        after_s: float | None = None

        def begin(self) -> None:
            self.ends, self.status, self.limited = time.monotonic() + CALL_TIMEOUT_S, None, False
            self.after_s = None

        def request(self, method: Any, url: str, **kwargs: Any) -> Any:  # type: ignore[override]
            self.status = None
            left = self.ends - time.monotonic()
            if left < _SHORTEST_TIMEOUT_S:
                raise requests.exceptions.Timeout(f"no answer within {CALL_TIMEOUT_S:g} s")
            kwargs["timeout"] = min(kwargs.get("timeout") or REQUEST_TIMEOUT_S, REQUEST_TIMEOUT_S, left)
            answer = super().request(method, url, **kwargs)
            self.status = answer.status_code
            if answer.status_code == 429:
                self.limited, self.after_s = True, seconds_of(answer.headers.get("retry-after"))
            return answer

    return BoundedSession(impersonate="chrome")


def seconds_of(retry_after: str | None) -> float | None:
    """What a Retry-After header asks for, seconds or a time (RFC 9110); None where nothing can be read of it."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max((until - clock.now()).total_seconds(), 0.0) if until.tzinfo else None


def _ticker(symbol: str) -> Any:
    return _yfinance().Ticker(symbol, session=_session())


@contextmanager
def _call(what: str) -> Iterator[None]:
    """One call: bounded in time, on empty caches, with every failure shown by yfinance and named by us."""
    with _one_at_a_time:
        debug = _yfinance().config.debug
        hidden = debug.hide_exceptions
        # Otherwise a history of a known time zone fails silently, and an `info` that was refused has one key.
        debug.hide_exceptions = False
        _session().begin()
        _forget_cached_answers()
        try:
            with _named_failures(what):
                yield
        finally:
            debug.hide_exceptions = hidden


def _forget_cached_answers() -> None:
    # yfinance keeps the page of a failed time zone or statement request and would read it again the next time.
    _yfinance().data.YfData.cache_get.cache_clear()


@contextmanager
def _named_failures(what: str) -> Iterator[None]:
    """Gives every failure inside one of our names."""
    try:
        yield
    except MarketFailure:
        raise
    except Exception as error:
        failure = _name_failure(error)(f"{what}: {type(error).__name__}: {str(error)[:160]}")
        if isinstance(failure, RateLimited):
            failure.after_s = _session().after_s
        raise failure from error


def _name_failure(error: Exception) -> type[MarketFailure]:
    from curl_cffi.requests import exceptions as http

    session = _session()
    if isinstance(error, ValidationError):
        return BadAnswer
    # A crumb that was denied by a 429 shows later on as a 401.
    if session.limited or isinstance(error, _yfinance().exceptions.YFRateLimitError):
        return RateLimited
    if isinstance(error, (http.Timeout, TimeoutError)):
        return TimedOut
    if session.status is not None and session.status >= 400:
        return {401: Refused, 403: Refused, 404: EmptyAnswer}.get(session.status, BadAnswer)
    # Before OSError: to curl_cffi broken JSON is both.
    if isinstance(error, ValueError):
        return BadAnswer
    return Unreachable if isinstance(error, OSError) else EmptyAnswer


def _history(symbol: str, period: str) -> tuple[Any, dict[str, Any]]:
    ticker = _yfinance().Ticker(symbol, session=_session())
    frame = ticker.history(period=period, interval="1d", auto_adjust=False, actions=True, timeout=REQUEST_TIMEOUT_S)
    meta = ticker.get_history_metadata() or {}
    if frame is None or frame.empty or "Close" not in frame:
        raise EmptyAnswer(f"{symbol}: the history is empty")
    return frame, meta


def _result(address: str, group: str, **parameters: str) -> dict[str, Any]:
    """The first result of an answer, fetched with yfinance's cookie and crumb. Raises EmptyAnswer without one."""
    return reading.first_result(_raw(address, parameters), group)


def _raw(address: str, parameters: dict[str, str]) -> Any:
    return _yfinance().data.YfData(session=_session()).get_raw_json(address, params=parameters or None)


def prices(symbol: str) -> Prices:
    """Two years of daily closes, dividends and splits with the last price. Raises MarketFailure."""
    with _call(f"prices of {symbol}"):
        frame, meta = _history(symbol, HISTORY)
        return reading.prices(symbol, frame, meta)


def rate(pair: str) -> Rate:
    """The exchange rate of a pair written as ``USD/CNY``: CNY per USD. Raises MarketFailure."""
    base, quote = pair.split("/")
    symbol = f"{quote}=X" if base == "USD" else f"{base}{quote}=X"
    with _call(f"rate {pair}"):
        frame, meta = _history(symbol, "5d")
        return reading.rate(symbol, base, quote, frame, meta)


def analysis(symbol: str) -> Analysis:
    """Targets, ratings, earnings per share and shares, in one request. Raises MarketFailure."""
    with _call(f"analysis of {symbol}"):
        found = _result(f"{_SUMMARY}/{symbol}", "quoteSummary", modules=",".join(MODULES), formatted="false")
        return reading_analysis.analysis(symbol, found)


def identity(symbol: str) -> Identity:
    """The company's name, exchange, currencies and fiscal year, in one request. Raises MarketFailure."""
    with _call(f"identity of {symbol}"):
        found = _result(f"{_SUMMARY}/{symbol}", "quoteSummary", modules=",".join(IDENTITY), formatted="false")
        return reading.identity(symbol, found)


def statements(symbol: str) -> Statements:
    """The lines of the last quarterly and yearly statements that the dashboard uses, in one request.

    Raises MarketFailure.
    """
    with _call(f"statements of {symbol}"):
        kinds = [f"{period}{line}" for period in reading.PERIODS for line in reading.LINES]
        asked = {
            "symbol": symbol,
            "type": ",".join(kinds),
            "period1": str(int(_SINCE.timestamp())),
            "period2": str(int(time.time()) + 86_400),
        }
        return reading.statements(symbol, _raw(f"{_STATEMENTS}/{symbol}", asked))


def reports(symbol: str) -> Reports:
    """The days of the results releases, past and expected, in one request. Raises MarketFailure."""
    with _call(f"results days of {symbol}"):
        frame = _ticker(symbol).get_earnings_dates(limit=RELEASES)
        if frame is None:  # the page came without its table, as it does of an error
            raise LookupError("the page lists no days")
        return reading.reports(symbol, frame)


def options(symbol: str) -> Options:
    """Quotes of a few expiries, near to far, with the price of the share; no quotes where a share has no options.

    Raises MarketFailure.
    """
    with _call(f"options of {symbol}"):
        found = _result(f"{_OPTIONS}/{symbol}", "optionChain")
        expiries = reading.expiries(found)
        quotes: list[OptionQuote] = []
        for expiry in reading.spread(expiries, clock.today(), EXPIRIES_DAYS):
            found = _result(f"{_OPTIONS}/{symbol}", "optionChain", date=str(expiries[expiry]))
            quotes += reading.quotes(found, expiry)
        return reading.options(symbol, found, quotes, bool(expiries))
