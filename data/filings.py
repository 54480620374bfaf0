"""What a company reported, period by period: releases, the group's figures, and those of its segments.

Amounts of money are kept in millions, whatever scale the file has. The order of the rows of a file does not matter.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, TypeVar

from data.errors import UnknownFigure
from data.figures import Confidence, Figure, Origin
from data.metrics import metric_words
from data.rhythm import QUARTERLY, Rhythm
from data.units import Unit

PRIOR_YEAR = "_prior_year"  # ends the name of a column of the year before, as a release restated it


@dataclass(frozen=True, slots=True)
class Release:
    """One results release, with the length of the period that it reports."""

    period_end: dt.date
    fiscal_quarter: str
    released: dt.date
    url: str | None
    rhythm: Rhythm = QUARTERLY

    @property
    def period(self) -> str:
        """The period in words: “quarter to September 2025”."""
        return f"{self.rhythm.noun} to {self.period_end:%B %Y}"


@dataclass(frozen=True, slots=True)
class Quarter:
    """The group's figures of one period, a quarter mostly; `values` holds only what is known, in the units of `units`.

    `derived` names those of them that were computed from others, whatever the confidence of the rest; `words` what the
    company calls them, where that is not the column's own name. `rows` names those that come from the market service,
    with its lines; unless the period `is_dated`, the day of its release is not known. `of` begins the label of a figure
    of another company than the thesis's: “Amazon: ”.
    """

    release: Release
    values: dict[str, float]
    units: dict[str, Unit]
    confidence: Confidence
    derived: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    is_dated: bool = True
    of: str = ""

    @property
    def end(self) -> dt.date:
        return self.release.period_end

    def figure(self, metric: str) -> Figure:
        """One figure of the quarter. Raises UnknownFigure with a name the reader understands."""
        label = f"{self.of}{self.words.get(metric) or metric_words(metric)}, {self.release.period}"
        if metric not in self.values:
            raise UnknownFigure(label)
        if metric in self.rows:
            return self._from_market(metric, label)
        confidence = Confidence.DERIVED if metric in self.derived else self.confidence
        end = self.release.rhythm.year_before(self.end) if metric.endswith(PRIOR_YEAR) else self.end
        return filed(self.values[metric], self.units[metric], label, self.release, confidence, end, self.of)

    def _from_market(self, metric: str, label: str) -> Figure:
        """A figure of the market service's statements, with the name of its line."""
        since = "" if self.is_dated else "; counted from 75 days after the period, its release is not known"
        return Figure(
            self.values[metric],
            self.units[metric],
            self.end,
            Origin.MARKET,
            f"Yahoo Finance statements, “{self.rows[metric]}”{since}",
            label=label,
            known=self.release.released,
        )


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
        end = self.release.rhythm.year_before(self.end) if prior else self.end
        return filed(number, self.unit, label, self.release, self.confidence, end)


@dataclass(frozen=True, slots=True)
class Filings:
    """All that a company has reported, oldest first: its periods, and what it states of whole years."""

    releases: tuple[Release, ...] = ()
    quarters: tuple[Quarter, ...] = ()
    years: tuple[Quarter, ...] = ()
    segments: tuple[SegmentValue, ...] = ()


def filed(
    value: float, unit: Unit, label: str, release: Release, confidence: Confidence, end: dt.date, of: str = ""
) -> Figure:
    """A figure of the period to `end`, read from a results release of `of`, or from reports that quote it."""
    quoted = {Confidence.SECONDARY: "press reports quoting the ", Confidence.DERIVED: "computed from the "}.get(
        confidence, ""
    )
    return Figure(
        value,
        unit,
        end,
        Origin.FILING,
        f"{of}{quoted}results release of {release.released.day} {release.released:%B %Y} ({release.fiscal_quarter})",
        label=label,
        known=release.released,
        url=release.url,
        confidence=confidence,
    )


# --- Periods in a row ---


class Reported(Protocol):
    """What belongs to a reporting period: a period of the group, or a segment's value."""

    @property
    def release(self) -> Release: ...

    @property
    def end(self) -> dt.date: ...


T = TypeVar("T", bound=Reported)


def in_a_row(items: Sequence[T], what: str) -> Sequence[T]:
    """The items, if each describes the period after the one before. Raises UnknownFigure with the first one missing.

    A sum over a gap is the sum of no year, so whoever takes the last year takes it through here.
    """
    for before, after in pairwise(items):
        rhythm = before.release.rhythm
        if rhythm.between(before.end, after.end) != 1:
            missing = f"{rhythm.after(before.end):%B %Y}"
            raise UnknownFigure(f"{what}, {rhythm.noun} to {missing}, of {rhythm.noun}s in a row")
    return items


def last_in_a_row(items: Sequence[T], what: str, count: int = 0) -> Sequence[T]:
    """The last `count` periods of what is known (a year of them for nought), oldest first, next to each other.

    `what` names the figure for the reader: “operating cash flow” gives “operating cash flow of four quarters”. Raises
    UnknownFigure.
    """
    rhythm = items[-1].release.rhythm if items else QUARTERLY
    wanted = count or rhythm.a_year
    if len(items) < wanted:
        raise UnknownFigure(f"{what} of {rhythm.count(wanted)}")
    return in_a_row(items[-wanted:], what)


def newest_in_a_row(items: Sequence[T], what: str, latest: dt.date, late: int = 2) -> Sequence[T]:
    """The newest year of periods next to each other among those that are known, where one after them is not known.

    They may end up to `late` quarters before `latest`, the last one reported: an older year says nothing of the
    present. Raises UnknownFigure as `last_in_a_row` does.
    """
    count = items[-1].release.rhythm.a_year if items else 1
    for stop in range(len(items), count - 1, -1):
        found = items[stop - count : stop]
        if QUARTERLY.between(found[-1].end, latest) > late:
            break
        with suppress(UnknownFigure):
            return in_a_row(found, what)
    return last_in_a_row(items, what)
