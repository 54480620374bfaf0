"""Sum of the parts: each business at a multiple, plus cash and stakes, less a discount, per listed share.

Value = (sum of basis x multiple + net cash + new money + stakes) x (1 - holding discount), divided by the rate of the
filing's currency to the listing's and by the listed shares. The basis is revenue or adjusted EBITA of the latest
complete quarter, times four; a multiple of EBITA on a loss is a loss. Money in billions of the filing's currency,
shares in millions, discount as a ratio.

Every multiple and other figure may be a number or a numpy array of one axis.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from components.numbers import Number


@dataclass(frozen=True)
class Part:
    """One business: its yearly basis in billions, and what the basis is."""

    key: str
    name: str
    basis: float
    measure: str


@dataclass(frozen=True)
class Adjustments:
    """What is added to the businesses, in billions; None for net cash that is not known."""

    net_cash: Number | None
    new_money: Number
    stakes: Number


@dataclass(frozen=True)
class Conversion:
    """From billions of the filing's currency to one listed share: rate, and listed shares in millions."""

    rate: float
    shares_m: float

    def per_share(self, billions: Number) -> Number:
        """Value per listed share in the listing's currency."""
        return billions * 1000 / self.rate / self.shares_m

    def billions(self, per_share: Number) -> Number:
        """The other way round."""
        return per_share * self.shares_m * self.rate / 1000


def value_of(part: Part, multiple: Number) -> Number:
    """What a business is worth, in billions."""
    return part.basis * multiple


def total(parts: Mapping[Part, Number], adjustments: Adjustments, discount: Number) -> Number:
    """Value of everything after the holding discount, in billions; unknown net cash counts as nothing."""
    businesses = sum(value_of(part, multiple) for part, multiple in parts.items())
    cash = 0.0 if adjustments.net_cash is None else adjustments.net_cash
    return (businesses + cash + adjustments.new_money + adjustments.stakes) * (1 - discount)


def implied_multiple(
    wanted: Part,
    price: float,
    parts: Mapping[Part, Number],
    adjustments: Adjustments,
    discount: Number,
    per_share_conversion: Conversion,
) -> Number:
    """The multiple of one part at which the sum gives `price`, everything else as given.

    Raises ValueError where the part's basis is zero or the discount takes everything.
    """
    if wanted.basis == 0 or np.any(np.asarray(discount) >= 1):
        raise ValueError("no multiple gives the price")
    others = {part: multiple for part, multiple in parts.items() if part != wanted}
    without = total(others, adjustments, 0.0)
    return (per_share_conversion.billions(price) / (1 - discount) - without) / wanted.basis
