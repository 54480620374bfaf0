"""The quote and the modules of quoteSummary, with Yahoo's own mixing of currencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from .chain import midnight
from .market import Listing, Market
from .statements import quarter_ends, trailing

_THIS_YEAR = 0.89
_PARTS_OF_NEXT_YEAR = {"0q": 0.23, "+1q": 0.25, "0y": _THIS_YEAR, "+1y": 1.0}
Module = Callable[[Market, Listing], dict[str, Any]]


def quote(market: Market, listing: Listing) -> dict[str, Any]:
    """Return the flat quote of v7/finance/quote."""
    answer = {**_identity(listing), **_trading(market, listing), "symbol": listing.symbol}
    if not listing.is_currency:
        answer |= _valuation(market, listing)
    return answer


def modules(market: Market, listing: Listing, names: list[str]) -> dict[str, Any]:
    """Return those of the named quoteSummary modules that the listing has."""
    known = _CURRENCY_MODULES if listing.is_currency else _MODULES
    return {name: known[name](market, listing) for name in names if name in known}


def _identity(listing: Listing) -> dict[str, Any]:
    zone = listing.zone
    return {
        "language": "en-US",
        "region": "US",
        "quoteType": listing.kind,
        "currency": listing.currency,
        "exchange": listing.exchange,
        "exchangeName": {"NYQ": "NYSE", "NMS": "NasdaqGS"}.get(listing.exchange, listing.exchange),
        "fullExchangeName": {"NYQ": "NYSE", "NMS": "NasdaqGS"}.get(listing.exchange, listing.exchange),
        "shortName": listing.name or listing.symbol,
        "longName": listing.name or listing.symbol,
        "exchangeTimezoneName": zone.key,
        "priceHint": listing.digits,
    }


def _trading(market: Market, listing: Listing) -> dict[str, Any]:
    bars = market.bars(listing)
    last, before = bars[-1], bars[-2]
    year = [bar for bar in bars if bar.day > market.today - timedelta(days=365)]
    change = last.close - before.close
    return {
        "marketState": "REGULAR" if market.moving else "CLOSED",
        "regularMarketTime": market.time_of_price(listing),
        "regularMarketPrice": last.close,
        "regularMarketChange": round(change, 4),
        "regularMarketChangePercent": round(change / before.close * 100, 5),
        "regularMarketPreviousClose": before.close,
        "regularMarketOpen": last.open,
        "regularMarketDayHigh": last.high,
        "regularMarketDayLow": last.low,
        "regularMarketVolume": last.volume,
        "fiftyTwoWeekHigh": max(bar.high for bar in year),
        "fiftyTwoWeekLow": min(bar.low for bar in year),
        "fiftyDayAverage": round(fmean(bar.close for bar in bars[-50:]), 4),
        "twoHundredDayAverage": round(fmean(bar.close for bar in bars[-200:]), 4),
        "averageDailyVolume3Month": int(fmean(bar.volume for bar in bars[-63:])),
    }


def _valuation(market: Market, listing: Listing) -> dict[str, Any]:
    price, this_year = market.price(listing), _THIS_YEAR * listing.eps_forward
    forward = _forward_in_price_currency(market, listing)
    return {
        "financialCurrency": listing.financial_currency,
        "marketCap": round(price * listing.shares),
        "sharesOutstanding": listing.shares,
        "trailingPE": round(price / listing.eps_trailing, 6) if listing.eps_trailing > 0 else None,
        "forwardPE": round(price / forward, 6) if forward else None,
        "epsTrailingTwelveMonths": listing.eps_trailing,
        "epsForward": round(forward, 4),
        # Yahoo leaves these two in the estimate's currency, beside a price in another one.
        "epsCurrentYear": round(this_year, 5),
        "priceEpsCurrentYear": round(price / this_year, 7) if this_year else None,
        "trailingAnnualDividendRate": round(market.paid_in_a_year(listing), 4),
        "averageAnalystRating": "1.6 - Buy",
    }


def _financial_data(market: Market, listing: Listing) -> dict[str, Any]:
    revenue, ebitda = trailing(market, listing, "TotalRevenue"), trailing(market, listing, "EBITDA")
    return {
        "maxAge": 86400,
        "currentPrice": market.price(listing),
        "targetHighPrice": listing.target_high,
        "targetLowPrice": listing.target_low,
        "targetMeanPrice": listing.target_mean,
        "targetMedianPrice": listing.target_median,
        "recommendationMean": 1.6,
        "recommendationKey": "buy",
        "numberOfAnalystOpinions": listing.analysts,
        "totalCash": round(0.46 * revenue),
        "totalDebt": round(0.27 * revenue),
        "totalRevenue": revenue,
        "ebitda": ebitda,
        "freeCashflow": trailing(market, listing, "FreeCashFlow"),
        "operatingCashflow": trailing(market, listing, "OperatingCashFlow"),
        "profitMargins": 0.12,
        "financialCurrency": listing.financial_currency,
    }


def _key_statistics(market: Market, listing: Listing) -> dict[str, Any]:
    price, revenue = market.price(listing), trailing(market, listing, "TotalRevenue")
    # Like Yahoo's own figures, this adds a market value in one currency to debt in another.
    value = round(price * listing.shares + 0.27 * revenue - 0.46 * revenue)
    return {
        "maxAge": 1,
        "enterpriseValue": value,
        "enterpriseToRevenue": round(value / revenue, 3),
        "enterpriseToEbitda": round(value / trailing(market, listing, "EBITDA"), 3),
        "forwardPE": round(price / listing.eps_forward, 6),
        "sharesOutstanding": listing.shares,
        "lastFiscalYearEnd": midnight(_last_year_end(market, listing)),
        "trailingEps": listing.eps_trailing,
        "forwardEps": round(_forward_in_price_currency(market, listing), 4),
        "netIncomeToCommon": trailing(market, listing, "NetIncome"),
        "mostRecentQuarter": midnight(quarter_ends(market, 1)[0]),
        "lastSplitFactor": None,
        "beta": 0.9,
    }


def _last_year_end(market: Market, listing: Listing) -> date:
    month = listing.fiscal_year_end_month
    ends = [
        date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        for year in (market.today.year - 1, market.today.year)
    ]
    return max(end for end in ends if end < market.today)


def _summary_detail(market: Market, listing: Listing) -> dict[str, Any]:
    trading = _trading(market, listing)
    detail = {
        "maxAge": 1,
        "currency": listing.currency,
        "previousClose": trading["regularMarketPreviousClose"],
        "open": trading["regularMarketOpen"],
        "dayHigh": trading["regularMarketDayHigh"],
        "dayLow": trading["regularMarketDayLow"],
        "volume": trading["regularMarketVolume"],
        "fiftyTwoWeekHigh": trading["fiftyTwoWeekHigh"],
        "fiftyTwoWeekLow": trading["fiftyTwoWeekLow"],
        "fromCurrency": None,
    }
    if listing.is_currency:
        return detail
    paid = market.paid_in_a_year(listing)
    known = {"dividendRate": paid, "dividendYield": paid / listing.price} if paid else {"payoutRatio": 0}
    return {**detail, **known, **_ratios(market, listing), "marketCap": round(market.price(listing) * listing.shares)}


def _ratios(market: Market, listing: Listing) -> dict[str, Any]:
    """The P/E of the last and of the next year. Of a loss there is none, and the service leaves the key out."""
    price = market.price(listing)
    parts = {"trailingPE": listing.eps_trailing, "forwardPE": _forward_in_price_currency(market, listing)}
    return {name: round(price / eps, 6) for name, eps in parts.items() if eps > 0}


def _quote_type(_market: Market, listing: Listing) -> dict[str, Any]:
    return {
        "maxAge": 1,
        "symbol": listing.symbol,
        "quoteType": listing.kind,
        "exchange": listing.exchange,
        "shortName": listing.name or listing.symbol,
        "timeZoneFullName": listing.zone.key,
    }


def _price(market: Market, listing: Listing) -> dict[str, Any]:
    return {"maxAge": 1, **_identity(listing), **_trading(market, listing), "symbol": listing.symbol}


def _profile(_market: Market, listing: Listing) -> dict[str, Any]:
    return {"maxAge": 86400, "sector": "Invented", "longBusinessSummary": f"{listing.symbol} is invented."}


def _recommendation_trend(_market: Market, listing: Listing) -> dict[str, Any]:
    names = ("strongBuy", "buy", "hold", "sell", "strongSell")
    months = []
    for back in range(4):
        counts = list(listing.recommendation_counts)
        counts[1], counts[2] = max(counts[1] - back, 0), counts[2] + min(back, counts[1])
        period = f"-{back}m" if back else "0m"
        months.append({"period": period, **dict(zip(names, counts, strict=True))})
    return {"trend": months, "maxAge": 86400}


def _earnings_trend(market: Market, listing: Listing) -> dict[str, Any]:
    parts = _PARTS_OF_NEXT_YEAR.items()
    return {"trend": [_estimate(market, listing, name, part) for name, part in parts], "maxAge": 1}


def _estimate(market: Market, listing: Listing, name: str, part: float) -> dict[str, Any]:
    mean = listing.eps_forward * part
    revenue = trailing(market, listing, "TotalRevenue") * part
    seen, currency = max(listing.analysts // 2, 1), listing.eps_forward_currency
    ends = quarter_ends(market, 1)[0] + timedelta(days=90 if name.endswith("q") else 365)
    return {
        "maxAge": 1,
        "period": name,
        "endDate": ends.isoformat(),
        "growth": _raw(0.12),
        "earningsEstimate": {
            "avg": _raw(mean), "low": _raw(0.8 * mean), "high": _raw(1.2 * mean),
            "yearAgoEps": _raw(mean / 1.12), "numberOfAnalysts": _raw(seen),
            "growth": _raw(0.12), "earningsCurrency": currency,
        },
        "revenueEstimate": {
            "avg": _raw(revenue), "low": _raw(0.9 * revenue), "high": _raw(1.1 * revenue),
            "numberOfAnalysts": _raw(seen), "yearAgoRevenue": _raw(revenue / 1.08), "growth": _raw(0.08),
            "revenueCurrency": listing.financial_currency,
        },
        "epsTrend": {"current": _raw(mean), "90daysAgo": _raw(0.98 * mean), "epsTrendCurrency": currency},
        "epsRevisions": {"upLast30days": _raw(3), "downLast90days": {}, "epsRevisionsCurrency": currency},
    }  # fmt: skip


def _calendar(market: Market, listing: Listing) -> dict[str, Any]:
    due = market.today + timedelta(days=24)
    mean = 0.23 * listing.eps_forward
    revenue = 0.25 * trailing(market, listing, "TotalRevenue")
    earnings = {
        "earningsDate": [midnight(due), midnight(due + timedelta(days=4))], "isEarningsDateEstimate": True,
        "earningsAverage": mean, "earningsLow": 0.8 * mean, "earningsHigh": 1.2 * mean,
        "revenueAverage": revenue, "revenueLow": 0.9 * revenue, "revenueHigh": 1.1 * revenue,
    }  # fmt: skip
    paid = market.dividends(listing)
    last: dict[str, Any] = {"exDividendDate": midnight(max(paid))} if paid else {}
    return {"maxAge": 1, "earnings": earnings, **last}


def _grades(market: Market, listing: Listing) -> dict[str, Any]:
    said = (
        ("North & Sons", "Buy", "Hold", "up"),
        ("Harbour", "Hold", "Buy", "down"),
        ("Mill Street", "Buy", "Buy", "main"),
    )
    rows = [
        {"epochGradeDate": midnight(market.today - timedelta(days=5 + 9 * n)), "firm": firm, "toGrade": grade,
         "fromGrade": before, "action": action}
        for n, (firm, grade, before, action) in enumerate(said)
    ]  # fmt: skip
    return {"history": rows, "maxAge": 86400}


def _raw(value: float) -> dict[str, Any]:
    return {"raw": round(value, 5), "fmt": f"{value:,.2f}"}


def _forward_in_price_currency(market: Market, listing: Listing) -> float:
    return listing.eps_forward * market.rate(listing.eps_forward_currency, listing.currency)


_CURRENCY_MODULES: dict[str, Module] = {
    "quoteType": _quote_type, "summaryDetail": _summary_detail, "price": _price,
}  # fmt: skip
_MODULES: dict[str, Module] = {
    **_CURRENCY_MODULES, "financialData": _financial_data, "defaultKeyStatistics": _key_statistics,
    "assetProfile": _profile, "summaryProfile": _profile, "recommendationTrend": _recommendation_trend,
    "earningsTrend": _earnings_trend, "calendarEvents": _calendar, "upgradeDowngradeHistory": _grades,
}  # fmt: skip
