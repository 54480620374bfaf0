"""Shows a known kind of failure as a sentence on the page."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.widgets.plain import as_text
from data.errors import DataFileError

_log = logging.getLogger(__name__)


@contextmanager
def readable_failures() -> Iterator[None]:
    """Shows a DataFileError as a sentence; any other exception passes on to Streamlit."""
    try:
        yield
    except DataFileError as error:
        _log.error("a data file cannot be used: %s", error)
        st.error(f"A data file cannot be used. {as_text(str(error))}", icon=":material/description:")
        st.markdown("Correct the file and reload the page. The other theses are not affected.")
