"""The growth that a price implies: a two-stage model of earnings per share.

Value = sum over the first stage of E x (1 + g)^t / (1 + r)^t, plus the terminal value
E x (1 + g)^n x (1 + h) / (r - h) / (1 + r)^n, with earnings E, growth g for n years, then h for ever, discount rate r.
Earnings count as if they were all paid out at the end of each year. Where growth needs investment, the value is
therefore an upper bound (Damodaran, Investment Valuation, two-stage models). Rates are ratios per year.
"""

import numpy as np
from scipy.optimize import brentq

from components.numbers import Number

LOWEST, HIGHEST = -0.5, 1.0


def value(earnings: Number, growth: Number, years: Number, discount: Number, terminal: Number) -> Number:
    """Value per share, in the currency of `earnings`. Each argument is a number or an array of shape (steps,).

    Raises ValueError unless the discount rate exceeds the terminal growth.
    """
    if np.any(np.asarray(discount) <= np.asarray(terminal)):
        raise ValueError("the discount rate must exceed the terminal growth")
    ratio = (1 + np.asarray(growth, dtype=float)) / (1 + np.asarray(discount, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        stage = np.where(np.abs(ratio - 1) < 1e-9, years, ratio * (1 - ratio**years) / (1 - ratio))
    last = ratio**years * (1 + np.asarray(terminal)) / (np.asarray(discount) - np.asarray(terminal))
    result = earnings * (stage + last)
    return result if np.ndim(result) else float(result)


def implied(price: float, earnings: float, years: float, discount: float, terminal: float) -> float | None:
    """The growth of the first stage at which the value equals `price`, as a ratio per year.

    None where earnings are not positive, or where the growth would lie outside -50 % to +100 % a year. With positive
    earnings, raises ValueError unless the discount rate exceeds the terminal growth.
    """
    if earnings <= 0:
        return None

    def objective(growth: float) -> float:
        return float(value(earnings, growth, years, discount, terminal)) - price

    if objective(LOWEST) > 0 or objective(HIGHEST) < 0:
        return None
    return float(brentq(objective, LOWEST, HIGHEST, xtol=1e-10))
