"""Downloads, built only when the reader asks for one."""

from functools import partial

import streamlit as st

from components.answers.address import today
from components.answers.claims import ClaimsAnswer
from components.export.audit import as_csv, as_workbook

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def audit(answer: ClaimsAnswer) -> None:
    """Download buttons for the whole audit, as CSV and as a workbook."""
    name = f"{answer.dossier.symbol.lower()}-claims-{today().isoformat()}"
    files = (
        ("All claims as CSV", as_csv, f"{name}.csv", "text/csv"),
        ("Workbook with inputs", as_workbook, f"{name}.xlsx", WORKBOOK),
    )
    for place, (label, build, file_name, kind) in zip(st.columns([1, 1, 3]), files, strict=False):
        place.download_button(
            label,
            partial(build, answer.findings),
            file_name,
            kind,
            icon=":material/download:",
            on_click="ignore",
        )
