"""The only file that knows yfinance. Each function asks for one thing and returns a checked record or raises
a MarketFailure. Nothing here retries or remembers; `data.market.service` does.

yfinance fails irregularly: some calls raise, others return an empty frame or a dictionary of one key. So the
content decides, not the absence of an exception, and a failure is named after what was seen on the wire.
"""

import datetime as dt
import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from pydantic import ValidationError

from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited, Refused, TimedOut, Unreachable
from data.market.records import Analysis, OptionQuote, Options, Prices, Rate

REQUEST_TIMEOUT_S = 8.0
# Cookie, crumb, data and the second try of each with another cookie: one call may need a dozen requests.
CALL_TIMEOUT_S = 20.0
HISTORY = "2y"
# Days to expiry that the chain is asked for: each expiry is a request, and these span a target's usual horizon.
EXPIRIES_DAYS = (30, 91, 182, 365, 547, 730)
# A trailing EPS is trusted to be in the price's currency if it reproduces the service's own ratio this closely.
EPS_AGREEMENT = 0.03
# curl counts whole milliseconds and takes none at all for “no limit”.
_SHORTEST_TIMEOUT_S = 0.01
# Settings, session and caches of yfinance belong to the process, and so do the notes that the session takes.
_one_at_a_time = threading.Lock()
_log = logging.getLogger(__name__)


@cache
def _yfinance() -> Any:
    # Imported on first use: it costs half a second, and the first page must not wait for it.
    import yfinance

    # Its own log lines carry whole answers; the service logs one line of its own for each failure.
    logging.getLogger("yfinance").setLevel(logging.CRITICAL)
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

        def begin(self) -> None:
            self.ends, self.status, self.limited = time.monotonic() + CALL_TIMEOUT_S, None, False

        def request(self, method: Any, url: str, **kwargs: Any) -> Any:  # type: ignore[override]
            self.status = None
            left = self.ends - time.monotonic()
            if left < _SHORTEST_TIMEOUT_S:
                raise requests.exceptions.Timeout(f"no answer within {CALL_TIMEOUT_S:g} s")
            kwargs["timeout"] = min(kwargs.get("timeout") or REQUEST_TIMEOUT_S, REQUEST_TIMEOUT_S, left)
            answer = super().request(method, url, **kwargs)
            self.status = answer.status_code
            self.limited = self.limited or answer.status_code == 429
            return answer

    return BoundedSession(impersonate="chrome")


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
        raise _name_failure(error)(f"{what}: {type(error).__name__}: {str(error)[:160]}") from error


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


def _number(value: Any) -> float | None:
    """A finite number or None; the service writes missing values as None, NaN, "Infinity" or an empty dict."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) else None


def _positive(value: Any) -> float | None:
    """A finite number above zero or None: of a target or a count of shares, zero says that there is none."""
    number = _number(value)
    return number if number is not None and number > 0 else None


def _count(value: Any) -> int | None:
    """A whole number or None; the service writes some counts as 39.0."""
    number = _number(value)
    return int(number) if number is not None and number >= 0 and number.is_integer() else None


def _by_day(values: Any) -> dict[dt.date, float]:
    """The positive finite values of a series by day; the service leaves gaps and sends zeros."""
    return {day.date(): float(value) for day, value in values.items() if math.isfinite(value) and value > 0}


def _history(symbol: str, period: str) -> tuple[Any, dict[str, Any]]:
    ticker = _ticker(symbol)
    frame = ticker.history(period=period, interval="1d", auto_adjust=False, actions=True, timeout=REQUEST_TIMEOUT_S)
    meta = ticker.get_history_metadata() or {}
    if frame is None or frame.empty or "Close" not in frame:
        raise EmptyAnswer(f"{symbol}: the history is empty")
    return frame, meta


def _last(symbol: str, meta: dict[str, Any]) -> tuple[float, dt.datetime]:
    price, stamp = _number(meta.get("regularMarketPrice")), meta.get("regularMarketTime")
    if price is None or stamp is None:
        raise EmptyAnswer(f"{symbol}: the answer has no last price or no time for it")
    # yfinance makes a Timestamp of a whole number of seconds and leaves everything else as it came.
    seconds = stamp.timestamp() if isinstance(stamp, dt.datetime) else float(stamp)
    try:
        return price, dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (OverflowError, OSError) as error:
        raise BadAnswer(f"{symbol}: {stamp} is no time: {error}") from None


def prices(symbol: str) -> Prices:
    """Two years of daily closes and dividends with the last price. Raises MarketFailure."""
    with _call(f"prices of {symbol}"):
        frame, meta = _history(symbol, HISTORY)
        price, time = _last(symbol, meta)
        currency = meta.get("currency")
        if not currency:
            raise EmptyAnswer(f"{symbol}: the answer names no currency")
        closes = _by_day(frame["Close"])
        if not closes:
            raise EmptyAnswer(f"{symbol}: the history has no closes")
        return Prices(
            symbol=symbol,
            currency=str(currency),
            price=price,
            time=time,
            closes=closes,
            dividends=_by_day(frame["Dividends"]) if "Dividends" in frame else {},
        )


def rate(pair: str) -> Rate:
    """The exchange rate of a pair written as ``USD/CNY``: CNY per USD. Raises MarketFailure."""
    base, quote = pair.split("/")
    symbol = f"{quote}=X" if base == "USD" else f"{base}{quote}=X"
    with _call(f"rate {pair}"):
        meta = _history(symbol, "5d")[1]
        value, time = _last(symbol, meta)
        if meta.get("currency") != quote:
            raise BadAnswer(f"{symbol}: the rate is in {meta.get('currency')}, not in {quote}")
        return Rate(base=base, quote=quote, value=value, time=time)


def analysis(symbol: str) -> Analysis:
    """Targets, ratings, earnings per share and shares. Raises MarketFailure."""
    with _call(f"analysis of {symbol}"):
        ticker = _ticker(symbol)
        info = _info(ticker)
        currency = info.get("currency")
        if not currency:
            raise EmptyAnswer(f"{symbol}: the answer names no currency")
        forward, forward_currency = _optional(lambda: _forward_estimate(ticker), (None, None))
        found = {
            "target_mean": _positive(info.get("targetMeanPrice")),
            "target_high": _positive(info.get("targetHighPrice")),
            "target_low": _positive(info.get("targetLowPrice")),
            "target_analysts": _count(info.get("numberOfAnalystOpinions")),
            "ratings": _optional(lambda: _ratings(ticker), None),
            "eps_trailing": _trailing_eps(info),
            "eps_forward": forward,
            "eps_forward_currency": forward_currency,
            "shares": _positive(info.get("sharesOutstanding")),
        }
        if all(value is None for value in found.values()):
            raise EmptyAnswer(f"{symbol}: the answer has neither targets nor earnings")
        return Analysis(symbol=symbol, currency=str(currency), **found)


def _info(ticker: Any) -> dict[str, Any]:
    try:
        return ticker.get_info() or {}
    except Exception as error:
        if _name_failure(error) not in (BadAnswer, EmptyAnswer):
            raise
        # The last of its requests is for a ratio that is not used here. Where only that one failed, the ticker
        # hands out the rest when asked again; otherwise it has nothing, and asks for nothing either.
        info = ticker.get_info()
        if not info:
            raise
        return info


def _optional(ask: Callable[[], Any], without: Any) -> Any:
    """A part of the answer that may be missing while the rest is good.

    A rate limit, a lost connection and a timeout are never just missing: the record before may have the part.
    """
    try:
        with _named_failures("part of the analysis"):
            return ask()
    except (BadAnswer, EmptyAnswer, Refused) as failure:
        _log.info("left out: %s", failure)
        return without


def _trailing_eps(info: dict[str, Any]) -> float | None:
    """Trailing EPS, if its currency shows: price / EPS must be the ratio that the service states."""
    eps = _number(info.get("trailingEps"))
    price = _number(info.get("currentPrice")) or _number(info.get("regularMarketPrice"))
    ratio = _number(info.get("trailingPE"))
    if not eps or not price or not ratio:
        return None
    return eps if abs(price / eps / ratio - 1) <= EPS_AGREEMENT else None


def _forward_estimate(ticker: Any) -> tuple[float | None, str | None]:
    estimates = ticker.get_earnings_estimate()
    if estimates is None or estimates.empty or "+1y" not in estimates.index or "currency" not in estimates:
        return None, None
    row = estimates.loc["+1y"]
    currency = row["currency"]
    mean = _number(float(row["avg"]))
    return (mean, currency) if isinstance(currency, str) and mean is not None else (None, None)


def _ratings(ticker: Any) -> dict[str, int] | None:
    trend = ticker.get_recommendations()
    if trend is None or trend.empty or "0m" not in set(trend["period"]):
        return None
    row = trend[trend["period"] == "0m"].iloc[0]
    return {grade: int(row[grade]) for grade in ("strongBuy", "buy", "hold", "sell", "strongSell")}


def options(symbol: str) -> Options:
    """Quotes of a few expiries, near to far, with the price of the share. Raises MarketFailure."""
    with _call(f"options of {symbol}"):
        ticker = _ticker(symbol)
        expiries = [dt.date.fromisoformat(text) for text in ticker.options or ()]
        quotes: list[OptionQuote] = []
        underlying: dict[str, Any] = {}
        for expiry in _spread(expiries, dt.datetime.now(dt.UTC).date()):
            chain = ticker.option_chain(expiry.isoformat())
            underlying = chain.underlying or underlying
            for frame, is_call in ((chain.calls, True), (chain.puts, False)):
                if frame is not None:
                    quotes += [_option(row, expiry, is_call) for row in frame.to_dict("records")]
        price, currency = _positive(underlying.get("regularMarketPrice")), underlying.get("currency")
        if not quotes or price is None or not currency:
            raise EmptyAnswer(f"{symbol}: the option chain is empty or names no price")
        return Options(symbol=symbol, currency=str(currency), price=price, quotes=quotes)


def _spread(expiries: list[dt.date], today: dt.date) -> list[dt.date]:
    """The expiries nearest to the wanted distances, each once; none so near that days decide its price."""
    usable = [expiry for expiry in expiries if (expiry - today).days >= 14]
    if not usable:
        return []
    return sorted({min(usable, key=lambda expiry: abs((expiry - today).days - days)) for days in EXPIRIES_DAYS})


def _option(row: dict[str, Any], expiry: dt.date, is_call: bool) -> OptionQuote:
    traded = row.get("lastTradeDate")
    known = isinstance(traded, dt.datetime) and traded == traded  # a missing time is NaT, which equals nothing
    return OptionQuote(
        expiry=expiry,
        strike=float(row["strike"]),
        is_call=is_call,
        bid=_positive(row.get("bid")),
        ask=_positive(row.get("ask")),
        traded=traded.to_pydatetime() if known else None,  # type: ignore[union-attr]
    )
