"""What every page begins and ends with."""

import streamlit as st

from components.readouts.headings import HEADINGS
from components.widgets import session
from components.widgets.plain import as_text


def heading(name: str) -> None:
    """The page's question, one line that explains it, and anything that is wrong with the address."""
    words = HEADINGS[name]
    st.header(words.question, anchor=False)
    st.markdown(words.line.format(case=session.dossier().thesis.article.sentence))
    for problem in session.take_problems():
        st.warning(as_text(problem), icon=":material/link_off:")


def reset_button() -> None:
    """One step back to the article's values; shown at all times, so that nothing moves when it becomes of use."""
    st.button(
        "Back to the article’s values",
        key="reset",
        icon=":material/undo:",
        on_click=session.back_to_article,
        disabled=not session.scenario().changed,
    )
