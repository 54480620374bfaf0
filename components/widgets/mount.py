"""Puts charts and readouts on the page."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from components.charts.chart import Chart, file_name, png_options
from components.readouts.blocks import Block, estimated_height, sentence
from components.scenario.sweep import Frame, SweepModel, plain
from components.web.served.assets import live_path, plotly_path
from components.web.served.paths import SWEEPS, address
from components.widgets import session
from data.market.service import market_service

# The page gets one line; the module behind it is served with a long cache life and shared by all charts.
_LOADER = """
const live = import(new URL("{path}", document.baseURI).href);
export default async (component) => (await live).default(component);
"""


def _component() -> Any:
    # The base path of the server is known only once it runs, so the component is made on first use.
    if "thesis_live" not in _made:
        _made["thesis_live"] = st.components.v2.component(
            "thesis_live", js=_LOADER.format(path=address(live_path())), isolate_styles=False
        )
    return _made["thesis_live"]


def _mount(key: str, data: Mapping[str, Any], height: int) -> None:
    # As bytes: a mapping Streamlit would search for tables and write twice, once to send it and once to name it.
    _component()(key=key, data=json.dumps(data, separators=(",", ":")).encode(), height=height)


# Reserved for title, subtitle and source line; where these need more, the plot gives way, never the page.
CAPTION_HEIGHT = 104

_made: dict[str, Any] = {}


def show_chart(chart: Chart, symbol: str, thesis: str, day: dt.date, frame: Frame | None = None) -> None:
    """A chart with its title, source line and PNG button, at a reserved height."""
    patches = () if frame is None else (mark for mark in frame.patches if mark.chart == chart.id)
    data = {
        "kind": "chart",
        "id": chart.id,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "source": chart.source,
        "alt": chart.alt,
        "figure": chart.written,
        "marks": [{"path": mark.path, "value": plain(mark.value)} for mark in patches],
        "narrow": chart.narrow,
        "slots": {} if frame is None else dict(frame.slots),
        "png": png_options(chart, file_name(symbol, chart.id, day), thesis, day),
        "plotly": address(plotly_path()),
    }
    _mount(f"chart-{chart.id}", data, chart.height + CAPTION_HEIGHT)


def show_readout(
    name: str,
    blocks: Iterable[Block],
    slots: Mapping[str, Any] | None = None,
    spoken: str = "",
    sliders: Mapping[str, Any] | None = None,
) -> None:
    """Text that may follow a slider; `spoken` is announced to screen readers after a release."""
    parts = list(blocks)
    data = {"kind": "readout", "id": name, "blocks": parts, "slots": dict(slots or {}), "spoken": spoken}
    if sliders is not None:
        data["sliders"] = sliders
    # The estimate keeps the place until the text is there; then the browser lets it take what it needs.
    _mount(f"readout-{name}", data, estimated_height(parts))


def show_sentence(page: str, text: str, model: SweepModel, slots: Mapping[str, Any]) -> None:
    """The result of a page as a sentence, and where the browser finds what the page's sliders would show."""
    sliders = {
        "address": address(f"{SWEEPS}/{page}/"),
        "query": session.settled_query(),
        "market": market_service().status().version,
        "places": model.places(),
    }
    show_readout(f"{page}-sentence", [sentence(text)], slots, spoken=text, sliders=sliders)
