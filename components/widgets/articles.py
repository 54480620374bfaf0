"""The page of all articles. It is no page of one thesis, so the registry does not hold it."""

import streamlit as st

from components.answers.address import data_version
from components.answers.reference import market_now
from components.answers.shelf import shelf
from components.readouts import shelf as texts
from components.readouts.blocks import Readout
from components.readouts.freshness import about
from components.readouts.head import head
from components.web.served.paths import public_url
from components.widgets import session, show

PATH, TITLE, QUESTION = "articles", "Articles", "Which articles are here?"
_OPENED = "article_opened"


def page() -> None:
    """Lists the articles; one that is opened is shown on the overview."""
    if st.session_state.pop(_OPENED, False):
        st.switch_page("pages/overview.py")
    st.set_page_config(page_title=f"{TITLE} · Thesis dashboard")
    dossier = session.dossier()
    line = "Every article that is here. Prices are the last known; claims are judged as published and today."
    block = head(
        QUESTION, line, about(dossier), market_now(dossier), dossier.symbol, dossier.day,
        session.link(), False, public_url(),
    )  # fmt: skip
    with st.container(key="page-head"):
        show.readout(Readout("head", [block]))
    show.readout(texts.table(shelf(data_version())), on_open=_open)
    show.note("A further one: paste its text on the page “Your article”, or write its file by docs/write-a-thesis.md.")


def _open(name: object) -> None:
    """Opens an article; nothing where its files are gone by now."""
    if isinstance(name, str) and name in session.theses():
        session.open_thesis(name)
        st.session_state[_OPENED] = True
