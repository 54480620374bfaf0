"""Charts of the upside page: the price with paths to the targets, and the P/E x EPS grid; `cases.py` has the returns.

For each chart, one function draws it and one gives its patches: the values that move with a slider.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.calculators.cases import CASES, Outcome
from components.charts import palette
from components.charts.chart import Chart, drawn_once
from components.charts.pieces import article_band, value_map
from components.scenario.sweep import FigurePatch
from data.market.snapshot import Close

PATHS_ID, GRID_ID = "paths", "grid"
_ORDER = tuple(reversed(CASES))  # plotly stacks categories from the bottom
_LABELS = {"bear": "Bear", "base": "Base", "bull": "Bull"}


# --- Price and paths ---------------------------------------------------------------------------------------------


@drawn_once
def paths_chart(
    closes: Sequence[Close],
    start: tuple[dt.date, float],
    band: tuple[float, float] | None,
    currency: str,
    source: str,
) -> Chart:
    """Price history, and straight lines from the starting price to the targets. The line ends come as patches."""
    figure = go.Figure(
        go.Scatter(
            x=[close.date.isoformat() for close in closes],
            y=[close.price for close in closes],
            mode="lines",
            line={"color": palette.PRICE, "width": 1.75},
            name="Price",
            hovertemplate=f"%{{x|%-d %b %Y}}: {currency} %{{y:,.2f}}<extra></extra>",
        )
    )
    day, price = start
    for name in _ORDER:
        figure.add_scatter(
            x=[day.isoformat(), day.isoformat()],
            y=[price, price],
            mode="lines+markers+text",
            line={"color": palette.CASES[name], "width": 2.5, "dash": "dot"},
            marker={"size": [0, 9], "symbol": palette.MARKS[name]},
            text=["", ""],
            textposition="middle right",
            textfont={"color": palette.INK},
            name=_LABELS[name],
            hoverinfo="skip",
            cliponaxis=False,
        )
    if band:
        article_band(figure, band, opacity=0.16)
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "date", "nticks": 7},
        yaxis={"tickformat": ",.0f"},
        margin={"r": 84},
    )
    return Chart(
        PATHS_ID,
        figure,
        "The way to the targets in {months}",
        f"Closing price, {currency}, not adjusted for dividends; band: the article’s targets",
        source,
        "Price history and the way from {price} to {bear.target}, {base.target} and {bull.target} in {months}.",
        height=270,
        narrow={"xaxis": {"nticks": 4}},
    )


def paths_patches(outcome: Outcome, start: dt.date, months: Any) -> list[FigurePatch]:
    """Ends of the three lines, and their labels."""
    if isinstance(months, np.ndarray):
        ends: Any = [add_months(start, each).isoformat() for each in months.tolist()]
    else:
        ends = add_months(start, months).isoformat()
    patches = []
    for trace, name in enumerate(_ORDER, start=1):
        target = outcome.cases[name].target
        patches += [
            FigurePatch(PATHS_ID, ("data", trace, "x", 1), ends),
            FigurePatch(PATHS_ID, ("data", trace, "y", 1), target),
            FigurePatch(
                PATHS_ID,
                ("data", trace, "text", 1),
                formats.each(formats.number(target, 2), f" {_LABELS[name]} {{}}".format),
            ),
        ]
    return patches


def add_months(day: dt.date, months: float) -> dt.date:
    """The same day of the month, `months` later; the last day of the month where that day does not exist."""
    total = day.month - 1 + round(months)
    year, month = day.year + total // 12, total % 12 + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


# --- P/E x EPS ---------------------------------------------------------------------------------------------------


ROWS = 9  # of the grid, or one more


def grid_axes(claimed: tuple[float, float] | None, eps: float, highest: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """The grid's axes: P/E around the claimed range and up to the `highest` target's; EPS around `eps`.

    P/E goes in steps of 4 or a multiple of it, EPS in steps of 1 (0.25 below 3).
    """
    low, high = claimed or (12.0, 24.0)
    first, last = max(4.0, low - 8), max(high + 20, highest + 4)
    stride = 4.0 * np.ceil((last - first) / 4 / ROWS)
    multiples = np.arange(first, last + 1, stride)
    step = 1.0 if eps >= 3 else 0.25
    middle = round(eps / step) * step
    earnings = np.round(middle + np.arange(-3, 5) * step, 2)
    return multiples, earnings[earnings > 0]


@drawn_once
def grid_chart(
    price: float,
    multiples: np.ndarray,
    earnings: np.ndarray,
    claimed: tuple[float, float] | None,
    currency: str,
    source: str,
) -> Chart:
    """The price at each P/E and EPS, coloured by the return from `price`. The three cases come as patches."""
    prices = np.outer(multiples, earnings)

    def hover(row: int, column: int, value: str, change: str) -> str:
        return f"P/E {multiples[row]:.0f} × EPS {earnings[column]:.2f} = {currency} {value} ({change})"

    figure = go.Figure(value_map(earnings.tolist(), multiples.tolist(), prices, price, hover))
    for name in _ORDER:
        figure.add_scatter(
            x=[0.0],
            y=[0.0],
            mode="markers",
            marker={
                "symbol": palette.MARKS[name],
                "size": 13,
                "color": palette.CASES[name],
                "line": {"width": 2, "color": palette.GROUND},
            },
            name=_LABELS[name],
            hoverinfo="skip",
        )
    half_x = float(earnings[1] - earnings[0]) / 2
    half_y = float(multiples[1] - multiples[0]) / 2
    figure.update_layout(
        xaxis={
            "title": {"text": f"Earnings per share, {currency}"},
            "tickvals": earnings.tolist(),
            "range": [float(earnings[0]) - half_x, float(earnings[-1]) + half_x],
        },
        yaxis={
            "title": {"text": "P/E"},
            "tickvals": multiples.tolist(),
            "showgrid": False,
            "range": [float(multiples[0]) - half_y, float(multiples[-1]) + half_y],
        },
    )
    if claimed is not None:
        edge = {"x0": 0, "x1": 1, "xref": "x domain", "line": {"color": palette.ARTICLE, "width": 2.5}}
        figure.add_shape(type="rect", y0=claimed[0] - half_y, y1=claimed[1] + half_y, **edge)
    return Chart(
        GRID_ID,
        figure,
        "On {eps_grid_name} earnings of {eps_grid}, the base target is a P/E of {base.pe_grid}",
        f"Price at each P/E and EPS, {currency}; coloured by its distance from {{price}}. Marks: the targets."
        f"{_framed(claimed)}",
        source,
        "Grid of the price at each P/E and EPS. The base target is a P/E of {base.pe_grid} on EPS of {eps_grid}.",
        height=270,
        narrow={"font": {"size": 11}},
    )


def _framed(claimed: tuple[float, float] | None) -> str:
    return f" Framed: the article’s P/E, {claimed[0]:g} to {claimed[1]:g}" if claimed else ""


def grid_patches(outcome: Outcome, eps: Any, forward: bool) -> list[FigurePatch]:
    """The positions of the three targets on the grid."""
    patches = []
    for trace, name in enumerate(_ORDER, start=1):
        case = outcome.cases[name]
        patches += [
            FigurePatch(GRID_ID, ("data", trace, "x", 0), eps),
            FigurePatch(GRID_ID, ("data", trace, "y", 0), case.pe_forward if forward else case.pe_trailing),
        ]
    return patches
