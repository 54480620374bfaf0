"""A failure that has a name becomes a sentence where the reader is."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.widgets.plain import as_text
from data.errors import DataFileError

_log = logging.getLogger(__name__)


@contextmanager
def readable_failures() -> Iterator[None]:
    """Shows what is wrong in the files, all of it, as text; everything else goes on to Streamlit."""
    try:
        yield
    except DataFileError as error:
        _log.error("data files cannot be used: %s", error)
        said = [as_text(str(problem)) for problem in error.problems]
        if len(said) == 1:
            st.error(f"A data file cannot be used. {said[0]}", icon=":material/description:")
        else:
            items = "".join(f"\n- {each}" for each in said)
            st.error(f"The data files of this thesis cannot be used:\n{items}", icon=":material/description:")
        st.markdown("Correct the file and reload the page. Theses that do not use it are not affected.")
