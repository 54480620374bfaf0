"""From the service's answers to records: which field means what, and what is left out because it is no number.

Nothing here asks anyone. An answer without what is needed raises EmptyAnswer, one of the wrong kind BadAnswer.
"""

import datetime as dt
import logging
import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from data.market.failures import BadAnswer, EmptyAnswer
from data.market.records import Identity, OptionQuote, Options, Prices, Rate, Reports, Statements

# Nearer expiries are left out: days decide their price, not the share.
NEAREST_EXPIRY_DAYS = 14
_log = logging.getLogger(__name__)
T = TypeVar("T")


# --- Single values ---


def number(value: Any) -> float | None:
    """A finite number or None; the service writes missing values as None, NaN, "Infinity" or an empty dict."""
    if isinstance(value, Mapping):
        value = value.get("raw")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) else None


def positive(value: Any) -> float | None:
    """A finite number above zero or None: of a target or a count of shares, zero says that there is none."""
    found = number(value)
    return found if found is not None and found > 0 else None


def count(value: Any) -> int | None:
    """A whole number or None; the service writes some counts as 39.0."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found.is_integer() else None


def by_day(values: Any) -> dict[dt.date, float]:
    """The positive finite values of a series by day; the service leaves gaps and sends zeros."""
    return {day.date(): float(value) for day, value in values.items() if math.isfinite(value) and value > 0}


def first_result(content: Any, group: str) -> dict[str, Any]:
    """The first result of an answer's group. Raises EmptyAnswer where there is none."""
    inner = content.get(group) if isinstance(content, dict) else None
    results = inner.get("result") if isinstance(inner, dict) else None
    if not isinstance(results, list) or not results or not isinstance(results[0], dict):
        raise EmptyAnswer(f"{group}: the answer has no result")
    return results[0]


def module(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    module = found.get(name)
    return module if isinstance(module, Mapping) else {}


def identity(symbol: str, found: Mapping[str, Any]) -> Identity:
    """Who a symbol is. Raises EmptyAnswer where the answer names no currency or company, pydantic's ValidationError."""
    price, money, statistics = (module(found, name) for name in ("price", "financialData", "defaultKeyStatistics"))
    name, currency = price.get("longName") or price.get("shortName"), price.get("currency")
    if not name or not currency:
        raise EmptyAnswer(f"{symbol}: the answer names no company")
    ended = positive(statistics.get("lastFiscalYearEnd"))
    return Identity(
        symbol=symbol,
        name=str(name)[:120],
        exchange=str(price.get("exchangeName") or price.get("exchange") or "")[:60],
        kind=str(price.get("quoteType") or "")[:20],
        currency=str(currency),
        accounts=money.get("financialCurrency") or None,
        year_end=None if ended is None else dt.datetime.fromtimestamp(ended, dt.UTC).date(),
    )


# --- Statements ---

PERIODS = ("quarterly", "annual")
PER_SHARE, COUNTED = "DilutedEPS", "DilutedAverageShares"
LINES = (
    "TotalRevenue", "OperatingIncome", "EBITDA", "NetIncome", "PretaxIncome", PER_SHARE, COUNTED,
    "OperatingCashFlow", "CapitalExpenditure", "FreeCashFlow", "RepurchaseOfCapitalStock", "CashDividendsPaid",
    "CashCashEquivalentsAndShortTermInvestments", "TotalDebt", "StockholdersEquity",
)  # fmt: skip


def statements(symbol: str, content: Any) -> Statements:
    """Lines of statements. Raises EmptyAnswer without any, BadAnswer where they are in more than one currency."""
    inner = content.get("timeseries") if isinstance(content, dict) else None
    results = inner.get("result") if isinstance(inner, dict) else None
    if not isinstance(results, list):
        raise EmptyAnswer(f"{symbol}: the answer has no statements")
    points = [
        (period, line, *point)
        for result in results
        if isinstance(result, dict)
        for period in PERIODS
        for line in LINES
        for point in _points(result.get(f"{period}{line}"))
    ]
    currencies = {currency for _, line, _, _, currency in points if line not in (PER_SHARE, COUNTED)}
    if not currencies:
        raise EmptyAnswer(f"{symbol}: the answer has no statements")
    if len(currencies) > 1:
        raise BadAnswer(f"{symbol}: statements in {', '.join(sorted(currencies))}")
    currency = currencies.pop()
    found: dict[str, dict[str, dict[dt.date, float]]] = {period: {} for period in PERIODS}
    for period, line, day, value, said in points:
        # Of a company that reports in another currency than it is listed in, the service labels earnings per share with
        # the listing's and states them in the accounts': what they are in cannot be told.
        if line != PER_SHARE or said == currency:
            found[period].setdefault(line, {})[day] = value
    return Statements(symbol=symbol, currency=currency, quarters=found["quarterly"], years=found["annual"])


def _points(entries: Any) -> Iterable[tuple[dt.date, float, str]]:
    """The points of one line that can be read: day, value, currency; the service writes None for what it lacks."""
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("currencyCode"), str):
            continue
        value = number(entry.get("reportedValue"))
        try:
            day = dt.date.fromisoformat(str(entry.get("asOfDate")))
        except ValueError:
            continue
        if value is not None:
            yield day, value, entry["currencyCode"]


def reports(symbol: str, frame: Any) -> Reports:
    """Days of results releases. Raises EmptyAnswer without any."""
    days = {stamp.date() for stamp in frame.index if isinstance(stamp, dt.datetime)}
    if not days:
        raise EmptyAnswer(f"{symbol}: the answer has no results days")
    return Reports(symbol=symbol, days=sorted(days))


# --- Charts ---


def prices(symbol: str, frame: Any, meta: Mapping[str, Any]) -> Prices:
    """Prices from a chart. Raises EmptyAnswer, BadAnswer, pydantic's ValidationError."""
    price, time = _last(symbol, meta)
    currency = meta.get("currency")
    if not currency:
        raise EmptyAnswer(f"{symbol}: the answer names no currency")
    closes = by_day(frame["Close"])
    if not closes:
        raise EmptyAnswer(f"{symbol}: the history has no closes")
    return Prices(
        symbol=symbol,
        currency=str(currency),
        price=price,
        time=time,
        closes=closes,
        dividends=by_day(frame["Dividends"]) if "Dividends" in frame else {},
        splits=by_day(frame["Stock Splits"]) if "Stock Splits" in frame else {},
    )


def rate(symbol: str, base: str, quote: str, frame: Any, meta: Mapping[str, Any]) -> Rate:
    """An exchange rate from a chart. Raises EmptyAnswer, BadAnswer, pydantic's ValidationError."""
    value, time = _last(symbol, meta)
    if meta.get("currency") != quote:
        raise BadAnswer(f"{symbol}: the rate is in {meta.get('currency')}, not in {quote}")
    return Rate(base=base, quote=quote, value=value, time=time, closes=by_day(frame["Close"]))


def _last(symbol: str, meta: Mapping[str, Any]) -> tuple[float, dt.datetime]:
    price, stamp = number(meta.get("regularMarketPrice")), meta.get("regularMarketTime")
    if price is None or stamp is None:
        raise EmptyAnswer(f"{symbol}: the answer has no last price or no time for it")
    # yfinance makes a Timestamp of a whole number of seconds and leaves everything else as it came.
    seconds = stamp.timestamp() if isinstance(stamp, dt.datetime) else float(stamp)
    try:
        return price, dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (OverflowError, OSError) as error:
        raise BadAnswer(f"{symbol}: {stamp} is no time: {error}") from None


# --- Options ---


def expiries(found: Mapping[str, Any]) -> dict[dt.date, int]:
    """The days on which options expire, each with the second by which the service names it."""
    return {dt.datetime.fromtimestamp(second, dt.UTC).date(): second for second in found.get("expirationDates") or ()}


def spread(known: Iterable[dt.date], today: dt.date, wanted_days: Iterable[int]) -> list[dt.date]:
    """The expiries nearest to the wanted distances, each once; none so near that days decide its price."""
    usable = [expiry for expiry in known if (expiry - today).days >= NEAREST_EXPIRY_DAYS]
    if not usable:
        return []
    return sorted({min(usable, key=lambda expiry: abs((expiry - today).days - days)) for days in wanted_days})


def quotes(found: Mapping[str, Any], expiry: dt.date) -> list[OptionQuote]:
    """The quotes of one expiry, calls and puts."""
    sides = (found.get("options") or [{}])[0]
    return [_option(row, expiry, side == "calls") for side in ("calls", "puts") for row in sides.get(side) or ()]


def _option(row: Mapping[str, Any], expiry: dt.date, is_call: bool) -> OptionQuote:
    traded = number(row.get("lastTradeDate"))
    return OptionQuote(
        expiry=expiry,
        strike=float(row["strike"]),
        is_call=is_call,
        bid=positive(row.get("bid")),
        ask=positive(row.get("ask")),
        traded=None if traded is None else dt.datetime.fromtimestamp(traded, dt.UTC),
    )


def options(symbol: str, found: Mapping[str, Any], quoted: list[OptionQuote], expected: bool) -> Options:
    """An option chain; without quotes where the share has no options at all. Raises EmptyAnswer."""
    underlying = module(found, "quote")
    price, currency = positive(underlying.get("regularMarketPrice")), underlying.get("currency")
    if price is None or not currency or (expected and not quoted):
        raise EmptyAnswer(f"{symbol}: the option chain is empty or names no price")
    return Options(symbol=symbol, currency=str(currency), price=price, quotes=quoted)
