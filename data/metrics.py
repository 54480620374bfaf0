"""The figures of a quarter that the dashboard knows by name, in which unit each is stated, and its bounds.

Money is stated in the filings' currency. A company may report figures beyond these; they have a unit of its choice.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from data.units import SCALES, Unit

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure: its units, with `{filing}`, `{listing}`, `{share}` for a company's own; bounds of its value."""

    units: tuple[str, ...]
    lowest: float = -math.inf
    above: float = -math.inf


# Every money column of one file has one scale: a release does not change between thousands and millions.
_MONEY = tuple(f"{{filing}} {scale}".strip() for scale in SCALES)
_PER_SHARE = ("{filing} per {share}", "{listing} per {share}", "{quoted} per {share}")

METRICS: Mapping[str, Metric] = {
    "revenue": Metric(_MONEY, lowest=0),
    "revenue_prior_year": Metric(_MONEY, lowest=0),
    "income_from_operations": Metric(_MONEY),
    "adjusted_ebitda": Metric(_MONEY),
    "adjusted_ebita": Metric(_MONEY),
    "net_income": Metric(_MONEY),
    "net_income_attributable": Metric(_MONEY),
    "non_gaap_net_income": Metric(_MONEY),
    "operating_cash_flow": Metric(_MONEY),
    "free_cash_flow": Metric(_MONEY),
    "capex": Metric(_MONEY, lowest=0),
    "cash_and_liquid_investments": Metric(_MONEY, lowest=0),
    "total_debt": Metric(_MONEY, lowest=0),
    "net_cash": Metric(_MONEY),
    "diluted_eps": Metric(_PER_SHARE),
    "non_gaap_diluted_eps": Metric(_PER_SHARE),
    "non_gaap_diluted_eps_translated": Metric(("{listing} per {share}",)),
    "exchange_rate": Metric(("{filing} per {listing}",), above=0),
    "diluted_shares": Metric(("shares m",), above=0),
    "ads_outstanding": Metric(("ADS m", "shares m"), above=0),
}


def is_money(metric: str) -> bool:
    """Whether a known figure is an amount of money that belongs to the whole company."""
    return metric in METRICS and METRICS[metric].units == _MONEY


def in_millions(unit: Unit) -> tuple[Unit, float]:
    """The unit in which an amount is kept, and the factor that brings it there: money counts in millions."""
    if unit.currency is None or unit.per is not None:
        return unit, 1.0
    return Unit.parse(f"{unit.currency} m"), unit.scale / MILLION


def metric_words(metric: str) -> str:
    """The name of a column as a reader writes it: adjusted EBITA, diluted EPS, non-GAAP net income."""
    words = metric.replace("non_gaap", "non-GAAP").replace("_", " ").split(" ")
    return " ".join(word.upper() if word in ("ebita", "ebitda", "eps") else word for word in words)
