"""The reader's session: the open thesis, the scenario and the view.

Scenario and view are stored in the address. The session only carries them from page to page, because Streamlit clears
the address when a reader follows a page link.
"""

from typing import cast

import streamlit as st

from components.answers import address
from components.answers.answer import Asked
from components.answers.reference import reference_now
from components.answers.registry import inputs_of
from components.answers.upside import start_from as scenario_from
from components.scenario.address import write_reference
from components.scenario.inputs.claims import ALL
from components.scenario.record import PriceReference, Scenario, View
from components.scenario.types import ChoiceInput, NumberInput, Value
from data.dossier import Dossier

_SCENARIO, _VIEW, _WRITTEN, _PAGE, _PROBLEMS, _THESIS = (
    "_scenario",
    "_view",
    "_written",
    "_page",
    "_problems",
    "_thesis",
)


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
    return Asked(dossier(), scenario(), view())


def number_input(key: str) -> NumberInput:
    """The description of a number input. Raises KeyError where the thesis does not have it."""
    each = scenario().inputs[key]
    assert isinstance(each, NumberInput)
    return each


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


def start_from(choice: str) -> None:
    """Changes the price that returns start from, and the earnings that belong to it."""
    st.session_state[_SCENARIO] = scenario_from(dossier(), scenario(), inputs_of(dossier(), choice), choice)
    _write()


def take_market(market: PriceReference) -> None:
    """Makes `market` the market price that the reader's settings refer to."""
    st.session_state[_SCENARIO] = scenario().against(market)
    _write()


def back_to_article() -> None:
    """Resets all settings to the article's values. The view stays as it is."""
    st.session_state[_SCENARIO] = Scenario.of_article(inputs_of(dossier()))
    _write()


def open_claim(claim: str) -> None:
    """Opens one claim beside the list; nothing where the thesis does not have it."""
    if claim in choice_input("claim").options:
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
    known = _SCENARIO in st.session_state
    if not known or (query != st.session_state.get(_WRITTEN) and (query or same_page)):
        reading = address.read(thesis, query, address.data_version())
        st.session_state[_SCENARIO], st.session_state[_VIEW] = reading.scenario, reading.view
        for problem in reading.problems:
            _add_problem(problem)
    _write()


def query() -> dict[str, str]:
    """The query parameters for thesis, scenario and view."""
    return address.write(st.session_state[_THESIS], scenario(), view())


def settled_query() -> dict[str, str]:
    """The query parameters for thesis and settings as they will be after the next change, but without that change.

    They include the market price that the settings refer to, which the first change adds, and leave out the view. What
    depends on all inputs but one thus has the same address before and after that one changes.
    """
    settings = address.write(st.session_state[_THESIS], scenario(), View(view().choices))
    reference = scenario().reference or reference_now(dossier())
    thesis = {"thesis": cast(str, st.session_state[_THESIS])}
    return thesis | settings | (write_reference(reference) if reference else {})


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


def _add_problem(problem: str) -> None:
    st.session_state.setdefault(_PROBLEMS, []).append(problem)


def _write() -> None:
    written = query()
    st.session_state[_WRITTEN] = written
    if st.query_params.to_dict() != written:
        st.query_params.from_dict(written)
