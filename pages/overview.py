"""Does the thesis hold? The article's case beside what is known now."""

from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from components.widgets import controls, page, session, show

page.heading("overview")
overview = page.answer("overview")

if overview is None:
    st.stop()

controls.choice("moment")
show.readout(overview.lead_readout())
show.chart(overview, overview.price_chart())

st.subheader("The article’s key figures", anchor=False)
show.readout(overview.key_figures())

if analysts := overview.analysts():
    st.subheader("What analysts say", anchor=False)
    show.readout(analysts)

st.subheader("How many of its claims hold", anchor=False)
show.readout(overview.score())
# When this script runs on its own, without app.py, Streamlit knows of no other page to link to.
with suppress(StreamlitPageNotFoundError):
    label = "Every claim, with the sum behind it"
    st.page_link("pages/claims.py", label=label, icon=":material/arrow_forward:", query_params=session.query())

if movers := overview.movers():
    st.subheader("What moves the thesis most", anchor=False)
    show.readout(movers)

if events := overview.events():
    st.subheader("What has happened since", anchor=False)
    show.readout(events)
