"""A small chart for a claim: the values of its measure over time, against the stated figure."""

from collections.abc import Sequence

import plotly.graph_objects as go

from components import formats
from components.calculators.audit.rules import Reading
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once
from data.figures import Confidence
from data.thesis import Claim

_WIDE = 4  # from which span on an axis has whole numbers


@drawn_once
def claim_chart(claim: Claim, series: Sequence[Reading], stated: str, title: str, source: str) -> Chart:
    """Values by date, with the stated figure as a line or a band.

    Each measure has a line of its own, so a regrouped segment starts a new one.
    """
    unit = series[0].figure.unit.text
    figure = go.Figure()
    lines: dict[str, list[Reading]] = {}
    for reading in series:
        lines.setdefault(reading.measure, []).append(reading)
    for name, line in lines.items():
        figure.add_scatter(
            x=[reading.figure.as_of.isoformat() for reading in line],
            y=[reading.figure.value for reading in line],
            name=as_label(name),
            mode="lines+markers" if len(line) < 30 else "lines",
            line={"color": palette.PRICE, "width": 2},
            marker={
                "size": 7,
                "symbol": ["circle" if r.figure.confidence is Confidence.OFFICIAL else "circle-open" for r in line],
                "line": {"width": 2, "color": palette.PRICE},
            },
            hovertemplate=f"{as_label(name)}<br>%{{x|%-d %b %Y}}: %{{y:,.1f}} {unit}<extra></extra>",
        )
    ends = [end for end in claim.stated.ends if end is not None] or [0.0]
    low, high = ends[0], ends[-1]
    if low == high:
        figure.add_hline(low, line={"color": palette.ARTICLE, "width": 2, "dash": "dot"})
    else:
        figure.add_hrect(low, high, fillcolor=palette.translucent(palette.ARTICLE, 0.18), line_width=0)
    # The label goes to the side where the line is further from it.
    third = max(len(series) // 3, 1)
    away = [min(abs(r.figure.value - high) for r in part) for part in (series[:third], series[-third:])]
    side = 0.01 if away[0] >= away[1] else 0.99
    figure.add_annotation(
        x=side,
        xref="x domain",
        y=high,
        yanchor="bottom",
        xanchor="left" if side < 0.5 else "right",
        text=f"the article: {as_label(stated)}",
        font={"color": palette.ARTICLE},
    )
    last, values = series[-1].figure, [reading.figure.value for reading in series]
    span = max(*values, high) - min(*values, low)
    places = 0 if span >= _WIDE else 1 if span >= _WIDE / 10 else 2  # so that ticks differ from each other
    figure.add_annotation(
        x=last.as_of.isoformat(),
        y=last.value,
        text=f"<b>{formats.number(last.value, max(places, 1) if unit != 'quarters' else 0)}</b>",
        xanchor="left",
        xshift=7,
        font={"color": palette.PRICE},
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "date", "nticks": 6},
        yaxis={"nticks": 5, "tickformat": f",.{places}f", "ticksuffix": "%" if unit == "%" else ""},
        margin={"r": 48, "t": 22},
    )
    return Chart(
        f"claim-{claim.id}", figure, title, f"{', then '.join(lines)}; {unit}", source, f"{title}.", height=250
    )
