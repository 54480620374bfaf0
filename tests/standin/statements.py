"""Invented company statements, quarter by quarter, in the reporting currency."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from .chain import midnight
from .market import Listing, Market

_SEASON = (0.23, 0.25, 0.22, 0.30)
# One quarter invests more than it earns, so that a negative free cash flow is met in tests.
_INVESTING = (-0.05, -0.09, -0.26, -0.07)
_NET_MARGIN = 0.12
_GROWTH = 1.02
_REPORTING_DELAY = 45

_OF_REVENUE = {
    "TotalRevenue": 1.0, "OperatingRevenue": 1.0, "CostOfRevenue": 0.60, "GrossProfit": 0.40,
    "OperatingExpense": 0.25, "OperatingIncome": 0.15, "EBIT": 0.155, "EBITDA": 0.19,
    "NormalizedEBITDA": 0.19, "InterestExpense": 0.008, "PretaxIncome": 0.147, "TaxProvision": 0.027,
    "ReconciledDepreciation": 0.035, "DepreciationAndAmortization": 0.035, "NetIncome": _NET_MARGIN,
    "NetIncomeCommonStockholders": _NET_MARGIN, "NetIncomeContinuousOperations": _NET_MARGIN,
    "OperatingCashFlow": 0.17, "StockBasedCompensation": 0.02, "RepurchaseOfCapitalStock": -0.03,
    "CashDividendsPaid": -0.015, "FinancingCashFlow": -0.05, "InvestingCashFlow": -0.09,
    "ChangesInCash": 0.03,
}  # fmt: skip
_OF_YEARLY_REVENUE = {
    "TotalAssets": 1.9, "StockholdersEquity": 1.05, "TotalDebt": 0.27, "CashAndCashEquivalents": 0.20,
    "CashCashEquivalentsAndShortTermInvestments": 0.46, "EndCashPosition": 0.20, "NetDebt": 0.07,
}  # fmt: skip
_SHARES = ("DilutedAverageShares", "BasicAverageShares", "OrdinarySharesNumber", "ShareIssued")
_PER_SHARE = ("DilutedEPS", "BasicEPS")
_PERIODS = {"quarterly": ("3M", 5), "annual": ("12M", 4), "trailing": ("TTM", 1)}


def quarter_ends(market: Market, count: int) -> list[date]:
    """Return the newest `count` quarter ends that have been reported, newest first."""
    year, quarter = market.today.year, 4
    found: list[date] = []
    while len(found) < count:
        end = _month_end(year, quarter * 3)
        if (market.today - end).days >= _REPORTING_DELAY:
            found.append(end)
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def release_days(market: Market) -> list[date]:
    """Return the days on which results were released or will be next, newest first."""
    newest = quarter_ends(market, 1)[0]
    coming = _month_end(newest.year + newest.month // 12, newest.month % 12 + 3)
    return [end + timedelta(days=_REPORTING_DELAY) for end in (coming, *quarter_ends(market, 24))]


def amount(market: Market, listing: Listing, name: str, end: date) -> float | None:
    """Return one quarter's value of a statement line, or None for a line nobody reports.

    Parameters
    ----------
    name
        Yahoo's name without its period, such as ``FreeCashFlow``.
    end
        Last day of the quarter.
    """
    revenue = _revenue(market, listing, end)
    if name == "CapitalExpenditure":
        return round(revenue * _INVESTING[_place(end)])
    if name == "FreeCashFlow":
        return round(revenue * 0.17) + round(revenue * _INVESTING[_place(end)])
    if name in _OF_REVENUE:
        return round(revenue * _OF_REVENUE[name])
    if name in _OF_YEARLY_REVENUE:
        return round(revenue / _SEASON[_place(end)] * _OF_YEARLY_REVENUE[name])
    if name in _PER_SHARE:
        return round(revenue * _NET_MARGIN / listing.shares, 4)
    return listing.shares if name in _SHARES else None


def trailing(market: Market, listing: Listing, name: str) -> float:
    """Return the sum of the last four reported quarters."""
    return sum(amount(market, listing, name, end) or 0.0 for end in quarter_ends(market, 4))


def series(market: Market, listing: Listing, kind: str) -> dict[str, Any]:
    """Return one entry of a timeseries answer; only its ``meta`` when there is no such line.

    Parameters
    ----------
    kind
        Yahoo's type, a period and a name: ``quarterlyFreeCashFlow``.
    """
    entry: dict[str, Any] = {"meta": {"symbol": [listing.symbol], "type": [kind]}}
    period = next((p for p in _PERIODS if kind.startswith(p)), None)
    points = _points(market, listing, kind.removeprefix(period), period) if period else []
    if points:
        entry["timestamp"] = [midnight(day) for day, _ in points]
        entry[kind] = [_point(listing, period or "", day, value) for day, value in points]
    return entry


def _points(market: Market, listing: Listing, name: str, period: str) -> list[tuple[date, float]]:
    if name == "PegRatio" and period == "trailing":
        return [(market.sessions[-1], 1.4)]
    ends = quarter_ends(market, 24)
    if amount(market, listing, name, ends[0]) is None:
        return []
    month = listing.fiscal_year_end_month
    chosen = [at for at, end in enumerate(ends) if period != "annual" or end.month == month]
    width = 1 if period == "quarterly" else 4
    count = _PERIODS[period][1]
    return [(ends[at], _total(market, listing, name, ends[at : at + width])) for at in chosen[:count]][::-1]


def _total(market: Market, listing: Listing, name: str, ends: list[date]) -> float:
    values = [amount(market, listing, name, end) or 0.0 for end in ends]
    # Stocks, unlike flows, do not add up over a year.
    return values[0] if name in _OF_YEARLY_REVENUE or name in _SHARES else round(sum(values), 4)


def _point(listing: Listing, period: str, day: date, value: float) -> dict[str, Any]:
    return {
        "dataId": 20000,
        "asOfDate": day.isoformat(),
        "periodType": _PERIODS[period][0],
        "currencyCode": listing.financial_currency,
        "reportedValue": {"raw": value, "fmt": f"{value:,.2f}"},
    }


def _revenue(market: Market, listing: Listing, end: date) -> float:
    """Scale the quarters so that the newest four earn about the trailing earnings per share."""
    earned = listing.eps_trailing * market.rate(listing.currency, listing.financial_currency) * listing.shares
    newest = quarter_ends(market, 1)[0]
    age = (newest.year - end.year) * 4 + (newest.month - end.month) // 3
    return earned / _NET_MARGIN * _SEASON[_place(end)] * float(_GROWTH ** (1.5 - age))


def _place(end: date) -> int:
    return end.month // 3 - 1


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
