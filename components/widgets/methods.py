"""The page of methods: `docs/methods.md` as it stands. It is in no menu; the workings of each page lead to it."""

from pathlib import Path

import streamlit as st

FILE = Path(__file__).parents[2] / "docs" / "methods.md"
PATH = "methods"


def page() -> None:
    """Shows the document. It is the project's own text, so its Markdown is meant."""
    st.markdown(FILE.read_text(encoding="utf-8"))


def link(section: str) -> None:
    """A small link to a section of the methods, by the heading's own anchor."""
    st.markdown(f":small[[Formulas, conventions and sources]({PATH}#{section})]")
