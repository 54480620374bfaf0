"""Charts of the capex page: the plan against the spending, cash flow by quarter, and net cash over the plan's life."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.calculators import capex
from components.charts import palette
from components.charts.chart import Chart, drawn_once
from components.scenario.sweep import FigurePatch

PLAN_ID, FLOWS_ID, CASH_ID = "capex-plan", "cash-flow", "net-cash"
AHEAD = 12


@drawn_once
def plan_chart(spent: capex.Spent, currency: str, source: str) -> Chart:
    """Cumulative capex, an even path to the plan, and projections at the latest pace and at the reader's."""
    start = capex.quarter_end(spent.ends[0], -1)
    reported = [0.0, *np.cumsum(spent.amounts).tolist()]
    days = [start, *spent.ends]
    ahead = _ahead(spent)
    figure = go.Figure()
    figure.add_scatter(
        x=[start.isoformat(), capex.quarter_end(start, spent.quarters).isoformat()],
        y=[0, spent.plan],
        mode="lines",
        line={"color": palette.MUTED, "dash": "dash", "width": 1.75},
        hoverinfo="skip",
    )
    for colour, dash in ((palette.PRICE, "dot"), (palette.BEAR, "dot")):
        figure.add_scatter(
            x=[day.isoformat() for day in ahead],
            y=[spent.total] * len(ahead),
            mode="lines",
            line={"color": colour, "dash": dash, "width": 2},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[day.isoformat() for day in days],
        y=reported,
        mode="lines+markers",
        line={"color": palette.PRICE, "width": 3},
        marker={"size": 8},
        hovertemplate=f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn<extra></extra>",
    )
    figure.add_hline(spent.plan, line={"color": palette.ARTICLE, "width": 2})
    labels = [
        (0.99, "x domain", spent.plan, f"the plan: {spent.plan:g}bn", palette.ARTICLE, "right"),
        (days[-1].isoformat(), "x", spent.total, f"<b>{spent.total:,.0f}bn reported</b>", palette.PRICE, "right"),
    ]
    for x, ref, y, text, colour, anchor in labels:
        figure.add_annotation(
            x=x, xref=ref, y=y, text=text, font={"color": colour}, xanchor=anchor, yanchor="bottom", xshift=-6
        )
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "date", "nticks": 8, "range": [start.isoformat(), ahead[-1].isoformat()]},
        yaxis={"tickformat": ",.0f", "range": [0, spent.plan * 1.35]},
        margin={"t": 20},
    )
    return Chart(
        PLAN_ID,
        figure,
        "{spent.total} of {plan} is spent; at the latest pace the plan is reached by {reached.latest}",
        f"Cumulative capex, {currency} bn. Dashed: evenly over the plan. Dotted: at the latest pace (blue) and at "
        "{pace} a quarter (orange)",
        source,
        "Cumulative capex against the plan: {spent.total} of {plan}; at the latest pace reached by {reached.latest}, "
        "at {pace} a quarter by {reached.yours}.",
        height=400,
        narrow={"xaxis": {"nticks": 4}},
    )


def plan_patches(spent: capex.Spent, pace: Any) -> list[FigurePatch]:
    """The two projections from the amount spent so far; `pace` is a number or has shape (steps,)."""
    steps = np.arange(AHEAD + 1)
    latest = spent.total + spent.amounts[-1] * steps
    yours = spent.total + np.asarray(pace, dtype=float)[..., np.newaxis] * steps
    return [FigurePatch(PLAN_ID, ("data", 1, "y"), latest.tolist()), FigurePatch(PLAN_ID, ("data", 2, "y"), yours)]


def _ahead(spent: capex.Spent) -> list[dt.date]:
    return [capex.quarter_end(spent.ends[-1], step) for step in range(AHEAD + 1)]


@drawn_once
def flows_chart(
    ends: Sequence[dt.date],
    operating: Sequence[float | None],
    spending: Sequence[float | None],
    free: Sequence[float | None],
    currency: str,
    title: str,
    source: str,
) -> Chart:
    """Operating cash flow and capex as bars, free cash flow as a line. None, a figure not known, leaves a gap."""
    days = [end.isoformat() for end in ends]
    figure = go.Figure(
        [
            go.Bar(x=days, y=list(operating), name="Operating cash flow", marker={"color": palette.BULL}),
            go.Bar(x=days, y=list(spending), name="Capex", marker={"color": palette.BEAR}),
            go.Scatter(
                x=days,
                y=list(free),
                name="Free cash flow (the company’s own)",
                mode="lines+markers",
                line={"color": palette.PRICE, "width": 2.5},
                connectgaps=False,
            ),
        ]
    )
    figure.update_traces(hovertemplate=f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn<extra>%{{fullData.name}}</extra>")
    figure.update_layout(
        barmode="group", bargap=0.25, yaxis={"tickformat": ",.0f", "zeroline": True}, xaxis={"nticks": 9}
    )
    subtitle = f"{currency} bn a quarter; a missing bar is a figure that is not known"
    return Chart(FLOWS_ID, figure, title, subtitle, source, f"{title}.", height=380, narrow={"xaxis": {"nticks": 5}})


@drawn_once
def cash_chart(known: Sequence[tuple[dt.date, float]], last: dt.date, ahead: int, currency: str, source: str) -> Chart:
    """Reported net cash and, if the reader agreed to continue it, its path under his assumptions."""
    figure = go.Figure()
    figure.add_scatter(
        x=[day.isoformat() for day, _ in known],
        y=[value for _, value in known],
        mode="lines+markers",
        line={"color": palette.PRICE, "width": 2.5},
        marker={"size": 6},
        hovertemplate=f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn<extra></extra>",
    )
    days = [known[-1][0], *(capex.quarter_end(last, step) for step in range(ahead + 1))]
    figure.add_scatter(
        x=[day.isoformat() for day in days],
        y=[None] * len(days),
        mode="lines+markers",
        line={"color": palette.BEAR, "width": 2.5, "dash": "dot"},
        marker={"size": 6},
        hovertemplate=f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn, under your assumptions<extra></extra>",
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "date", "nticks": 8},
        yaxis={"tickformat": ",.0f", "zeroline": True, "zerolinewidth": 2, "rangemode": "tozero"},
    )
    return Chart(
        CASH_ID,
        figure,
        "{cash.title}",
        f"Net cash at the quarter’s end, {currency} bn. Dotted: last known value, reported free cash flow since, then "
        "your assumptions",
        source,
        "{cash.title}.",
        height=360,
        narrow={"xaxis": {"nticks": 4}},
    )


def cash_patches(last_known: float, today: float, change: np.ndarray | None) -> list[FigurePatch]:
    """The path of net cash under the assumptions; empty where `change` is None, as the reader did not agree to one.

    `change` has shape (quarters,) or (steps, quarters).
    """
    if change is None:
        return []
    start = np.array([last_known, today])
    shape = change.shape[:-1]
    path = np.concatenate([np.broadcast_to(start, (*shape, 2)), today + change], axis=-1)
    return [FigurePatch(CASH_ID, ("data", 1, "y"), path if shape else path.tolist())]
