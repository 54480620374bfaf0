"""What the server needs to know before its first visitor comes."""

import gc
import logging
from collections.abc import Mapping

import streamlit as st
from starlette.routing import Route
from streamlit.navigation.page import StreamlitPage

from components.answers.address import DataVersion, asked_at, data_version
from components.answers.registry import PAGES, START
from components.readouts.freshness import about
from components.scenario.sweep import SweepModel
from components.web.served import assets, document, sweeps
from data.market.service import market_service


def use_declared_pages() -> None:
    """Tells Streamlit that `app.py` declares the pages.

    Until it has seen a first call of `st.navigation`, Streamlit takes a `pages/` folder for the pages of an older kind
    of app: the first visitor of a fresh server who comes in by a page's own address would get that page without its
    front door. The call outside a session is harmless, but warns; that warning says nothing here.
    """
    log = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    log.disabled = True
    try:
        st.navigation([st.Page(lambda: None, title="none")])
    finally:
        log.disabled = False


def load_ahead() -> None:
    """Loads what the first visitor would wait for, and takes it out of Python's collections of garbage.

    It stays for good, and to look through it holds up every answer of that moment by more than 100 ms.
    """
    market_service()
    gc.collect()
    gc.freeze()


def routes() -> list[Route]:
    """What the server answers besides Streamlit."""
    paths = {name: "/" if name == START else f"/{name}" for name in PAGES}
    return [
        *assets.routes(),
        *sweeps.routes(_model_at, data_version),
        *document.routes(paths, _first_words, data_version),
    ]


def pages() -> list[StreamlitPage]:
    """The pages for Streamlit's navigation, in the registry's order."""
    return [st.Page(f"pages/{each.name}.py", title=each.title, default=each.name == START) for each in PAGES.values()]


def _model_at(page: str, keys: tuple[str, ...], query: Mapping[str, str], version: DataVersion) -> SweepModel | None:
    if page not in PAGES:
        return None
    asked = asked_at(query, version)
    # Nothing is worked out for a question that has no answer.
    return PAGES[page].answer(asked).model if set(keys) & set(PAGES[page].sliders(asked.scenario)) else None


def _first_words(page: str, query: Mapping[str, str], version: DataVersion) -> document.FirstWords:
    entry, asked = PAGES[page], asked_at(query, version)
    return document.FirstWords(
        about(asked.dossier), entry.question, entry.line_for(asked.dossier), entry.answer(asked).lead
    )
