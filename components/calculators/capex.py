"""The investment plan against the spending so far, and what pays for it.

Money is in billions of the filing's currency; one step is one quarter. The plan is spread evenly over its length, from
the first full quarter after the announcement. Operating cash flow starts from the mean of the last four known quarters
and compounds each quarter at a yearly growth rate. Capex and payouts are amounts per quarter; new money comes once.
Net cash changes by operating cash flow - capex - payouts + new money; interest and exchange rates are left out. The
payback asks for a yearly EBITA of plan x required return, which is a return on the investment before tax.

Coverage is asked twice: of what is left of the plan, and of spending on at some pace until the plan's end. New money is
a source in both. The filings state the whole group's capex, which is not only the plan's.

Where an argument is a `Number`, it is a number or an array of shape (steps,).
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from components.numbers import Number
from data.rhythm import QUARTERLY


@dataclass(frozen=True)
class Spent:
    """The plan, and what has been reported of it.

    Attributes
    ----------
    plan : the planned amount, in billions.
    quarters : the plan's length.
    ends, amounts : the end of each reported quarter, and its capex in billions; oldest first.
    """

    plan: float
    quarters: int
    ends: tuple[dt.date, ...]
    amounts: tuple[float, ...]

    @property
    def total(self) -> float:
        """The amount spent so far, in billions."""
        return sum(self.amounts)

    @property
    def left(self) -> float:
        """The amount still to spend, in billions; zero once the plan is exceeded."""
        return max(self.plan - self.total, 0.0)

    @property
    def quarters_left(self) -> int:
        """Quarters of the plan after the last of `ends`: time passes whether or not its spending is known."""
        passed = QUARTERLY.between(self.ends[0], self.ends[-1]) + 1
        return max(self.quarters - round(passed), 0)


def quarters_to_go(left: float, pace: Number) -> Number:
    """The number of quarters until `left` is spent at `pace` a quarter, rounded up.

    Infinite without a pace, zero where nothing is left.
    """
    pace = np.asarray(pace, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        count = np.where(pace > 0, np.ceil(left / pace - 1e-9), np.inf if left > 0 else 0.0)
    return count if count.ndim else float(count)


def quarter_end(first: dt.date, later: float) -> dt.date:
    """The end of the quarter that lies `later` quarters after the one that ends on `first`; negative for earlier."""
    months = first.year * 12 + first.month - 1 + 3 * round(later)
    following = dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def cash_flows(start: float, yearly_growth: Number, quarters: int) -> np.ndarray:
    """Operating cash flow of each coming quarter, of shape (quarters,), or (steps, quarters) while growth is swept."""
    steps = np.arange(1, quarters + 1) / QUARTERLY.a_year
    return start * np.power(1 + np.asarray(yearly_growth, dtype=float)[..., np.newaxis], steps)


def coverage(flows: np.ndarray, new_money: Number, spend: Number) -> Number:
    """(Operating cash flow of the coming quarters + new money) ÷ what is spent in them; NaN where nothing is spent.

    `flows` has the quarters on its last axis; `spend` is the total of them, in billions.
    """
    spend = np.asarray(spend, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(spend > 0, (flows.sum(axis=-1) + np.asarray(new_money, dtype=float)) / spend, np.nan)
    return ratio if ratio.ndim else float(ratio)


def change_in_net_cash(flows: np.ndarray, pace: Number, payouts: Number, new_money: Number) -> np.ndarray:
    """The change of net cash from now to the end of each coming quarter, in the shape of `flows`.

    The new money arrives in the first quarter. An array among the arguments adds an axis of steps in front.
    """
    per_quarter = np.asarray(pace, dtype=float) + np.asarray(payouts, dtype=float)
    steps = np.arange(1, flows.shape[-1] + 1)
    spent = per_quarter[..., np.newaxis] * steps
    return np.cumsum(flows, axis=-1) - spent + np.asarray(new_money, dtype=float)[..., np.newaxis]


def growth_that_covers(
    start: float, pace: float, payouts: float, quarters: int, new_money: float = 0.0
) -> float | None:
    """The yearly growth, as a ratio, at which operating cash flow and new money just pay for capex and payouts.

    None where that would take more than 500% a year, where `start` is not positive, or where no quarter is left. -0.9
    (-90% a year) where even such a fall leaves enough.
    """
    if start <= 0 or quarters < 1:
        return None

    steps = range(1, quarters + 1)

    def objective(growth: float) -> float:
        # The same as `cash_flows`, in plain numbers: a sweep needs thousands of these short sums, too short for numpy.
        a_quarter = (1 + growth) ** (1 / QUARTERLY.a_year)
        return start * sum(a_quarter**step for step in steps) + new_money - quarters * (pace + payouts)

    if objective(5.0) < 0:
        return None
    if objective(-0.9) > 0:
        return -0.9
    return float(brentq(objective, -0.9, 5.0, xtol=1e-9))


def growth_that_earns(
    invested: float, required_return: Number, margin: Number, revenue: float, years: Number
) -> Number:
    """The yearly revenue growth, as a ratio, whose added EBITA after `years` is `invested` x `required_return`.

    Added revenue = invested x required return / margin; growth = ((revenue + added) / revenue) ** (1 / years) - 1.
    `required_return` and `margin` are ratios. Raises ValueError unless revenue, margin and years are positive.
    """
    if revenue <= 0 or np.any(np.asarray(margin) <= 0) or np.any(np.asarray(years) <= 0):
        raise ValueError("a pay-back needs positive revenue, margin and years")
    added = invested * np.asarray(required_return, dtype=float) / margin
    growth = ((revenue + added) / revenue) ** (1 / np.asarray(years, dtype=float)) - 1
    return growth if np.ndim(growth) else float(growth)
