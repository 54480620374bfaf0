"""How a claim is judged. Every claim meets the same rules in the same order; the first that fits gives the verdict.

-  recorded     the claim has no test, or its test finds no more than the article's own word.
-  untestable   a figure that the test needs is not known, or a later release has overtaken it.
1. supported    the tested value rounds to the stated one at the stated precision, or rounds into the stated range, or
                reaches the stated minimum or stays within the stated maximum (without rounding).
2. contradicted the stated figure measures something else than it says.
3. outdated     not supported now, but by an earlier reported value of the same measure; or overtaken by a statement.
4. imprecise    within 10% of the stated value or of the nearer bound; for a year, one year off; or true in one of two
                fair ways to read it.
5. contradicted none of these.

A claim about a stated period is tested against that period for ever: what came later stands beside it and changes no
verdict. A plan is outdated by a statement or by spending beyond it. What follows from a contradicted figure is
contradicted with it.
An event or a date is supported or contradicted by the test itself. Rounding starts from the unrounded value and goes
half up, as on paper.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from components import formats
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, terms_of
from data.sums import Sum
from data.thesis import Claim, Stated
from data.units import Unit

TOLERANCE = 0.10
YEARS_OFF = 1
LARGEST = 1e15  # beyond it a float has no decimals left to round


class Verdict(StrEnum):
    """The verdict on a claim, in the words that the reader sees; the worst first."""

    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    IMPRECISE = "imprecise"
    UNTESTABLE = "cannot be tested"
    RECORDED = "recorded, not tested"
    SUPPORTED = "supported"


@dataclass(frozen=True)
class Reading:
    """One fair way to read a claim: a tested value, or a range from it to `upper`, with the calculations behind it.

    Attributes
    ----------
    label : what the value is, for the reader.
    figure : the value with its unit, date and origin. A date or a year is a plain number here.
    sums : its calculations: one, or two for a range, the lower end first.
    upper : the upper end of a range, in the figure's unit; None for a single value.
    said : the finding in words, where there is nothing to calculate.
    measure : the name of what is measured; readings of one measure form a series over time.
    beside : figures that were considered but enter no calculation, such as the middle one of three.
    overtaken : what has overtaken the value since, in words; such a reading gives no verdict. Empty where nothing has.
    """

    label: str
    figure: Figure
    sums: tuple[Sum, ...]
    upper: float | None = None
    said: str = ""
    measure: str = ""
    beside: tuple[Figure, ...] = ()
    overtaken: str = ""

    @property
    def values(self) -> tuple[float, ...]:
        """The tested value, or both ends of the range."""
        return (self.figure.value,) if self.upper is None else (self.figure.value, self.upper)

    @property
    def working(self) -> str:
        """`said` where it is given; otherwise the calculations as text, from the first conversion to the result."""
        earlier = [
            line for one in self.sums for each in one.expression.terms() if each.figure for line in each.figure.chain
        ]
        return self.said or "; ".join(dict.fromkeys([*earlier, *(one.text for one in self.sums)]))

    @property
    def terms(self) -> tuple[Figure, ...]:
        """All figures behind the value: those in the calculations, and those that these were computed from."""
        return tuple(dict.fromkeys([*terms_of(*self.sums), *self.beside]))


def computed(base: Figure, result: Sum, label: str, **changes: Any) -> Figure:
    """The result of a calculation as a figure. Date and origin are those of `base`, unless `changes` say otherwise."""
    figure = replace(base, value=result.value, unit=Unit.parse(result.unit), label=label, working=result)
    return replace(figure, **changes) if changes else figure


def overtaken_by(dossier: Dossier, reading: Reading) -> Reading:
    """A reading of what others thought, marked where a release of the company came after it."""
    day = reading.figure.as_of
    later = [release.released for release in dossier.releases(dossier.symbol) if release.released > day]
    if not later:
        return reading
    return replace(reading, overtaken=f"of {formats.day(day)}, {overtaken_on(min(later))}")


def overtaken_on(released: dt.date) -> str:
    """A release that came after a figure, in words."""
    return f"overtaken by the release of {formats.day(released)}"


def as_it_is(figure: Figure, label: str, said: str) -> Reading:
    """A reading of a figure that needs no calculation."""
    return Reading(label, figure, (Sum(figure.term(2, with_unit=True), figure.unit.text),), said=said, measure=label)


@dataclass(frozen=True)
class Evidence:
    """What a test found.

    Attributes
    ----------
    readings : the first gives the verdict; the others are shown beside it.
    earlier : earlier reported values of the same measure, in the order in which they are tried.
    holds : for events and dates, whether the claim is true; None where values are compared instead.
    both : whether the claim can be read in two fair ways, the first two readings: it must hold in both.
    superseded : what was said or done since that makes a supported plan outdated, in words; otherwise empty.
    follows : the id of a claim whose figure this one converts: what follows from a wrong figure is wrong with it.
    other_measure : a sentence where the stated figure measures something else than it says; otherwise empty.
    since : later values of the same measure, for a claim about a stated period; they change no verdict.
    note : a remark shown with the calculation.
    series : the measure over time, oldest first, for a chart.
    recorded : whether what was found is the article's own word, which can support nothing that it alone states.
    successor : after a measure has ended, the latest value of the one that follows it; otherwise None.
    """

    readings: tuple[Reading, ...] = ()
    earlier: tuple[Reading, ...] = ()
    since: tuple[Reading, ...] = ()
    holds: bool | None = None
    both: bool = False
    superseded: str = ""
    follows: str = ""
    other_measure: str = ""
    note: str = ""
    series: tuple[Reading, ...] = ()
    successor: Reading | None = None
    recorded: bool = False

    @property
    def deciding(self) -> Reading | None:
        """The reading that gives the verdict; None where the test found nothing."""
        return self.readings[0] if self.readings else None


def of_period(claim: Claim, readings: Sequence[Reading]) -> tuple[Reading, tuple[Reading, ...], tuple[Reading, ...]]:
    """The deciding reading of a measure over time (oldest first), its earlier values, and what came since.

    A claim about a stated period is decided by that period alone. Raises UnknownFigure where it is not among them.
    """
    if claim.period is None:
        return readings[-1], tuple(reversed(readings[:-1])), ()
    stated = [reading for reading in readings if reading.figure.as_of == claim.period]
    if not stated:
        raise UnknownFigure(f"{readings[-1].measure}, {claim.period:%B %Y}")
    return stated[-1], (), tuple(each for each in readings if each.figure.as_of > claim.period)[-1:]


def rounded(value: float, decimals: int) -> float:
    """Half up, away from zero, from the shortest decimal form of the number; one too large for places is as it is."""
    if abs(value) >= LARGEST:
        return float(value)
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def supporting(stated: Stated, evidence: Evidence) -> Reading | None:
    """The first of the earlier values that supports the stated figure; None where none does."""
    return next((earlier for earlier in evidence.earlier if supports(stated, earlier.values)), None)


def supports(stated: Stated, values: Iterable[float]) -> bool:
    """Rule 1: whether every value rounds to the stated one or into the stated range, or keeps to minimum or maximum.

    “Doubled” is a change that makes 2 of 1, at the stated precision. Values of a list are compared one by one, in its
    order. False where the article states no number.
    """
    if stated.values is not None:
        found = list(values)
        pairs = zip(found, stated.values, strict=False)
        return len(found) == len(stated.values) and all(rounded(v, stated.decimals) == each for v, each in pairs)
    if stated.times is not None:
        return all(rounded(value / 100 + 1, stated.decimals) == stated.times for value in values)
    if stated.minimum is not None:
        return all(value >= stated.minimum for value in values)
    if stated.maximum is not None:
        return all(value <= stated.maximum for value in values)
    if stated.year is not None:
        return all(value == stated.year for value in values)
    if stated.bounds is None:
        return False
    low, high = stated.bounds
    return all(low <= rounded(value, stated.decimals) <= high for value in values)


def nearly(stated: Stated, values: Iterable[float]) -> bool:
    """Rule 4: whether every value lies within 10% of the stated one or the nearer bound, or is one year off."""
    if stated.times is not None:
        return all(abs(value / 100 + 1 - stated.times) <= TOLERANCE * stated.times for value in values)
    if stated.minimum is not None:
        return all(value >= stated.minimum - TOLERANCE * abs(stated.minimum) for value in values)
    if stated.maximum is not None:
        return all(value <= stated.maximum + TOLERANCE * abs(stated.maximum) for value in values)
    if stated.year is not None:
        return all(abs(value - stated.year) <= YEARS_OFF for value in values)
    if stated.bounds is None:
        return False
    low, high = stated.bounds
    return all(low - TOLERANCE * abs(low) <= value <= high + TOLERANCE * abs(high) for value in values)


def judge(stated: Stated, evidence: Evidence) -> Verdict:
    """The verdict on a claim. Without a reading, the claim is untestable."""
    if evidence.recorded:
        return Verdict.RECORDED
    if evidence.holds is not None:
        return Verdict.SUPPORTED if evidence.holds else Verdict.CONTRADICTED
    reading = evidence.deciding
    if reading is None or reading.overtaken:
        return Verdict.UNTESTABLE
    held = [supports(stated, each.values) for each in (evidence.readings[:2] if evidence.both else [reading])]
    if all(held):
        return Verdict.OUTDATED if evidence.superseded else Verdict.SUPPORTED
    if any(held):
        return Verdict.IMPRECISE
    if evidence.other_measure:
        return Verdict.CONTRADICTED
    if supporting(stated, evidence) is not None:
        return Verdict.OUTDATED
    if nearly(stated, reading.values):
        return Verdict.IMPRECISE
    return Verdict.CONTRADICTED
