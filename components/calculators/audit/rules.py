"""How a claim is judged: the same rules, in the same order, for every claim.

1. supported    the tested value rounds to the stated one at the stated precision, or lies in the stated range (its
                ends have that precision too), or reaches the stated minimum (which is taken to the letter);
2. outdated     not supported now, but by an earlier reported value of the same measure;
3. imprecise    within 10 % of the stated value or of the nearer bound; for a year, one year off;
4. contradicted none of these, or the stated figure measures something else than it says;
-  untestable   the figures that are needed are not known.

Rounding starts from the unrounded value and goes half up, as a reader rounds on paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from data.figures import Figure, terms_of
from data.sums import Sum
from data.thesis import Stated
from data.units import Unit

TOLERANCE = 0.10
YEARS_OFF = 1
LARGEST = 1e15  # beyond it a float has no decimals left to round


class Verdict(StrEnum):
    """What became of a claim, in the reader's words."""

    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    IMPRECISE = "imprecise"
    UNTESTABLE = "cannot be tested"
    SUPPORTED = "supported"


@dataclass(frozen=True)
class Reading:
    """One honest way to read a claim: the tested value, or a range from it to `upper`, and the sums that gave it.

    Attributes
    ----------
    label : what the value is, for the reader.
    figure : the value with its unit, date and origin. A date or a year stands there as a plain number.
    sums : how it was worked out: one sum, or two for a range, the lower end first.
    upper : the upper end of a range, in the figure's unit.
    said : the finding in words, where there is nothing to work out.
    measure : what is measured; values of one measure at other times form a series with it.
    beside : figures that were looked at and stand in no sum, such as the middle one of three.
    """

    label: str
    figure: Figure
    sums: tuple[Sum, ...]
    upper: float | None = None
    said: str = ""
    measure: str = ""
    beside: tuple[Figure, ...] = ()

    @property
    def values(self) -> tuple[float, ...]:
        return (self.figure.value,) if self.upper is None else (self.figure.value, self.upper)

    @property
    def working(self) -> str:
        """The sums as text, from the first conversion to the result."""
        earlier = [
            line for one in self.sums for each in one.expression.terms() if each.figure for line in each.figure.chain
        ]
        return self.said or "; ".join(dict.fromkeys([*earlier, *(one.text for one in self.sums)]))

    @property
    def terms(self) -> tuple[Figure, ...]:
        """The figures that went in: those of the sums, then what computed ones among them were made of."""
        return tuple(dict.fromkeys([*terms_of(*self.sums), *self.beside]))


def computed(base: Figure, result: Sum, label: str, **changes: Any) -> Figure:
    """The figure that a sum gives, with date and origin of `base` unless `changes` say otherwise."""
    figure = replace(base, value=result.value, unit=Unit.parse(result.unit), label=label, working=result)
    return replace(figure, **changes) if changes else figure


def as_it_is(figure: Figure, label: str, said: str) -> Reading:
    """A figure that is compared as it was found."""
    return Reading(label, figure, (Sum(figure.term(2, with_unit=True), figure.unit.text),), said=said, measure=label)


@dataclass(frozen=True)
class Evidence:
    """What a test found. The first reading gives the verdict; the others are shown beside it.

    `earlier` are earlier reported values of the same measure; `holds` replaces the comparison for events and dates;
    `series` is the measure over time, for a chart; `successor` the latest value of what follows a measure that ended;
    `other_measure` says that the stated figure measures something else; `note` is shown with the sum.
    """

    readings: tuple[Reading, ...] = ()
    earlier: tuple[Reading, ...] = ()
    holds: bool | None = None
    other_measure: str = ""
    note: str = ""
    series: tuple[Reading, ...] = ()
    successor: Reading | None = None

    @property
    def deciding(self) -> Reading | None:
        return self.readings[0] if self.readings else None


def rounded(value: float, decimals: int) -> float:
    """Half up, away from zero, from the shortest decimal form of the number; one too large for places is as it is."""
    if abs(value) >= LARGEST:
        return float(value)
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def supporting(stated: Stated, evidence: Evidence) -> Reading | None:
    """The latest earlier value that supports what is stated, if there is one."""
    return next((earlier for earlier in evidence.earlier if supports(stated, earlier.values)), None)


def supports(stated: Stated, values: Iterable[float]) -> bool:
    """Rule 1: every value rounds into what is stated."""
    if stated.minimum is not None:
        return all(value >= stated.minimum for value in values)
    if stated.year is not None:
        return all(value == stated.year for value in values)
    if stated.bounds is None:
        return False
    low, high = stated.bounds
    return all(low <= rounded(value, stated.decimals) <= high for value in values)


def nearly(stated: Stated, values: Iterable[float]) -> bool:
    """Rule 3: every value lies within the tolerance of the stated value or the nearer bound."""
    if stated.minimum is not None:
        return all(value >= stated.minimum - TOLERANCE * abs(stated.minimum) for value in values)
    if stated.year is not None:
        return all(abs(value - stated.year) <= YEARS_OFF for value in values)
    if stated.bounds is None:
        return False
    low, high = stated.bounds
    return all(low - TOLERANCE * abs(low) <= value <= high + TOLERANCE * abs(high) for value in values)


def judge(stated: Stated, evidence: Evidence) -> Verdict:
    """The verdict on a claim. A test that found nothing at all cannot judge."""
    if evidence.holds is not None:
        return Verdict.SUPPORTED if evidence.holds else Verdict.CONTRADICTED
    reading = evidence.deciding
    if reading is None:
        return Verdict.UNTESTABLE
    if supports(stated, reading.values):
        return Verdict.SUPPORTED
    if evidence.other_measure:
        return Verdict.CONTRADICTED
    if supporting(stated, evidence) is not None:
        return Verdict.OUTDATED
    if nearly(stated, reading.values):
        return Verdict.IMPRECISE
    return Verdict.CONTRADICTED
