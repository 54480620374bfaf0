"""The price since some time before the article, with target range, publication and dated events."""

import datetime as dt
from collections.abc import Sequence

import plotly.graph_objects as go

from components import formats
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once
from components.charts.pieces import article_band, day_line, written_band
from data.facts import Event
from data.market.snapshot import Close


@drawn_once
def price_chart(
    closes: Sequence[Close],
    band: tuple[float, float] | None,
    noun: str,
    published: tuple[dt.date, float],
    events: Sequence[Event],
    unit: str,
    title: str,
    source: str,
) -> Chart:
    """Closing prices with the article's targets or value (`noun`), the day of publication, and events as markers."""
    last = closes[-1]
    day, close_then = published
    figure = go.Figure(
        go.Scatter(
            x=[close.date.isoformat() for close in closes],
            y=[close.price for close in closes],
            mode="lines",
            line={"color": palette.PRICE, "width": 1.75},
            name="Close",
            hovertemplate="%{x|%-d %b %Y}: %{y:,.2f}<extra></extra>",
        )
    )
    if band is not None:
        article_band(figure, band)
        figure.add_annotation(
            x=0.01,
            xref="x domain",
            y=band[1],
            yanchor="bottom",
            text=f"the article’s {noun}, {written_band(band)}",
            font={"color": palette.ARTICLE},
        )
    day_line(figure, day, palette.ARTICLE, "dot", 1.5)
    figure.add_annotation(
        x=day.isoformat(),
        y=0.97,
        yref="y domain",
        xanchor="left",
        xshift=5,
        text="published",
        font={"color": palette.ARTICLE},
    )
    prices = [close.price for close in closes]
    lowest, highest = min(prices), max([*prices, *(band[1:] if band else ())])
    rug = lowest - (highest - lowest) * 0.14
    figure.add_scatter(
        x=[event.date.isoformat() for event in events],
        y=[rug] * len(events),
        mode="markers",
        marker={"size": 10, "symbol": "diamond", "color": palette.BEFORE},
        customdata=[as_label(event.what) for event in events],
        hovertemplate="%{x|%-d %b %Y}<br>%{customdata}<extra></extra>",
    )
    spared = len(figure.layout.annotations)
    for event, height in zip(events, _label_heights(events), strict=True):
        if height is not None:
            figure.add_annotation(
                x=event.date.isoformat(),
                y=rug,
                text=as_label(event.short),
                yshift=height,
                font={"color": palette.INK_3},
            )
    labelled = len(figure.layout.annotations)
    figure.add_annotation(
        x=last.date.isoformat(),
        y=last.price,
        text=f"<b>{last.price:,.2f}</b>",
        xanchor="left",
        xshift=6,
        font={"color": palette.PRICE, "size": 14},
    )
    figure.update_layout(
        showlegend=False,
        hovermode="closest",
        xaxis={
            "type": "date",
            "nticks": 9,
            "range": [closes[0].date.isoformat(), (last.date + dt.timedelta(days=10)).isoformat()],
        },
        yaxis={"tickformat": ",.0f", "range": [rug - (highest - lowest) * 0.06, highest + (highest - lowest) * 0.1]},
        margin={"r": 64},
    )
    notes = [note.to_plotly_json() for note in figure.layout.annotations]
    return Chart(
        "price",
        figure,
        title,
        f"Closing price, {unit}, not adjusted for dividends",
        source,
        f"{title}. {formats.number(closes[0].price, 2)} on {formats.day(closes[0].date)}, "
        f"{formats.number(close_then, 2)} at publication, {formats.number(last.price, 2)} on {formats.day(last.date)}.",
        height=215,
        # On narrow screens events keep their markers but lose their labels.
        narrow={"xaxis": {"nticks": 4}, "annotations": notes[:spared] + notes[labelled:]},
    )


def _label_heights(events: Sequence[Event]) -> list[int | None]:
    """The height of each label, in one of two rows above the markers; None where neither row has room for it."""
    last: dict[int, dt.date] = {}
    heights: list[int | None] = []
    for event in events:
        row = next((row for row in (14, 28) if row not in last or (event.date - last[row]).days > 75), None)
        if row is not None:
            last[row] = event.date
        heights.append(row)
    return heights
