"""Texts of the segments page."""

from collections.abc import Callable, Iterable, Sequence

from components import formats
from components.calculators import growth
from components.calculators.segments import GroupGrowth, SegmentQuarter
from components.readouts import blocks
from components.readouts.blocks import Sentence
from data.figures import Confidence, Figure


def lead(latest: Sequence[SegmentQuarter], group: GroupGrowth | None) -> Sentence:
    """The latest complete period in a sentence; empty where no segment has revenue."""
    grown = [quarter for quarter in latest if quarter.growth is not None]
    if not any(quarter.revenue and quarter.revenue.value > 0 for quarter in latest):
        return Sentence("")
    when = f"In the {latest[0].period}"
    if not grown:
        share = growth.mix({quarter.segment: quarter.revenue.value for quarter in latest if quarter.revenue})
        largest = max(share, key=lambda segment: share[segment])
        slots = {"largest": largest, "share": str(formats.percent1(share[largest]))}
        return Sentence(
            f"{when} {{largest}} brought {{share}} of segment revenue. The year before is not known by segment.", slots
        )
    fastest = max(grown, key=lambda quarter: quarter.growth or 0)
    slots = {"fastest": fastest.segment, "growth": str(formats.percent1(fastest.growth or 0))}
    if group is None:
        share = growth.mix({quarter.segment: quarter.revenue.value for quarter in latest if quarter.revenue})
        slots["share"] = str(formats.percent1(share[fastest.segment]))
        return Sentence(
            f"{when} {{fastest}} grew fastest, by {{growth}}, and brought {{share}} of segment revenue.", slots
        )
    first, *others = group.contributions
    slots |= {
        "group": str(formats.change1(group.growth)),
        "first": first.name,
        "first.points": str(formats.number(first.points * 100, 1)),
    }
    text = f"{when} the group’s revenue changed by {{group}} on the year, {{first.points}} points of it from {{first}}"
    if others:
        slots |= {"second": others[0].name, "second.points": str(formats.number(others[0].points * 100, 1))}
        text += " and {second.points} from {second}"
    return Sentence(f"{text}; {{fastest}} grew fastest, by {{growth}}.", slots)


def table(quarters: Iterable[SegmentQuarter], currency: str, words: tuple[str, str, bool], name: str) -> blocks.Block:
    """One row per segment and period, in millions of the filing's currency.

    `words` are what a period and the profit are called, and whether to name the structure; `name` is that of its file.
    """
    period, profit, structures = words
    columns = [blocks.column(formats.capitalised(period)), blocks.column("Segment")]
    columns += [
        blocks.column(each, True)
        for each in (f"Revenue, {currency} m", "Growth", f"{formats.capitalised(profit)}, {currency} m", "Margin")
    ]
    columns += [*([blocks.column("Structure")] if structures else []), blocks.column("Source")]
    for each in columns:
        each["sorts"] = True
    return blocks.table(columns, [_row(quarter, structures) for quarter in quarters], fit="sheet") | {"file": name}


def _row(quarter: SegmentQuarter, structures: bool) -> dict:
    known = quarter.revenue or quarter.profit
    cells = [
        blocks.cell(formats.quarter(quarter.end)) | {"order": quarter.end.isoformat()},
        blocks.cell(quarter.segment) | {"order": quarter.segment},
        _number(quarter.revenue.value if quarter.revenue else None, formats.number),
        _number(quarter.growth, formats.change1),
        _number(quarter.profit.value if quarter.profit else None, formats.number),
        _number(quarter.margin, formats.percent1),
        *([blocks.cell(quarter.structure) | {"order": quarter.structure}] if structures else []),
        _source(quarter, known),
    ]
    return blocks.row(*cells)


def _number(value: float | None, written: Callable[[float], formats.Text]) -> dict:
    return blocks.cell("not known" if value is None else str(written(value))) | {"order": value}


def _source(quarter: SegmentQuarter, known: Figure | None) -> dict:
    if known is None:
        return blocks.cell("unknown") | {"order": ""}
    said = f"release of {formats.day(known.known or known.as_of)}" if known.url else "press reports"
    doubt = f", {quarter.confidence}" if quarter.confidence is Confidence.DERIVED else ""
    return blocks.cell(f"{said}{doubt}", url=known.url) | {"order": (known.known or known.as_of).isoformat()}
