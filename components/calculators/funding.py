"""What comes in and what goes out, quarter by quarter and over the plan's rest, so that both sides are equal.

Money is in billions of the filing's currency. Ahead: operating cash flow + new money + what is drawn from net cash =
capex + payouts + what is added to net cash. Behind, what neither cash flow nor net cash explains (payouts,
acquisitions, exchange rates) is the remainder, and not known by itself.

Where an argument is a `Number`, it is a number or an array of shape (steps,).
"""

from dataclasses import dataclass

import numpy as np

from components.numbers import Number


@dataclass(frozen=True)
class Ahead:
    """Sources and uses of each coming quarter; arrays of shape (quarters,) or (steps, quarters), none below zero but
    `operating`."""

    operating: np.ndarray
    new_money: np.ndarray
    drawn: np.ndarray
    within_plan: np.ndarray
    beyond_plan: np.ndarray
    payouts: np.ndarray
    added: np.ndarray


def ahead(flows: np.ndarray, left: float, pace: Number, payouts: Number, new_money: Number) -> Ahead:
    """The coming quarters; `flows` has them on its last axis. The new money comes in the first of them."""
    shape = np.broadcast_shapes(flows.shape, *(np.shape(each)[:1] + (1,) * bool(np.ndim(each)) or (1,)
                                               for each in (pace, payouts, new_money)))  # fmt: skip
    count = np.arange(flows.shape[-1])

    def spread(amount: Number) -> np.ndarray:
        return np.broadcast_to(np.asarray(amount, dtype=float)[..., np.newaxis], shape)

    spending, paid = spread(pace), spread(payouts)
    money = np.where(count == 0, spread(new_money), 0.0)
    within = np.clip(left - spending * count, 0.0, spending)
    operating = np.broadcast_to(flows, shape)
    short = spending + paid - operating - money
    return Ahead(operating, money, np.maximum(short, 0.0), within, spending - within, paid, np.maximum(-short, 0.0))


@dataclass(frozen=True)
class Behind:
    """Sources and uses of one reported quarter, in billions; None where not known.

    Attributes
    ----------
    drawn, added : the fall and the rise of net cash.
    remainder : operating cash flow + drawn − capex − added: what else went out, or, below zero, came in.
    """

    operating: float | None
    capex: float | None
    drawn: float | None
    added: float | None

    @property
    def remainder(self) -> float | None:
        if self.operating is None or self.capex is None or self.drawn is None or self.added is None:
            return None
        return self.operating + self.drawn - self.capex - self.added


def behind(operating: float | None, capex: float | None, before: float | None, after: float | None) -> Behind:
    """One reported quarter, from its cash flow, its capex, and net cash before and after it."""
    if before is None or after is None:
        return Behind(operating, capex, None, None)
    return Behind(operating, capex, max(before - after, 0.0), max(after - before, 0.0))


@dataclass(frozen=True)
class Paid:
    """How a need is met, first by cash flow, then by new money, then by net cash; the rest is `beyond`.

    Each is a number or has shape (steps,). Without a known net cash, all that the others leave is `beyond`.
    """

    operating: Number
    new_money: Number
    net_cash: Number
    beyond: Number


def paid(need: Number, operating: Number, new_money: Number, net_cash: float | None) -> Paid:
    """What meets a need over some quarters, all of them together; no source is used beyond it."""
    need = np.asarray(need, dtype=float)
    first = np.clip(operating, 0.0, need)
    second = np.clip(new_money, 0.0, need - first)
    third = np.clip(0.0 if net_cash is None else net_cash, 0.0, need - first - second)
    return Paid(first, second, third, need - first - second - third)
