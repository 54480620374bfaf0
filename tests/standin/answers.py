"""Answers to Yahoo's addresses, made from a `Market`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from .chain import contracts, expiries, midnight
from .market import Bar, Listing, Market
from .statements import release_days, series
from .summary import modules, quote

CRUMB = "stand.in/crumb"
RANGES = ("1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max")
# Short, because yfinance stores the cookie on disk and would show it to the true service later.
_COOKIE_SECONDS = 60
_DAYS = {"mo": 30.5, "y": 365.25}
_UNKNOWN = {"code": "Not Found", "description": "The stand-in has no such symbol"}


class Answer(NamedTuple):
    """A response: status, body, media type and further headers."""

    status: int
    body: bytes
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


def answer(market: Market, host: str, path: str, query: str) -> Answer:
    """Return what the service says to one request.

    Parameters
    ----------
    host, path, query
        The parts of the address; `query` without its question mark.
    """
    if host == "fc.yahoo.com":
        return _cookie()
    if path.endswith("/getcrumb"):
        return Answer(200, CRUMB.encode(), "text/plain")
    parameters = {name: values[-1] for name, values in parse_qs(query).items()}
    for prefix, (handler, needs_crumb) in _ROUTES.items():
        if path.startswith(prefix):
            if needs_crumb and parameters.get("crumb") != CRUMB:
                return unauthorised()
            return handler(market, path.removeprefix(prefix).strip("/"), parameters)
    return Answer(404, b"<html><body>The stand-in has no such page.</body></html>", "text/html")


def needs_crumb(path: str) -> bool:
    """Whether the service wants a crumb with requests for `path`."""
    return any(path.startswith(prefix) and wanted for prefix, (_, wanted) in _ROUTES.items())


def unauthorised() -> Answer:
    """Return the refusal of a wrong or missing crumb."""
    return _json(401, {"finance": _failure({"code": "Unauthorized", "description": "Invalid Crumb"})})


def chart(market: Market, symbol: str, parameters: dict[str, str]) -> Answer:
    """Answer v8/finance/chart: daily bars by ``range`` or ``period1``/``period2``, with dividends."""
    listing = market.find(symbol)
    if listing is None:
        return _json(404, {"chart": _failure(_UNKNOWN)})
    if parameters.get("interval", "1d") != "1d":
        reason = {"code": "Unprocessable Entity", "description": "The stand-in knows daily bars only"}
        return _json(422, {"chart": _failure(reason)})
    bars = _chosen(market, listing, parameters)
    result: dict[str, Any] = {"meta": _chart_meta(market, listing, parameters)}
    if bars:
        result["timestamp"] = [market.opening(listing, bar.day) for bar in bars]
        events: dict[str, Any] = {}
        if "div" in parameters.get("events", "") and (paid := _dividends(market, listing, bars)):
            events["dividends"] = paid
        if "split" in parameters.get("events", "") and (split := _splits(market, listing, bars)):
            events["splits"] = split
        if events:
            result["events"] = events
    result["indicators"] = _indicators(bars)
    return _json(200, {"chart": _success([result])})


def quotes(market: Market, _rest: str, parameters: dict[str, str]) -> Answer:
    """Answer v7/finance/quote; unknown symbols are left out."""
    listings = [market.find(symbol) for symbol in parameters.get("symbols", "").split(",")]
    return _json(200, {"quoteResponse": _success([quote(market, found) for found in listings if found])})


def quote_summary(market: Market, symbol: str, parameters: dict[str, str]) -> Answer:
    """Answer v10/finance/quoteSummary with the requested modules only."""
    listing = market.find(symbol)
    found = modules(market, listing, parameters.get("modules", "").split(",")) if listing else {}
    if not found:
        return _json(404, {"quoteSummary": _failure(_UNKNOWN)})
    return _json(200, {"quoteSummary": _success([found])})


def timeseries(market: Market, symbol: str, parameters: dict[str, str]) -> Answer:
    """Answer ws/fundamentals-timeseries: one entry per type, only ``meta`` where there is no data."""
    listing = market.find(symbol)
    kinds = parameters.get("type", "").split(",")
    if listing is None or listing.is_currency:
        entries: list[dict[str, Any]] = [{"meta": {"symbol": [symbol], "type": [kind]}} for kind in kinds]
    else:
        entries = [series(market, listing, kind) for kind in kinds]
    return _json(200, {"timeseries": _success(entries)})


def calendar(market: Market, _rest: str, parameters: dict[str, str]) -> Answer:
    """Answer the page of results days, which has no table where there are none."""
    listing, size = market.find(parameters.get("symbol", "")), int(parameters.get("size", "25"))
    if listing is None or listing.is_currency:
        return Answer(200, b"<html><body><p>We couldn't find any results.</p></body></html>", "text/html")
    names = ("Symbol", "Company", "Earnings Date", "EPS Estimate", "Reported EPS", "Surprise (%)")
    rows = [
        (listing.symbol, listing.name, f"{day:%B} {day.day}, {day.year} at 4 PM EDT", "2.03", "-", "-")
        for day in release_days(market)[:size]
    ]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = "".join(f"<th>{name}</th>" for name in names)
    page = f"<html><body><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table></body></html>"
    return Answer(200, page.encode(), "text/html")


def options(market: Market, symbol: str, parameters: dict[str, str]) -> Answer:
    """Answer v7/finance/options: the expiry of ``date``, or the nearest one without it."""
    listing = market.find(symbol)
    if listing is None:
        return _json(200, {"optionChain": _success([])})
    dates = (
        {} if listing.is_currency or not listing.has_options else {midnight(day): day for day in expiries(market.today)}
    )
    wanted = int(parameters["date"]) if "date" in parameters else min(dates, default=0)
    shown = [_expiry(market, listing, dates[wanted])] if wanted in dates else []
    strikes = sorted({option["strike"] for side in shown for option in side["calls"]})
    result = {
        "underlyingSymbol": listing.symbol,
        "expirationDates": list(dates),
        "strikes": strikes,
        "hasMiniOptions": False,
        "quote": quote(market, listing),
        "options": shown,
    }
    return _json(200, {"optionChain": _success([result])})


def _expiry(market: Market, listing: Listing, day: date) -> dict[str, Any]:
    return {
        "expirationDate": midnight(day),
        "hasMiniOptions": False,
        "calls": contracts(market, listing, day, "C"),
        "puts": contracts(market, listing, day, "P"),
    }


def _chosen(market: Market, listing: Listing, parameters: dict[str, str]) -> list[Bar]:
    bars = market.bars(listing)
    if "period1" in parameters:
        first, end = int(parameters["period1"]), int(parameters.get("period2") or 2**40)
        return [bar for bar in bars if first <= market.opening(listing, bar.day) < end]
    period = parameters.get("range", "1mo")
    if period == "max":
        return bars
    if period.endswith("d") and period != "ytd":
        return bars[-int(period[:-1]) :]
    return [bar for bar in bars if bar.day >= _first_day(market.today, period)]


def _first_day(today: date, period: str) -> date:
    if period == "ytd":
        return date(today.year, 1, 1)
    unit = "mo" if period.endswith("mo") else "y"
    return today - timedelta(days=round(int(period.removesuffix(unit)) * _DAYS[unit]))


def _chart_meta(market: Market, listing: Listing, parameters: dict[str, str]) -> dict[str, Any]:
    facts = quote(market, listing)
    day = market.sessions[-1]
    start = market.opening(listing, day)
    length = 23_400 if not listing.is_currency else 86_340
    local = datetime.fromtimestamp(start, listing.zone)
    offset = (local.utcoffset() or timedelta()).total_seconds()
    zone = {"timezone": local.tzname(), "gmtoffset": int(offset)}
    copied = (
        "regularMarketTime", "regularMarketPrice", "fiftyTwoWeekHigh", "fiftyTwoWeekLow", "longName",
        "regularMarketDayHigh", "regularMarketDayLow", "regularMarketVolume", "shortName", "priceHint",
        "fullExchangeName", "exchangeTimezoneName",
    )  # fmt: skip
    return {
        "currency": listing.currency,
        "symbol": listing.symbol,
        "exchangeName": listing.exchange,
        "instrumentType": listing.kind,
        "hasPrePostMarketData": not listing.is_currency,
        **zone,
        **{name: facts[name] for name in copied},
        "currentTradingPeriod": {
            "pre": {"start": start - 19_800, "end": start, **zone},
            "regular": {"start": start, "end": start + length, **zone},
            "post": {"start": start + length, "end": start + length + 14_400, **zone},
        },
        "dataGranularity": "1d",
        "range": parameters.get("range", ""),
        "validRanges": list(RANGES),
    }


def _splits(market: Market, listing: Listing, bars: list[Bar]) -> dict[str, dict[str, Any]]:
    made = {day: factor for day, factor in market.splits(listing).items() if bars[0].day <= day <= bars[-1].day}
    found: dict[str, dict[str, Any]] = {}
    for day, factor in made.items():
        new, old = (factor, 1) if factor >= 1 else (1, round(1 / factor))
        stamp = market.opening(listing, day)
        ratio = f"{new:g}:{old:g}"
        found[str(stamp)] = {"date": stamp, "numerator": new, "denominator": old, "splitRatio": ratio}
    return found


def _dividends(market: Market, listing: Listing, bars: list[Bar]) -> dict[str, dict[str, float]]:
    paid = {day: sum_ for day, sum_ in market.dividends(listing).items() if day >= bars[0].day}
    stamps = {market.opening(listing, day): amount for day, amount in paid.items() if day <= bars[-1].day}
    return {str(stamp): {"amount": amount, "date": stamp} for stamp, amount in stamps.items()}


def _indicators(bars: list[Bar]) -> dict[str, Any]:
    # Without rows Yahoo sends the empty objects, not empty lists inside them.
    if not bars:
        return {"quote": [{}], "adjclose": [{}]}
    names = ("open", "high", "low", "close", "volume")
    columns = {name: [getattr(bar, name) for bar in bars] for name in names}
    return {"quote": [columns], "adjclose": [{"adjclose": [bar.adjusted for bar in bars]}]}


def _cookie() -> Answer:
    attributes = f"Max-Age={_COOKIE_SECONDS}; Domain=.yahoo.com; Path=/; SameSite=None; Secure; HttpOnly"
    return Answer(404, b"", "text/html", (("Set-Cookie", f"A3=d=stand-in; {attributes}"),))


def _json(status: int, content: dict[str, Any]) -> Answer:
    return Answer(status, json.dumps(content, separators=(",", ":")).encode())


def _success(result: list[dict[str, Any]]) -> dict[str, Any]:
    return {"result": result, "error": None}


def _failure(reason: dict[str, str]) -> dict[str, Any]:
    return {"result": None, "error": reason}


Handler = Callable[[Market, str, dict[str, str]], Answer]
_ROUTES: dict[str, tuple[Handler, bool]] = {
    "/v8/finance/chart/": (chart, False),
    "/v7/finance/quote": (quotes, True),
    "/v10/finance/quoteSummary/": (quote_summary, True),
    "/v7/finance/options/": (options, True),
    "/calendar/earnings": (calendar, False),
    "/ws/fundamentals-timeseries/v1/finance/timeseries/": (timeseries, False),
}
