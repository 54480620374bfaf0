"""Price and earnings.

P/E = price per listed share / diluted earnings per listed share, both in one currency. Trailing EPS is that of the
last twelve months (see `trailing`), forward EPS a consensus estimate for a coming fiscal year. A P/E on earnings that
are not positive has no meaning: it is NaN, never a negative multiple.
"""

import numpy as np

from components.numbers import Number
from data.figures import Figure, convert


def price_to_earnings(price: Number, eps: Number) -> Number:
    """price / EPS; NaN where EPS is not positive."""
    eps = np.asarray(eps, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(eps > 0, price / eps, np.nan)
    return ratio if ratio.ndim else float(ratio)


def eps_needed(target: Number, price: float, eps_trailing: Number) -> Number:
    """The EPS at which `target` has the same trailing P/E as `price` has now: EPS x target / price.

    NaN where trailing EPS is not positive.
    """
    return target / price_to_earnings(price, eps_trailing)


def growth_needed(needed: Number, eps: Number) -> Number:
    """The growth from `eps` to `needed`, as a ratio: needed / eps - 1. NaN where `eps` is not positive."""
    return price_to_earnings(needed, eps) - 1


def in_listing_currency(eps: Figure, rate: Figure, currency: str) -> Figure:
    """EPS in the listing's currency: unchanged, or converted at `rate` with its calculation kept.

    Raises UnitMismatch where `rate` is not a rate of the currency of `eps`.
    """
    return eps if eps.unit.currency == currency else convert(eps, rate)
