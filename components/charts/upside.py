"""Charts of the upside page: returns by case, the price with paths to the targets, and the P/E x EPS grid.

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
from components.charts.pieces import value_map
from components.scenario.sweep import FigurePatch
from data.market.snapshot import Close

CASES_ID, PATHS_ID, GRID_ID = "upside", "paths", "grid"
_ORDER = tuple(reversed(CASES))  # plotly stacks categories from the bottom
_LABELS = {"bear": "Bear", "base": "Base", "bull": "Bull"}


# --- Returns by case ---------------------------------------------------------------------------------------------


@drawn_once
def cases_chart(
    start: tuple[str, float], other: tuple[str, float] | None, band: tuple[float, float] | None, source: str
) -> Chart:
    """Bars from the starting price to each target, dividends outlined at their ends; returns as figures beside them.

    `start` and `other` are a price each with its name: where returns start from, and the price at the other time.
    Lengths, marks and figures come as patches.
    """
    name, price = start
    figure = go.Figure()
    lengths = {"base": [price] * 3, "x": [0.0] * 3, "y": list(_ROWS[:3]), "orientation": "h", "hoverinfo": "skip"}
    colours = [palette.CASES[case] for case in CASES]
    figure.add_bar(**lengths, marker={"color": colours}, width=0.34)
    outline = {"color": "rgba(0,0,0,0)", "line": {"color": colours, "width": 1.2}}
    figure.add_bar(**lengths, marker=outline, width=0.34, name="Dividends")
    figure.add_scatter(
        x=[price, price], y=[_ROWS[3], _ROWS[3]], mode="lines", hoverinfo="skip",
        line={"color": palette.BASE, "width": 1.75, "dash": "dot"},
    )  # fmt: skip
    figure.add_scatter(
        x=[price] * 4, y=list(_ROWS), mode="markers+text", text=[""] * 4, textposition="middle right", cliponaxis=False,
        hoverinfo="skip", textfont={"color": palette.INK, "size": 13}, name="Target",
        meta="across",
        marker={
            "symbol": [*(palette.MARKS[case] for case in CASES), "diamond-open"], "size": 11,
            "color": [*colours, palette.BASE], "line": {"width": [1, 1, 1, 2], "color": palette.GROUND},
        },
    )  # fmt: skip
    figure.data[-1].marker.line.color = [palette.GROUND] * 3 + [palette.BASE]
    for place, what in ((0.95, "Upside"), (2.0, "Total return")):
        figure.add_scatter(
            x=[place] * 4, y=list(_ROWS), xaxis="x2", mode="text", text=[""] * 4, textposition="middle left",
            hoverinfo="skip", name=what, cliponaxis=False,
            textfont={"color": palette.INK if place == 2 else palette.INK_2, "size": 14 if place == 2 else 12},
        )  # fmt: skip
    if band:
        figure.add_vrect(band[0], band[1], fillcolor=palette.translucent(palette.ARTICLE, 0.12), line_width=0)
    figure.add_vline(price, line={"color": palette.INK, "width": 1.5})
    figure.add_hline(0.5, line={"color": palette.RULE, "width": 1})
    if other is not None:
        figure.add_vline(other[1], line={"color": palette.BEFORE, "width": 1.25, "dash": "dot"})
    for text, at, colour, anchor in _above(start, other, band):
        figure.add_annotation(
            x=at, y=1, yref="y domain", yanchor="bottom", text=text, font={"color": colour}, xanchor=anchor
        )
    for text, place in (("price", 0.95), ("total", 2.0)):
        figure.add_annotation(
            x=place, xref="x2", y=1, yref="y domain", yanchor="bottom", xanchor="right", text=text,
            font={"color": palette.INK_3},
        )  # fmt: skip
    named = dict(zip(_ROWS, ("Bear", "<b>Base</b>", "Bull", "Expected"), strict=True))
    figure.update_layout(
        showlegend=False,
        barmode="overlay",
        xaxis={"domain": [0, 0.83], "showgrid": True, "tickformat": ",.0f", "nticks": 8},
        xaxis2={"domain": [0.84, 1], "range": [0, 2], "visible": False, "fixedrange": True},
        yaxis={
            "tickvals": list(_ROWS), "ticktext": list(named.values()), "range": [-0.5, 3.5], "showgrid": False,
            "fixedrange": True,
        },
        margin={"t": 26},
    )  # fmt: skip
    return Chart(
        CASES_ID,
        figure,
        "The base case returns {base.total}, bear to bull {bear.total} to {bull.total}",
        "{unit} over {months}; filled: price, outlined: dividends",
        source,
        f"From {name} {{price}}: bear {{bear.total}}, base {{base.total}}, bull {{bull.total}}.",
        height=270,
        narrow={"xaxis": {"domain": [0, 0.66], "nticks": 4}, "xaxis2": {"domain": [0.67, 1]}},
    )


_ROWS = (3, 2, 1, 0)  # bear on top, then base and bull, and their expected value below


def _above(
    start: tuple[str, float], other: tuple[str, float] | None, band: tuple[float, float] | None
) -> list[tuple[str, float, str, str]]:
    """What stands above the plot: text, place, colour, and on which side of its place, so that two never meet."""
    other_is_left = other is not None and other[1] < start[1]
    found = [(f"<b>{start[0]} {start[1]:,.2f}</b>", start[1], palette.INK, "left" if other_is_left else "right")]
    if other is not None:
        found.append((f"{other[0]} {other[1]:,.2f}", other[1], palette.INK_3, "right" if other_is_left else "left"))
    if band:
        found.append((f"article {band[0]:g} to {band[1]:g}", band[1], palette.ARTICLE, "left"))
    return found


def cases_patches(outcome: Outcome, price: float) -> list[FigurePatch]:
    """Lengths and ends of the bars, their marks, and the returns beside them."""
    patches = []
    targets = [outcome.cases[case].target for case in CASES]
    for place, case in enumerate(CASES):
        found = outcome.cases[case]
        patches += [
            FigurePatch(CASES_ID, ("data", 0, "x", place), found.target - price),
            FigurePatch(CASES_ID, ("data", 1, "base", place), found.target),
            FigurePatch(CASES_ID, ("data", 1, "x", place), found.dividends),
            FigurePatch(CASES_ID, ("data", 4, "text", place), formats.change1(found.upside)),
            FigurePatch(CASES_ID, ("data", 5, "text", place), _bold(formats.change1(found.total))),
        ]
    expected = outcome.expected_target
    for place, target in enumerate([*targets, expected]):
        patches += [
            FigurePatch(CASES_ID, ("data", 3, "x", place), target),
            FigurePatch(CASES_ID, ("data", 3, "text", place), _after(formats.number(target, 2))),
        ]
    return [
        *patches,
        FigurePatch(CASES_ID, ("data", 2, "x", 1), expected),
        FigurePatch(CASES_ID, ("data", 4, "text", 3), formats.change1(np.divide(expected, price) - 1)),
        FigurePatch(CASES_ID, ("data", 5, "text", 3), _bold(formats.change1(outcome.expected_total))),
    ]


def _bold(text: Any) -> Any:
    return [f"<b>{each}</b>" for each in text] if isinstance(text, list) else f"<b>{text}</b>"


def _after(text: Any) -> Any:
    """A figure beside a bar, clear of its end."""
    return [f"   {each}" for each in text] if isinstance(text, list) else f"   {text}"


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
        figure.add_hrect(band[0], band[1], fillcolor=palette.translucent(palette.ARTICLE, 0.16), line_width=0)
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
            FigurePatch(PATHS_ID, ("data", trace, "text", 1), _beside(name, target)),
        ]
    return patches


def _beside(name: str, target: Any) -> Any:
    text = formats.number(target, 2)
    if isinstance(text, list):
        return [f" {_LABELS[name]} {each}" for each in text]
    return f" {_LABELS[name]} {text}"


def add_months(day: dt.date, months: float) -> dt.date:
    """The same day of the month, `months` later; the last day of the month where that day does not exist."""
    total = day.month - 1 + round(months)
    year, month = day.year + total // 12, total % 12 + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


# --- P/E x EPS ---------------------------------------------------------------------------------------------------


def grid_axes(claimed: tuple[float, float] | None, eps: float) -> tuple[np.ndarray, np.ndarray]:
    """The grid's axes: P/E in steps of 4 around the claimed range; EPS around `eps` in steps of 1 (0.25 below 3)."""
    low, high = claimed or (12.0, 24.0)
    multiples = np.arange(max(4.0, low - 8), high + 21, 4.0)
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
