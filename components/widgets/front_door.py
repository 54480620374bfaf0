"""What the server sets up before its first visitor: pages, routes, and modules loaded in advance."""

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

    Until a first call of `st.navigation`, Streamlit treats a `pages/` folder as an older kind of multi-page app. On a
    fresh server, the first visitor who opens a page by its own address would get it without `app.py` around it. This
    call outside a session is harmless, and the warning that it causes is switched off.
    """
    log = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    log.disabled = True
    try:
        st.navigation([st.Page(lambda: None, title="none")])
    finally:
        log.disabled = False


def load_ahead() -> None:
    """Loads what the first visitor would otherwise wait for, and excludes it from garbage collection.

    These objects stay for good, and scanning them would delay every answer at that moment by more than 100 ms.
    """
    market_service()
    gc.collect()
    gc.freeze()


def routes() -> list[Route]:
    """The server's routes besides Streamlit's."""
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
    # Without a slider of the page, there is nothing to compute.
    return PAGES[page].answer(asked).model if set(keys) & set(PAGES[page].sliders(asked.scenario)) else None


def _first_words(page: str, query: Mapping[str, str], version: DataVersion) -> document.FirstWords:
    entry, asked = PAGES[page], asked_at(query, version)
    return document.FirstWords(
        about(asked.dossier), entry.question, entry.line_for(asked.dossier), entry.answer(asked).lead
    )
