"""Parts that several charts draw alike."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.charts import palette


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
    x: Sequence[float | str], y: Sequence[float | str], values: np.ndarray, price: float, hover: str
) -> go.Heatmap:
    """Values of two inputs as a map with its numbers in it: green above `price`, orange below, full at ±100 %.

    `hover` may name `%{x}`, `%{y}`, `%{text}` (the value) and `%{customdata}` (its distance from the price).
    """
    change = values / price - 1
    return go.Heatmap(
        x=list(x),
        y=list(y),
        z=np.clip(change, -1, 1).round(4).tolist(),
        text=[[f"{value:,.0f}" for value in row] for row in values.tolist()],
        customdata=[[str(formats.change1(value)) for value in row] for row in change.tolist()],
        texttemplate="%{text}",
        textfont={"color": "#1c2430"},
        colorscale=palette.DIVERGING,
        zmin=-1,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate=f"{hover}<extra></extra>",
    )
