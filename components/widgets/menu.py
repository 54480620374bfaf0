"""The menu at the top of each page: what can be taken away or saved, and the way back to the article's values."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from components.answers import address
from components.answers.answer import Asked
from components.export import files
from components.export.files import Taken
from components.web.served.paths import CHARTS, public_url
from components.web.served.paths import address as path_of
from components.widgets import door, keeping, session, show
from data.dossier import Dossier
from data.notes import own_notes


def menu(dossier: Dossier, page: str, saves: bool = True) -> None:
    """The downloads, each built only when the reader asks for it, and the reset of all pages.

    Where the page has a button of its own for it, nothing `saves` the settings here.
    """
    asked, version = session.asked(), address.data_version()
    notes = list(own_notes().of(dossier.name, asked.owner).values())
    # Opened, the menu is drawn anew: it has to know the settings that a part of the page has changed meanwhile.
    with st.popover("Save" if saves else "Export", icon=":material/download:", key="menu", on_change="rerun"):
        if saves:
            keeping.form(asked, page)
        with st.container(horizontal=True, gap="small"):
            _download(files.report(asked, version, notes, _link(page, session.link())))
            _download(files.workbook(asked, version, notes))
            _download(files.claims(asked, version))
        show.all_charts(_charts(asked, page))
        st.caption("Each chart has its own picture and figures below it.")
        st.button(
            "All pages back to the article’s values",
            key="reset-all",
            icon=":material/undo:",
            on_click=session.back_to_article,
            help="Sets back everything that you moved, on every page.",
        )
        door.leave()


def _download(taken: Taken) -> None:
    st.download_button(
        taken.label, taken.build, taken.name, taken.kind, icon=":material/download:", on_click="ignore",
        key=f"take-{taken.label}", help=_HELP.get(taken.label),
    )  # fmt: skip


_HELP = {
    "Report": "One HTML file that opens anywhere, and prints on two to four sheets of A4.",
    "Workbook": "An Excel file whose results follow when you change a number in it.",
    "Claims as CSV": "One row a claim, with both verdicts.",
}


def _link(page: str, query: Mapping[str, str]) -> str:
    """The address of a page for readers elsewhere; empty where none is configured."""
    return f"{base}/{page}?{urlencode(query)}" if (base := public_url()) else ""


def _charts(asked: Asked, page: str) -> dict[str, str]:
    """Where the browser finds the charts of this page, and of all pages."""
    query = urlencode(address.link(asked.dossier, asked.scenario, asked.view))
    return {"page": f"{path_of(CHARTS)}/{page}?{query}", "all": f"{path_of(CHARTS)}/all?{query}"}
