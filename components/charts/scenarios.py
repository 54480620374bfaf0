"""The chart of scenarios: all of them on one axis of prices."""

import datetime as dt
from collections.abc import Sequence

import plotly.graph_objects as go

from components.calculators.cases import CASES
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once
from components.charts.pieces import article_band, written_band

AXIS_ID = "scenarios-axis"
Row = tuple[str, float, tuple[float, float, float]]  # name, price to start from, the three targets
_NAME = 26  # characters of a name beside the axis


@drawn_once
def axis_chart(
    rows: Sequence[Row],
    now: tuple[float, dt.date] | None,
    band: tuple[float, float] | None,
    unit: str,
    source: str,
) -> Chart:
    """A line for each scenario, the first on top: where it starts, and its targets for bear, base and bull."""
    figure, places = go.Figure(), list(range(len(rows)))[::-1]
    for place, (name, start, targets) in zip(places, rows, strict=True):
        low, high = min(targets), max(targets)
        nearest = low if abs(low - start) < abs(high - start) else high
        near = start if low <= start <= high else nearest
        figure.add_scatter(
            x=[start, near], y=[place, place], mode="lines", line={"color": palette.RULE_2, "width": 1.5},
            hoverinfo="skip", name=as_label(name), meta="across", showlegend=False,
        )  # fmt: skip
        figure.add_scatter(
            x=[low, high], y=[place, place], mode="lines", line={"color": palette.BASE, "width": 4}, opacity=0.5,
            hoverinfo="skip", name=as_label(name), meta="across", showlegend=False,
        )  # fmt: skip
    figure.add_scatter(
        x=[start for _, start, _ in rows], y=places, mode="markers+text", name="Start", meta="across",
        text=[f"start {start:,.2f}" for _, start, _ in rows], textposition="top right",
        textfont={"color": palette.INK_2, "size": 11}, cliponaxis=False,
        marker={"symbol": "line-ns-open", "size": 14, "color": palette.INK, "line": {"width": 2}},
        hovertemplate="%{x:,.2f}<extra>start</extra>", showlegend=False,
    )  # fmt: skip
    for number, case in enumerate(CASES):
        figure.add_scatter(
            x=[targets[number] for _, _, targets in rows], y=places, mode="markers", name=case.capitalize(),
            meta="across", cliponaxis=False,
            marker={"symbol": palette.MARKS[case], "size": 11, "color": palette.CASES[case],
                    "line": {"width": 1, "color": palette.GROUND}},
            hovertemplate=f"%{{x:,.2f}}<extra>{case}</extra>",
        )  # fmt: skip
    figure.add_scatter(
        x=[max(targets) for _, _, targets in rows], y=places, mode="text", meta="across", name="Targets",
        text=[f"   <b>{' · '.join(f'{each:,g}' for each in targets)}</b>" for _, _, targets in rows],
        textposition="middle right", textfont={"color": palette.INK, "size": 12}, cliponaxis=False, hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip
    if band:
        article_band(figure, band, across=False, opacity=0.12)
        figure.add_annotation(
            x=sum(band) / 2, y=1, yref="y domain", yanchor="bottom", text=f"article {written_band(band)}",
            font={"color": palette.ARTICLE, "size": 11},
        )  # fmt: skip
    if now:
        figure.add_vline(now[0], line={"color": palette.INK, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=now[0], y=1, yref="y domain", yanchor="bottom", text=f"<b>now {now[0]:,.2f}</b>",
            font={"color": palette.INK, "size": 11},
        )  # fmt: skip
    ends = [value for _, start, targets in rows for value in (start, *targets)] + ([now[0]] if now else [])
    room = (max(ends) - min(ends)) or max(ends)
    low = min(ends) - 0.06 * room
    names = [as_label(name if len(name) <= _NAME else f"{name[: _NAME - 1]}…") for name, _, _ in rows]
    figure.update_layout(
        showlegend=False,
        xaxis={
            "showgrid": True, "tickformat": ",.0f", "nticks": 9, "range": [low, max(ends) + 0.2 * room],
        },
        yaxis={
            "tickvals": places, "ticktext": [f"<b>{names[0]}</b>", *names[1:]], "range": [-0.6, len(rows) - 0.3],
            "showgrid": False, "fixedrange": True,
        },
        margin={"t": 26},
    )  # fmt: skip
    told = "; ".join(
        f"{as_label(name)}: from {start:,.2f} to {', '.join(f'{each:,g}' for each in targets)}"
        for name, start, targets in rows
    )
    narrow = {
        "xaxis": {"nticks": 4, "range": [low, max(ends) + 0.75 * room]},
        "yaxis": {"ticktext": [each if len(each) < 13 else f"{each[:12]}…" for each in names]},
    }
    count = ("One case", "Both", "All three", "All four")[min(len(rows), 4) - 1]
    return Chart(
        AXIS_ID,
        figure,
        f"{count} on one price axis",
        f"{unit}; tick: price to start from; ▼ bear, ● base, ▲ bull; dotted: the price now",
        source,
        f"{told}.",
        height=70 + 30 * len(rows),
        narrow=narrow,
    )
