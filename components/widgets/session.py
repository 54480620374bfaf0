"""The reader's session: the open thesis, the scenario and the view.

Scenario and view are stored in the address. The session only carries them from page to page, because Streamlit clears
the address when a reader follows a page link.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import streamlit as st

from components.answers import address
from components.answers.answer import Asked
from components.answers.reference import reference_now
from components.answers.registry import inputs_of
from components.answers.starts import start_from as scenario_from
from components.scenario.inputs.claims import ALL
from components.scenario.record import PriceReference, Scenario, View
from components.scenario.types import ChoiceInput, NumberInput, Value
from components.widgets import door
from data.dossier import Dossier

_SCENARIO, _VIEW, _WRITTEN, _PAGE, _PROBLEMS, _THESIS = (
    "_scenario",
    "_view",
    "_written",
    "_page",
    "_problems",
    "_thesis",
)
_HEARD, _VERSION = "_heard", "_version"


# --- What is open -------------------------------------------------------------------------------------------------


def dossier() -> Dossier:
    """Everything known today about the open thesis. Never waits for the market service. Raises DataFileError."""
    if _THESIS not in st.session_state:
        sync_address("")  # a page script that runs on its own, without app.py
    return address.dossier_of(cast(str, st.session_state[_THESIS]), address.data_version())


def scenario() -> Scenario:
    """The reader's settings."""
    return cast(Scenario, st.session_state[_SCENARIO])


def view() -> View:
    """What the reader looks at."""
    return cast(View, st.session_state[_VIEW])


def asked() -> Asked:
    """The question to a page, for this reader at this moment."""
    return Asked(dossier(), scenario(), view(), owner())


def owner() -> str:
    """Whose scenarios and notes these are: the person's, where there is a login; else the installation's."""
    return door.owner()


def choice_input(key: str) -> ChoiceInput:
    """The description of a choice in the view or the scenario. Raises KeyError where the thesis does not have it."""
    each = view().choices.get(key) or scenario().inputs[key]
    assert isinstance(each, ChoiceInput)
    return each


def chosen(key: str) -> tuple[str, ...]:
    """The options chosen for a choice in the view or the scenario."""
    return view().all(key) if key in view().choices else scenario().options(key)


# --- What the reader does -----------------------------------------------------------------------------------------


def change(key: str, value: Value) -> None:
    """Sets one input of the scenario, or one choice of the view, and updates the address."""
    if key in view().choices:
        st.session_state[_VIEW] = view().set(key, cast(tuple[str, ...], value))
    else:
        st.session_state[_SCENARIO] = scenario().set(key, value, reference_now(dossier()))
    _write()


def take_typed(sent: object) -> None:
    """Sets what the browser's panel sends: values by key, and the number of this message.

    A browser may send anything: what is no number within an input's bounds is left out.
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("values"), dict):
        return
    for key, value in sent["values"].items():
        each = scenario().inputs.get(key)
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if isinstance(each, NumberInput) and fits and each.low <= value <= each.high:
            change(key, each.taken(float(value)))
    if isinstance(number := sent.get("message"), int):
        st.session_state[_HEARD] = max(heard(), number)


def heard() -> int:
    """The number of the browser's last message that is worked in; values that it sent later are the reader's still."""
    return cast(int, st.session_state.get(_HEARD, 0))


def start_from(choice: str) -> None:
    """Changes the price that returns start from, and the earnings that belong to it."""
    st.session_state[_SCENARIO] = scenario_from(dossier(), scenario(), inputs_of(dossier(), choice), choice)
    _write()


def take_market(market: PriceReference) -> None:
    """Makes `market` the market price that the reader's settings refer to."""
    st.session_state[_SCENARIO] = scenario().against(market)
    _write()


def back_to_article(page: str = "") -> None:
    """Resets the settings of a page, or all of them, to the article's values. The view stays as it is."""
    before = scenario()
    keys = before.changed.keys() if not page else page_keys(page)
    back = before.back(keys)
    if "start" in keys and "start" in before.changed:
        # The defaults of time, dividends and earnings belong to the start.
        back = replace(back, inputs=inputs_of(dossier()))
    st.session_state[_SCENARIO] = back
    _write()


def page_keys(page: str) -> list[str]:
    """The keys of the settings that stand on a page and that the thesis has."""
    thesis = cast(str, st.session_state[_THESIS])
    start = scenario().choice("start") if scenario().has("start") else ""
    keys = address.page_keys(page, thesis, address.data_version(), start)
    return [key for key in keys if scenario().has(key)]


def theses() -> tuple[str, ...]:
    """The names of all articles."""
    return address.theses()


def title_of(name: str) -> str:
    """The title of an article; its file's name where the file is wrong, which opening it will say."""
    return address.title_of(name, address.data_version())


def is_open(name: str) -> bool:
    """Whether that is the article that the session shows."""
    return bool(st.session_state.get(_THESIS) == name)


def open_thesis(name: str) -> None:
    """Opens another article, at its own values."""
    st.session_state[_THESIS] = name
    reading = address.read(name, {}, address.data_version())
    st.session_state[_SCENARIO], st.session_state[_VIEW] = reading.scenario, reading.view
    _write()


def open_link(query: Mapping[str, str]) -> None:
    """Opens what a link holds: its thesis, its settings, and what to look at. The view is left as it is without one.

    What cannot be read of it is said on the next page. Raises DataFileError.
    """
    name = query.get("thesis", "")
    if name not in address.theses():
        _add_problem(f"There is no thesis “{name[:40]}” here any more.")
        return
    reading = address.read(name, query, address.data_version())
    st.session_state[_THESIS] = name
    st.session_state[_SCENARIO], st.session_state[_VIEW] = reading.scenario, reading.view
    for problem in reading.problems:
        _add_problem(problem)
    _write()


def open_claim(claim: object) -> None:
    """Opens one claim beside the list; nothing where the thesis does not have it."""
    if isinstance(claim, str) and claim in choice_input("claim").options:
        change("claim", (claim,))


def close_claim() -> None:
    """Returns to the list of claims."""
    change("claim", (ALL,))


# --- The address --------------------------------------------------------------------------------------------------


def sync_address(page: str) -> None:
    """Called once per run: reads scenario and view from the address, or writes them there after a change of page.

    Raises DataFileError, and whatever `address.read` raises.
    """
    thesis = _choose_thesis()
    query = {key: value for key, value in st.query_params.to_dict().items() if not key.startswith("embed")}
    same_page = st.session_state.get(_PAGE) == page
    st.session_state[_PAGE] = page
    known, version = _SCENARIO in st.session_state, address.data_version()
    if known and st.session_state.get(_VERSION) not in (None, version):
        # What settings start from has moved with the market or the files: time, dividends and earnings of today.
        # What there is to look at may have, too: another saved scenario.
        reading = address.read(thesis, _own_query(), version)
        st.session_state[_SCENARIO], st.session_state[_VIEW] = reading.scenario, reading.view
    st.session_state[_VERSION] = version
    if not known or (query != st.session_state.get(_WRITTEN) and (query or same_page)):
        reading = address.read(thesis, query, version)
        st.session_state[_SCENARIO], st.session_state[_VIEW] = reading.scenario, reading.view
        for problem in reading.problems:
            _add_problem(problem)
    _write()


def _own_query() -> dict[str, str]:
    """The query parameters for thesis, scenario and view."""
    return address.write(st.session_state[_THESIS], scenario(), view())


def settled_query() -> dict[str, str]:
    """The query parameters for thesis and settings as they will be after the next change, but without that change.

    They leave out the view. What depends on all inputs but one thus has the same address before and after that one
    changes.
    """
    return address.link(dossier(), scenario(), View(view().choices))


def link() -> dict[str, str]:
    """The query parameters that another reader needs to see the same, the market price included."""
    return address.link(dossier(), scenario(), view())


def take_problems() -> list[str]:
    """Sentences about the address that the reader has not seen yet. Each is returned once."""
    return cast(list[str], st.session_state.pop(_PROBLEMS, []))


def _choose_thesis() -> str:
    """The thesis in the address, or that of the session, or the default. An unknown name gives a warning."""
    names = address.theses()
    asked_for = st.query_params.get("thesis")
    if asked_for is not None and asked_for not in names:
        _add_problem(f"There is no thesis “{asked_for[:40]}” here; this is “{names[0]}”.")
        asked_for = None
    name = asked_for or st.session_state.get(_THESIS) or names[0]
    if name not in names:
        name = names[0]
    if st.session_state.get(_THESIS) not in (None, name):
        st.session_state.pop(_SCENARIO, None)
    st.session_state[_THESIS] = name
    return name


def tell(sentence: str) -> None:
    """Something that the reader should know on the next page; nothing where the sentence is empty."""
    if sentence:
        _add_problem(sentence)


def _add_problem(problem: str) -> None:
    st.session_state.setdefault(_PROBLEMS, []).append(problem)


def _write() -> None:
    written = _own_query()
    st.session_state[_WRITTEN] = written
    if st.query_params.to_dict() != written:
        st.query_params.from_dict(written)
