"""The reader's own article in the session: from a pasted text to a thesis that is kept.

The text is the reader's alone: it stays in this session, and is kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import streamlit as st

from components.answers import address
from components.answers.desk import check, company_on, preview, stored_company
from components.authoring.desk import About, Desk, Entry, State
from components.authoring.edits import NotUnderstood, edited, typed
from components.authoring.model import NoHelp, endpoint, proposed
from components.authoring.sentences import Span
from components.authoring.sources import Source
from components.authoring.thesis_files import desk_of, files_of, name_for
from components.widgets import session
from components.widgets.messages import Sayings, heard_first
from data.library import open_case
from data.own import own_theses
from data.own_records import NotKept

_DESK, _SOURCE, _WRONG, _EDIT, _OPENED = "_desk", "_source", "_desk_wrong", "_desk_edit", "_desk_opened"
_sayings = Sayings("desk")
say, told = _sayings.say, _sayings.told


def on_desk() -> Desk | None:
    """The article that the reader works on; None where there is none."""
    return cast("Desk | None", st.session_state.get(_DESK))


def put(desk: Desk | None) -> None:
    """Puts an article on the desk, or clears it."""
    st.session_state[_DESK] = desk
    st.session_state[_WRONG] = {}


def source() -> Source | None:
    """The text that was handed in, before its claims are sought."""
    return cast("Source | None", st.session_state.get(_SOURCE))


def hand_in(found: Source | None) -> None:
    """Takes a text in, or forgets it."""
    st.session_state[_SOURCE] = found


def problem() -> Mapping[str, str]:
    """What the reader typed last and cannot be used, as a sentence, with the id of its claim."""
    return cast("Mapping[str, str]", st.session_state.get(_WRONG) or {"id": "", "text": ""})


def opens() -> str:
    """The claim whose form is to be opened: one that was just added. Said once."""
    return cast(str, st.session_state.pop(_EDIT, ""))


def act(sent: object) -> None:
    """Does what the browser says that the reader did. It may send anything: what is not understood changes nothing."""
    desk = on_desk()
    if desk is None or (message := heard_first("desk", sent)) is None:
        return
    st.session_state[_WRONG] = {}
    states = {"accept": State.ACCEPTED, "reject": State.REJECTED, "reopen": State.OPEN}
    what, ids = message.get("do"), message.get("ids")
    if what in states and isinstance(ids, list):
        put(desk.decided([each for each in ids if isinstance(each, str)], states[what]))
    elif what == "add":
        _add(desk, message)
    elif what == "save" and any(each.id == message.get("id") for each in desk.entries):
        _save(desk, desk.entry(str(message["id"])), message)


def _add(desk: Desk, sent: Mapping[str, Any]) -> None:
    start, end = sent.get("start"), sent.get("end")
    passage = None
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= min(len(desk.text), start + 2_000):
        passage = Span(start, end)
    if passage is not None and (there := desk.at(passage)) is not None:
        say("That figure has a claim already; its form is open.")
        st.session_state[_EDIT] = there.id
        return
    grown, entry = desk.with_own(passage)
    put(grown)
    st.session_state[_EDIT] = entry.id


def _save(desk: Desk, entry: Entry, sent: Mapping[str, Any]) -> None:
    try:
        changed = edited(entry, sent)
        own = sent.get("typed")
        changed = typed(changed, own) if isinstance(own, Mapping) else changed
    except NotUnderstood as wrong:
        st.session_state[_WRONG] = {"id": entry.id, "text": str(wrong)}
        return
    if sent.get("next") == "accept":
        changed = replace(changed, state=State.ACCEPTED)
    put(desk.changed(changed))


def ask_model() -> None:
    """Adds what the configured model proposes; what it cannot give is a sentence."""
    desk, asked = on_desk(), endpoint()
    if desk is None or asked is None:
        return
    try:
        company = company_on(desk.about, address.library())
        found, dropped = proposed(desk.text, company, desk.entries, asked)
    except NoHelp as said:
        say(str(said))
        return
    put(replace(desk, entries=(*desk.entries, *found)))
    lost = (
        f" {dropped} of its proposals do not stand in the text, or make no sense, and are dropped." if dropped else ""
    )
    say(f"The model adds {len(found)} claims, all open.{lost}")


# --- From the desk to a thesis, and back ---------------------------------------------------------------------------


def keep(desk: Desk) -> str:
    """Keeps what was accepted as a thesis, and returns what the reader should know of it; empty where all is well.

    Raises NotKept where it cannot be one, DataFileError with what is wrong in it.
    """
    if not desk.count(State.ACCEPTED):
        raise NotKept("Accept a claim first: a dashboard needs one at least.")
    library, own = address.library(), own_theses()
    wrong = preview(desk, address.data_version()).wrong
    runs = replace(desk, entries=tuple(replace(each, test=None) if each.id in wrong else each for each in desk.entries))
    check(runs, library)
    stored = stored_company(desk.about.symbol, replace(library, own=None)) is not None
    is_kept = own.keep(desk.name, files_of(runs, stored))
    if is_kept:
        return ""
    why = own.problem or "There is no store."
    return f"{why} The dashboard opens, but is gone when the app stops: download the article as files."


def open_dashboard(name: str) -> None:
    """Opens a thesis; the page then leads to its overview."""
    session.open_thesis(name)
    st.session_state[_OPENED] = True


def has_opened() -> bool:
    """Whether a thesis was just opened. Said once."""
    return bool(st.session_state.pop(_OPENED, False))


def edit(name: str) -> None:
    """Puts one of the reader's theses back on the desk; one that is there already keeps its text.

    Raises DataFileError.
    """
    desk = on_desk()
    if desk is None or desk.name != name:
        case = open_case(name, address.data_version().day, address.library())
        put(desk_of(name, case.thesis, case.company.profile))


def fresh_name(about: About) -> str:
    """A name for a new thesis on that company."""
    return name_for(about, [*session.theses(), *own_theses().names()])
