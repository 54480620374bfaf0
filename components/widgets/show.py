"""Puts charts and texts on the page."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from components import formats
from components.answers.answer import Answer
from components.answers.pictures import options
from components.charts.chart import Chart
from components.readouts.blocks import Readout, estimated_height
from components.readouts.blocks import sentence as sentence_block
from components.readouts.panel import Group, described, panel_height
from components.scenario.sweep import plain
from components.slots import filled
from components.web.served.assets import live_path, plotly_path
from components.web.served.paths import SWEEPS, address
from components.widgets import notes, session
from components.widgets.plain import as_text
from data import clock
from data.market.service import market_service

# Each component gets only this loader; the module behind it is cached for long and shared by all of them.
_LOADER = """
const live = import(new URL("{path}", document.baseURI).href);
export default async (component) => (await live).default(component);
"""

# Pixels reserved for title, subtitle and source line. If these need more, the plot shrinks and the page stays still.
CAPTION_HEIGHT = 88
NOTE_HEIGHT = 48

_made: dict[str, Any] = {}


def chart(answer: Answer, drawn: Chart | str | None) -> None:
    """A chart with title, source line and PNG button, at a reserved height; a remark where `drawn` is a text."""
    if not isinstance(drawn, Chart):
        info(drawn or "")
        return
    patches = [patch for patch in answer.patches if patch.chart == drawn.id]
    data = {
        "kind": "chart",
        "id": drawn.id,
        "title": drawn.title,
        "subtitle": drawn.subtitle,
        "source": drawn.source,
        "alt": drawn.alt,
        "figure": drawn.written,
        "patches": [{"path": patch.path, "value": plain(patch.value)} for patch in patches],
        "narrow": drawn.narrow,
        "slots": dict(answer.slots),
        "png": options(answer, drawn, clock.today()),
        "plotly": address(plotly_path()),
    }
    about, title = f"chart:{drawn.id}", filled(drawn.title, answer.slots)
    note = notes.of(answer.dossier.name, about)
    if note is not None:
        data["note"] = {"text": note.text, "day": formats.day(note.changed.date())}
    height = drawn.height + CAPTION_HEIGHT + (NOTE_HEIGHT if note is not None else 0)
    _mount(f"chart-{drawn.id}", data, height, {"note": partial(notes.take, answer.dossier.name, about, title)})


def readout(
    shown: Readout | None,
    missing: str = "",
    sliders: Mapping[str, Any] | None = None,
    on_open: Callable[[Any], None] | None = None,
    on_act: Callable[[Any], None] | None = None,
) -> None:
    """A readout, whose texts may follow a slider; the sentence `missing` where `shown` is None.

    `on_open` is told which row of a table the reader opens, `on_act` what else he does in it.
    """
    if shown is None:
        info(missing)
        return
    parts = list(shown.blocks)
    data = {
        "kind": "readout",
        "id": shown.name,
        "blocks": parts,
        "slots": dict(shown.slots),
        "spoken": shown.spoken,
    }
    if sliders is not None:
        data["sliders"] = sliders
    # The estimate reserves the space until the text has arrived; after that, the text takes the height that it needs.
    _mount(f"readout-{shown.name}", data, estimated_height(parts), _signs(open=on_open, act=on_act))


def desk(block: Mapping[str, Any], edit: str, on_act: Callable[[Any], None]) -> None:
    """The article on the desk, with its queue; `edit` is the claim whose form is to be opened."""
    _mount("desk", {**block, "id": "desk", "edit": edit}, 640, {"act": on_act})


def panel(name: str, groups: Sequence[Group], columns: int = 2) -> None:
    """The inputs of some groups, as sliders whose values can be typed too. Nothing where the thesis has none."""
    described_groups = described(groups, session.scenario())
    if not described_groups:
        return
    data = {
        "kind": "inputs",
        "id": f"panel-{name}",
        "columns": columns,
        "groups": described_groups,
        "heard": session.heard(),
    }
    _mount(f"panel-{name}", data, panel_height(described_groups, columns), {"set": session.take_typed})


def all_charts(addresses: Mapping[str, str]) -> None:
    """The buttons that pack the charts of this page, or of all pages, into one file."""
    data = {"kind": "pack", "id": "pack", "addresses": dict(addresses), "plotly": address(plotly_path())}
    _mount("pack", data, 84)


def lead(page: str, answer: Answer) -> None:
    """The page's result as a sentence, and the address where the browser finds the sweeps of the page's sliders."""
    if not answer.lead.text:
        return
    text = answer.lead.text
    shown = Readout(f"{page}-sentence", [sentence_block(text)], answer.lead.slots, spoken=text)
    if answer.model is None:
        readout(shown)
        return
    sliders = {
        "address": address(f"{SWEEPS}/{page}/"),
        "query": session.settled_query(),
        "market": market_service().status().version,
        "places": answer.model.places(),
    }
    readout(shown, sliders=sliders)


def note(text: str) -> None:
    """A small remark; nothing where the text is empty."""
    if text:
        st.caption(as_text(text))


def info(text: str) -> None:
    """A remark that the reader should not miss; nothing where there is none."""
    if text:
        st.info(as_text(text), icon=":material/info:")


def warning(text: str) -> None:
    """Something that is probably not meant so."""
    st.warning(as_text(text), icon=":material/warning:")


def _signs(**takers: Callable[[Any], None] | None) -> dict[str, Callable[[Any], None]]:
    return {sign: take for sign, take in takers.items() if take is not None}


def _component() -> Any:
    # Made on first use, because the server's base path is not known before it runs.
    if "thesis_live" not in _made:
        _made["thesis_live"] = st.components.v2.component(
            "thesis_live", js=_LOADER.format(path=address(live_path())), isolate_styles=False
        )
    return _made["thesis_live"]


def _mount(
    key: str, data: Mapping[str, Any], height: int, on: Mapping[str, Callable[[Any], None]] | None = None
) -> None:
    """Puts one view of the component on the page; `on` names the signs that it may give, each with who takes them."""
    # Bytes, because Streamlit would search a mapping for tables and serialise it twice.
    sent = json.dumps(data, separators=(",", ":")).encode()

    def taken(sign: str, take: Callable[[Any], None]) -> None:
        take(st.session_state[key].get(sign))

    signs = {f"on_{sign}_change": partial(taken, sign, take) for sign, take in (on or {}).items()}
    _component()(key=key, data=sent, height=height, **signs)
