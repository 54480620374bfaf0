"""The entry point: the pages, the thesis that is open, and the line below each page. Nothing else.

`streamlit run app.py` loads this file twice: first as a module, for the server and its additional routes, and then
as the script that runs for each reader.
"""

import streamlit as st

from components.widgets import door, freshness, front_door, session
from components.widgets.failures import readable_failures

if __name__ != "__main__":
    front_door.log_to_stderr()
    front_door.use_declared_pages()
    app = st.App(__file__, routes=front_door.routes(), middleware=front_door.middleware())
    front_door.load_ahead()
else:
    page = st.navigation(front_door.pages(), position="top")
    st.set_page_config(
        page_title="Thesis dashboard",
        page_icon="components/widgets/icon.png",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    with readable_failures():
        door.pass_through()
        session.sync_address(page.title)
        freshness.note_shown()
        page.run()
        freshness.freshness_line(session.dossier())
