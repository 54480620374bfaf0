"""The chart of the returns by case: bars from the starting price to each target, and the figures beside them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components import formats
from components.calculators.cases import CASES, Outcome
from components.charts import palette
from components.charts.chart import Chart, drawn_once
from components.charts.pieces import article_band, written_band
from components.scenario.sweep import FigurePatch

CASES_ID = "upside"


@drawn_once
def cases_chart(
    start: tuple[str, float], other: tuple[str, float] | None, band: tuple[float, float] | None, source: str
) -> Chart:
    """Bars from the starting price to each target, dividends outlined at their ends; returns as figures beside them.

    `start` and `other` are a price each with its name: where returns start from, and the price at the other time.
    Lengths, marks and figures come as patches.
    """
    name, price = start
    figure = go.Figure()
    lengths = {"base": [price] * 3, "x": [0.0] * 3, "y": list(_ROWS[:3]), "orientation": "h", "hoverinfo": "skip"}
    colours = [palette.CASES[case] for case in CASES]
    figure.add_bar(**lengths, marker={"color": colours}, width=0.34)
    outline = {"color": "rgba(0,0,0,0)", "line": {"color": colours, "width": 1.2}}
    figure.add_bar(**lengths, marker=outline, width=0.34, name="Dividends")
    marks, inks = [palette.MARKS[case] for case in CASES], [palette.BASE, *colours]
    figure.add_scatter(
        x=[price if each is not None else None for each in _POINTS],
        y=[_ROWS[0] if each is None else each for each in _POINTS],
        mode="lines+markers+text", name="Target", meta="across", hoverinfo="skip", cliponaxis=False,
        text=[" "] * len(_POINTS), textposition=["middle right"] * len(_POINTS),
        textfont={"color": palette.INK, "size": 13},
        line={"color": palette.BASE, "width": 1.75, "dash": "dot"},
        marker={
            "symbol": _spread("circle", ["diamond-open", *marks]), "size": _spread(0, [11] * 4),
            "color": _spread(palette.INK, inks),
            "line": {
                "width": _spread(0, [2, 1, 1, 1]), "color": _spread(palette.INK, [palette.BASE, *[palette.GROUND] * 3])
            },
        },
    )  # fmt: skip
    figure.add_scatter(
        x=[0.95] * 4 + [2.0] * 4, y=[*_ROWS, *_ROWS], xaxis="x2", mode="text", text=[""] * 8, hoverinfo="skip",
        textposition="middle left", customdata=["Upside"] * 4 + ["Total return"] * 4, name="Returns", meta="across",
        cliponaxis=False,
        textfont={"color": [palette.INK_2] * 4 + [palette.INK] * 4, "size": [12] * 4 + [14] * 4},
    )  # fmt: skip
    if band:
        article_band(figure, band, across=False, opacity=0.12)
    figure.add_vline(price, line={"color": palette.INK, "width": 1.5})
    figure.add_hline(0.5, line={"color": palette.RULE, "width": 1})
    if other is not None:
        figure.add_vline(other[1], line={"color": palette.BEFORE, "width": 1.25, "dash": "dot"})
    for text, at, colour, anchor, height in _named(start, other, band):
        figure.add_annotation(
            x=at, y=height, yref="y domain", yanchor="bottom", text=text, font={"color": colour}, xanchor=anchor
        )
    for text, place in (("price", 0.95), ("total", 2.0)):
        figure.add_annotation(
            x=place, xref="x2", y=1, yref="y domain", yanchor="bottom", xanchor="right", text=text,
            font={"color": palette.INK_3},
        )  # fmt: skip
    named = dict(zip(_ROWS, ("Bear", "<b>Base</b>", "Bull", "Expected"), strict=True))
    figure.update_layout(
        showlegend=False,
        barmode="overlay",
        xaxis={"domain": [0, 0.8], "showgrid": True, "tickformat": ",.0f", "nticks": 8},
        xaxis2={"domain": [0.81, 1], "range": [0, 2], "visible": False, "fixedrange": True},
        yaxis={
            "tickvals": list(_ROWS), "ticktext": list(named.values()), "range": [-0.5, 3.5], "showgrid": False,
            "fixedrange": True,
        },
        margin={"t": 26},
    )  # fmt: skip
    notes = _narrowly([note.to_plotly_json() for note in figure.layout.annotations], price, other, band)
    narrow = {
        "xaxis": {"domain": [0, 0.48], "nticks": 4},  # and room for the figure beside the longest bar
        "xaxis2": {"domain": [0.66, 1]},
        "yaxis": {"ticklabelstandoff": 6},
        "annotations": notes,
    }
    return Chart(
        CASES_ID,
        figure,
        "The base case returns {base.total}, bear to bull {bear.total} to {bull.total}",
        "{unit} over {months}; filled: price, outlined: dividends",
        source,
        f"From {{price}} ({name}): bear {{bear.total}}, base {{base.total}}, bull {{bull.total}}.",
        height=270,
        narrow=narrow,
    )


_ROWS = (3, 2, 1, 0)  # bear on top, then base and bull, and their expected value below
# The rows of the points of one trace: few traces are drawn faster than many. First the line from the price to the
# expected value, then, after gaps that keep the line from them, the cases. Before them stands what cannot be seen:
# where the figure of the lowest target stands to its left, the axis leaves room for it.
# Each has a text, if only a space: of a point without one plotly drops the element, and then that of its neighbour.
_POINTS = (0, 0, None, 3, None, 3, None, 2, None, 1)
_EXPECTED, _ROOM, _OF_CASES = 1, 3, (5, 7, 9)


def _spread(rest: Any, shown: Sequence[Any]) -> list[Any]:
    """One value for each point: those of the expected value and the three cases, and `rest` for what is not seen."""
    found = [rest] * len(_POINTS)
    for place, value in zip((_EXPECTED, *_OF_CASES), shown, strict=True):
        found[place] = value
    return found


def _named(
    start: tuple[str, float], other: tuple[str, float] | None, band: tuple[float, float] | None
) -> list[tuple[str, float, str, str, int]]:
    """The names of prices and band: text, place, colour, side, and height (1 is above), so that two never meet."""
    other_is_left = other is not None and other[1] < start[1]
    found = [(f"<b>{start[0]} {start[1]:,.2f}</b>", start[1], palette.INK, "left" if other_is_left else "right", 1)]
    if other is not None:
        found.append((f"{other[0]} {other[1]:,.2f}", other[1], palette.INK_3, "right" if other_is_left else "left", 1))
    if band:
        low, high = band
        wide = high - low > 0.25 * (max(high, start[1]) - min(low, start[1]))
        # A wide band has its name at its foot: above it would meet those of the prices.
        at, anchor, height = ((low + high) / 2, "center", 0) if wide and low < start[1] else (high, "left", 1)
        found.append((f"article {written_band(band)}", at, palette.ARTICLE, anchor, height))
    return found


def _narrowly(
    notes: list[dict[str, Any]], price: float, other: tuple[str, float] | None, band: tuple[float, float] | None
) -> list[dict[str, Any]]:
    """The names for narrow screens: that of the price above, that of the band at the foot, each in a corner.

    The line of the other price stays, its name does not. A name at the place of its price would make plotly stretch
    the axis until the name fits, and the bars would be short.
    """
    spared = None if other is None else f"{other[0]} {other[1]:,.2f}"
    first, *rest = [note for note in notes if note["text"] != spared]
    corner = {"xref": "x domain"}
    found = [first | corner | {"x": 0, "xanchor": "left"}]
    if band:
        name, *rest = rest
        right = band[1] > price
        found.append(name | corner | {"x": int(right), "xanchor": "right" if right else "left", "y": 0})
    return [*found, *rest]


def _room(targets: Sequence[Any], price: float) -> Any:
    """How far the axis reaches to the left: half as far again as the lowest target, where that is below the price."""
    lowest = np.minimum.reduce(np.broadcast_arrays(*targets))
    reach = np.where(lowest < price, lowest - 0.5 * (price - lowest), price)
    return reach if reach.ndim else float(reach)


def _side(target: Any, price: float) -> Any:
    """On which side of its mark a target's figure stands: away from the bar, which comes from the price."""
    sides = np.where(np.asarray(target) < price, "middle left", "middle right")
    return sides if sides.ndim else str(sides)


def cases_patches(outcome: Outcome, price: float) -> list[FigurePatch]:
    """Lengths and ends of the bars, their marks, and the returns beside them."""
    patches = []
    targets = [outcome.cases[case].target for case in CASES]
    for place, case in enumerate(CASES):
        found = outcome.cases[case]
        patches += [
            FigurePatch(CASES_ID, ("data", 0, "x", place), found.target - price),
            FigurePatch(CASES_ID, ("data", 1, "base", place), found.target),
            FigurePatch(CASES_ID, ("data", 1, "x", place), found.dividends),
            FigurePatch(CASES_ID, ("data", 3, "text", place), formats.change1(found.upside)),
            FigurePatch(
                CASES_ID, ("data", 3, "text", 4 + place), formats.each(formats.change1(found.total), "<b>{}</b>".format)
            ),
        ]
    expected = outcome.expected_target
    for place, target in zip((*_OF_CASES, _EXPECTED), [*targets, expected], strict=True):
        patches += [
            FigurePatch(CASES_ID, ("data", 2, "x", place), target),
            FigurePatch(
                CASES_ID, ("data", 2, "text", place), formats.each(formats.number(target, 2), "   {}   ".format)
            ),
            FigurePatch(CASES_ID, ("data", 2, "textposition", place), _side(target, price)),
        ]
    total = formats.each(formats.change1(outcome.expected_total), "<b>{}</b>".format)
    return [
        *patches,
        FigurePatch(CASES_ID, ("data", 2, "x", _ROOM), _room(targets, price)),
        FigurePatch(CASES_ID, ("data", 3, "text", 3), formats.change1(np.divide(expected, price) - 1)),
        FigurePatch(CASES_ID, ("data", 3, "text", 7), total),
    ]
