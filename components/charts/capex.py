"""Charts of the capex page: the plan, what covers its rest, sources and uses, net cash, and what the plan must earn."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.calculators import capex
from components.calculators.funding import Ahead, Behind, Paid
from components.charts import palette
from components.charts.chart import Chart, drawn_once
from components.charts.pieces import day_line
from components.scenario.sweep import FigurePatch

PLAN_ID, COVERAGE_ID, FLOWS_ID = "capex-plan", "coverage", "sources-and-uses"
CASH_ID, PAYBACK_ID = "net-cash", "pay-back"
AHEAD = 12
_HATCH = {"shape": "/", "size": 6, "solidity": 0.35, "fillmode": "overlay"}
_TWO_COLUMNS = {"entrywidth": 0.48, "entrywidthmode": "fraction", "font": {"size": 11}, "yanchor": "top"}


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
    return [FigurePatch(PLAN_ID, ("data", 1, "y"), latest.tolist()), FigurePatch(PLAN_ID, ("data", 2, "y"), _y(yours))]


# --- What covers the rest ------------------------------------------------------------------------------------------

_SOURCES = (("Operating cash flow", "operating"), ("Capital raised", "new_money"), ("Net cash", "net_cash"),
            ("Beyond it", "beyond"))  # fmt: skip


@drawn_once
def coverage_chart(currency: str, knows_cash: bool, source: str) -> Chart:
    """Two needs as bars, each made of what meets it, with the covered share beside it; lengths come as patches."""
    figure = go.Figure()
    names = ["What is left of the plan, and payouts", "Spending on at your pace, and payouts"]
    looks = {
        "operating": {"color": palette.BAR},
        "new_money": {"color": palette.BAR_2},
        "net_cash": {"color": palette.LOSS, "pattern": {**_HATCH, "fgcolor": palette.GROUND}},
        "beyond": {"color": "rgba(0,0,0,0)", "line": {"color": palette.LOSS, "width": 1.25}},
    }
    for name, field in _SOURCES:
        figure.add_bar(
            x=[0.0, 0.0], y=[1, 0], orientation="h", width=0.36, marker=looks[field], hoverinfo="skip",
            name=name if knows_cash or field != "beyond" else "Not covered",
        )  # fmt: skip
    figure.add_scatter(
        x=[0.0, 0.0], y=[1, 0], mode="text", text=["", ""], textposition="middle right", hoverinfo="skip",
        textfont={"color": palette.INK, "size": 17}, cliponaxis=False, showlegend=False,
    )  # fmt: skip
    for place, name in zip((1, 0), names, strict=True):
        figure.add_annotation(
            x=0, y=place + 0.22, yanchor="bottom", xanchor="left", text=name, font={"color": palette.INK}
        )
    figure.update_layout(
        barmode="stack",
        xaxis={"tickformat": ",.0f", "rangemode": "tozero", "nticks": 5, "showgrid": True},
        yaxis={"visible": False, "range": [-0.4, 1.6], "tickvals": [1, 0], "ticktext": names},
        legend={"y": -0.14, **_TWO_COLUMNS},
        margin={"t": 2, "r": 62},
    )
    return Chart(
        COVERAGE_ID,
        figure,
        "Cash flow and capital raised cover {coverage.plan} of the rest",
        f"{currency} bn over the {{ahead}} quarters that the plan still runs",
        source,
        "Operating cash flow and capital raised cover {coverage.plan} of what is left of the plan, and {coverage.pace} "
        "of spending on at {pace} a quarter.",
        height=260,
    )


def coverage_patches(plan: Paid, pace: Paid, covered: Sequence[Any]) -> list[FigurePatch]:
    """Lengths of the two bars' parts, and the shares that cash flow and new money cover."""
    patches = []
    for trace, (_, field) in enumerate(_SOURCES):
        for place, need in enumerate((plan, pace)):
            patches.append(FigurePatch(COVERAGE_ID, ("data", trace, "x", place), getattr(need, field)))
    for place, (need, share) in enumerate(zip((plan, pace), covered, strict=True)):
        end = need.operating + need.new_money + need.net_cash + need.beyond
        patches.append(FigurePatch(COVERAGE_ID, ("data", len(_SOURCES), "x", place), end))
        patches.append(FigurePatch(COVERAGE_ID, ("data", len(_SOURCES), "text", place), _bold(share)))
    return patches


# --- Sources and uses ----------------------------------------------------------------------------------------------

_BARS = (
    # name, field of Behind, field of Ahead, whether it goes out, look
    ("Operating cash flow", "operating", "operating", False, {"color": palette.BAR}),
    ("Capital raised", None, "new_money", False, {"color": palette.BAR_2}),
    ("Drawn from net cash", "drawn", "drawn", False, {"color": palette.LOSS}),
    ("Capex", "capex", "within_plan", True, {"color": palette.INK}),
    ("Capex beyond the plan", None, "beyond_plan", True,
     {"color": "rgba(0,0,0,0)", "line": {"color": palette.INK, "width": 1.25}}),
    ("Payouts", None, "payouts", True, {"color": palette.BAR_2, "line": {"color": palette.INK_3, "width": 1}}),
    ("Added to net cash", "added", "added", True, {"color": palette.GAIN}),
    ("Payouts and others, not known apart", "remainder", None, True,
     {"color": palette.BEFORE, "pattern": {**_HATCH, "fgcolor": palette.GROUND}}),
)  # fmt: skip


@drawn_once
def flows_chart(
    reported: Sequence[tuple[dt.date, Behind]], ahead: int, currency: str, title: str, source: str
) -> Chart:
    """Sources above, uses below, quarter by quarter; what lies ahead comes as patches. A gap is a figure not known."""
    last = reported[-1][0]
    days = [day for day, _ in reported] + [capex.quarter_end(last, step) for step in range(1, ahead + 1)]
    figure = go.Figure()
    for name, field, _, goes_out, look in _BARS:
        sign = -1 if goes_out else 1
        known = [None if field is None else getattr(each, field) for _, each in reported]
        figure.add_bar(
            x=[day.isoformat() for day in days],
            y=[None if value is None else sign * value for value in known] + [None] * ahead,
            name=name,
            marker=look,
            hovertemplate=f"{name}: %{{y:,.1f}}<extra></extra>",
        )
    middle = last + (capex.quarter_end(last, 1) - last) / 2
    day_line(figure, middle, palette.BEFORE, "dot", 1)
    for text, anchor in (("reported", "right"), ("your assumptions", "left")):
        figure.add_annotation(
            x=middle.isoformat(), y=1, yref="y domain", yanchor="bottom", xanchor=anchor, text=f" {text} ",
            font={"color": palette.INK_2},
        )  # fmt: skip
    figure.update_layout(
        barmode="relative",
        bargap=0.3,
        hovermode="x unified",
        xaxis={"type": "date", "tickvals": [day.isoformat() for day in days[::2]], "tickformat": "%b<br>%Y"},
        yaxis={"tickformat": ",.0f", "zeroline": True, "zerolinecolor": palette.INK_3, "nticks": 6},
        legend={"y": -0.17, **_TWO_COLUMNS},
        margin={"t": 20},
    )
    subtitle = f"Sources up, uses down, {currency} bn a quarter; hatched or missing: not known"
    return Chart(FLOWS_ID, figure, title, subtitle, source, f"{title}.", height=380)


def flows_patches(found: Ahead, behind: int) -> list[FigurePatch]:
    """What each coming quarter brings and takes; `behind` is the number of reported quarters before them."""
    patches = []
    for trace, (_, _, field, goes_out, _) in enumerate(_BARS):
        if field is None:
            continue
        values = getattr(found, field) * (-1 if goes_out else 1)
        for place in range(values.shape[-1]):
            at = values[..., place]
            patches.append(FigurePatch(FLOWS_ID, ("data", trace, "y", behind + place), at if at.ndim else float(at)))
    return patches


# --- Net cash --------------------------------------------------------------------------------------------------------


@drawn_once
def cash_chart(
    known: Sequence[tuple[dt.date, float]], last: dt.date, ahead: int, claimed: tuple[float, str] | None,
    currency: str, source: str,
) -> Chart:  # fmt: skip
    """Reported net cash and, if the reader agreed to continue it, its path under his assumptions."""
    figure = go.Figure()
    figure.add_scatter(
        x=[day.isoformat() for day, _ in known],
        y=[value for _, value in known],
        mode="lines+markers",
        line={"color": palette.PRICE, "width": 1.75},
        marker={"size": 5},
        name="Reported",
        hovertemplate=f"%{{x|%b %Y}}: {currency} %{{y:,.1f}}bn<extra></extra>",
    )
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
    if claimed is not None:
        figure.add_hline(claimed[0], line={"color": palette.ARTICLE, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=0.99, xref="x domain", xanchor="right", y=claimed[0], yanchor="bottom", text=claimed[1],
            font={"color": palette.ARTICLE},
        )  # fmt: skip
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
    return [FigurePatch(CASH_ID, ("data", 1, "y"), _y(path))]


# --- What it must earn ------------------------------------------------------------------------------------------------

MARGINS = np.linspace(0.03, 0.3, 46)


@drawn_once
def payback_chart(levels: Sequence[tuple[float, str, bool]], segment: str, source: str) -> Chart:
    """The growth that the plan asks of the segment, by the margin on what it adds; the curve comes as patches.

    `levels` are growths to compare it with: ratio, name, and whether the article states it.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=MARGINS.tolist(), y=[0.0] * MARGINS.size, mode="lines", line={"color": palette.PRICE, "width": 1.75},
        name="Growth needed a year", hovertemplate="margin %{x:.1%}: %{y:.1%} a year<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[0.0], y=[0.0], mode="markers+text", text=[""], textposition="top right", hoverinfo="skip", cliponaxis=False,
        marker={"size": 11, "color": palette.YOURS}, textfont={"color": palette.YOURS, "size": 13},
    )  # fmt: skip
    for value, name, is_stated in levels:
        colour = palette.ARTICLE if is_stated else palette.INK_3
        figure.add_hline(value, line={"color": colour, "width": 1.25, "dash": "dot"})
        figure.add_annotation(
            x=0.99, xref="x domain", xanchor="right", y=value, yanchor="bottom", text=name, font={"color": colour}
        )
    figure.update_layout(
        showlegend=False,
        xaxis={
            "tickformat": ".0%", "nticks": 7, "range": [float(MARGINS[0]), float(MARGINS[-1])],
            "title": {"text": "adjusted EBITA margin on the added revenue"},
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


def payback_patches(curve: Any, margin: Any, needed: Any) -> list[FigurePatch]:
    """The curve, of shape (margins,) or (steps, margins), and the reader's own point on it; all ratios."""
    return [
        FigurePatch(PAYBACK_ID, ("data", 0, "y"), _y(np.asarray(curve))),
        FigurePatch(PAYBACK_ID, ("data", 1, "x", 0), margin),
        FigurePatch(PAYBACK_ID, ("data", 1, "y", 0), needed),
        FigurePatch(PAYBACK_ID, ("data", 1, "text", 0), formats.percent1(needed)),
    ]


def _y(values: np.ndarray) -> Any:
    """Values along an axis: a plain list at rest, an array with the steps first while a slider is swept."""
    return values if values.ndim > 1 else values.tolist()


def _bold(text: Any) -> Any:
    return [f" <b>{each}</b>" for each in text] if isinstance(text, list) else f" <b>{text}</b>"
