"""The growth that a price implies: a two-stage model of earnings per share, of which a part is paid out.

Value = sum over the first stage of E x (1 + g)^t x (1 - g / ROIC) / (1 + r)^t, plus the terminal value
E x (1 + g)^n x (1 + h) x (1 - h / ROIC) / (r - h) / (1 + r)^n, with earnings E, growth g for n years, then h for ever,
discount rate r. Growth needs investment: at a return on invested capital of ROIC, growth of g takes g / ROIC of the
earnings, and the rest is paid out at the end of each year (Damodaran, Investment Valuation; Koller and others,
Valuation: the value driver formula). Where growth exceeds ROIC the shareholders pay in. Without a ROIC (None, or
infinite) all earnings are paid out, which is an upper bound. Rates are ratios per year.
"""

import numpy as np
from scipy.optimize import brentq

from components.numbers import Number

LOWEST, HIGHEST = -0.5, 1.0


def payout(growth: Number, roic: Number) -> Number:
    """The share of earnings that growth leaves: 1 - growth / ROIC. It is never above one: a fall frees no capital."""
    share = 1 - np.maximum(growth, 0.0) / np.asarray(roic, dtype=float)
    return share if np.ndim(share) else float(share)


def value(
    earnings: Number, growth: Number, years: Number, discount: Number, terminal: Number, roic: Number = np.inf
) -> Number:
    """Value per share, in the currency of `earnings`. Each argument is a number or an array of shape (steps,).

    Raises ValueError unless the discount rate exceeds the terminal growth, and ROIC is above zero.
    """
    if np.any(np.asarray(discount) <= np.asarray(terminal)):
        raise ValueError("the discount rate must exceed the terminal growth")
    if np.any(np.asarray(roic) <= 0):
        raise ValueError("a return on invested capital must be above zero")
    ratio = (1 + np.asarray(growth, dtype=float)) / (1 + np.asarray(discount, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        stage = np.where(np.abs(ratio - 1) < 1e-9, years, ratio * (1 - ratio**years) / (1 - ratio))
    last = ratio**years * (1 + np.asarray(terminal)) / (np.asarray(discount) - np.asarray(terminal))
    result = earnings * (stage * payout(growth, roic) + last * payout(terminal, roic))
    return result if np.ndim(result) else float(result)


def implied(
    price: float, earnings: float, years: float, discount: float, terminal: float, roic: float = np.inf
) -> float | None:
    """The growth of the first stage at which the value equals `price`, as a ratio per year; the lowest such one.

    Growth that costs more than it earns lowers the value again, so the value has a peak. None where earnings are not
    positive, or where no growth from -50% to +100% a year gives the price. With positive earnings, raises ValueError
    as `value` does.
    """
    if earnings <= 0:
        return None

    def objective(growth: float) -> float:
        return float(value(earnings, growth, years, discount, terminal, roic)) - price

    if objective(LOWEST) > 0:
        return None
    grid = np.linspace(LOWEST, HIGHEST, 301)
    worth = np.asarray(value(earnings, grid, years, discount, terminal, roic)) - price
    above = np.flatnonzero(worth >= 0)
    if not above.size:
        return None
    first = int(above[0])
    return float(grid[0]) if first == 0 else float(brentq(objective, grid[first - 1], grid[first], xtol=1e-10))
