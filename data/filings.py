"""What a company reported, quarter by quarter: releases, the group's figures, and those of its segments.

Amounts of money are kept in millions, whatever scale the file has. The order of the rows of a file does not matter.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from data.errors import UnknownFigure
from data.figures import Confidence, Figure, Origin
from data.metrics import metric_words
from data.units import Unit

T = TypeVar("T")
QUARTERS_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Release:
    """One results release."""

    period_end: dt.date
    fiscal_quarter: str
    released: dt.date
    url: str | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """The group's figures of one quarter; `values` holds only what is known, in the units of `units`.

    `derived` names those of them that were computed from others, whatever the confidence of the rest.
    """

    release: Release
    values: dict[str, float]
    units: dict[str, Unit]
    confidence: Confidence
    derived: frozenset[str] = frozenset()

    @property
    def end(self) -> dt.date:
        return self.release.period_end

    def figure(self, metric: str) -> Figure:
        """One figure of the quarter. Raises UnknownFigure with a name the reader understands."""
        label = f"{metric_words(metric)}, quarter to {self.end:%B %Y}"
        if metric not in self.values:
            raise UnknownFigure(label)
        confidence = Confidence.DERIVED if metric in self.derived else self.confidence
        return filed(self.values[metric], self.units[metric], label, self.release, confidence)


@dataclass(frozen=True, slots=True)
class SegmentValue:
    """One segment's revenue or adjusted EBITA in one quarter, and the year before as that release restated it.

    Both in `unit`, millions of the filings' currency; `prior_year` is None where it is not known.
    """

    release: Release
    structure: str
    level: str
    segment: str
    metric: str
    value: float
    prior_year: float | None
    unit: Unit
    confidence: Confidence

    @property
    def end(self) -> dt.date:
        return self.release.period_end

    def figure(self, prior: bool = False) -> Figure:
        """The value, or that of the year before, with unit and source. Raises UnknownFigure."""
        number = self.prior_year if prior else self.value
        label = f"{self.segment}, {metric_words(self.metric)}, {'year before ' if prior else ''}{self.end:%B %Y}"
        if number is None:
            raise UnknownFigure(label)
        return filed(number, self.unit, label, self.release, self.confidence)


@dataclass(frozen=True, slots=True)
class Filings:
    """All that a company has reported, oldest first."""

    releases: tuple[Release, ...] = ()
    quarters: tuple[Quarter, ...] = ()
    segments: tuple[SegmentValue, ...] = ()


def filed(value: float, unit: Unit, label: str, release: Release, confidence: Confidence) -> Figure:
    """A figure read from a results release, or from reports that quote it."""
    quoted = {Confidence.SECONDARY: "press reports quoting the ", Confidence.DERIVED: "computed from the "}.get(
        confidence, ""
    )
    return Figure(
        value,
        unit,
        release.period_end,
        Origin.FILING,
        f"{quoted}results release of {release.released.day} {release.released:%B %Y} ({release.fiscal_quarter})",
        label=label,
        known=release.released,
        url=release.url,
        confidence=confidence,
    )


# --- Quarters in a row ---


def quarters_between(earlier: dt.date, later: dt.date) -> float:
    """How many quarters one period ends after another; whole where both are ends of quarters of one fiscal year."""
    return ((later.year - earlier.year) * 12 + later.month - earlier.month) / 3


def following(end: dt.date) -> dt.date:
    """The end of the quarter after the one that ends with that month."""
    months = end.year * 12 + end.month - 1 + 3
    return dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1) - dt.timedelta(days=1)


def quarter_before(end: dt.date) -> dt.date:
    """The end of the quarter before the one that ends with that month."""
    months = end.year * 12 + end.month - 1 - 3
    return dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1) - dt.timedelta(days=1)


def in_a_row(items: Sequence[T], end: Callable[[T], dt.date], what: str) -> Sequence[T]:
    """The items, if each describes the quarter after the one before. Raises UnknownFigure with the first one missing.

    A sum over a gap is the sum of no year, so whoever takes the last four quarters takes them through here.
    """
    for before, after in pairwise(items):
        if quarters_between(end(before), end(after)) != 1:
            missing = f"{following(end(before)):%B %Y}"
            raise UnknownFigure(f"{what}, quarter to {missing}, of quarters in a row")
    return items


def last_in_a_row(
    items: Sequence[T], end: Callable[[T], dt.date], what: str, count: int = QUARTERS_A_YEAR
) -> Sequence[T]:
    """The last `count` quarters of what is known, oldest first, next to each other. Raises UnknownFigure.

    `what` names the figure for the reader: “operating cash flow” gives “operating cash flow of four quarters”.
    """
    if len(items) < count:
        raise UnknownFigure(f"{what} of {number_word(count)} quarters")
    return in_a_row(items[-count:], end, what)


def newest_in_a_row(
    items: Sequence[T], end: Callable[[T], dt.date], what: str, latest: dt.date, late: int = 2
) -> Sequence[T]:
    """The newest four quarters next to each other among those that are known, where one after them is not known.

    They may end up to `late` quarters before `latest`, the last one reported: an older year says nothing of the
    present. Raises UnknownFigure as `last_in_a_row` does.
    """
    for stop in range(len(items), QUARTERS_A_YEAR - 1, -1):
        found = items[stop - QUARTERS_A_YEAR : stop]
        if quarters_between(end(found[-1]), latest) > late:
            break
        with suppress(UnknownFigure):
            return in_a_row(found, end, what)
    return last_in_a_row(items, end, what)


def number_word(count: int) -> str:
    """two, four; other numbers as figures."""
    return {2: "two", 4: "four"}.get(count, str(count))


def quarter_end(quarter: Quarter) -> dt.date:
    """The end of a quarter, as a function."""
    return quarter.end


def segment_end(value: SegmentValue) -> dt.date:
    """The end of a segment value's quarter, as a function."""
    return value.end
