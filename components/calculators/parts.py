"""Sum of the parts: each business at a multiple, plus cash and stakes, less a discount, per listed share.

Value = (sum of basis x multiple + net cash + new money + stakes) x (1 - holding discount), divided by the exchange
rate (filing's currency per listing's) and by the listed shares. The basis is four times the revenue or adjusted EBITA
of the latest complete quarter; a business with a loss has a negative value at an EBITA multiple. Money is in billions
of the filing's currency, shares in millions, the discount a ratio.

Where an argument is a `Number`, it is a number or an array of shape (steps,).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from components.numbers import Number


@dataclass(frozen=True)
class Part:
    """One business.

    Attributes
    ----------
    basis : four times its quarterly revenue or adjusted EBITA, in billions.
    measure : the name of the basis, for the reader.
    """

    key: str
    name: str
    basis: float
    measure: str


@dataclass(frozen=True)
class Adjustments:
    """What is added to the businesses, in billions of the filing's currency; net cash is None where not known."""

    net_cash: Number | None
    new_money: Number
    stakes: Number


@dataclass(frozen=True)
class Conversion:
    """Converts between billions of the filing's currency and one listed share.

    Attributes
    ----------
    rate : filing's currency per one of the listing's.
    shares_m : listed shares, in millions.
    """

    rate: float
    shares_m: float

    def per_share(self, billions: Number) -> Number:
        """Value per listed share in the listing's currency."""
        return billions * 1000 / self.rate / self.shares_m

    def billions(self, per_share: Number) -> Number:
        """The total in billions of the filing's currency, from a value per listed share."""
        return per_share * self.shares_m * self.rate / 1000


def value_of(part: Part, multiple: Number) -> Number:
    """Value of a business, in billions."""
    return part.basis * multiple


def total(parts: Mapping[Part, Number], adjustments: Adjustments, discount: Number) -> Number:
    """Value of the whole after the holding discount, in billions. Net cash that is not known counts as zero."""
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
    """The multiple of one part at which the sum equals `price`, with everything else unchanged.

    Raises ValueError where the part's basis is zero, or the discount is 100 % or more.
    """
    if wanted.basis == 0 or np.any(np.asarray(discount) >= 1):
        raise ValueError("no multiple gives the price")
    others = {part: multiple for part, multiple in parts.items() if part != wanted}
    without = total(others, adjustments, 0.0)
    return (per_share_conversion.billions(price) / (1 - discount) - without) / wanted.basis
