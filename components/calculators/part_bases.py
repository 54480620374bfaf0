"""What a business earned or sold in a year: its last four quarters, or its latest quarter times four.

Segments are regrouped from time to time. For the quarters before, a segment of the earlier structure stands in where
the thesis names it; the figure says which quarters these are. A business without a stand-in has as many quarters as
were reported since, and their mean counts four times. Central costs are what the release takes off between the
segments and the group.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from components.calculators.billions import in_billions
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, least_confident
from data.filings import SegmentValue
from data.rhythm import QUARTERLY
from data.sums import Sum, total_of
from data.thesis import PartCase

CENTRAL = "central"


@dataclass(frozen=True)
class Basis:
    """A measure of one business over a year, in two ways.

    Attributes
    ----------
    year, quarter : the last four quarters, and the latest quarter times four; each with its sum.
    known : the quarters behind `year`, oldest first, each times four, in billions.
    note : which quarters stand in for which; empty where all are of the segment itself.
    """

    year: Figure
    quarter: Figure
    known: tuple[float, ...]
    note: str

    def figure(self, by_quarter: bool) -> Figure:
        """The one that the reader chose."""
        return self.quarter if by_quarter else self.year


def basis(dossier: Dossier, case: PartCase, metric: str, end: dt.date, structure: str) -> Basis:
    """A measure of a family of segments, or of the central costs, up to the quarter that ends on `end`.

    Raises UnknownFigure where the latest quarter of it is not known, also where one segment of several is missing.
    """
    by_end = _central(dossier) if case.family == CENTRAL else _of_family(dossier, case.family, metric, structure)
    if end not in by_end:
        raise UnknownFigure(f"{dossier.company.profile.words(metric)} of “{case.family}”, quarter to {end:%B %Y}")
    stand_ins = _of_segments(dossier, case.stand_in, metric)
    taken: list[tuple[Figure, str]] = []
    while len(taken) < QUARTERLY.a_year:
        if (own := by_end.get(end)) is not None:
            taken.append((own, ""))
        elif end in stand_ins:
            taken.append(stand_ins[end])
        else:
            break
        end = QUARTERLY.before(end)
    taken.reverse()
    regrouped = next((each.note for each in dossier.company.profile.family if each.id == case.family), "")
    return _of_quarters(taken, f"{case.family}, {dossier.company.profile.words(metric)}", regrouped)


def _of_quarters(taken: Sequence[tuple[Figure, str]], words: str, regrouped: str) -> Basis:
    figures = [figure for figure, _ in taken]
    last, count = figures[-1], len(figures)
    whole = total_of([figure.term(0) for figure in figures])
    if count < QUARTERLY.a_year:
        whole = (whole if count == 1 else whole / count) * QUARTERLY.a_year
    year = Sum(whole, last.unit.text, 0)
    quarter = Sum(last.term(0) * QUARTERLY.a_year, last.unit.text, 0)
    label = f"{words}, {'four quarters' if count == QUARTERLY.a_year else _so_many(count)} to {last.as_of:%B %Y}"
    weakest = least_confident(*figures)
    return Basis(
        replace(last, value=year.value, label=label, working=year, confidence=weakest),
        replace(last, value=quarter.value, label=f"{words}, {last.as_of:%B %Y} times four", working=quarter),
        tuple(in_billions(figure) * QUARTERLY.a_year for figure in figures),
        _note(taken, regrouped),
    )


def _so_many(count: int) -> str:
    return "one quarter, times four," if count == 1 else f"the mean of {count} quarters, times four,"


def _note(taken: Sequence[tuple[Figure, str]], regrouped: str) -> str:
    """Which quarters stand in, how they were grouped, and how many there are where there are fewer than four."""
    replaced = [(figure.as_of, segment) for figure, segment in taken if segment]
    if replaced:
        first, last = replaced[0][0], replaced[-1][0]
        span = f"{first:%B %Y}" if first == last else f"{first:%B %Y} to {last:%B %Y}"
        stands_in = f"“{replaced[-1][1]}” stands in for the quarters of {span}"
        return f"{stands_in} ({regrouped.rstrip('.')})" if regrouped else stands_in
    if len(taken) < QUARTERLY.a_year:
        return f"reported in this form for {_quarters(len(taken))} only, counted as a year"
    return ""


def _quarters(count: int) -> str:
    return "one quarter" if count == 1 else f"{count} quarters"


def _of_family(dossier: Dossier, family: str, metric: str, structure: str) -> Mapping[dt.date, Figure]:
    """A family's measure by quarter, in the latest structure; a quarter that lacks one of its segments is absent."""
    names = {
        segment
        for each in dossier.company.profile.family
        if each.id == family
        for segment in each.segments.get(structure, [])
    }
    rows: dict[dt.date, list[SegmentValue]] = {}
    for value in _values(dossier, metric, "segment"):
        if value.structure == structure and value.segment in names:
            rows.setdefault(value.end, []).append(value)
    return {end: _added(found) for end, found in rows.items() if {each.segment for each in found} == names}


def _of_segments(dossier: Dossier, segments: Sequence[str], metric: str) -> Mapping[dt.date, tuple[Figure, str]]:
    """The measure of the segments that stand in, by quarter, each with its name."""
    return {
        value.end: (value.figure(), value.segment)
        for value in _values(dossier, metric, "segment")
        if value.segment in segments
    }


def _central(dossier: Dossier) -> Mapping[dt.date, Figure]:
    """What the release takes off between the segments' adjusted EBITA and the group's, by quarter."""
    rows: dict[dt.date, list[SegmentValue]] = {}
    for value in _values(dossier, dossier.company.profile.segment_profit, "reconciling"):
        rows.setdefault(value.end, []).append(value)
    return {end: _added(found) for end, found in rows.items()}


def _values(dossier: Dossier, metric: str, level: str) -> Sequence[SegmentValue]:
    return [value for value in dossier.segments() if value.metric == metric and value.level == level]


def _added(values: Sequence[SegmentValue]) -> Figure:
    """The sum of one quarter's rows."""
    figures = [value.figure() for value in values]
    if len(figures) == 1:
        return figures[0]
    total = Sum(total_of([figure.term(0) for figure in figures]), figures[0].unit.text, 0)
    label = " and ".join(value.segment for value in values) + f", {figures[0].as_of:%B %Y}"
    return replace(figures[0], value=total.value, label=label, confidence=least_confident(*figures), working=total)
