"""From the service's modules on a share to the analysis: targets, ratings, estimates, earnings and shares.

A module or a field that is missing or of another shape is left out while the rest is good.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from data.market.bounds import EPS_OF_RATIO, within
from data.market.failures import EmptyAnswer
from data.market.reading import count, module, number, positive
from data.market.records import Analysis, Estimate, Grade
from data.units import major_unit

GRADES = ("strongBuy", "buy", "hold", "sell", "strongSell")
_log = logging.getLogger(__name__)
T = TypeVar("T")


def analysis(symbol: str, found: Mapping[str, Any]) -> Analysis:
    """Targets and earnings from the modules of a summary; one that is missing or broken is left out.

    Raises EmptyAnswer where nothing is left, pydantic's ValidationError.
    """
    money, statistics, detail = (
        module(found, name) for name in ("financialData", "defaultKeyStatistics", "summaryDetail")
    )
    currency = detail.get("currency")
    if not currency:
        raise EmptyAnswer(f"{symbol}: the answer names no currency")
    nothing: tuple[float | None, str | None] = (None, None)
    forward, forward_currency = _part(lambda: _forward_estimate(found), nothing)
    values: dict[str, Any] = {
        "target_mean": positive(money.get("targetMeanPrice")),
        "target_high": positive(money.get("targetHighPrice")),
        "target_low": positive(money.get("targetLowPrice")),
        "target_analysts": count(money.get("numberOfAnalystOpinions")),
        "ratings": _part(lambda: _ratings(found), None),
        "estimates": _part(lambda: _estimates(found), list[Estimate]()),
        "grades": _part(lambda: _grades(found), list[Grade]()),
        "eps_forward": forward,
        "eps_forward_currency": forward_currency,
        "shares": positive(statistics.get("sharesOutstanding")),
        **_trailing_eps(money, statistics, detail, str(currency)),
    }
    if all(value is None or value == [] for value in values.values()):
        raise EmptyAnswer(f"{symbol}: the answer has neither targets nor earnings")
    values["price"] = positive(money.get("currentPrice"))
    values["eps_forward_listed"] = number(statistics.get("forwardEps")) if forward is not None else None
    return Analysis(symbol=symbol, currency=str(currency), **values)


def _part(read: Callable[[], T], without: T) -> T:
    """A part of the answer that may be missing or of another shape while the rest is good."""
    try:
        return read()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        _log.info("left out of the analysis: %s: %s", type(error).__name__, error)
        return without


def _trailing_eps(
    money: Mapping[str, Any], statistics: Mapping[str, Any], detail: Mapping[str, Any], currency: str
) -> dict[str, Any]:
    """Trailing EPS with the ratio that the service makes of it, which is what tells the currency of the EPS.

    A loss has no ratio. It is kept with its amount where the company reports in the listing's currency, else as the
    bare fact that there was one. Earnings that no ratio goes with are unknown.
    """
    eps, ratio = number(statistics.get("trailingEps")), positive(detail.get("trailingPE"))
    price = positive(money.get("currentPrice"))
    if eps is None:
        return {}
    whole, parts = major_unit(currency)
    if eps <= 0:
        # Beside a price in pence a loss may be in pence or in pounds.
        told = money.get("financialCurrency") == currency
        return {"eps_trailing": eps} if told else {"losses": ["trailing"]}
    if price is None or ratio is None:
        return {}
    found: dict[str, Any] = {"eps_trailing": eps, "pe_trailing": ratio}
    if parts != 1 and within(price / parts / ratio, eps, EPS_OF_RATIO):
        found["eps_trailing_currency"] = whole
    return found


def _forward_estimate(found: Mapping[str, Any]) -> tuple[float | None, str | None]:
    for row in found["earningsTrend"]["trend"]:
        if row["period"] == "+1y":
            estimate = row["earningsEstimate"]
            mean, currency = number(estimate.get("avg")), estimate.get("earningsCurrency")
            return (mean, currency) if isinstance(currency, str) and mean is not None else (None, None)
    return None, None


def _ratings(found: Mapping[str, Any]) -> dict[str, int] | None:
    for row in found["recommendationTrend"]["trend"]:
        if row["period"] == "0m":
            return {grade: int(row[grade]) for grade in GRADES}
    return None


_MONTHS: Mapping[str, Literal[3, 12]] = {"q": 3, "y": 12}
_ESTIMATED: tuple[tuple[Literal["eps", "revenue"], str, str], ...] = (
    ("eps", "earningsEstimate", "earningsCurrency"),
    ("revenue", "revenueEstimate", "revenueCurrency"),
)
MOST_GRADES = 60  # of which the service has hundreds, years old


def _estimates(found: Mapping[str, Any]) -> list[Estimate]:
    """Mean estimates by period; one without a mean, a day or a currency is left out."""
    estimates = []
    for row in found["earningsTrend"]["trend"]:
        months = _MONTHS.get(str(row.get("period"))[-1:])
        for what, name, currency in _ESTIMATED:
            stated = row.get(name) or {}
            mean, said = number(stated.get("avg")), stated.get(currency)
            if months is not None and mean is not None and isinstance(said, str) and row.get("endDate"):
                end, analysts = dt.date.fromisoformat(row["endDate"]), count(stated.get("numberOfAnalysts"))
                estimates.append(
                    Estimate(what=what, end=end, months=months, mean=mean, currency=said, analysts=analysts)
                )
    return estimates


def _grades(found: Mapping[str, Any]) -> list[Grade]:
    """What houses said of late, oldest first."""
    rows = sorted(found["upgradeDowngradeHistory"]["history"], key=lambda row: row["epochGradeDate"])
    return [
        Grade(
            day=dt.datetime.fromtimestamp(row["epochGradeDate"], dt.UTC).date(),
            firm=row["firm"],
            grade=row["toGrade"],
            action=row["action"],
        )
        for row in rows[-MOST_GRADES:]
    ]
