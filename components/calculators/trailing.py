"""The last twelve months of a measure that adds up over time: revenue, profit, cash flow, earnings per share.

It is the sum of the last periods that make a year: four quarters, two half-years. Where one of them is not known by
itself, it is the last full year + what came after it − the same periods of the year before, or that year as it is where
nothing came after it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from data.errors import UnknownFigure
from data.figures import Figure, least_confident
from data.filings import Quarter, in_a_row
from data.metrics import metric_words
from data.sums import Sum, total_of


def trailing(periods: Sequence[Quarter], metric: str, years: Sequence[Quarter] = ()) -> Figure:
    """The last twelve months of a measure, in its unit, with its sum.

    `periods` are those reported, oldest first, `years` what was stated of whole years. Raises UnknownFigure with the
    period that is missing.
    """
    try:
        return _added(periods, metric)
    except UnknownFigure:
        with suppress(UnknownFigure):
            return _rolled(periods, years, metric)
        raise


def _added(periods: Sequence[Quarter], metric: str) -> Figure:
    words = _words(periods, metric)
    count = periods[-1].release.rhythm.a_year if periods else 4
    last = tuple(periods[-count:])
    if len(last) < count:
        noun = periods[-1].release.rhythm if periods else None
        raise UnknownFigure(f"{words} of {noun.count(count) if noun else 'four quarters'}")
    figures = [period.figure(metric) for period in in_a_row(last, words)]
    total = Sum(total_of([figure.term() for figure in figures]), figures[-1].unit.text)
    return replace(
        figures[-1],
        value=total.value,
        label=f"{words}, {last[-1].release.rhythm.count(count)} to {last[-1].end:%B %Y}",
        confidence=least_confident(*figures),
        working=total,
    )


def _rolled(periods: Sequence[Quarter], years: Sequence[Quarter], metric: str) -> Figure:
    """A full year, and what came after it in place of the same periods of that year."""
    known = [year for year in years if metric in year.values]
    if not known:
        raise UnknownFigure(f"{_words(periods, metric)} of a year")
    year = known[-1]
    later = [period for period in periods if period.end > year.end]
    if not later:
        return year.figure(metric)
    rhythm = later[0].release.rhythm
    if rhythm.between(year.end, later[0].end) != 1:
        raise UnknownFigure(f"{_words(periods, metric)}, {rhythm.noun} to {rhythm.after(year.end):%B %Y}")
    in_a_row(later, _words(periods, metric))
    before = [_year_before(periods, period) for period in later]
    whole, new, old = year.figure(metric), [p.figure(metric) for p in later], [p.figure(metric) for p in before]
    total = Sum(
        whole.term() + total_of([figure.term() for figure in new]) - total_of([figure.term() for figure in old]),
        whole.unit.text,
    )
    return replace(
        new[-1],
        value=total.value,
        label=f"{_words(periods, metric)}, twelve months to {later[-1].end:%B %Y}",
        confidence=least_confident(whole, *new, *old),
        working=total,
    )


def _year_before(periods: Sequence[Quarter], period: Quarter) -> Quarter:
    rhythm = period.release.rhythm
    for each in periods:
        if rhythm.between(each.end, period.end) == rhythm.a_year:
            return each
    raise UnknownFigure(f"the {rhythm.noun} a year before {period.end:%B %Y}")


def _words(periods: Sequence[Quarter], metric: str) -> str:
    said = periods[-1].words.get(metric) if periods else None
    return said or metric_words(metric)
