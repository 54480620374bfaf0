"""The return to a price target.

Prices and dividends are in one currency, per listed share. Dividends are a yearly amount that accrues evenly until the
target's date and is not reinvested; taxes and fees are left out. Returns are ratios: 0.296 means 29.6%. The annualised
return is the compound annual growth rate. There is none below twelve months, because a return over a few months does
not stand for a year (CFA Institute, GIPS: periods of less than a year are not annualised).

Where an argument is a `Number`, it is a number or an array of shape (steps,).
"""

from collections.abc import Sequence

import numpy as np

from components.numbers import Number


def upside(target: Number, price: float) -> Number:
    """Price return from `price` to `target`: target / price - 1. Raises ValueError unless price is positive."""
    if price <= 0:
        raise ValueError("an upside needs a positive price to start from")
    return target / price - 1


def dividends_received(dividend_per_year: Number, months: Number) -> Number:
    """Dividends per share over `months`: dividend per year x months / 12."""
    return dividend_per_year * months / 12


def total_return(target: Number, price: float, dividends: Number) -> Number:
    """(target + dividends) / price - 1, with the dividends of the whole period. Raises ValueError as `upside` does."""
    return upside(target + dividends, price)


def annualised(total: Number, months: Number) -> Number:
    """The yearly rate that compounds to `total` over `months`: (1 + total) ** (12 / months) - 1.

    NaN below twelve months. A total loss (-1) remains -1. Raises ValueError where months are not positive.
    """
    if np.any(np.asarray(months) <= 0):
        raise ValueError("an annualised return needs a positive number of months")
    yearly = np.where(np.asarray(months) >= 12, np.maximum(1 + total, 0.0) ** (12 / months) - 1, np.nan)
    return yearly if yearly.ndim else float(yearly)


def expected(values: Sequence[Number], weights: Sequence[Number]) -> Number:
    """Mean of `values`, weighted by `weights`, which need not add up to one; NaN where all weights are zero.

    Raises ValueError where the two have different lengths.
    """
    weighted = sum(weight * value for weight, value in zip(weights, values, strict=True))
    total = np.asarray(sum(weights), dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(total > 0, weighted / total, np.nan)
    return mean if mean.ndim else float(mean)
