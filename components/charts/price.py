"""The price since before the article: target band, publication, dated events."""

import datetime as dt
from collections.abc import Sequence

import plotly.graph_objects as go

from components import formats
from components.charts import palette
from components.charts.chart import Chart
from data.company import Event
from data.market.snapshot import Close


def price_chart(
    closes: Sequence[Close],
    band: tuple[float, float],
    published: tuple[dt.date, float],
    events: Sequence[Event],
    unit: str,
    title: str,
    source: str,
) -> Chart:
    """Daily or weekly closes with the article's target band, the day of publication and the events as markers."""
    prices = {close.date: close.price for close in closes}
    last = closes[-1]
    day, close_then = published
    figure = go.Figure(
        go.Scatter(
            x=[close.date.isoformat() for close in closes],
            y=[close.price for close in closes],
            mode="lines",
            line={"color": palette.PRICE, "width": 2.25},
            hovertemplate="%{x|%-d %b %Y}: %{y:,.2f}<extra></extra>",
        )
    )
    figure.add_hrect(band[0], band[1], fillcolor=palette.translucent(palette.ARTICLE, 0.18), line_width=0)
    figure.add_annotation(
        x=0.01,
        xref="x domain",
        y=band[1],
        yanchor="bottom",
        text=f"the article’s targets, {band[0]:g} to {band[1]:g}",
        font={"color": palette.ARTICLE},
    )
    figure.add_shape(
        type="line",
        x0=day.isoformat(),
        x1=day.isoformat(),
        y0=0,
        y1=1,
        yref="y domain",
        line={"color": palette.ARTICLE, "width": 1.5, "dash": "dot"},
    )
    figure.add_annotation(
        x=day.isoformat(),
        y=0.02,
        yref="y domain",
        xanchor="left",
        xshift=5,
        text="published",
        font={"color": palette.ARTICLE},
    )
    figure.add_scatter(
        x=[event.date.isoformat() for event in events],
        y=[_price_at(prices, event.date) for event in events],
        mode="markers",
        marker={"size": 10, "color": palette.PRICE, "line": {"width": 2, "color": "#ffffff"}},
        customdata=[event.what for event in events],
        hovertemplate="%{x|%-d %b %Y}<br>%{customdata}<extra></extra>",
    )
    spared = len(figure.layout.annotations)
    for event in events:
        figure.add_annotation(
            x=event.date.isoformat(),
            y=_price_at(prices, event.date),
            text=event.short,
            yshift=_label_shift(prices, event.date),
            font={"size": 11},
            opacity=0.9,
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
        yaxis={"tickformat": ",.0f"},
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
        height=430,
        # With little room the events keep their markers and lose their labels.
        narrow={"xaxis": {"nticks": 4}, "annotations": notes[:spared] + notes[labelled:]},
    )


def _price_at(prices: dict[dt.date, float], day: dt.date) -> float:
    """The close of the day or the last before it, so that a marker sits on the line."""
    known = [date for date in prices if date <= day]
    return prices[max(known)] if known else next(iter(prices.values()))


def _label_shift(prices: dict[dt.date, float], day: dt.date) -> int:
    """A label goes to the side that the line leaves free: below in a trough, above elsewhere."""
    around = [price for date, price in prices.items() if abs((date - day).days) <= 25]
    return -16 if around and sum(around) / len(around) > _price_at(prices, day) else 16
