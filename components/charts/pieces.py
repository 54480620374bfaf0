"""Elements that several charts share."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.charts import palette
from components.scenario.sweep import FigurePatch

_GAPLESS = 0.96  # a cell's size as a share of its spacing; the rest shows as a line between cells


def day_line(figure: go.Figure, day: dt.date, colour: str, dash: str, width: float) -> None:
    """A vertical line at a day, over the whole height of the plot."""
    figure.add_shape(
        type="line",
        x0=day.isoformat(),
        x1=day.isoformat(),
        y0=0,
        y1=1,
        yref="y domain",
        line={"color": colour, "width": width, "dash": dash},
    )


def article_band(figure: go.Figure, band: tuple[float, float], across: bool = True, opacity: float = 0.18) -> None:
    """What the article states, from low to high: a band over the plot, or a line where both are one value."""
    low, high = band
    if low == high:
        add = figure.add_hline if across else figure.add_vline
        add(low, line={"color": palette.ARTICLE, "width": 1.5, "dash": "dash"})
        return
    fill = {"fillcolor": palette.translucent(palette.ARTICLE, opacity), "line_width": 0}
    (figure.add_hrect if across else figure.add_vrect)(low, high, **fill)


def written_band(band: tuple[float, float]) -> str:
    """190 to 205, or the one value: 250."""
    return f"{band[0]:,g}" if band[0] == band[1] else f"{band[0]:,g} to {band[1]:,g}"


def course(known: Sequence[tuple[dt.date, float]], name: str, hover: str, size: float) -> go.Scatter:
    """Values at days as a line with a mark of that size, in pixels, at each."""
    return go.Scatter(
        x=[day.isoformat() for day, _ in known],
        y=[value for _, value in known],
        mode="lines+markers",
        line={"color": palette.PRICE, "width": 1.75},
        marker={"size": size},
        name=name,
        hovertemplate=hover,
    )


def curve(x: np.ndarray, name: str, hover: str, beside: str) -> go.Figure:
    """A line over `x` and, on it, the reader's own point with its figure at the side named; values as patches."""
    figure = go.Figure()
    figure.add_scatter(
        x=x.tolist(), y=[0.0] * x.size, mode="lines", line={"color": palette.PRICE, "width": 1.75}, name=name,
        hovertemplate=hover,
    )  # fmt: skip
    figure.add_scatter(
        x=[0.0], y=[0.0], mode="markers+text", text=[""], textposition=f"top {beside}", hoverinfo="skip",
        cliponaxis=False, marker={"size": 11, "color": palette.YOURS},
        textfont={"color": palette.YOURS, "size": 13},
    )  # fmt: skip
    return figure


def curve_patches(chart: str, line: np.ndarray, x: Any, y: Any, text: Any) -> list[FigurePatch]:
    """The line, of shape (points,) or (steps, points), and the reader's own point on it with its text."""
    return [
        FigurePatch(chart, ("data", 0, "y"), along(line)),
        FigurePatch(chart, ("data", 1, "x", 0), x),
        FigurePatch(chart, ("data", 1, "y", 0), y),
        FigurePatch(chart, ("data", 1, "text", 0), text),
    ]


def level(figure: go.Figure, y: float, text: str, colour: str, side: str = "right") -> None:
    """A dotted line across at a value, named at one of its ends."""
    figure.add_hline(y, line={"color": colour, "width": 1.25, "dash": "dot"})
    figure.add_annotation(
        x=0.99 if side == "right" else 0.01, xref="x domain", xanchor=side, y=y, yanchor="bottom", text=text,
        font={"color": colour},
    )  # fmt: skip


def along(values: np.ndarray) -> Any:
    """Values along an axis: a plain list at rest, an array with the steps first while a slider is swept."""
    return values if values.ndim > 1 else values.tolist()


def value_map(
    x: Sequence[float],
    y: Sequence[float],
    values: np.ndarray,
    price: float,
    hover: Callable[[int, int, str, str], str],
) -> go.Bar:
    """A grid of cells with numbers: coloured by their distance from `price`.

    Cells are bars, not a heatmap, so that plotly's smallest bundle can draw all charts.

    Parameters
    ----------
    x, y : evenly spaced positions of columns and rows.
    values : shape (rows, columns).
    hover : gives the hover text from row, column, value and distance from the price, the last two as written.
    """
    change = values / price - 1
    width, height = (_GAPLESS * float(places[1] - places[0]) for places in (x, y))
    cells = [(row, column) for row in range(len(y)) for column in range(len(x))]
    texts = {cell: f"{values[cell]:,.0f}" for cell in cells}
    return go.Bar(
        meta="map",  # its table has rows and columns as the map has
        x=[x[column] for _, column in cells],
        y=[height] * len(cells),
        base=[y[row] - height / 2 for row, _ in cells],
        width=width,
        # Colours, not numbers on a colour scale: on a scale plotly cannot choose the text's contrast, and warns.
        marker={"color": palette.diverging([change[cell] for cell in cells]), "line": {"width": 0}},
        text=list(texts.values()),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"color": palette.INK},
        hovertext=[hover(*cell, texts[cell], str(formats.change1(float(change[cell])))) for cell in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
