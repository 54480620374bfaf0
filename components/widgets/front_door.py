"""What the server needs to know before its first visitor comes."""

import gc
import logging

import streamlit as st
from starlette.routing import Route

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
    return [*assets.routes(), *sweeps.routes(), *document.routes()]
