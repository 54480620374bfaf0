"""Amounts of money in billions, whatever the scale of their unit: as a number, as a figure, and as part of a sum."""

from dataclasses import dataclass, replace

from data.figures import Figure
from data.sums import Expression, Sum
from data.units import Unit

BILLION = 1e9


@dataclass(frozen=True)
class Entry:
    """One amount that is added to others, in billions of the filing's currency, with its calculation.

    Attributes
    ----------
    key : what it is told from the others by: the id of a fact, or a name of ours.
    """

    key: str
    label: str
    sum: Sum

    @property
    def value(self) -> float:
        return self.sum.value


def in_billions(figure: Figure) -> float:
    """An amount of money in billions."""
    return figure.value * figure.unit.scale / BILLION


def as_billions(figure: Figure) -> Figure:
    """The same amount, stated in billions."""
    return replace(figure, value=in_billions(figure), unit=Unit.parse(f"{figure.unit.currency} bn"))


def in_billions_of(amount: Figure) -> Expression:
    """An amount of money in billions, as part of a sum; one that is stated in them stands as it is."""
    factor = amount.unit.scale / BILLION
    shown = amount.term(2, with_unit=True)
    return shown if factor == 1 else shown * factor
