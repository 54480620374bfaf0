"""The menu at the top of each page: what can be taken away, and the way back to the article's values."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.calculators.audit.audit import Finding, audit
from components.export.audit import as_csv, as_workbook
from components.widgets import session
from data import clock
from data.dossier import Dossier

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def menu(dossier: Dossier, page: str) -> None:
    """The downloads, each built only when the reader asks for it, and the reset of all pages."""
    name = f"{dossier.symbol.lower()}-claims-{clock.today().isoformat()}"
    with st.popover("Export", icon=":material/download:"):
        _download("All claims as CSV", as_csv, f"{name}.csv", "text/csv", dossier)
        _download("All claims as a workbook, with inputs", as_workbook, f"{name}.xlsx", WORKBOOK, dossier)
        st.caption("Each chart has its own picture and figures: PNG and CSV below it.")
        st.button(
            "All pages back to the article’s values",
            key="reset-all",
            icon=":material/undo:",
            on_click=session.back_to_article,
            help="Sets back everything that you moved, on every page.",
        )


def _download(
    label: str, build: Callable[[Sequence[Finding]], bytes | str], file_name: str, kind: str, dossier: Dossier
) -> None:
    st.download_button(
        label, lambda: build(audit(dossier)), file_name, kind, icon=":material/download:", on_click="ignore"
    )
