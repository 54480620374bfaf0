"""The investment plan against what was spent, and what pays for it.

Convention: money in billions of the filing's currency; one step is one quarter. The plan runs evenly over its length
from the first full quarter after it was announced. Operating cash flow starts from the average of the last four known
quarters and grows by a yearly rate, a quarter of a year at a time; capex, payouts and the reader's other figures are
per quarter. Net cash moves by operating cash flow - capex - payouts + new money; interest and exchange rates are left
out. The pay-back asks for a yearly EBITA of capex x return, that is a return before tax on what was invested.

Every argument that is a figure of the reader's may be a number or a numpy array of one axis.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from components.numbers import Number
from data.filings import QUARTERS_A_YEAR, quarters_between


@dataclass(frozen=True)
class Spent:
    """The plan and what has been reported of it, quarter by quarter in billions."""

    plan: float
    quarters: int
    ends: tuple[dt.date, ...]
    amounts: tuple[float, ...]

    @property
    def total(self) -> float:
        return sum(self.amounts)

    @property
    def left(self) -> float:
        return max(self.plan - self.total, 0.0)

    @property
    def quarters_left(self) -> int:
        """Quarters of the plan after the last of `ends`: time passes whether or not its spending is known."""
        passed = quarters_between(self.ends[0], self.ends[-1]) + 1
        return max(self.quarters - round(passed), 0)


def quarters_to_go(left: float, pace: Number) -> Number:
    """Quarters until what is left is spent at a pace, rounded up to whole quarters; infinite without any pace."""
    pace = np.asarray(pace, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        count = np.where(pace > 0, np.ceil(left / pace - 1e-9), np.inf if left > 0 else 0.0)
    return count if count.ndim else float(count)


def quarter_end(first: dt.date, later: float) -> dt.date:
    """The end of the quarter that many quarters after the one that ends on `first`."""
    months = first.year * 12 + first.month - 1 + 3 * round(later)
    following = dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def cash_flows(start: float, yearly_growth: Number, quarters: int) -> np.ndarray:
    """Operating cash flow of each coming quarter: quarters on the last axis."""
    steps = np.arange(1, quarters + 1) / QUARTERS_A_YEAR
    return start * np.power(1 + np.asarray(yearly_growth, dtype=float)[..., np.newaxis], steps)


def coverage(flows: np.ndarray, pace: Number) -> Number:
    """Operating cash flow of the coming quarters over what goes out, `pace` a quarter; NaN where nothing does."""
    spend = np.asarray(pace, dtype=float) * flows.shape[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(spend > 0, flows.sum(axis=-1) / spend, np.nan)
    return ratio if ratio.ndim else float(ratio)


def change_in_net_cash(flows: np.ndarray, pace: Number, payouts: Number, new_money: Number) -> np.ndarray:
    """Change of net cash up to each coming quarter; the new money comes in the first."""
    per_quarter = np.asarray(pace, dtype=float) + np.asarray(payouts, dtype=float)
    steps = np.arange(1, flows.shape[-1] + 1)
    spent = per_quarter[..., np.newaxis] * steps
    return np.cumsum(flows, axis=-1) - spent + np.asarray(new_money, dtype=float)[..., np.newaxis]


def growth_that_covers(start: float, pace: float, payouts: float, quarters: int) -> float | None:
    """The yearly growth of operating cash flow at which it pays for capex and payouts of the coming quarters.

    None where it would have to be above 500 % a year, or there is nothing to pay from; -90 % where even that is enough.
    """
    if start <= 0 or quarters < 1:
        return None

    steps = range(1, quarters + 1)

    def objective(growth: float) -> float:
        # As in `cash_flows`, in plain numbers: a sweep asks for some thousand sums of a few quarters.
        a_quarter = (1 + growth) ** (1 / QUARTERS_A_YEAR)
        return start * sum(a_quarter**step for step in steps) - quarters * (pace + payouts)

    if objective(5.0) < 0:
        return None
    if objective(-0.9) > 0:
        return -0.9
    return float(brentq(objective, -0.9, 5.0, xtol=1e-9))


def growth_that_earns(
    invested: float, required_return: Number, margin: Number, revenue: float, years: Number
) -> Number:
    """Yearly revenue growth of the segment whose added EBITA is `invested` x `required_return` after `years`.

    Added revenue = invested x return / margin; growth = ((revenue + added) / revenue) ** (1 / years) - 1.
    Raises ValueError unless revenue, margin and years are positive.
    """
    if revenue <= 0 or np.any(np.asarray(margin) <= 0) or np.any(np.asarray(years) <= 0):
        raise ValueError("a pay-back needs positive revenue, margin and years")
    added = invested * np.asarray(required_return, dtype=float) / margin
    growth = ((revenue + added) / revenue) ** (1 / np.asarray(years, dtype=float)) - 1
    return growth if np.ndim(growth) else float(growth)
