"""The reader's session: which thesis is open, the market as it stands, the scenario and the view.

The address is where both live. The session keeps the records only to carry them from page to page, because Streamlit
clears the address when a reader follows a page link.
"""

from typing import cast

import streamlit as st

from components.answers import address
from components.answers.answer import Asked
from components.answers.reference import reference_now
from components.answers.upside import start_from as scenario_from
from components.scenario.address import write_reference
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
    """All that is known today about the chosen thesis. Reads what is there; never waits for the market."""
    if _THESIS not in st.session_state:
        sync_address("")  # a page that is run by itself, without the front door
    return address.dossier_of(cast(str, st.session_state[_THESIS]), address.data_version())


def scenario() -> Scenario:
    """What the reader has set."""
    return cast(Scenario, st.session_state[_SCENARIO])


def view() -> View:
    """What the reader looks at."""
    return cast(View, st.session_state[_VIEW])


def asked() -> Asked:
    """What an answer rests on, for this reader at this moment."""
    return Asked(dossier(), scenario(), view())


def number_input(key: str) -> NumberInput:
    """The description of a number that the reader may set."""
    each = scenario().inputs[key]
    assert isinstance(each, NumberInput)
    return each


def choice_input(key: str) -> ChoiceInput:
    """The description of a choice, be it part of the scenario or of the view."""
    each = view().choices.get(key) or scenario().inputs[key]
    assert isinstance(each, ChoiceInput)
    return each


def chosen(key: str) -> tuple[str, ...]:
    """The chosen options of such a choice."""
    return view().all(key) if key in view().choices else (scenario().choice(key),)


# --- What the reader does -----------------------------------------------------------------------------------------


def change(key: str, value: Value) -> None:
    """Sets one input, or one choice of the view, and the address with it."""
    if key in view().choices:
        st.session_state[_VIEW] = view().set(key, cast(tuple[str, ...], value))
    else:
        st.session_state[_SCENARIO] = scenario().set(key, value, reference_now(dossier()))
    _write()


def start_from(choice: str) -> None:
    """Changes the price that returns start from, and the earnings with it."""
    st.session_state[_SCENARIO] = scenario_from(dossier(), scenario(), choice)
    _write()


def take_market(market: PriceReference) -> None:
    """Sets the reader's settings against today's market price."""
    st.session_state[_SCENARIO] = scenario().against(market)
    _write()


def back_to_article() -> None:
    """Drops all that the reader set; what he looks at stays."""
    st.session_state[_SCENARIO] = Scenario.of_article(scenario().inputs)
    _write()


# --- The address --------------------------------------------------------------------------------------------------


def sync_address(page: str) -> None:
    """Once per run: takes scenario and view over from the address, or writes them there after a change of page."""
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
    """Thesis, scenario and view as an address carries them."""
    return address.write(st.session_state[_THESIS], scenario(), view())


def settled_query() -> dict[str, str]:
    """The address as it will be after the next change, but for that change: with the market price that settings are
    made against, and without the view. What depends on everything but one input is then known by the same address
    before and after."""
    settings = address.write(st.session_state[_THESIS], scenario(), View(view().choices))
    reference = scenario().reference or reference_now(dossier())
    thesis = {"thesis": cast(str, st.session_state[_THESIS])}
    return thesis | settings | (write_reference(reference) if reference else {})


def take_problems() -> list[str]:
    """Sentences about the address that the reader has not seen yet."""
    return cast(list[str], st.session_state.pop(_PROBLEMS, []))


def _choose_thesis() -> str:
    """The thesis of the address, else of the session, else the first. An unknown name is said on the page."""
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
