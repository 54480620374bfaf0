"""Charts of the valuation page: multiples, the sum of the parts, and the growth that the price implies."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.charts import palette
from components.charts.chart import Chart, as_label, drawn_once
from components.charts.pieces import curve, curve_patches, level
from components.scenario.sweep import FigurePatch

MULTIPLES_ID, PARTS_ID, GROWTH_ID = "multiples", "parts", "growth"
CURVE_POINTS = 41


@dataclass(frozen=True)
class Dots:
    """One share's P/E ratios: trailing, forward and core; None is one that is not known."""

    name: str
    trailing: float | None = None
    forward: float | None = None
    core: float | None = None

    @property
    def known(self) -> list[float]:
        return [each for each in (self.trailing, self.forward, self.core) if each is not None]


_DOTS = (("Trailing", "trailing", "circle"), ("Forward", "forward", "circle-open"), ("Core", "core", "diamond"))


@drawn_once
def multiples_chart(rows: Sequence[Dots], band: tuple[float, float] | None, title: str, source: str) -> Chart:
    """P/E of each share as dots on one axis, the first row on top, with the article's range as a band."""
    rows = [row for row in rows if row.known]
    places = list(range(len(rows)))[::-1]
    figure = go.Figure()
    for place, row in zip(places, rows, strict=True):
        ends = [min(row.known), max(row.known)]
        figure.add_scatter(
            x=ends, y=[place, place], mode="lines", line={"color": palette.BEFORE, "width": 1.75}, hoverinfo="skip"
        )
    for label, field, symbol in _DOTS:
        known = [(place, getattr(row, field)) for place, row in zip(places, rows, strict=True)]
        known = [(place, value) for place, value in known if value is not None]
        figure.add_scatter(
            x=[value for _, value in known],
            y=[place for place, _ in known],
            mode="markers+text",
            name=f"{label} P/E",
            meta="across",
            marker={"symbol": symbol, "size": 10, "color": palette.PRICE, "line": {"width": 2, "color": palette.PRICE}},
            text=[f" {value:.1f}x" for _, value in known],
            textposition="bottom center" if field == "forward" else "top center",
            textfont={"color": palette.INK},
            hoverinfo="skip",
            cliponaxis=False,
        )
    if band:
        figure.add_vrect(band[0], band[1], fillcolor=palette.translucent(palette.ARTICLE, 0.12), line_width=0)
        figure.add_annotation(
            x=(band[0] + band[1]) / 2, y=1, yref="y domain", yanchor="bottom", font={"color": palette.ARTICLE},
            text=f"article {band[0]:g} to {band[1]:g}x",
        )  # fmt: skip
    ends = [value for row in rows for value in row.known] + list(band or ())
    reach = (max(ends) - min(ends)) * 0.1 or 1.0
    figure.update_layout(
        showlegend=False,
        xaxis={"ticksuffix": "x", "showgrid": True, "nticks": 6, "range": [min(ends) - reach, max(ends) + reach]},
        yaxis={
            "tickvals": places,
            "ticktext": ["<br>".join(map(as_label, textwrap.wrap(row.name, 18))) for row in rows],
            "range": [-0.6, len(rows) - 0.4],
            "showgrid": True,
        },
        margin={"t": 24},
    )
    subtitle = "P/E: ● trailing, ○ forward, ◆ core"
    return Chart(MULTIPLES_ID, figure, title, subtitle, source, f"{title}.", 60 + 48 * len(rows))


@drawn_once
def parts_chart(names: Sequence[str], price: float, currency: str, source: str) -> Chart:
    """The sum of the parts as a waterfall per share, from top to bottom; the values come as patches.

    The bars lie, so that the names have room at any width.
    """
    names = [as_label(name) for name in names]
    places = list(range(len(names)))[::-1]
    empty = [0.0] * len(names)
    # Bars and lines, not plotly's own waterfall, so that its smallest bundle can draw them. Whatever moves is in traces
    # and on a numeric axis, because plotly can move those without redrawing the whole chart.
    figure = go.Figure(
        [
            go.Bar(
                y=places, x=list(empty), base=list(empty), orientation="h", width=0.62, name=f"{currency} a share",
                marker={"color": [palette.BAR] * len(names)},
            ),
            # A trace of its own keeps the numbers beyond the bars, for negative ones too.
            go.Scatter(
                y=places, x=list(empty), mode="text", text=[""] * len(names), textposition="middle right",
                textfont={"color": palette.INK, "size": 13},
            ),
            # Lines from one bar to the next.
            go.Scatter(
                y=[end for place in places[:-1] for end in (place - 0.31, place - 0.69, None)],
                x=[end for _ in places[:-1] for end in (0.0, 0.0, None)],
                mode="lines",
                line={"color": palette.BEFORE, "width": 1},
                connectgaps=False,
            ),
        ]
    )  # fmt: skip
    figure.update_traces(cliponaxis=False, hoverinfo="skip")
    figure.add_vline(price, line={"color": palette.INK, "width": 1.5, "dash": "dot"})
    figure.add_annotation(
        x=price, y=1, yref="y domain", yanchor="bottom", text=f"price {price:,.2f}", font={"color": palette.INK}
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"tickformat": ",.0f", "showgrid": True, "rangemode": "tozero", "nticks": 9},
        margin={"t": 22, "r": 64},
        yaxis={
            "tickvals": places,
            "ticktext": [*names[:-1], f"<b>{names[-1]}</b>"],
            "range": [-0.6, len(names) - 0.4],
            "showgrid": True,  # leads the eye from a name to its bar
            "fixedrange": True,
        },
    )
    return Chart(
        PARTS_ID,
        figure,
        "The parts are worth {value} per {share_class}, {gap} against the price",
        f"{currency} per {{share_class}}; what is taken off is coloured; dotted: the price",
        source,
        "The parts are worth {value} per {share_class}, {gap} against the price of {price}.",
        height=44 + 23 * len(names),
        narrow={"xaxis": {"nticks": 5}, "font": {"size": 11}, "margin": {"r": 46}},
    )


def parts_patches(values: Sequence[Any], unknown: int | None) -> list[FigurePatch]:
    """Bars, lines and texts of the waterfall. The last value is the total; the one at index `unknown` is not known."""
    patches = []
    level: Any = 0.0
    for place, value in enumerate(values):
        is_total = place == len(values) - 1
        before, level = (0.0, value) if is_total else (level, np.add(level, value))
        colour = palette.INK if is_total else np.where(np.asarray(value) >= 0, palette.BAR, palette.LOSS)
        text = "not known" if place == unknown else formats.number(value, 2 if is_total else 1)
        patches += [
            FigurePatch(PARTS_ID, ("data", 0, "base", place), before),
            FigurePatch(PARTS_ID, ("data", 0, "x", place), value),
            FigurePatch(PARTS_ID, ("data", 0, "marker", "color", place), colour),
            FigurePatch(PARTS_ID, ("data", 1, "x", place), np.maximum(before, level)),
            FigurePatch(PARTS_ID, ("data", 1, "text", place), formats.each(text, "  {}".format)),
        ]
        if not is_total:
            patches += [FigurePatch(PARTS_ID, ("data", 2, "x", 3 * place + end), level) for end in (0, 1)]
    return patches


# --- The growth that the price implies ---------------------------------------------------------------------------


@drawn_once
def growth_chart(price: float, lowest: float, highest: float, currency: str, source: str) -> Chart:
    """The model's value at each growth of the first stage, the price, and the reader's growth; values as patches."""
    hover = "%{x:.1%} a year: %{y:,.2f}<extra></extra>"
    figure = curve(growth_axis(lowest, highest), "Value", hover, "left")
    level(figure, price, f"price {price:,.2f}", palette.INK, "left")
    figure.update_layout(
        showlegend=False,
        xaxis={
            "tickformat": ".0%",
            "nticks": 7,
            "showgrid": True,
            "range": [lowest, highest],
            "title": {"text": "growth a year"},
        },
        yaxis={"tickformat": ",.0f", "nticks": 6, "rangemode": "tozero"},
        margin={"t": 20},
    )
    return Chart(
        GROWTH_ID,
        figure,
        "The price implies {implied_growth}",
        f"Value by the model, {currency} per {{share_class}}, on {{earnings}} of {{eps}}",
        source,
        "The price of {price} implies {implied_growth}; {model_growth} of growth is worth {model_value}.",
        height=250,
        narrow={"xaxis": {"nticks": 5}},
    )


def growth_axis(lowest: float, highest: float) -> np.ndarray:
    """The growths, as ratios, at which the curve is drawn; shape (points,)."""
    return np.linspace(lowest, highest, CURVE_POINTS)


def growth_patches(worths: Any, growth: Any, worth: Any) -> list[FigurePatch]:
    """The worths, of shape (points,) or (steps, points), and the reader's own point on it."""
    return curve_patches(GROWTH_ID, np.asarray(worths), growth, worth, formats.number(worth, 2))
