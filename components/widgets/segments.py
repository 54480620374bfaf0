"""The parts of the segments page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from components import formats
from components.calculators import growth
from components.calculators.segments import SegmentQuarter, breaks, by_quarter, latest_complete
from components.charts import segments as charts
from components.readouts import blocks
from components.widgets import session
from components.widgets.mount import show_chart, show_readout
from data.company import Family
from data.dossier import Dossier
from data.figures import Confidence


@dataclass(frozen=True)
class SegmentsPage:
    """What the page shows: all quarters, and the families that the reader picked."""

    dossier: Dossier
    quarters: Sequence[SegmentQuarter]
    chosen: Sequence[str]

    @property
    def families(self) -> list[Family]:
        return self.dossier.company.profile.family

    @property
    def currency(self) -> str:
        return self.dossier.company.profile.currency


def open_page(dossier: Dossier, chosen: Sequence[str]) -> SegmentsPage:
    """All segment quarters known today."""
    return SegmentsPage(dossier, by_quarter(dossier), chosen)


def _source(page: SegmentsPage) -> str:
    last = max(quarter.end for quarter in page.quarters)
    return (
        f"{page.dossier.company.profile.short_name} results releases to {last:%B %Y}. "
        "Open circles: from press reports or derived."
    )


def _points(page: SegmentsPage, value: Callable[[SegmentQuarter], float | None]) -> list[charts.SegmentPoint]:
    places = {family.id: (number, family.label) for number, family in enumerate(page.families)}
    points = []
    for quarter in page.quarters:
        number = value(quarter)
        if number is None or quarter.family not in page.chosen:
            continue
        place, label = places[str(quarter.family)]
        doubtful = quarter.confidence is not Confidence.OFFICIAL
        points.append(
            charts.SegmentPoint(quarter.end, quarter.structure, quarter.segment, label, place, number, doubtful)
        )
    return points


def _claims(page: SegmentsPage, test: str) -> list[charts.ClaimMark]:
    """Claims about a segment that is on the chart, by the name of their test."""
    marks = []
    for claim in page.dossier.thesis.claim:
        segment = claim.test.get("segment")
        families = {quarter.family for quarter in page.quarters if quarter.segment == segment}
        if claim.test["name"] != test or claim.stated.value is None or not families & set(page.chosen):
            continue
        about = "about " if claim.stated.approximate else ""
        text = f"the article: {about}{formats.number(claim.stated.value, claim.stated.decimals)} %"
        marks.append(charts.ClaimMark(claim.period, claim.stated.value / 100, text))
    return marks


def _show(page: SegmentsPage, chart: charts.Chart) -> None:
    show_chart(chart, page.dossier.symbol, page.dossier.thesis.article.name, session.today())


def lead(dossier: Dossier, quarters: Sequence[SegmentQuarter]) -> str | None:
    """The latest quarter in a sentence."""
    latest = latest_complete(dossier, quarters)
    grown = [quarter for quarter in latest if quarter.growth is not None]
    if not grown:
        return None
    fastest = max(grown, key=lambda quarter: quarter.growth or 0)
    share = growth.mix({quarter.segment: quarter.revenue.value for quarter in latest if quarter.revenue})
    return (
        f"In the quarter to {latest[0].end:%B %Y}, {fastest.segment} grew fastest, by "
        f"{formats.percent1(fastest.growth or 0)} on the year, and brought {formats.percent1(share[fastest.segment])} "
        f"of segment revenue."
    )


def show_lead(page: SegmentsPage) -> None:
    """The latest quarter in a sentence."""
    text = lead(page.dossier, page.quarters)
    if text:
        show_readout("segments-sentence", [blocks.sentence(text)])


def show_growth(page: SegmentsPage) -> None:
    """Growth by quarter with the growth claims on it."""
    points = _points(page, lambda quarter: quarter.growth)
    _lines(
        page,
        "segment-growth",
        points,
        "segment_growth",
        "Revenue growth",
        "year over year, from one release each",
        True,
    )


def show_margin(page: SegmentsPage) -> None:
    """Adjusted EBITA margin by quarter with the margin claims on it."""
    points = _points(page, lambda quarter: quarter.margin)
    _lines(page, "segment-margin", points, "segment_margin", "Adjusted EBITA margin", "adjusted EBITA ÷ revenue", True)


def show_revenue(page: SegmentsPage) -> None:
    """Revenue by quarter."""
    points = _points(page, lambda quarter: quarter.revenue.value / 1000 if quarter.revenue else None)
    _lines(page, "segment-revenue", points, "", "Revenue", f"{page.currency} bn, quarter", False)


def _lines(
    page: SegmentsPage,
    chart_id: str,
    points: list[charts.SegmentPoint],
    test: str,
    what: str,
    measure: str,
    percent: bool,
) -> None:
    if not points:
        st.info(f"{what}: nothing is known for the businesses chosen.", icon=":material/info:")
        return
    newest = max(points, key=lambda point: (point.end, point.value))
    value = formats.percent1(newest.value) if percent else f"{page.currency} {formats.number(newest.value, 1)}bn"
    marks = _claims(page, test)
    title = f"{what}: {newest.segment} at {value} in {newest.end:%B %Y}" + "".join(f"; {mark.text}" for mark in marks)
    chart = charts.lines_chart(
        chart_id,
        points,
        breaks(page.quarters),
        marks,
        title,
        f"{what} by segment, {measure}; a dashed line marks where the segments were regrouped",
        _source(page),
        percent,
    )
    _show(page, chart)


def show_mix(page: SegmentsPage) -> None:
    """Shares of the latest complete quarter."""
    latest = latest_complete(page.dossier, page.quarters)
    if not latest:
        return
    places = {family.id: number for number, family in enumerate(page.families)}
    shares = growth.mix({quarter.segment: quarter.revenue.value for quarter in latest if quarter.revenue})
    rows = [
        (q.segment, shares[q.segment], q.revenue.value / 1000, places.get(str(q.family), len(places)))
        for q in latest
        if q.revenue is not None
    ]
    title = f"{rows[0][0]} brings {formats.percent1(rows[0][1])} of segment revenue"
    subtitle = (
        f"Share of the sum of segments before reconciling items, quarter to {latest[0].end:%B %Y}; {page.currency} bn"
    )
    _show(page, charts.mix_chart(rows, title, subtitle, _source(page)))


def show_table(page: SegmentsPage) -> None:
    """The chosen businesses' figures with links to the releases, latest first."""
    columns = [blocks.column("Quarter"), blocks.column("Segment")]
    columns += [blocks.column(name, True) for name in (f"Revenue, {page.currency} m", "Growth", "Adj. EBITA", "Margin")]
    columns.append(blocks.column("Source"))
    rows = [_table_row(quarter) for quarter in reversed(page.quarters) if quarter.family in page.chosen]
    show_readout("segments-table", [blocks.table(columns, rows, fit="wide")])


def _table_row(quarter: SegmentQuarter) -> dict:
    known = quarter.revenue or quarter.adjusted_ebita
    release = (
        blocks.cell("unknown")
        if known is None
        else blocks.cell(
            f"release of {formats.day(known.known or known.as_of)}" if known.url else "press reports",
            url=known.url,
            detail="" if quarter.confidence is Confidence.OFFICIAL else str(quarter.confidence),
        )
    )
    return blocks.row(
        formats.quarter(quarter.end),
        quarter.segment,
        str(formats.number(quarter.revenue.value)) if quarter.revenue else "not known",
        str(formats.change1(quarter.growth)) if quarter.growth is not None else "not known",
        str(formats.number(quarter.adjusted_ebita.value)) if quarter.adjusted_ebita else "not known",
        str(formats.percent1(quarter.margin)) if quarter.margin is not None else "not known",
        release,
    )


def show_structures(page: SegmentsPage) -> None:
    """Which structures there are, and remarks on families that changed their meaning."""
    parts = [f"{structure.id}: {structure.label}" for structure in page.dossier.company.profile.structure]
    notes = [f"{family.label}: {family.note}" for family in page.families if family.note and family.id in page.chosen]
    st.caption(
        "Segments of different structures are different businesses: they share a colour, never a line. "
        f"Structures: {'; '.join(parts)}. {' '.join(notes)}"
    )
