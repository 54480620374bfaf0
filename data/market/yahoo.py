"""The only file that knows yfinance. Each function asks for one thing and returns a checked record or raises
a MarketFailure. Nothing here retries or remembers; `data.market.service` does.

yfinance fails irregularly: some calls raise, others return an empty frame or a dictionary of one key. So the
content decides, not the absence of an exception.
"""

import datetime as dt
import json
import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from pydantic import ValidationError

from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited, Refused, TimedOut, Unreachable
from data.market.records import Analysis, Prices, Rate

REQUEST_TIMEOUT_S = 8.0
HISTORY = "2y"
# A trailing EPS is trusted to be in the price's currency if it reproduces the service's own ratio this closely.
EPS_AGREEMENT = 0.03


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
        """Cookie, crumb and statement requests ask for 30 s each; none gets more than the bound."""

        def request(self, method: Any, url: str, **kwargs: Any) -> Any:  # type: ignore[override]
            kwargs["timeout"] = min(kwargs.get("timeout") or REQUEST_TIMEOUT_S, REQUEST_TIMEOUT_S)
            return super().request(method, url, **kwargs)

    return BoundedSession(impersonate="chrome")


def _ticker(symbol: str) -> Any:
    return _yfinance().Ticker(symbol, session=_session())


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

    yf = _yfinance().exceptions
    if isinstance(error, yf.YFRateLimitError):
        return RateLimited
    if isinstance(error, (http.Timeout, TimeoutError)):
        return TimedOut
    if isinstance(error, http.HTTPError):
        status = getattr(getattr(error, "response", None), "status_code", None)
        return {429: RateLimited, 401: Refused, 403: Refused}.get(status or 0, BadAnswer)
    if isinstance(error, (http.ConnectionError, http.ProxyError, http.SSLError, OSError)):
        return Unreachable
    if isinstance(error, yf.YFDataException):
        return EmptyAnswer
    if isinstance(error, (ValidationError, json.JSONDecodeError, ValueError)):
        return BadAnswer
    return EmptyAnswer


def _number(value: Any) -> float | None:
    """A finite number or None; the service writes missing values as None, NaN, "Infinity" or an empty dict."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) else None


def _history(symbol: str, period: str) -> tuple[Any, dict[str, Any]]:
    ticker = _ticker(symbol)
    frame = ticker.history(
        period=period, interval="1d", auto_adjust=False, actions=True, timeout=REQUEST_TIMEOUT_S, raise_errors=True
    )
    meta = ticker.get_history_metadata() or {}
    if frame is None or frame.empty or "Close" not in frame:
        raise EmptyAnswer(f"{symbol}: the history is empty")
    return frame, meta


def _last(symbol: str, frame: Any, meta: dict[str, Any]) -> tuple[float, dt.datetime]:
    price, time = _number(meta.get("regularMarketPrice")), meta.get("regularMarketTime")
    if price is None or time is None:
        raise EmptyAnswer(f"{symbol}: the answer has no last price or no time for it")
    if not isinstance(time, dt.datetime):
        time = dt.datetime.fromtimestamp(float(time), dt.UTC)
    return price, time.astimezone(dt.UTC)


def prices(symbol: str) -> Prices:
    """Two years of daily closes and dividends with the last price. Raises MarketFailure."""
    with _named_failures(f"prices of {symbol}"):
        frame, meta = _history(symbol, HISTORY)
        price, time = _last(symbol, frame, meta)
        currency = meta.get("currency")
        if not currency:
            raise EmptyAnswer(f"{symbol}: the answer names no currency")
        closes = frame["Close"].dropna()
        paid = frame["Dividends"] if "Dividends" in frame else frame["Close"].iloc[:0]
        return Prices(
            symbol=symbol,
            currency=str(currency),
            price=price,
            time=time,
            closes={day.date(): float(close) for day, close in closes.items()},
            dividends={day.date(): float(amount) for day, amount in paid.items() if amount > 0},
        )


def rate(pair: str) -> Rate:
    """The exchange rate of a pair written as ``USD/CNY``: CNY per USD. Raises MarketFailure."""
    base, quote = pair.split("/")
    symbol = f"{quote}=X" if base == "USD" else f"{base}{quote}=X"
    with _named_failures(f"rate {pair}"):
        frame, meta = _history(symbol, "5d")
        value, time = _last(symbol, frame, meta)
        return Rate(base=base, quote=quote, value=value, time=time)


def analysis(symbol: str) -> Analysis:
    """Targets, ratings, earnings per share and shares. Raises MarketFailure."""
    with _named_failures(f"analysis of {symbol}"):
        # A failed statement request stays in yfinance's own cache until the next day unless it is emptied.
        _forget_cached_failures()
        ticker = _ticker(symbol)
        info = ticker.get_info() or {}
        currency = info.get("currency")
        if not currency:
            raise EmptyAnswer(f"{symbol}: the answer names no currency")
        forward, forward_currency = _optional(lambda: _forward_estimate(ticker), (None, None))
        return Analysis(
            symbol=symbol,
            currency=str(currency),
            target_mean=_number(info.get("targetMeanPrice")),
            target_high=_number(info.get("targetHighPrice")),
            target_low=_number(info.get("targetLowPrice")),
            target_analysts=info.get("numberOfAnalystOpinions"),
            ratings=_optional(lambda: _ratings(ticker), None),
            eps_trailing=_trailing_eps(info),
            eps_forward=forward,
            eps_forward_currency=forward_currency,
            shares=_number(info.get("sharesOutstanding")),
        )


def _forget_cached_failures() -> None:
    _yfinance().data.YfData.cache_get.cache_clear()


def _optional(ask: Callable[[], Any], without: Any) -> Any:
    """A part of the answer that may be missing while the rest is good; a rate limit is never just missing."""
    try:
        with _named_failures("part of the analysis"):
            return ask()
    except RateLimited:
        raise
    except MarketFailure as failure:
        logging.getLogger(__name__).info("left out: %s", failure)
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
    return (_number(float(row["avg"])), currency) if isinstance(currency, str) else (None, None)


def _ratings(ticker: Any) -> dict[str, int] | None:
    trend = ticker.get_recommendations()
    if trend is None or trend.empty or "0m" not in set(trend["period"]):
        return None
    row = trend[trend["period"] == "0m"].iloc[0]
    return {grade: int(row[grade]) for grade in ("strongBuy", "buy", "hold", "sell", "strongSell")}
