"""Segments by quarter, and which of their values can be compared.

A structure is one way in which the company divided its business. Only values of one structure form a series, and growth
is taken within one release. A figure that is not known leaves a gap.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from components.calculators import growth
from components.calculators.billions import BILLION, in_billions
from data.dossier import Dossier
from data.figures import Confidence, Figure
from data.filings import Quarter, SegmentValue

GROUP = "Group"  # stands in where a company reports no segments


@dataclass(frozen=True)
class SegmentQuarter:
    """One segment in one quarter. None stands for a value that is not known.

    Attributes
    ----------
    family : the group of similar segments that it belongs to, across structures.
    revenue, profit : in the unit of the filing.
    growth : revenue growth, year over year, as a ratio; also None where the year before was not positive.
    margin : profit / revenue, as a ratio.
    confidence : that of its least certain figure.
    period : in words, “quarter to June 2026”.
    """

    end: dt.date
    structure: str
    segment: str
    family: str | None
    revenue: Figure | None
    growth: float | None
    profit: Figure | None
    margin: float | None
    confidence: Confidence
    period: str = ""


def by_quarter(dossier: Dossier) -> list[SegmentQuarter]:
    """Every segment in every period that is known on the dossier's day, oldest first; without any, the group itself.

    Raises ValueError where a segment has a profit on revenue that is not positive.
    """
    rows: dict[tuple[dt.date, str, str], dict[str, SegmentValue]] = {}
    for value in dossier.segments():
        if value.level == "segment":
            rows.setdefault((value.end, value.structure, value.segment), {})[value.metric] = value
    if not rows:
        return [_of_group(dossier, period) for period in dossier.quarters() if "revenue" in period.values]
    return [_quarter(dossier, *key, parts) for key, parts in sorted(rows.items(), key=lambda item: item[0])]


def _of_group(dossier: Dossier, period: Quarter) -> SegmentQuarter:
    """The group in one period: its growth is that of the release, else that over the same period a year before."""
    measure = dossier.company.profile.segment_profit
    revenue = period.figure("revenue")
    before = period.values.get("revenue_prior_year")
    if before is None:
        back = period.release.rhythm.a_year
        earlier = [q for q in dossier.quarters() if q.release.rhythm.between(q.end, period.end) == back]
        before = earlier[0].values.get("revenue") if earlier else None
    profit = period.figure(measure) if measure in period.values else None
    margin = profit is not None and revenue.value > 0
    return SegmentQuarter(
        period.end,
        "",
        GROUP,
        GROUP,
        revenue,
        float(growth.year_over_year(revenue.value, before)) if before is not None and before > 0 else None,
        profit,
        float(growth.margin(profit.value, revenue.value)) if margin and profit is not None else None,
        period.confidence,
        period.release.period,
    )


def _quarter(
    dossier: Dossier, end: dt.date, structure: str, segment: str, parts: dict[str, SegmentValue]
) -> SegmentQuarter:
    revenue, profit = parts.get("revenue"), parts.get(dossier.company.profile.segment_profit)
    change = None
    if revenue is not None and revenue.prior_year is not None and revenue.prior_year > 0:
        change = float(growth.year_over_year(revenue.value, revenue.prior_year))
    family = dossier.company.family_of(segment, structure)
    return SegmentQuarter(
        end,
        structure,
        segment,
        family.id if family else None,
        dossier.company.segment_value(revenue) if revenue else None,
        change,
        dossier.company.segment_value(profit) if profit else None,
        float(growth.margin(profit.value, revenue.value)) if revenue and profit and revenue.value > 0 else None,
        max((part.confidence for part in parts.values()), key=_doubt),
        next(iter(parts.values())).release.period,
    )


def _doubt(confidence: Confidence) -> int:
    return [Confidence.OFFICIAL, Confidence.DERIVED, Confidence.SECONDARY].index(confidence)


@dataclass(frozen=True)
class Contribution:
    """What one segment brought to the group's growth in a quarter.

    Attributes
    ----------
    change : of its revenue on the year before, in billions of the filing's currency.
    points : that change ÷ the group's revenue of the year before, as a ratio.
    """

    name: str
    change: float
    points: float


@dataclass(frozen=True)
class GroupGrowth:
    """The growth of the group's revenue in a quarter, and what brought it: the largest first, the rest last.

    `rest` is what no segment brought: revenue between segments, which the group does not count. Growth is a ratio.
    """

    change: float
    growth: float
    contributions: tuple[Contribution, ...]
    rest: Contribution


def group_growth(dossier: Dossier, latest: Sequence[SegmentQuarter]) -> GroupGrowth | None:
    """What each segment brought to the growth of a quarter: (revenue − year before) ÷ the group's year before.

    None where the group's revenue, or a segment's, or that of the year before is not known.
    """
    quarter = next((q for q in dossier.quarters() if latest and q.end == latest[0].end), None)
    if quarter is None or not {"revenue", "revenue_prior_year"} <= quarter.values.keys():
        return None
    now, before = in_billions(quarter.figure("revenue")), in_billions(quarter.figure("revenue_prior_year"))
    if before <= 0:
        return None
    values = {
        v.segment: v
        for v in dossier.segments()
        if v.end == quarter.end and v.metric == "revenue" and v.level == "segment"
    }
    found = []
    for each in latest:
        value = values.get(each.segment)
        if value is None or value.prior_year is None:
            return None
        change = (value.value - value.prior_year) * value.figure().unit.scale / BILLION
        found.append(Contribution(each.segment, change, change / before))
    rest = now - before - sum(each.change for each in found)
    return GroupGrowth(
        now - before,
        now / before - 1,
        tuple(sorted(found, key=lambda each: -each.change)),
        Contribution("Between segments", rest, rest / before),
    )


def breaks(quarters: Sequence[SegmentQuarter]) -> list[dt.date]:
    """The days between structures: halfway from the last quarter of one to the first quarter of the next."""
    ends: dict[str, list[dt.date]] = {}
    for quarter in quarters:
        ends.setdefault(quarter.structure, []).append(quarter.end)
    spans = sorted((min(days), max(days)) for days in ends.values())
    return [before + (after - before) / 2 for (_, before), (after, _) in pairwise(spans)]


def latest_complete(dossier: Dossier, quarters: Sequence[SegmentQuarter]) -> list[SegmentQuarter]:
    """The segments of the last quarter in which every segment of its structure has revenue."""
    complete: dict[tuple[dt.date, str], list[SegmentQuarter]] = {}
    sizes: dict[str, set[str]] = {}
    for quarter in quarters:
        sizes.setdefault(quarter.structure, set()).add(quarter.segment)
        if quarter.revenue is not None:
            complete.setdefault((quarter.end, quarter.structure), []).append(quarter)
    for key in sorted(complete, reverse=True):
        if {each.segment for each in complete[key]} == sizes[key[1]]:
            return sorted(complete[key], key=lambda each: -(each.revenue.value if each.revenue else 0))
    return []
