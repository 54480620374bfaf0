"""Elements that several charts share."""

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.charts import palette

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
