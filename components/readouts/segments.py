"""Texts of the segments page."""

from collections.abc import Iterable, Sequence

from components import formats
from components.calculators import growth
from components.calculators.segments import SegmentQuarter
from components.readouts import blocks
from data.figures import Confidence


def lead(latest: Sequence[SegmentQuarter]) -> str:
    """The latest complete quarter in a sentence; empty where no segment's growth is known."""
    grown = [quarter for quarter in latest if quarter.growth is not None]
    if not grown:
        return ""
    if not any(quarter.revenue and quarter.revenue.value > 0 for quarter in latest):
        return ""
    fastest = max(grown, key=lambda quarter: quarter.growth or 0)
    share = growth.mix({quarter.segment: quarter.revenue.value for quarter in latest if quarter.revenue})
    return (
        f"In the quarter to {latest[0].end:%B %Y}, {fastest.segment} grew fastest, by "
        f"{formats.percent1(fastest.growth or 0)} on the year, and brought {formats.percent1(share[fastest.segment])} "
        "of segment revenue."
    )


def table(quarters: Iterable[SegmentQuarter], currency: str) -> blocks.Block:
    """One row per segment and quarter, in millions of the filing's currency."""
    columns = [blocks.column("Quarter"), blocks.column("Segment")]
    columns += [blocks.column(name, True) for name in (f"Revenue, {currency} m", "Growth", "Adj. EBITA", "Margin")]
    columns.append(blocks.column("Source"))
    return blocks.table(columns, [_row(quarter) for quarter in quarters], fit="wide")


def _row(quarter: SegmentQuarter) -> dict:
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
