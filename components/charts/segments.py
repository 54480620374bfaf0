"""Charts of the segments: each business in three panels on one time axis, and what each brought to the group's growth.

No line connects two structures (ways of dividing the company): each has its own trace, and the break is marked.
"""

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from components import formats
from components.calculators.segments import Contribution, SegmentQuarter
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once
from components.charts.pieces import day_line
from data.figures import Confidence

PANELS = ("revenue", "growth", "margin")
_DOMAINS = {"revenue": (0.72, 0.96), "growth": (0.38, 0.62), "margin": (0.0, 0.27)}
_AXES = {"revenue": "y", "growth": "y2", "margin": "y3"}
LOWEST, HIGHEST = -0.6, 0.8  # what a shared scale spans at most: beyond it a figure is named at the edge


@dataclass(frozen=True)
class ClaimMark:
    """A claim on a panel: a marker at its quarter, or a line across where `end` is None; `value` is a ratio."""

    panel: str
    end: dt.date | None
    value: float
    text: str


@dataclass(frozen=True)
class Scale:
    """What the panels of all businesses have in common: the time shown, and a range for growth and for margin."""

    first: dt.date
    last: dt.date
    growth: tuple[float, float]
    margin: tuple[float, float]


def common_scale(quarters: Sequence[SegmentQuarter]) -> Scale:
    """The scale of some quarters. Raises ValueError where there is none."""
    days = [each.end for each in quarters]
    return Scale(
        min(days) - dt.timedelta(days=60),
        max(days) + dt.timedelta(days=60),
        _span([each.growth for each in quarters]),
        _span([each.margin for each in quarters]),
    )


def _span(values: Sequence[float | None]) -> tuple[float, float]:
    known = [min(max(value, LOWEST), HIGHEST) for value in values if value is not None] or [0.0]
    low, high = min(0.0, *known), max(0.1, *known)
    return low - (high - low) * 0.12, high + (high - low) * 0.16


def value_of(quarter: SegmentQuarter, panel: str) -> float | None:
    """What a panel shows of a quarter: billions of the filing's currency, or a ratio."""
    if panel == "revenue":
        return quarter.revenue.value / 1000 if quarter.revenue else None  # kept in millions
    return quarter.growth if panel == "growth" else quarter.margin


@dataclass(frozen=True)
class Business:
    """A family of segments over time: its quarters, oldest first, and what the article says of it."""

    id: str
    label: str
    note: str
    quarters: tuple[SegmentQuarter, ...]
    marks: tuple[ClaimMark, ...]


@drawn_once
def business_chart(
    business: Business, scale: Scale, breaks: Sequence[dt.date], currency: str, profit: str, source: str
) -> Chart:
    """Revenue, growth and margin of one business, one below the other, with one crosshair through all three."""
    figure = go.Figure()
    for panel in PANELS:
        _draw_panel(figure, business, panel, scale)
    for day in breaks:
        if scale.first < day < scale.last:
            day_line(figure, day, palette.RULE_2, "dot", 1)
            figure.layout.shapes[-1].update(yref="paper")
    for mark in business.marks:
        _draw_claim(figure, mark)
    names = {"revenue": f"Revenue, {currency} bn", "growth": "Growth on the year", "margin": f"{profit} margin"}
    for panel, text in names.items():
        figure.add_annotation(
            x=0, xref="paper", y=_DOMAINS[panel][1], yref="paper", xanchor="left", yanchor="bottom", text=text,
            font={"color": palette.INK_2}, xshift=-30,
        )  # fmt: skip
    shared = {"showgrid": True, "zeroline": True, "zerolinecolor": palette.RULE_2, "nticks": 5}
    figure.update_layout(
        showlegend=False,
        hovermode="x unified",
        hoversubplots="axis",
        xaxis={
            "type": "date", "nticks": 5, "range": [scale.first.isoformat(), scale.last.isoformat()], "anchor": "y3",
            "showspikes": True, "spikemode": "across", "spikethickness": 1, "spikedash": "solid",
            "spikecolor": palette.BEFORE, "tickformat": "%Y", "dtick": "M12",
        },
        yaxis={"domain": _DOMAINS["revenue"], "tickformat": _ticks(business), "rangemode": "tozero", "nticks": 4},
        yaxis2={"domain": _DOMAINS["growth"], "tickformat": ".0%", "range": list(scale.growth), **shared},
        yaxis3={"domain": _DOMAINS["margin"], "tickformat": ".0%", "range": list(scale.margin), **shared},
        margin={"t": 4, "l": 34, "r": 46},
    )  # fmt: skip
    last = business.quarters[-1]
    said = [f"{names[panel]}: {_said(panel, value_of(last, panel))}" for panel in PANELS]
    alt = f"{business.label} to {last.end:%B %Y}. {'; '.join(said)}."
    subtitle = business.note or ("" if last.segment.lower() == business.label.lower() else last.segment)
    return Chart(f"segment-{business.id}", figure, business.label, subtitle, source, alt, 350)


def _said(panel: str, value: float | None) -> str:
    if value is None:
        return "not known"
    return str(formats.number(value, 1) if panel == "revenue" else formats.percent1(value))


def _draw_panel(figure: go.Figure, business: Business, panel: str, scale: Scale) -> None:
    lines: dict[tuple[str, str], list[SegmentQuarter]] = {}
    for quarter in business.quarters:
        if value_of(quarter, panel) is not None:
            lines.setdefault((quarter.structure, quarter.segment), []).append(quarter)
    low, high = (LOWEST, HIGHEST) if panel != "revenue" else (float("-inf"), float("inf"))
    names = {"revenue": "Revenue", "growth": "Growth", "margin": "Margin"}
    form = "%{y:,.1f}bn" if panel == "revenue" else "%{y:+.1%}" if panel == "growth" else "%{y:.1%}"
    for (_, segment), line in lines.items():
        values = [value_of(quarter, panel) or 0.0 for quarter in line]
        secondary = [quarter.confidence is not Confidence.OFFICIAL for quarter in line]
        figure.add_scatter(
            x=[quarter.end.isoformat() for quarter in line],
            y=values,
            yaxis=_AXES[panel],
            mode="lines+markers",
            line={"color": palette.PRICE, "width": 1.5},
            marker={
                "size": 5, "color": palette.PRICE, "line": {"width": 1.5, "color": palette.PRICE},
                "symbol": ["circle-open" if each else "circle" for each in secondary],
            },
            name=f"{names[panel]}, {as_label(segment)}",
            hovertemplate=f"{names[panel]} {form}<extra></extra>",
        )  # fmt: skip
    if not lines:
        return
    newest = max((line[-1] for line in lines.values()), key=lambda quarter: quarter.end)
    value = value_of(newest, panel) or 0.0
    text = f"<b>{_said(panel, value)}</b>"
    if newest.end < business.quarters[-1].end or newest.end + dt.timedelta(days=120) < scale.last:
        text += f"<br>{newest.end:%b %y}"
    figure.add_annotation(
        x=newest.end.isoformat(), y=min(max(value, low), high), yref=_AXES[panel], text=text, xanchor="left", xshift=5,
        align="left", font={"color": palette.INK},
    )  # fmt: skip


def _draw_claim(figure: go.Figure, mark: ClaimMark) -> None:
    axis = _AXES[mark.panel]
    if mark.end is None:
        across = {"xref": "x domain", "yref": axis, "x0": 0, "x1": 1, "y0": mark.value, "y1": mark.value}
        figure.add_shape(type="line", line={"color": palette.ARTICLE, "width": 1.5, "dash": "dot"}, **across)
    else:
        figure.add_scatter(
            x=[mark.end.isoformat()], y=[mark.value], yaxis=axis, mode="markers", hoverinfo="skip",
            marker={"symbol": "diamond", "size": 9, "color": palette.ARTICLE},
        )  # fmt: skip
    figure.add_annotation(
        x=mark.end.isoformat() if mark.end else 0.01,
        xref="x" if mark.end else "x domain",
        y=mark.value,
        yref=axis,
        text=as_label(mark.text),
        xanchor="right" if mark.end else "left",
        xshift=-6 if mark.end else 0,
        yanchor="bottom",
        font={"color": palette.ARTICLE},
    )


@drawn_once
def contributions_chart(
    found: Sequence[Contribution], total: tuple[float, float], currency: str, title: str, subtitle: str, source: str
) -> Chart:
    """What each segment brought to the group's growth, in points, with the change in billions; `total` likewise."""
    rows = [*((as_label(each.name), each.points, each.change) for each in found), ("<b>Group</b>", *total)]
    places = list(range(len(rows)))[::-1]
    sign = [palette.GAIN if points >= 0 else palette.LOSS for _, points, _ in rows[:-1]]
    figure = go.Figure(
        go.Bar(
            x=[points * 100 for _, points, _ in rows],
            y=places,
            orientation="h",
            width=0.6,
            marker={"color": [*sign, palette.INK]},
            hoverinfo="skip",
            name="Points of growth",
        )
    )
    figure.add_scatter(
        x=[change for _, _, change in rows], y=places, mode="markers", meta="across", name=f"Change, {currency} bn",
        marker={"size": 1, "opacity": 0}, hoverinfo="skip", visible=True, xaxis="x2",
    )  # fmt: skip
    said = [f"{formats.signed(points * 100, 1)}  ({formats.signed(change, 1)}bn)" for _, points, change in rows]
    _lay_rows(figure, [name for name, _, _ in rows], places, [points * 100 for _, points, _ in rows], said)
    return Chart("contributions", figure, title, subtitle, source, f"{title}.", 10 + 29 * len(rows))


def _ticks(business: Business) -> str:
    """The format of the revenue's axis: with decimals where all of it is small."""
    most = max((abs(value_of(quarter, "revenue") or 0.0) for quarter in business.quarters), default=0.0)
    return ",.0f" if most >= 4 else ",.1f" if most >= 0.2 else ",.3f"


@drawn_once
def profits_chart(rows: Sequence[tuple[str, float]], profit: str, title: str, subtitle: str, source: str) -> Chart:
    """The profit of each segment, by the company's own measure, in billions, as bars to either side of nought."""
    colours = [palette.GAIN if value >= 0 else palette.LOSS for _, value in rows]
    said = [str(formats.signed(value, 1 if abs(value) >= 0.1 else 2)) for _, value in rows]
    figure = _bars(rows, profit, colours, said)
    return Chart("profits", figure, title, subtitle, source, f"{title}.", 10 + 29 * len(rows))


@drawn_once
def latest_chart(
    name: str, rows: Sequence[tuple[str, float]], what: str, in_percent: bool, title: str, subtitle: str, source: str
) -> Chart:
    """One measure of each segment in one period, as bars: revenue in billions, or margins as ratios."""
    values = [value for _, value in rows]
    said = [
        str(formats.percent1(each) if in_percent else formats.number(each, 1 if each >= 0.1 else 3)) for each in values
    ]
    figure = _bars(rows, what, palette.BAR, said)
    figure.update_layout(xaxis={"tickformat": ".1%" if in_percent else ",.1f"})
    return Chart(name, figure, title, subtitle, source, f"{title}.", 10 + 29 * len(rows))


def _bars(rows: Sequence[tuple[str, float]], name: str, colours: str | Sequence[str], said: Sequence[str]) -> go.Figure:
    """A bar a segment, the first on top, each with its figure."""
    values, places = [value for _, value in rows], list(range(len(rows)))[::-1]
    bar = {"orientation": "h", "width": 0.6, "marker": {"color": colours}, "hoverinfo": "skip"}
    figure = go.Figure(go.Bar(x=values, y=places, name=name, **bar))
    _lay_rows(figure, [as_label(segment) for segment, _ in rows], places, values, said)
    return figure


def _lay_rows(
    figure: go.Figure, names: Sequence[str], places: Sequence[int], values: Sequence[float], said: Sequence[str]
) -> None:
    """Names to the left, and each figure to the right of its bar, with room for it."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = high - low or 1.0
    figure.add_scatter(
        x=[max(value, 0.0) for value in values], y=list(places), mode="text", text=[f" {each}" for each in said],
        textposition="middle right", textfont={"color": palette.INK}, hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip
    wrapped = ["<br>".join(textwrap.wrap(name, 18, max_lines=2, placeholder="…")) for name in names]
    figure.update_layout(
        showlegend=False,
        xaxis={"visible": False, "range": [low - span * 0.02, high + span * 0.06 * max(map(len, said))]},
        xaxis2={"visible": False, "overlaying": "x"},
        yaxis={
            "tickvals": list(places), "ticktext": wrapped, "showgrid": False,
            "range": [-0.6, len(places) - 0.4],
        },
        margin={"t": 2, "b": 2},
    )  # fmt: skip
