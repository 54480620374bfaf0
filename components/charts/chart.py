"""A self-contained chart: figure, finding as its title, measure and unit, source, and export as a picture.

Figures carry no theme. `TEMPLATES` has one for a light and one for a dark background; an export always takes the light
one. Titles and annotations may hold slots such as `{base.upside}`, which the page fills and a slider changes.
"""

import datetime as dt
import html
import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from typing import Any, ParamSpec

import plotly.graph_objects as go

from components.charts import palette

PNG_SIZE = (1600, 900)
PNG_SCALE = 2

P = ParamSpec("P")

_FONT = "Source Sans, Helvetica, Arial, sans-serif"


def _template(ink: str, labels: str, faint: str) -> dict[str, Any]:
    axis = {
        "gridcolor": faint,
        "zerolinecolor": faint,
        "linecolor": faint,
        "automargin": True,
        "title": {"standoff": 8},
        "ticks": "",
        "fixedrange": False,
        # If plotly may hide labels, it measures each against all others, which is slow. Each chart leaves room instead.
        "ticklabeloverflow": "allow",
    }
    return {
        "layout": {
            "font": {"family": _FONT, "color": labels, "size": 12},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": {**axis, "showgrid": False},
            "yaxis": {**axis, "showgrid": True, "zeroline": False},
            "hoverlabel": {"font": {"family": _FONT, "size": 13}, "align": "left"},
            "annotationdefaults": {"font": {"color": ink, "size": 12}, "showarrow": False},
            "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom"},
            "separators": ".,",
            "dragmode": "zoom",
        }
    }


TEMPLATES = {
    "light": _template(palette.INK, palette.INK_2, palette.RULE),
    "dark": _template(*(palette.DARK[each] for each in (palette.INK, palette.INK_2, palette.RULE))),
}


@dataclass(frozen=True)
class Chart:
    """One chart.

    Attributes
    ----------
    id : its name on the page.
    title, subtitle : the finding; measure and unit.
    alt : the description for screen readers.
    height : of the plot, in pixels.
    narrow : changes to the layout on narrow screens.
    """

    id: str
    figure: go.Figure
    title: str
    subtitle: str
    source: str
    alt: str
    height: int = 360
    narrow: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def written(self) -> str:
        """The figure's data and layout as JSON, without plotly's default template."""
        raw = json.loads(self.figure.to_json())
        raw["layout"].pop("template", None)
        return json.dumps({"data": raw["data"], "layout": raw["layout"]}, separators=(",", ":"))


def drawn_once(draw: Callable[P, Chart]) -> Callable[P, Chart]:
    """Remembers the charts that a function has drawn, by its arguments, which must be picklable.

    plotly checks every property of a figure, which takes some 10 ms per chart. A slider needs no new chart: it moves
    patches only, which are put into the figure afterwards.
    """

    @lru_cache(maxsize=64)
    def drawn(packed: bytes) -> Chart:
        args, kwargs = pickle.loads(packed)  # safe: pickled a few lines below
        return draw(*args, **kwargs)

    @wraps(draw)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> Chart:
        return drawn(pickle.dumps((args, kwargs)))

    return remembered


_LEGEND_ABOVE = {
    "y": 1.07, "yanchor": "bottom", "font": {"size": 17}, "entrywidth": 0.24, "entrywidthmode": "fraction",
}  # fmt: skip


@dataclass(frozen=True)
class PictureNotes:
    """What stands below a chart as a picture: the article, the date of the prices, and what the reader moved."""

    thesis: str
    data: str = ""
    moved: str = ""


def png_options(chart: Chart, file_name: str, notes: PictureNotes, day: dt.date) -> dict[str, Any]:
    """What the browser adds to a figure for export: title, subtitle, thesis, dates, source, size and file name."""
    width, height = PNG_SIZE
    # Labels beside the plot need more room in the export, where type is larger.
    margin = chart.figure.layout.margin
    left, right = margin.l or 0, margin.r or 0
    legend = chart.figure.layout.legend
    below = chart.figure.layout.showlegend is not False and legend.y is not None and legend.y < 0
    dated = f"made on {day.day} {day:%b %Y}{f', {notes.data}' if notes.data else ''}"
    foot = f"{as_label(notes.thesis)} · {dated} · not investment advice"
    told = [as_label(chart.source), *([as_label(notes.moved)] if notes.moved else []), foot]
    note = {"showarrow": False, "xref": "paper", "yref": "paper", "xanchor": "left", "align": "left"}
    return {
        "filename": file_name,
        "made": f"{notes.thesis} · {dated}{f'. {notes.moved}' if notes.moved else ''}",
        "width": width,
        "height": height,
        "scale": PNG_SCALE,
        "layout": {
            "width": width,
            "height": height,
            "autosize": False,
            "paper_bgcolor": palette.GROUND,
            "plot_bgcolor": palette.GROUND,
            "font": {"size": 20, "color": palette.INK, "family": _FONT},
            "title": {
                "text": f"<b>{as_label(chart.title)}</b>",
                "subtitle": {"text": as_label(chart.subtitle), "font": {"size": 21, "color": palette.INK_2}},
                "font": {"size": 32, "color": palette.INK},
                "x": 0.03,
                "xanchor": "left",
                "y": 0.96,
                "yanchor": "top",
                "automargin": False,
            },
            "margin": {
                "l": max(90, round(left * 1.7)),
                "r": max(60, round(right * 1.7)),
                "t": 280 if below else 190,
                "b": 160 + 22 * bool(notes.moved),
            },
            # What stands below a chart on the page would meet the source line here.
            **({"legend": _LEGEND_ABOVE} if below else {}),
            "annotations": [
                {
                    **note,
                    "text": "<br>".join(told),
                    "x": 0,
                    "y": 0,
                    "yshift": -148 - 22 * bool(notes.moved),
                    "yanchor": "bottom",
                    "font": {"size": 16, "color": palette.INK_2},
                }
            ],
        },
    }


def as_label(text: str) -> str:
    """Text from outside for a figure, to the letter: plotly reads tags in every text, and ``%{…}`` in those of hovers.

    Names of files and of the market service go through it wherever they enter a figure.
    """
    return html.escape(text, quote=False).replace("%{", "%&#123;")
