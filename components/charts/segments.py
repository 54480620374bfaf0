"""Charts of the segments: revenue, growth and margin by quarter, and the mix of the latest quarter.

No line connects two structures (ways of dividing the company): each has its own trace, and the break is marked.
"""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from components import formats
from components.calculators.segments import SegmentQuarter
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once, label_room
from components.charts.pieces import day_line
from data.figures import Confidence


@dataclass(frozen=True)
class SegmentPoint:
    """One segment's value in one quarter.

    Attributes
    ----------
    colour : the family's position in the company's list.
    value : a ratio for growth and margin; for revenue, billions of the filing's currency.
    secondary : whether the figure is from press reports or derived.
    """

    end: dt.date
    structure: str
    segment: str
    family: str
    colour: int
    value: float
    secondary: bool


@dataclass(frozen=True)
class ClaimMark:
    """A claim on a segment chart: a marker at its quarter, or a line across where `end` is None."""

    end: dt.date | None
    value: float
    text: str


def points(
    quarters: Iterable[SegmentQuarter],
    value: Callable[[SegmentQuarter], float | None],
    families: Mapping[str, str],
    chosen: Container[str],
) -> list[SegmentPoint]:
    """The known values of the chosen families. Name and colour come from their position in the company's list."""
    places = {family: (number, label) for number, (family, label) in enumerate(families.items())}
    found = []
    for quarter in quarters:
        number = value(quarter)
        if number is None or quarter.family is None or quarter.family not in chosen:
            continue
        place, label = places[quarter.family]
        doubtful = quarter.confidence is not Confidence.OFFICIAL
        found.append(SegmentPoint(quarter.end, quarter.structure, quarter.segment, label, place, number, doubtful))
    return found


def colour_of(place: int) -> str:
    """The colour of a family, by its position in the company's list."""
    return palette.FAMILIES[place % len(palette.FAMILIES)]


@drawn_once
def lines_chart(
    chart_id: str,
    points: Sequence[SegmentPoint],
    breaks: Sequence[dt.date],
    marks: Sequence[ClaimMark],
    title: str,
    subtitle: str,
    source: str,
    percent: bool,
    height: int = 400,
) -> Chart:
    """One line per segment and structure, with the breaks between structures and the article's claims."""
    figure = go.Figure()
    lines: dict[tuple[str, str], list[SegmentPoint]] = {}
    for point in sorted(points, key=lambda point: point.end):
        lines.setdefault((point.structure, point.segment), []).append(point)
    # A family can have several traces; only its newest one gets a legend entry.
    newest_lines = {line[0].family: line for line in lines.values()}
    for (_, segment), line in lines.items():
        figure.add_scatter(
            x=[point.end.isoformat() for point in line],
            y=[point.value for point in line],
            mode="lines+markers",
            line={"color": colour_of(line[0].colour), "width": 2.25},
            marker={
                "size": 7,
                "symbol": ["circle-open" if point.secondary else "circle" for point in line],
                "line": {"width": 2, "color": colour_of(line[0].colour)},
            },
            name=as_label(line[0].family),
            legendgroup=line[0].family,
            showlegend=line is newest_lines[line[0].family],
            hovertemplate=f"{as_label(segment)}<br>%{{x|%b %Y}}: %{{y:{'.1%' if percent else ',.1f'}}}<extra></extra>",
        )
    _label_families(figure, points)
    days = [point.end for point in points]
    for day in breaks:
        if not min(days) < day < max(days):
            continue
        day_line(figure, day, palette.MUTED, "dash", 1.25)
        figure.add_annotation(
            x=day.isoformat(), y=1, yref="y domain", yanchor="bottom", text="regrouped", font={"color": palette.MUTED}
        )
    spared = len(figure.layout.annotations)
    for mark in marks:
        _draw_claim(figure, mark, percent)
    figure.update_layout(
        showlegend=False,
        hovermode="closest",
        xaxis={"type": "date", "nticks": 9, "range": [_shift(min(days), -50), _shift(max(days), 50)]},
        yaxis={"tickformat": ".0%" if percent else ",.0f", "zeroline": True},
        margin={"t": 28, "r": 200},
    )
    alt = f"{title}. {subtitle}."
    # On narrow screens a legend replaces the labels beside the lines.
    kept = [note.to_plotly_json() for note in figure.layout.annotations[spared:]]
    narrow = {"xaxis": {"nticks": 4}, "margin": {"r": 12}, "showlegend": True, "annotations": kept}
    return Chart(chart_id, figure, title, subtitle, source, alt, height, narrow)


def _shift(day: dt.date, days: int) -> str:
    return (day + dt.timedelta(days=days)).isoformat()


def _label_families(figure: go.Figure, points: Sequence[SegmentPoint]) -> None:
    """One label per family in the right margin, level with its last point, and moved up where two would overlap."""
    last: dict[str, SegmentPoint] = {}
    for point in sorted(points, key=lambda point: point.end):
        last[point.family] = point
    values = [point.value for point in points]
    gap = (max(values) - min(values) or 1.0) * 0.06
    floor, newest = float("-inf"), max(points, key=lambda point: point.end).end
    for point in sorted(last.values(), key=lambda point: point.value):
        floor = max(point.value, floor + gap)
        figure.add_annotation(
            x=1,
            xref="x domain",
            y=floor,
            text=as_label(point.family if point.end == newest else f"{point.family}, to {point.end:%b %y}"),
            xanchor="left",
            xshift=8,
            font={"color": colour_of(point.colour)},
        )


def _draw_claim(figure: go.Figure, mark: ClaimMark, percent: bool) -> None:
    value = formats.percent1(mark.value) if percent else formats.number(mark.value)
    if mark.end is None:
        figure.add_hline(mark.value, line={"color": palette.ARTICLE, "width": 1.75, "dash": "dot"})
        figure.add_annotation(
            x=0.99,
            xref="x domain",
            xanchor="right",
            y=mark.value,
            yanchor="bottom",
            text=as_label(mark.text),
            font={"color": palette.ARTICLE},
        )
        return
    figure.add_scatter(
        x=[mark.end.isoformat()],
        y=[mark.value],
        mode="markers",
        marker={"symbol": "diamond", "size": 14, "color": palette.ARTICLE, "line": {"width": 2, "color": "#ffffff"}},
        hovertemplate=f"{as_label(mark.text)} ({value})<extra></extra>",
        showlegend=False,
    )
    figure.add_annotation(
        x=mark.end.isoformat(),
        y=mark.value,
        text=as_label(mark.text),
        xanchor="right",
        xshift=-10,
        yshift=14,
        font={"color": palette.ARTICLE},
    )


@drawn_once
def mix_chart(shares: Sequence[tuple[str, float, float, int]], title: str, subtitle: str, source: str) -> Chart:
    """Shares of the latest quarter as bars: (segment, share, revenue in billions, colour place), largest first."""
    ordered = list(reversed(shares))
    figure = go.Figure(
        go.Bar(
            x=[share for _, share, _, _ in ordered],
            y=[as_label(name) for name, _, _, _ in ordered],
            orientation="h",
            marker={"color": [colour_of(place) for _, _, _, place in ordered]},
            text=[f" {formats.percent1(share)}  ({formats.number(revenue, 1)}bn)" for _, share, revenue, _ in ordered],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"visible": False, "range": [0, max(share for _, share, _, _ in ordered) * 1.3]},
        yaxis={"showgrid": False},
        bargap=0.35,
        margin={"l": label_room([name for name, _, _, _ in shares])},
    )
    alt = f"{title}. " + "; ".join(f"{name} {formats.percent1(share)}" for name, share, _, _ in shares)
    narrow = {"margin": {"l": 8}, "xaxis": {"range": [0, max(share for _, share, _, _ in ordered) * 2.1]}}
    return Chart("mix", figure, title, subtitle, source, alt, 120 + 48 * len(shares), narrow)
