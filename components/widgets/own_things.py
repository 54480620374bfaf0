"""What is the reader's own, below the scenarios: his notes, and everything of his as one file."""

import streamlit as st

from components import formats
from components.answers import address
from components.export.everything import bring_in, mine, packed, unpacked
from components.readouts import blocks
from components.readouts.blocks import Readout
from components.readouts.naming import file_name
from components.widgets import keeping, session, show
from data import clock
from data.dossier import Dossier
from data.errors import DataFileError
from data.notes import own_notes
from data.own_records import NotKept

_TAKEN = "_everything_taken"


def notes(dossier: Dossier) -> None:
    """All notes on the open thesis, which can be searched and saved."""
    found = list(own_notes().of(dossier.name, session.owner()).values())
    if problem := own_notes().problem:
        show.warning(problem)
    if not found:
        show.note("Your notes: none yet. A note can be written on each claim, and under “More” below each chart.")
        return
    rows = [
        {"cells": [
            {**blocks.cell(note.title), "order": note.title},
            {**blocks.cell(note.text), "order": note.text},
            {**blocks.cell(formats.day(note.changed.date())), "order": note.changed.isoformat()},
        ], "strong": False, "help": ""}
        for note in found
    ]  # fmt: skip
    columns = [{**blocks.column(name), "sorts": True} for name in ("On", "Note", "Written")]
    table = {**blocks.table(columns, rows, fit="sheet"), "file": file_name(dossier, "notes", clock.today())}
    show.readout(Readout("notes", [blocks.panel([blocks.heading("Your notes"), table])]))


def everything() -> None:
    """All theses, scenarios and notes as one file, and such a file brought in."""
    with st.expander("Everything of yours, as one file"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            owner = session.owner()
            st.download_button(
                "Download", lambda: packed(mine(owner)), f"thesis-dashboard-{clock.today().isoformat()}-everything.zip",
                "application/zip", icon=":material/download:", on_click="ignore", key="everything",
            )  # fmt: skip
            st.caption("Your own articles, scenarios and notes; plain text inside.", width="content")
        given = st.file_uploader("Bring such a file in", type=["zip"], key="everything-in", max_upload_size=20)
        if given is not None and st.session_state.get(_TAKEN) != given.file_id:
            st.session_state[_TAKEN] = given.file_id
            _take(given.getvalue())


def _take(content: bytes) -> None:
    try:
        keeping.say(bring_in(unpacked(content), address.library(), session.owner()))
    except NotKept as wrong:
        keeping.say(str(wrong))
    except DataFileError as wrong:
        for problem in wrong.problems:
            keeping.say(str(problem))
    st.rerun()
