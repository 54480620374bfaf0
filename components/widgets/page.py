"""What all pages share: the heading, the answer, the reset button, and the note on the market price."""

import streamlit as st

from components.answers.answer import Answer
from components.answers.reference import market_now, moved_since
from components.answers.registry import PAGES
from components.scenario.record import PriceReference
from components.widgets import session
from components.widgets.plain import as_text
from data.errors import UnknownFigure


def heading(name: str) -> None:
    """The page's question, the line that explains it, and warnings about the address."""
    entry = PAGES[name]
    st.header(entry.question, anchor=False)
    st.markdown(entry.line_for(session.dossier()))
    for problem in session.take_problems():
        st.warning(as_text(problem), icon=":material/link_off:")


def answer(name: str) -> Answer | None:
    """The computed page for this reader. Where a figure is missing: None, and a sentence on the page."""
    try:
        return PAGES[name].answer(session.asked())
    except UnknownFigure as missing:
        st.info(f"Not known: {missing.what}. The page needs it.", icon=":material/info:")
        return None


def reset_button() -> None:
    """Returns to the article's values. Always visible, if disabled, so that the page does not jump."""
    st.button(
        "Back to the article’s values",
        key="reset",
        icon=":material/undo:",
        on_click=session.back_to_article,
        disabled=not session.scenario().changed,
    )


def pinned_price() -> None:
    """Where the settings were made at another price than today's: a note, and a button to take over today's."""
    dossier = session.dossier()
    moved, now = moved_since(dossier, session.scenario()), market_now(dossier)
    if not moved or now is None:
        return
    st.caption(moved)
    st.button(
        "Take over the present price",
        icon=":material/update:",
        on_click=session.take_market,
        args=(PriceReference.of(now),),
    )
