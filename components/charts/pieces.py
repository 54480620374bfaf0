"""Parts that several charts draw alike."""

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.charts import palette

_GAPLESS = 0.96  # of the way from one cell's middle to the next; the rest is the line between them


def day_line(figure: go.Figure, day: dt.date, colour: str, dash: str, width: float) -> None:
    """A vertical line over the whole height of the plot, on a day."""
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
    """Values of two inputs as a map with its numbers in it: green above `price`, orange below, full at ±100 %.

    `x` and `y` are evenly spaced places of columns and rows. `hover` gives the text for a row and a column, with the
    value and its distance from the price as they are written. The cells are bars and not a heatmap: all that the
    dashboard draws is then in plotly's smallest bundle.
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
        # Colours and not numbers on a scale: from those plotly can tell no text's contrast, and warns of each.
        marker={"color": palette.diverging([change[cell] for cell in cells]), "line": {"width": 0}},
        text=list(texts.values()),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"color": "#1c2430"},
        hovertext=[hover(*cell, texts[cell], str(formats.change1(float(change[cell])))) for cell in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
