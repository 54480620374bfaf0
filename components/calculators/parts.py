"""Sum of the parts: each business at a multiple, less a holding discount, plus cash and stakes, per listed share.

Value = (sum of basis x multiple - yearly loss x years of it) x (1 - holding discount) + net cash + what came since +
new money + stakes, divided by the exchange rate (filing's currency per listing's) and by the listed shares. The basis
is a year's revenue or adjusted EBITA. A business with a loss has a negative value at an EBITA multiple; one that is
valued on its revenue has the loss of some years taken off. The discount is on the businesses alone: cash and listed
stakes are worth what they are. Money is in billions of the filing's currency, shares in millions, the discount a ratio.

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
    basis : a year's revenue or adjusted EBITA, in billions.
    measure : the name of the basis, for the reader.
    loss : a year's loss of a business that is valued on its revenue, in billions and above zero; else zero.
    """

    key: str
    name: str
    basis: float
    measure: str
    loss: float = 0.0


@dataclass(frozen=True)
class Adjustments:
    """What is added to the businesses, in billions of the filing's currency.

    Attributes
    ----------
    net_cash : the last reported value; None where it is not known or left out.
    since : what is known to have come and gone since, without new money.
    """

    net_cash: Number | None
    since: Number
    new_money: Number
    stakes: Number

    @property
    def added(self) -> Number:
        """All of it. Net cash that is not known counts as zero."""
        cash = 0.0 if self.net_cash is None else self.net_cash
        return cash + self.since + self.new_money + self.stakes


@dataclass(frozen=True)
class Conversion:
    """Converts between billions of the filing's currency and one listed share.

    Attributes
    ----------
    rate : filing's currency per one of what the price counts: of the listing's currency, or of a part of it.
    shares_m : listed shares, in millions.
    """

    rate: float
    shares_m: float

    def per_share(self, billions: Number) -> Number:
        """Value per listed share, in what its price counts."""
        return billions * 1000 / self.rate / self.shares_m

    def billions(self, per_share: Number) -> Number:
        """The total in billions of the filing's currency, from a value per listed share."""
        return per_share * self.shares_m * self.rate / 1000


def value_of(part: Part, multiple: Number, loss_years: Number = 0.0) -> Number:
    """Value of a business, in billions: basis x multiple - loss x years of it."""
    return part.basis * multiple - part.loss * loss_years


def businesses(parts: Mapping[Part, Number], loss_years: Number) -> Number:
    """Value of all businesses before the discount, in billions."""
    return sum((value_of(part, multiple, loss_years) for part, multiple in parts.items()), start=0.0)


def total(parts: Mapping[Part, Number], adjustments: Adjustments, discount: Number, loss_years: Number) -> Number:
    """Value of the whole, in billions."""
    return businesses(parts, loss_years) * (1 - discount) + adjustments.added


def implied_multiple(
    wanted: Part,
    price: float,
    parts: Mapping[Part, Number],
    adjustments: Adjustments,
    discount: Number,
    loss_years: Number,
    per_share_conversion: Conversion,
) -> Number:
    """The multiple of one part at which the sum equals `price`, with everything else unchanged.

    Raises ValueError where the part's basis is zero, or the discount is 100% or more.
    """
    if wanted.basis == 0 or np.any(np.asarray(discount) >= 1):
        raise ValueError("no multiple gives the price")
    others = {part: multiple for part, multiple in parts.items() if part.key != wanted.key}
    needed = (per_share_conversion.billions(price) - adjustments.added) / (1 - discount)
    return (needed - businesses(others, loss_years) + wanted.loss * loss_years) / wanted.basis
