"""Shows a known kind of failure as a sentence on the page."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.readouts.blocks import would_stand
from components.widgets.plain import as_text
from data.errors import DataFileError, UnitMismatch, UnknownFigure

_log = logging.getLogger(__name__)


@contextmanager
def readable_failures() -> Iterator[None]:
    """Shows what is wrong in the files, all of it, and what cannot be worked out; the rest goes on to Streamlit."""
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
    except UnknownFigure as missing:
        needed = f"Not known: {missing.what}. This part of the page needs it.{would_stand(missing.where)}"
        st.info(as_text(needed), icon=":material/info:")
    except (ArithmeticError, ValueError, UnitMismatch) as impossible:
        _log.exception("a part of a page cannot be worked out")
        why = as_text(str(impossible))
        st.warning(f"This part cannot be worked out with these settings: {why}.", icon=":material/warning:")
