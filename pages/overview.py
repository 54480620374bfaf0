"""Does the thesis hold? The article's case beside what is known now."""

import streamlit as st

from components.widgets import controls, overview, page, session

dossier = session.dossier()
page.heading("overview")

if not overview.price_is_known(dossier):
    st.stop()

view = overview.open_page(dossier, controls.choice("moment"))
overview.show_lead(view)
overview.show_price(view)
st.subheader("The article’s key figures", anchor=False)
overview.show_key_figures(view)
overview.show_analysts(view)
overview.show_score(view)
overview.show_events(view)
