"""The values over time that a general test looks at: a measure of the group or of a segment, or a series of facts.

They come oldest first, in the unit of what the article states. A period's amount in another currency is converted at
the rate of its own release.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from components import formats
from components.calculators.audit.rules import Reading, as_it_is, computed
from components.calculators.trailing import trailing
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.facts import Fact
from data.figures import Figure, convert, least_confident, rescaled
from data.filings import Quarter, SegmentValue, in_a_row
from data.sums import Sum, total_of
from data.units import Unit

PERIOD, YEAR, TWELVE_MONTHS = "period", "year", "twelve months"
WINDOWS = (PERIOD, YEAR, TWELVE_MONTHS)


@dataclass(frozen=True)
class Course:
    """A measure over time, oldest first, and what it is called."""

    figures: tuple[Figure, ...]
    name: str

    @property
    def latest(self) -> Figure:
        return self.figures[-1]


def course(dossier: Dossier, measure: str, segment: str = "", window: str = PERIOD, unit: str | None = None) -> Course:
    """A measure of the group, or of a segment, over time: by period, by fiscal year, or over rolling twelve months.

    In `unit` where one is given. Raises UnknownFigure where nothing of it is known, UnitMismatch.
    """
    what = ("course", measure, segment, window, unit)
    return dossier.once(what, lambda: _course(dossier, measure, segment, window, unit))


def _course(dossier: Dossier, measure: str, segment: str, window: str, unit: str | None) -> Course:
    words = dossier.company.profile.words(measure)
    name = f"{segment}, {words}" if segment else words
    found = _of_segment(dossier, measure, segment, window) if segment else _of_group(dossier, measure, window)
    turned = []
    for figure, period in found:
        if unit is None:
            turned.append(figure)
            continue
        with suppress(UnknownFigure):  # a period without a rate is left out
            turned.append(in_unit(dossier, figure, Unit.parse(unit), period))
    if not turned:
        raise UnknownFigure(name if window == PERIOD else f"{name} of a year")
    return Course(tuple(turned), name)


def in_unit(dossier: Dossier, figure: Figure, unit: Unit, period: Quarter | SegmentValue | None = None) -> Figure:
    """A figure in the unit of what is stated; another currency at the rate of its release, else of its day.

    Raises UnknownFigure without a rate, UnitMismatch where the two count different things.
    """
    if unit.currency is not None and figure.unit.currency not in (None, unit.currency):
        filed = isinstance(period, Quarter) and unit.currency == dossier.company.profile.listing.currency
        rate = (
            dossier.release_rate(period)
            if filed and isinstance(period, Quarter)
            else dossier.rate_of(str(figure.unit.currency), str(unit.currency), figure.as_of)
        )
        money = unit.text.replace(str(unit.currency), str(figure.unit.currency), 1)
        scaled = rescaled(figure, Unit.parse(money)) if unit.per is None else figure
        figure = replace(convert(scaled, rate), label=figure.label)
    return rescaled(figure, unit)


def readings_of(found: Course) -> tuple[Reading, ...]:
    """Each value of a measure as a reading of its own."""
    return tuple(_reading(each, formats.capitalised(found.name)) for each in found.figures)


def _reading(figure: Figure, measure: str) -> Reading:
    label = formats.capitalised(figure.label)
    if figure.working is not None:
        return Reading(label, figure, (figure.working,), measure=measure)
    return replace(as_it_is(figure, label, f"{label}: {formats.figure(figure)}"), measure=measure)


def fact_reading(dossier: Dossier, fact: Fact, unit: str | None) -> Reading:
    """A fact that states a value or a range, in the unit of what the article states."""
    ends = [fact.figure()] if fact.value is not None else [fact.figure(fact.low), fact.figure(fact.high)]
    if unit is not None:
        ends = [in_unit(dossier, end, Unit.parse(unit)) for end in ends]
    sums = tuple(end.working or Sum(end.term(2, with_unit=True), end.unit.text) for end in ends)
    said = f"{fact.label}: {' to '.join(formats.figure(end) for end in ends)}"
    upper = ends[1].value if len(ends) > 1 else None
    return Reading(fact.label, ends[0], sums, upper, said=said, measure=fact.series or fact.label)


# --- Parts ---


def _of_group(dossier: Dossier, measure: str, window: str) -> list[tuple[Figure, Quarter]]:
    periods = dossier.quarters()
    if window == PERIOD:
        return [(period.figure(measure), period) for period in periods if measure in period.values]
    found: dict[object, tuple[Figure, Quarter]] = {}
    ends = [period for period in periods if window == TWELVE_MONTHS or _ends_a_year(dossier, period)]
    for last in ends:
        upto = [period for period in periods if period.end <= last.end]
        with suppress(UnknownFigure):
            found[last.end] = (trailing(upto, measure, [y for y in dossier.years() if y.end <= last.end]), last)
    for year in dossier.years():
        if measure in year.values and year.end not in found:
            found[year.end] = (year.figure(measure), year)
    return [found[end] for end in sorted(found)]  # type: ignore[type-var]


def _ends_a_year(dossier: Dossier, period: Quarter | SegmentValue) -> bool:
    """Whether a fiscal year ends with the period; a calendar of weeks may end a few days off."""
    first = int(dossier.company.profile.fiscal_year_starts[:2])
    return period.end.month % 12 + 1 == first


def _of_segment(dossier: Dossier, measure: str, segment: str, window: str) -> list[tuple[Figure, SegmentValue]]:
    rows = [value for value in dossier.segments() if value.segment == segment and value.metric == measure]
    if window == PERIOD:
        return [(row.figure(), row) for row in rows]
    count, found = dossier.rhythm.a_year, []
    for stop in range(count, len(rows) + 1):
        year = rows[stop - count : stop]
        if window == YEAR and not _ends_a_year(dossier, year[-1]):
            continue
        with suppress(UnknownFigure):
            found.append((_added(in_a_row(year, segment)), year[-1]))
    return found


def _added(rows: Sequence[SegmentValue]) -> Figure:
    figures = [row.figure() for row in rows]
    total = Sum(total_of([figure.term(0) for figure in figures]), figures[-1].unit.text, 0)
    label = f"{rows[-1].segment}, {rows[-1].release.rhythm.count(len(rows))} to {rows[-1].end:%B %Y}"
    return computed(figures[-1], total, label, confidence=least_confident(*figures))
