"""Tests against the company's filings.

Each raises UnknownFigure where a figure that it needs is not known. Tests of segments raise ValueError where revenue,
or that of the year before, is not positive; tests that name a fact raise KeyError where it does not exist.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from components import formats
from components.calculators import growth
from components.calculators.audit.rules import Evidence, Reading, computed, of_period, supports
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, convert, least_confident
from data.filings import (
    Quarter,
    SegmentValue,
    last_in_a_row,
)
from data.sums import Sum, total_of
from data.thesis import Claim

QUARTER = dt.timedelta(days=89)  # the shortest; a quarter that ends later than this began after


def segment_growth(
    claim: Claim, dossier: Dossier, segment: str, successor: str | None = None, measure: str = "revenue"
) -> Evidence:
    """Year-over-year growth of a segment's revenue or profit, each period within one release.

    The quarter of the claim's period decides, else the latest. The growth of the `successor`, the segment that follows
    after a regrouping, is shown beside it.
    """
    rows = _rows(dossier, segment, measure)
    readings = tuple(_growth(dossier, row) for row in rows if _has_growth(row))
    if not readings:
        raise UnknownFigure(f"{dossier.company.profile.words(measure)} of {segment}, this year and the year before")
    follows: tuple[Reading, ...] = ()
    note = ""
    if successor and (next_rows := _rows(dossier, successor, measure)):
        follows = tuple(_growth(dossier, row) for row in next_rows if _has_growth(row))
        note = _ended(dossier, segment, successor)
    deciding, earlier, since = of_period(claim, readings)
    return Evidence(
        (deciding,) if claim.period is not None else (deciding, *follows[-1:]),
        earlier,
        (*since, *follows[-1:]) if claim.period is not None else (),
        note=note,
        series=(*readings, *follows),
        successor=follows[-1] if follows else None,
    )


def segment_margin(
    claim: Claim, dossier: Dossier, segment: str, predecessor: str, successor: str, measured: str, said: str
) -> Evidence:
    """Adjusted EBITA margin of a segment: the latest quarter decides, earlier quarters and years are earlier values.

    The full fiscal years of the `predecessor` are a reading of their own, because a margin stated for “the business”
    can mean a year.
    """
    years = _full_years(dossier, predecessor)
    quarters = tuple(_margin([pair]) for pair in _pairs(dossier, segment))
    before = tuple(_margin([pair]) for pair in _pairs(dossier, predecessor))
    after = tuple(_margin([pair]) for pair in _pairs(dossier, successor))
    note = f"The filings give no {said} by segment; the figure is the {measured} margin."
    if after:
        note += f" {_ended(dossier, segment, successor)}"
    if not quarters:
        raise UnknownFigure(f"revenue and {dossier.company.profile.profit_words} of {segment}")
    readings = (quarters[-1], *years[:1], *after[-1:])
    earlier = (*years, *reversed(quarters[:-1]))
    latest = quarters[-1].figure.as_of
    if any(q.end > latest for q in dossier.quarters()) and any(
        v.segment == segment and v.end > latest for v in dossier.segments()
    ):
        note += f" Its margin after {latest:%B %Y} is not known."
    return Evidence(
        readings,
        earlier,
        note=note,
        series=(*before, *quarters, *after),
        successor=after[-1] if after else None,
    )


def capex_coverage(claim: Claim, dossier: Dossier, quarters: int, alternative: int, business: str) -> Evidence:
    """Operating cash flow ÷ capex over the last `quarters` and over the last `alternative` ones: it must hold in both.

    Both are the group's, because the filings give no cash flow by segment. An earlier value is one that held in both.
    """
    known = [q for q in dossier.quarters() if "operating_cash_flow" in q.values and "capex" in q.values]
    what = "operating cash flow and capex"
    last_in_a_row(known, what, max(quarters, alternative))
    windows = [known[end - quarters : end] for end in range(quarters, len(known) + 1)]
    for window in (windows[-1], known[-alternative:]):
        if not _spending(window):
            raise UnknownFigure(f"a coverage of capex: there is none in the quarters to {window[-1].end:%B %Y}")
    readings = [
        _coverage(window)
        for window in windows[:-1]
        if _adjacent(window)
        and _spending(window[-alternative:])
        and supports(claim.stated, _coverage(window[-alternative:]).values)
    ]
    note = f"The filings give no cash flow by segment, so the whole group’s is taken; {business} alone is not known."
    last = dossier.quarters()[-1]
    if last is not known[-1]:
        note += f" Operating cash flow of the quarter to {last.end:%B %Y} is not known."
    now = (_coverage(windows[-1]), _coverage(known[-alternative:]))
    return Evidence(now, tuple(reversed(readings)), both=True, note=note)


# --- Parts ---


def _rows(dossier: Dossier, segment: str, metric: str) -> list[SegmentValue]:
    rows = [v for v in dossier.segments() if v.segment == segment and v.metric == metric and v.level == "segment"]
    return sorted(rows, key=lambda row: row.end)


def _has_growth(row: SegmentValue) -> bool:
    """Whether the release gives a year before that something can be compared with."""
    return row.prior_year is not None and row.prior_year > 0


def _adjacent(quarters: Sequence[Quarter]) -> bool:
    return all(a.release.rhythm.between(a.end, b.end) == 1 for a, b in pairwise(quarters))


def _spending(quarters: Sequence[Quarter]) -> bool:
    return sum(quarter.values["capex"] for quarter in quarters) > 0


def _growth(dossier: Dossier, row: SegmentValue) -> Reading:
    now, before = dossier.company.segment_value(row), dossier.company.segment_value(row, prior=True)
    change = Sum(now.term(0) / before.term(0) - 1, "%", 3, remark=now.unit.text)
    figure = computed(now, change, f"{row.segment}, {row.end:%B %Y}")
    label = f"{row.segment}, quarter to {row.end:%B %Y}"
    return Reading(label, figure, (change,), measure=_in_structure(dossier, row))


def _in_structure(dossier: Dossier, row: SegmentValue) -> str:
    """A segment as one structure cut it: that of another is another business, and never one line with it."""
    labels = {each.id: each.label for each in dossier.company.profile.structure}
    return f"{row.segment}, {labels.get(row.structure, row.structure)}"


@dataclass(frozen=True)
class _Pair:
    """Adjusted EBITA and revenue of a segment in one quarter."""

    segment: str
    measure: str
    ebita: Figure
    revenue: Figure


def _pairs(dossier: Dossier, segment: str) -> list[_Pair]:
    """The quarters in which both are known, oldest first."""
    revenue = {row.end: row for row in _rows(dossier, segment, "revenue") if row.value > 0}
    return [
        _Pair(segment, _in_structure(dossier, row), row.figure(), revenue[row.end].figure())
        for row in _rows(dossier, segment, dossier.company.profile.segment_profit)
        if row.end in revenue
    ]


def _margin(pairs: Sequence[_Pair], label: str = "") -> Reading:
    last = pairs[-1]
    name = label or f"{last.segment}, quarter to {last.revenue.as_of:%B %Y}"
    ebita, revenue = ([getattr(pair, part) for pair in pairs] for part in ("ebita", "revenue"))
    growth.margin(sum(e.value for e in ebita), sum(r.value for r in revenue))  # raises unless it is positive
    ratio = total_of([e.term(0) for e in ebita]) / total_of([r.term(0) for r in revenue])
    margin = Sum(ratio, "%", remark=last.revenue.unit.text)
    figure = computed(last.revenue, margin, name, confidence=least_confident(*ebita, *revenue))
    return Reading(name, figure, (margin,), measure=last.measure)


def _full_years(dossier: Dossier, segment: str) -> tuple[Reading, ...]:
    """Margins of full fiscal years, latest first. The fourth quarter ends the day before the fiscal year starts."""
    pairs, rhythm = _pairs(dossier, segment), dossier.rhythm
    first_month = int(dossier.company.profile.fiscal_year_starts[:2])
    readings = []
    for end in range(rhythm.a_year, len(pairs) + 1):
        four = pairs[end - rhythm.a_year : end]
        last = four[-1].revenue.as_of
        in_one_year = all(rhythm.between(a.revenue.as_of, b.revenue.as_of) == 1 for a, b in pairwise(four))
        if in_one_year and last.month % 12 + 1 == first_month:
            readings.append(_margin(four, f"{segment}, fiscal year to {last:%B %Y}"))
    return tuple(reversed(readings))


def converted(amount: Figure, rate: Figure, label: str, measure: str) -> Reading:
    turned = replace(convert(amount, rate), label=label)
    return worked_out(turned, measure)


def worked_out(figure: Figure, measure: str) -> Reading:
    """A figure that already carries its own calculation."""
    return Reading(figure.label, figure, () if figure.working is None else (figure.working,), measure=measure)


def _coverage(window: Sequence[Quarter]) -> Reading:
    flows = [quarter.figure("operating_cash_flow") for quarter in window]
    spends = [quarter.figure("capex") for quarter in window]
    name = f"{formats.capitalised(window[-1].release.rhythm.count(len(window)))} to {window[-1].end:%B %Y}"
    ratio = total_of([flow.term(0) for flow in flows]) / total_of([spend.term(0) for spend in spends])
    coverage = Sum(ratio, "%", 1, remark=flows[-1].unit.text)
    label = f"operating cash flow ÷ capex, {name.lower()}"
    figure = computed(flows[-1], coverage, label, confidence=least_confident(*flows, *spends))
    return Reading(name, figure, (coverage,), measure=name)


def _ended(dossier: Dossier, segment: str, successor: str) -> str:
    last = max((v.end for v in dossier.segments() if v.segment == segment), default=dossier.day)
    return (
        f"“{segment}” was reported until the quarter to {last:%B %Y}; then the segments were regrouped and "
        f"“{successor}” follows it, a different cut of the business."
    )
