"""Charts of what pays for the plan: what covers its rest, and sources and uses quarter by quarter."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.calculators.capex import quarter_end
from components.calculators.funding import Ahead, Behind, Paid
from components.charts import palette
from components.charts.chart import Chart, drawn_once
from components.charts.pieces import day_line
from components.scenario.sweep import FigurePatch

COVERAGE_ID, FLOWS_ID = "coverage", "sources-and-uses"
_HATCH = {"shape": "/", "size": 6, "solidity": 0.35, "fillmode": "overlay"}
_TWO_COLUMNS = {"entrywidth": 0.48, "entrywidthmode": "fraction", "font": {"size": 11}, "yanchor": "top"}


# --- What covers the rest ------------------------------------------------------------------------------------------

_SOURCES = (("Operating cash flow", "operating"), ("Capital raised", "new_money"), ("Net cash", "net_cash"),
            ("Not covered", "beyond"))  # fmt: skip


@drawn_once
def coverage_chart(currency: str, source: str) -> Chart:
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
            name=name,
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
        "Cash flow and capital raised cover {coverage.plan} of plan and payouts",
        f"{currency} bn over the {{ahead}} quarters that the plan still runs",
        source,
        "Operating cash flow and capital raised cover {coverage.plan} of what is left of the plan and payouts, and "
        "{coverage.pace} of spending on at {pace} a quarter.",
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
        patches.append(
            FigurePatch(COVERAGE_ID, ("data", len(_SOURCES), "text", place), formats.each(share, " <b>{}</b>".format))
        )
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
    days = [day for day, _ in reported] + [quarter_end(last, step) for step in range(1, ahead + 1)]
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
    middle = last + (quarter_end(last, 1) - last) / 2
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
        amounts = getattr(found, field)
        # A bar of no height would still have its outline.
        values = np.where(amounts == 0, np.nan, amounts * (-1 if goes_out else 1))
        for place in range(values.shape[-1]):
            at = values[..., place]
            patches.append(FigurePatch(FLOWS_ID, ("data", trace, "y", behind + place), at if at.ndim else float(at)))
    return patches
