"""Charts of the valuation page: multiples, the sum of the parts, its sensitivity, and its distribution."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.calculators.sensitivity import Histogram, Swing
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once, label_room
from components.charts.pieces import value_map
from components.scenario.sweep import FigurePatch

MULTIPLES_ID, PARTS_ID, TORNADO_ID, HISTOGRAM_ID, GRID_ID = "multiples", "parts", "tornado", "histogram", "value-grid"


@drawn_once
def multiples_chart(rows: Sequence[tuple[str, float | None, float | None]], title: str, source: str) -> Chart:
    """P/E of each share, trailing and forward. None, a ratio that is not known, has no bar."""
    names = [as_label(name) for name, _, _ in rows]
    figure = go.Figure()
    for place, (label, colour) in enumerate((("Trailing P/E", palette.PRICE), ("Forward P/E", palette.BULL)), start=1):
        values = [row[place] for row in rows]
        figure.add_bar(
            x=names,
            y=values,
            name=label,
            marker={"color": colour},
            text=["" if value is None else f"{value:.1f}x" for value in values],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    figure.update_layout(barmode="group", bargap=0.35, yaxis={"tickformat": ",.0f"}, margin={"t": 30})
    return Chart(
        MULTIPLES_ID, figure, title, "Price ÷ earnings per share, each in one currency", source, f"{title}.", 340
    )


@drawn_once
def parts_chart(names: Sequence[str], currency: str, source: str) -> Chart:
    """The sum of the parts as a waterfall per share; the values come as patches."""
    names = ["<br>".join(map(as_label, textwrap.wrap(name, 13))) for name in names]
    places = list(range(len(names)))
    empty = [0.0] * len(names)
    # Bars and lines, not plotly's own waterfall, so that its smallest bundle can draw them. Whatever moves is in traces
    # and on a numeric axis, because plotly can move those without redrawing the whole chart.
    figure = go.Figure(
        [
            go.Bar(x=places, y=list(empty), base=list(empty), marker={"color": [palette.BASE] * len(names)}),
            # A trace of its own keeps the numbers above the bars, for negative ones too.
            go.Scatter(x=places, y=list(empty), mode="text", text=[""] * len(names), textposition="top center"),
            # Lines from the edge of one bar, 0.8 wide, to the next.
            go.Scatter(
                x=[end for place in places[:-1] for end in (place + 0.4, place + 0.6, None)],
                y=[end for _ in places[:-1] for end in (0.0, 0.0, None)],
                mode="lines",
                line={"color": palette.MUTED, "width": 1},
                connectgaps=False,
            ),
        ]
    )
    figure.update_traces(cliponaxis=False, hoverinfo="skip")
    # No slider moves the price, so a shape will do, which does not slow down a frame.
    ends = {"x0": places[0] - 0.4, "x1": places[-1] + 0.4, "y0": 0.0, "y1": 0.0}
    figure.add_shape(type="line", line={"color": palette.ARTICLE, "width": 2, "dash": "dot"}, **ends)
    figure.update_layout(
        showlegend=False,
        yaxis={"tickformat": ",.0f"},
        margin={"t": 34},
        xaxis={"tickangle": 0, "tickvals": places, "ticktext": names, "zeroline": False},
    )
    return Chart(
        PARTS_ID,
        figure,
        "The parts are worth {value} per {share_class}, {gap} against the price of {price}",
        f"{currency} per {{share_class}}, by business and what is added and taken off; dotted: the price",
        source,
        "The parts are worth {value} per {share_class}, {gap} against the price of {price}.",
        height=420,
        narrow={"xaxis": {"tickangle": -90}, "font": {"size": 11}},
    )


def parts_patches(values: Sequence[Any], price: float, unknown: int | None) -> list[FigurePatch]:
    """Bars, lines and texts of the waterfall. The last value is the total; the one at index `unknown` is not known."""
    patches = []
    level: Any = 0.0
    for place, value in enumerate(values):
        is_total = place == len(values) - 1
        before, level = (0.0, value) if is_total else (level, np.add(level, value))
        colour = palette.BASE if is_total else np.where(np.asarray(value) >= 0, palette.BULL, palette.BEAR)
        text = "not known" if place == unknown else formats.number(value)
        patches += [
            FigurePatch(PARTS_ID, ("data", 0, "base", place), before),
            FigurePatch(PARTS_ID, ("data", 0, "y", place), value),
            FigurePatch(PARTS_ID, ("data", 0, "marker", "color", place), colour),
            FigurePatch(PARTS_ID, ("data", 1, "y", place), np.maximum(before, level)),
            FigurePatch(PARTS_ID, ("data", 1, "text", place), text),
        ]
        if not is_total:
            patches += [FigurePatch(PARTS_ID, ("data", 2, "y", 3 * place + end), level) for end in (0, 1)]
    return [*patches, *(FigurePatch(PARTS_ID, ("layout", "shapes", 0, end), price) for end in ("y0", "y1"))]


@drawn_once
def tornado_chart(
    swings: Sequence[Swing], names: Mapping[str, str], centre: float, title: str, subtitle: str, source: str
) -> Chart:
    """The value with each input lower and higher, the widest range on top."""
    ordered = list(reversed(swings))
    labels = [names[swing.key] for swing in ordered]
    figure = go.Figure()
    for part, colour in (("low", palette.BEAR), ("high", palette.BULL)):
        ends = [getattr(swing, part) for swing in ordered]
        figure.add_bar(
            y=[as_label(label) for label in labels],
            x=[end - centre for end in ends],
            base=[centre] * len(ordered),
            orientation="h",
            name="Input lower" if part == "low" else "Input higher",
            marker={"color": colour},
            text=[f"{end:,.0f}" for end in ends],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    figure.add_vline(centre, line={"color": palette.MUTED, "width": 1.5})
    low, high = min(min(s.low, s.high) for s in swings), max(max(s.low, s.high) for s in swings)
    reach = (high - low) * 0.12 or 1.0
    figure.update_layout(
        barmode="overlay",
        bargap=0.35,
        xaxis={"tickformat": ",.0f", "range": [low - reach, high + reach], "showgrid": True},
        yaxis={"showgrid": False},
        margin={"l": label_room(labels)},
    )
    narrow = {"margin": {"l": 8}, "xaxis": {"nticks": 4}}
    return Chart(TORNADO_ID, figure, title, subtitle, source, f"{title}.", 110 + 42 * len(swings), narrow)


@drawn_once
def histogram_chart(
    draws: Histogram, price: float, targets: Mapping[str, float], title: str, subtitle: str, source: str
) -> Chart:
    """The distribution of the simulated values, with the price and the targets as lines."""
    figure = go.Figure(
        go.Bar(
            x=list(draws.middles),
            y=list(draws.shares),
            marker={"color": [palette.BULL if middle > price else palette.BEAR for middle in draws.middles]},
            hovertemplate="about %{x:,.0f}: %{y:.1%} of the draws<extra></extra>",
        )
    )
    lines = [("price", price, palette.MUTED), *((name, value, palette.CASES[name]) for name, value in targets.items())]
    for place, (name, value, colour) in enumerate(lines):
        figure.add_vline(value, line={"color": colour, "width": 2})
        figure.add_annotation(
            x=value, y=1.0 - 0.09 * place, yref="y domain", text=f"{name} {value:,.0f}", xanchor="left", xshift=4,
            font={"color": colour},
        )  # fmt: skip
    figure.update_layout(showlegend=False, bargap=0.04, xaxis={"tickformat": ",.0f"}, yaxis={"tickformat": ".1%"})
    return Chart(HISTOGRAM_ID, figure, title, subtitle, source, f"{title}.", height=360)


@drawn_once
def value_grid(
    across: tuple[str, np.ndarray], down: tuple[str, np.ndarray], values: np.ndarray, price: float, title: str,
    subtitle: str, source: str,
) -> Chart:  # fmt: skip
    """The value at each pair of two inputs, coloured by distance from the price; `values` has shape (rows, columns)."""
    columns, rows = ([f"{value:g}" for value in axis.tolist()] for axis in (across[1], down[1]))

    def hover(row: int, column: int, value: str, change: str) -> str:
        return f"{as_label(across[0])} {columns[column]}, {as_label(down[0])} {rows[row]}: {value} ({change})"

    figure = go.Figure(value_map(range(len(columns)), range(len(rows)), values, price, hover))
    for axis, label, names in (("xaxis", across[0], columns), ("yaxis", down[0], rows)):
        figure.layout[axis] = {
            "title": {"text": as_label(label)},
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "range": [-0.5, len(names) - 0.5],
            "showgrid": False,
        }
    return Chart(GRID_ID, figure, title, subtitle, source, f"{title}.", height=420, narrow={"font": {"size": 11}})
