"""Charts of the capex page: the plan, net cash, and what the plan must earn."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.calculators import capex
from components.charts import palette
from components.charts.chart import Chart, drawn_once
from components.charts.pieces import along, course, curve, curve_patches, level
from components.scenario.sweep import FigurePatch

PLAN_ID, CASH_ID, PAYBACK_ID = "capex-plan", "net-cash", "pay-back"
AHEAD = 12


# --- The plan ------------------------------------------------------------------------------------------------------


@drawn_once
def plan_chart(spent: capex.Spent, currency: str, source: str) -> Chart:
    """Cumulative capex, an even path to the plan, and the ways on at the latest pace and at the reader's."""
    start = capex.quarter_end(spent.ends[0], -1)
    days, ahead = [start, *spent.ends], [capex.quarter_end(spent.ends[-1], step) for step in range(AHEAD + 1)]
    figure = go.Figure()
    figure.add_scatter(
        x=[start.isoformat(), capex.quarter_end(start, spent.quarters).isoformat()],
        y=[0, spent.plan],
        mode="lines",
        line={"color": palette.BEFORE, "dash": "dash", "width": 1.25},
        hoverinfo="skip",
    )
    for name, colour, dash in (("At the latest pace", palette.PRICE, "dash"), ("At your pace", palette.YOURS, "dot")):
        figure.add_scatter(
            x=[day.isoformat() for day in ahead],
            y=[spent.total] * len(ahead),
            mode="lines",
            line={"color": colour, "dash": dash, "width": 1.75},
            name=name,
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[day.isoformat() for day in days],
        y=[0.0, *np.cumsum(spent.amounts).tolist()],
        mode="lines+markers",
        line={"color": palette.PRICE, "width": 2},
        marker={"size": 7},
        name="Reported",
        hovertemplate=f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn<extra></extra>",
    )
    figure.add_hline(spent.plan, line={"color": palette.ARTICLE, "width": 1.75})
    labels = [
        (0.01, "x domain", spent.plan, f"the plan, {spent.plan:g}", palette.ARTICLE, "left"),
        (days[-1].isoformat(), "x", spent.total, f"<b>{spent.total:,.1f} spent</b>", palette.INK, "right"),
    ]
    for x, ref, y, text, colour, anchor in labels:
        figure.add_annotation(
            x=x, xref=ref, y=y, text=text, font={"color": colour}, xanchor=anchor, yanchor="bottom", xshift=-4
        )
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "date", "nticks": 6, "range": [start.isoformat(), ahead[-1].isoformat()]},
        yaxis={"tickformat": ",.0f", "range": [0, spent.plan * 1.18]},
        margin={"t": 6},
    )
    return Chart(
        PLAN_ID,
        figure,
        "At your pace the plan is {reached.words}",
        f"Cumulative capex, {currency} bn. Blue: your {{pace}} a quarter; dashed: latest pace; grey: evenly",
        source,
        "Cumulative capex against the plan: {spent.total} of {plan}; at {pace} a quarter the plan is {reached.words}.",
        height=260,
        narrow={"xaxis": {"nticks": 4}},
    )


def plan_patches(spent: capex.Spent, pace: Any) -> list[FigurePatch]:
    """The two ways on from the amount spent so far; `pace` is a number or has shape (steps,)."""
    steps = np.arange(AHEAD + 1)
    latest = spent.total + spent.amounts[-1] * steps
    yours = spent.total + np.asarray(pace, dtype=float)[..., np.newaxis] * steps
    return [
        FigurePatch(PLAN_ID, ("data", 1, "y"), latest.tolist()),
        FigurePatch(PLAN_ID, ("data", 2, "y"), along(yours)),
    ]


# --- Net cash --------------------------------------------------------------------------------------------------------


@drawn_once
def cash_chart(
    known: Sequence[tuple[dt.date, float]], last: dt.date, ahead: int, currency: str, source: str
) -> Chart:  # fmt: skip
    """Reported net cash and, if the reader agreed to continue it, its path under his assumptions."""
    hover = f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn<extra></extra>"
    figure = go.Figure(course(known, "Reported", hover, 5))
    days = [known[-1][0], *(capex.quarter_end(last, step) for step in range(ahead + 1))]
    figure.add_scatter(
        x=[day.isoformat() for day in days],
        y=[None] * len(days),
        mode="lines+markers",
        line={"color": palette.YOURS, "width": 1.75, "dash": "dot"},
        marker={"size": 5},
        name="Your assumptions",
        hovertemplate=f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn, under your assumptions<extra></extra>",
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "date", "nticks": 6},
        yaxis={"tickformat": ",.0f", "zeroline": True, "zerolinecolor": palette.INK_3, "rangemode": "tozero"},
    )
    return Chart(
        CASH_ID,
        figure,
        "{cash.title}",
        f"At the quarter’s end, {currency} bn. Dotted: last known value, what is known since, then your assumptions",
        source,
        "{cash.title}.",
        height=300,
        narrow={"xaxis": {"nticks": 4}},
    )


def cash_patches(last_known: float, today: float, change: np.ndarray | None) -> list[FigurePatch]:
    """The path of net cash under the assumptions; empty where `change` is None, as the reader did not agree to one.

    `change` has shape (quarters,) or (steps, quarters).
    """
    if change is None:
        return []
    start = np.array([last_known, today])
    path = np.concatenate([np.broadcast_to(start, (*change.shape[:-1], 2)), today + change], axis=-1)
    return [FigurePatch(CASH_ID, ("data", 1, "y"), along(path))]


# --- What it must earn ------------------------------------------------------------------------------------------------

MARGINS = np.linspace(0.01, 0.4, 40)


@drawn_once
def payback_chart(levels: Sequence[tuple[float, str, bool]], profit: str, source: str) -> Chart:
    """The growth that the plan asks of the segment, by the margin on what it adds; the curve comes as patches.

    `levels` are growths to compare it with: ratio, name, and whether the article states it; `profit` is what the
    segment's profit is called.
    """
    figure = curve(MARGINS, "Growth needed a year", "margin %{x:.1%}: %{y:.1%} a year<extra></extra>", "right")
    for value, name, is_stated in levels:
        level(figure, value, name, palette.ARTICLE if is_stated else palette.INK_3)
    figure.update_layout(
        showlegend=False,
        xaxis={
            "tickformat": ".0%", "nticks": 7, "range": [float(MARGINS[0]), float(MARGINS[-1])],
            "title": {"text": f"{profit} margin on the added revenue"},
        },
        yaxis={"tickformat": ".0%", "nticks": 6, "rangemode": "tozero"},
    )  # fmt: skip
    return Chart(
        PAYBACK_ID,
        figure,
        "To earn {required} on the plan, {segment} must grow by {needed} a year",
        "Revenue growth needed over {years}, by margin",
        source,
        "To earn {required} a year on {plan}, {segment} must grow by {needed} a year for {years}, at a margin of "
        "{margin}.",
        height=300,
        narrow={"xaxis": {"nticks": 5}},
    )


def payback_patches(growths: Any, margin: Any, needed: Any) -> list[FigurePatch]:
    """The growths, of shape (margins,) or (steps, margins), and the reader's own point on it; all ratios."""
    return curve_patches(PAYBACK_ID, np.asarray(growths), margin, needed, formats.percent1(needed))
