"""What all pages share: the heading, the answer, the reset button, and the note on the market price."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from components.answers.answer import Answer
from components.answers.reference import market_now, moved_since
from components.answers.registry import PAGES, work_out
from components.readouts.freshness import about
from components.scenario.inputs.beginning import TWELVE
from components.scenario.record import PriceReference
from components.widgets import controls, session, show
from components.widgets.failures import readable_failures
from components.widgets.plain import as_text
from data.errors import UnknownFigure


def heading(name: str, choice: str | None = None) -> None:
    """The page's question, the article it is asked of, a choice that changes the whole page, and warnings.

    What the page is about waits behind the question's mark. The warnings are about the address.
    """
    entry, dossier = PAGES[name], session.dossier()
    with st.container(horizontal=True, vertical_alignment="center", key="page-head"):
        st.header(entry.question, anchor=False, help=as_text(entry.line_for(dossier)), width="content")
        st.caption(as_text(about(dossier)), width="content")
        if choice is not None:
            controls.choice(choice, is_named=False)
    for problem in session.take_problems():
        st.warning(as_text(problem), icon=":material/link_off:")


def answer(name: str) -> Answer | None:
    """The computed page for this reader. Where a figure is missing: None, and a sentence on the page."""
    try:
        return work_out(name, session.asked())
    except UnknownFigure as missing:
        show.info(f"Not known: {missing.what}. The page needs it.")
        return None


def calculator(draw: Callable[[], None]) -> Callable[[], None]:
    """A part of a page that follows its sliders: a move reruns it alone, and a failure in it is a sentence there."""

    @st.fragment
    @wraps(draw)
    def drawn() -> None:
        with readable_failures():
            draw()

    return drawn


def reset_button() -> None:
    """Returns to the article's values. Always visible, if disabled, so that the page does not jump."""
    st.button(
        "Back to the article’s values",
        key="reset",
        icon=":material/undo:",
        on_click=session.back_to_article,
        disabled=not session.scenario().changed,
    )


def twelve_months() -> None:
    """Returns to twelve months from today, where the article's own are shorter."""
    st.button(
        "Twelve months from today",
        key="twelve",
        icon=":material/date_range:",
        on_click=session.change,
        args=("months", TWELVE),
    )


def pinned_price() -> None:
    """Where the settings were made at another price than today's: a note, and a button to take over today's."""
    dossier = session.dossier()
    moved, now = moved_since(dossier, session.scenario()), market_now(dossier)
    if not moved or now is None:
        return
    show.note(moved)
    st.button(
        "Take over the present price",
        icon=":material/update:",
        on_click=session.take_market,
        args=(PriceReference.of(now),),
    )
