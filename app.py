"""The front door: the pages, the thesis, how fresh the market figures are. Nothing else.

`streamlit run app.py` reads this file in two ways: once as a module, for the server with its added routes, and then
as the script that runs for each reader.
"""

import streamlit as st

from components.widgets import freshness, session
from components.widgets.failures import readable_failures
from components.widgets.live.assets import routes

PAGES = [
    st.Page("pages/overview.py", title="Overview", default=True),
    st.Page("pages/upside.py", title="Upside"),
    st.Page("pages/segments.py", title="Segments"),
]

# Also as a module: before its first call Streamlit would take pages/ for the pages of an older kind of app, and the
# first visitor of a fresh server who comes in by a page's own address would get that page without this front door.
page = st.navigation(PAGES, position="top")

if __name__ != "__main__":
    app = st.App(__file__, routes=routes())
else:
    st.set_page_config(page_title="Thesis dashboard", page_icon="components/widgets/icon.png", layout="wide")
    with readable_failures():
        session.sync_address(page.title)
        freshness.article_line()
        page.run()
        freshness.freshness_line(session.dossier())
