"""The page of scenarios. It is about saved records too, so the registry of a thesis's pages does not hold it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.answers import address
from components.answers.reference import market_now
from components.answers.registry import PAGES
from components.answers.scenarios import MOST, ScenariosAnswer, answer
from components.readouts.blocks import Readout
from components.readouts.freshness import about
from components.readouts.head import head
from components.scenario.inputs.scenarios import BESIDE
from components.web.served.paths import public_url
from components.widgets import controls, keeping, menu, own_things, session, show
from components.widgets.failures import readable_failures
from components.widgets.messages import heard_first
from components.widgets.plain import as_text
from data.own_records import NotKept
from data.scenarios import own_scenarios

PATH, TITLE, QUESTION = "scenarios", "Scenarios", "What if, side by side?"
LINE = (
    "The article’s own case beside settings that you saved: what differs, what comes of it, and what the market did "
    "since. A saved scenario keeps the price that it was made at."
)
_GONE, _OPENS = "_scenario_gone", "_scenario_opens"


def page() -> None:
    """The table, the chart, and what can be done with both."""
    if to := st.session_state.pop(_OPENS, ""):
        st.switch_page(f"pages/{to}.py")
    dossier = session.dossier()
    st.set_page_config(page_title=f"{TITLE} · {dossier.thesis.article.name}")
    with readable_failures():
        found = answer(session.asked(), address.data_version())
        _heading(found)
        _told()
        show.lead(PATH, found)
        _choice(found)
        show.readout(found.table(public_url()), on_act=_act)
        show.chart(found, found.chart() or "")
        own_things.notes(found.dossier)
        own_things.everything()


def _heading(found: ScenariosAnswer) -> None:
    dossier = found.dossier
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="page-head"):
        block = head(
            QUESTION, LINE, about(dossier), market_now(dossier), dossier.symbol, dossier.day, session.link(), False,
            public_url(), bool(session.scenario().changed),
        )  # fmt: skip
        show.readout(Readout("head", [block]))
        if len(names := session.theses()) > 1:
            controls.thesis(names)
        menu.menu(dossier, PATH, saves=False)
        with st.container(key="save-now", width="content"):
            _save_popover(found)
    for problem in session.take_problems():
        st.warning(as_text(problem), icon=":material/link_off:")


def _save_popover(found: ScenariosAnswer) -> None:
    with st.popover("Save the present settings", type="primary", icon=":material/bookmark_add:"):
        if found.is_saved:
            st.caption(f"These settings are saved as “{as_text(found.is_saved)}”.")
        keeping.form(found.asked, "upside")


def _choice(found: ScenariosAnswer) -> None:
    """Which stand beside the article's case, where there are more than fit."""
    if BESIDE not in found.view.choices:
        return  # nothing is saved, or it was saved a moment ago
    if len(found.saved) > MOST or session.chosen(BESIDE):
        chosen = [key for key in session.chosen(BESIDE) if key in found.saved]
        names = {key: each.name for key, each in found.saved.items()}
        # Shown anew where another selection is stored: a widget keeps what it was last told.
        if st.session_state.get(BESIDE) != chosen:
            st.session_state[BESIDE] = chosen
        st.multiselect(
            "Beside the article’s case",
            list(names),
            format_func=lambda key: as_text(names[key]),
            key=BESIDE,
            max_selections=MOST,
            placeholder=f"the last {MOST} that were saved",
            on_change=lambda: session.change(BESIDE, tuple(st.session_state[BESIDE])),
        )


def _told() -> None:
    """What was just done, and the way back from a deletion."""
    if problem := own_scenarios().problem:
        show.warning(problem)
    if gone := st.session_state.get(_GONE):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"“{as_text(gone[1])}” is deleted.", width="content")
            st.button("Undo", icon=":material/undo:", on_click=_bring_back, args=(gone[0],))
    for said in keeping.told():
        show.info(said)


def _bring_back(key: str) -> None:
    st.session_state.pop(_GONE, None)
    try:
        own_scenarios().bring_back(key)
    except KeyError:
        keeping.say("It is gone for good.")


def _act(sent: object) -> None:
    """Does what the browser says that the reader did. It may send anything: what is not understood changes nothing."""
    if (message := heard_first("scenarios", sent)) is None:
        return
    st.session_state.pop(_GONE, None)
    what, key = message.get("do"), message.get("id")
    if not isinstance(key, str):
        return
    if what == "open" and not key:
        session.back_to_article()
        session.start_from("published")
        st.session_state[_OPENS] = "upside"
        return
    mine = own_scenarios().of(session.dossier().name, session.owner())
    if key not in mine:
        keeping.say("That scenario is not here any more.")
        return
    try:
        _do(str(what), key, message)
    except (NotKept, KeyError) as wrong:
        keeping.say(str(wrong) if isinstance(wrong, NotKept) else "That scenario is not here any more.")


def _do(what: str, key: str, sent: Mapping[str, Any]) -> None:
    scenarios = own_scenarios()
    if what == "open":
        one = scenarios.one(key)
        session.open_link({**one.query, "thesis": one.thesis})
        st.session_state[_OPENS] = one.page if one.page in PAGES else "upside"
    elif what == "rename" and isinstance(sent.get("name"), str):
        scenarios.rename(key, sent["name"])
    elif what == "duplicate":
        scenarios.duplicate(key)
    elif what == "delete":
        st.session_state[_GONE] = (key, scenarios.one(key).name)
        scenarios.delete(key)
