"""Charts of how the sum of the parts reacts to its inputs: to one, to all at once, and to two on a grid."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from components.calculators.sensitivity import Histogram, Swing
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once
from components.charts.pieces import value_map

TORNADO_ID, HISTOGRAM_ID, GRID_ID = "tornado", "histogram", "value-grid"


@drawn_once
def tornado_chart(
    swings: Sequence[Swing], names: Mapping[str, str], centre: float, price: float, title: str, subtitle: str,
    source: str,
) -> Chart:  # fmt: skip
    """The value with each input lower and higher, the widest range on top.

    Colour says what the value does, filling which way the input went: filled is higher.
    """
    ordered = list(reversed(swings))
    labels = [as_label(names[swing.key]) for swing in ordered]
    figure = go.Figure()
    for part in ("low", "high"):
        ends = [getattr(swing, part) for swing in ordered]
        colours = [palette.GAIN if end >= centre else palette.LOSS for end in ends]
        hollow = {"color": "rgba(0,0,0,0)", "line": {"color": colours, "width": 1.5}}
        figure.add_bar(
            y=labels,
            x=[end - centre for end in ends],
            base=[centre] * len(ordered),
            orientation="h",
            marker=hollow if part == "low" else {"color": colours, "line": {"color": colours, "width": 1.5}},
            text=[f"{end:,.0f}" for end in ends],
            textposition="outside",
            textfont={"color": palette.INK},
            cliponaxis=False,
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=ends, y=labels, mode="markers", marker={"size": 1, "opacity": 0}, hoverinfo="skip", meta="across",
            name="Input lower" if part == "low" else "Input higher",
        )  # fmt: skip
    figure.add_vline(centre, line={"color": palette.INK, "width": 1.5})
    figure.add_vline(price, line={"color": palette.BEFORE, "width": 1.25, "dash": "dot"})
    for text, at, side in (
        (f"<b>{centre:,.2f}</b>", centre, centre >= price),
        (f"price {price:,.2f}", price, centre < price),
    ):
        figure.add_annotation(
            x=at, y=1, yref="y domain", yanchor="bottom", text=text, xanchor="left" if side else "right",
            font={"color": palette.INK},
        )  # fmt: skip
    low, high = min(min(s.low, s.high) for s in swings), max(max(s.low, s.high) for s in swings)
    low, high = min(low, price), max(high, price)
    reach = (high - low) * 0.14 or 1.0
    figure.update_layout(
        barmode="overlay",
        bargap=0.35,
        showlegend=False,
        xaxis={"tickformat": ",.0f", "range": [low - reach, high + reach], "showgrid": True, "nticks": 6},
        yaxis={"showgrid": True},
        margin={"t": 22},
    )
    narrow = {"margin": {"l": 8}, "xaxis": {"nticks": 4}}
    return Chart(TORNADO_ID, figure, title, subtitle, source, f"{title}.", 60 + 27 * len(swings), narrow)


@drawn_once
def histogram_chart(
    draws: Histogram, price: float, targets: Mapping[str, float], title: str, subtitle: str, source: str
) -> Chart:
    """The distribution of the simulated values, with the price and the targets as lines."""
    figure = go.Figure(
        go.Bar(
            x=list(draws.middles),
            y=list(draws.shares),
            marker={"color": [palette.GAIN if middle > price else palette.LOSS for middle in draws.middles]},
            name="Share of simulations",
            hovertemplate="about %{x:,.0f}: %{y:.1%} of the simulations<extra></extra>",
        )
    )
    lines = [("price", price, palette.INK), *((name, value, palette.CASES[name]) for name, value in targets.items())]
    for place, (name, value, colour) in enumerate(lines):
        figure.add_vline(value, line={"color": colour, "width": 2})
        figure.add_annotation(
            x=value, y=1.0 - 0.09 * place, yref="y domain", text=f"{name} {value:,.0f}", xanchor="left", xshift=4,
            font={"color": palette.INK},
        )  # fmt: skip
    figure.update_layout(showlegend=False, bargap=0.04, xaxis={"tickformat": ",.0f"}, yaxis={"tickformat": ".1%"})
    return Chart(HISTOGRAM_ID, figure, title, subtitle, source, f"{title}.", height=280)


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
    return Chart(GRID_ID, figure, title, subtitle, source, f"{title}.", height=280, narrow={"font": {"size": 11}})
