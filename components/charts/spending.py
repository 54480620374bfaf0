"""Charts of what a company invests and what pays for it: flows by period, and net cash."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import plotly.graph_objects as go

from components.charts import palette
from components.charts.chart import Chart, drawn_once
from components.charts.pieces import course

FLOWS_ID, CASH_ID = "spending", "net-cash"
SMALL = 10.0  # billions, below which an axis has decimals
_COLOURS = {"operating_cash_flow": palette.PRICE, "capex": palette.YOURS, "free_cash_flow": palette.BEFORE}


@drawn_once
def flows_chart(
    flows: Mapping[str, Sequence[tuple[dt.date, float]]], names: Mapping[str, str], currency: str, title: str,
    source: str,
) -> Chart:  # fmt: skip
    """Cash flow and capital expenditure side by side, period by period, in billions of the filing's currency."""
    figure = go.Figure()
    for metric, known in flows.items():
        figure.add_bar(
            x=[day.isoformat() for day, _ in known],
            y=[value for _, value in known],
            name=names[metric],
            marker={"color": _COLOURS[metric]},
            hovertemplate=f"{names[metric]}, %{{x|%b %Y}}: {currency} %{{y:,.2f}}bn<extra></extra>",
        )
    figure.update_layout(
        barmode="group",
        bargap=0.25,
        xaxis={"type": "date", "nticks": 7},
        yaxis={"tickformat": _ticks(flows.values()), "zeroline": True, "zerolinecolor": palette.INK_3},
        margin={"t": 26},
    )
    return Chart(FLOWS_ID, figure, title, f"{currency} bn", source, f"{title}.", 300, {"xaxis": {"nticks": 4}})


def _ticks(lines: Iterable[Sequence[tuple[dt.date, float]]]) -> str:
    """The format of an axis: with a decimal where all of it lies below ten billion."""
    return ",.0f" if max(abs(value) for line in lines for _, value in line) >= SMALL else ",.1f"


@drawn_once
def cash_chart(known: Sequence[tuple[dt.date, float]], currency: str, title: str, source: str) -> Chart:
    """Net cash at the end of each period in which it is known, in billions; below nought it is net debt."""
    hover = f"%{{x|%b %Y}}: {currency} %{{y:,.2f}}bn<extra></extra>"
    figure = go.Figure(course(known, "Net cash", hover, 6))
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "date", "nticks": 7},
        yaxis={
            "tickformat": _ticks([known]),
            "zeroline": True,
            "zerolinecolor": palette.INK_3,
            "rangemode": "tozero",
        },
    )
    return Chart(
        CASH_ID,
        figure,
        title,
        f"At the period’s end, {currency} bn",
        source,
        f"{title}.",
        300,
        {"xaxis": {"nticks": 4}},
    )
