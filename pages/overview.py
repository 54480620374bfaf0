"""Does the thesis hold? The article's case beside what is known now."""

import streamlit as st

from components.widgets import page, show

page.heading("overview", "moment")
overview = page.answer("overview")

if overview is None:
    st.stop()

show.readout(overview.lead_readout())
show.readout(overview.claims())

wide, beside = st.columns([2, 1], gap="medium")
with wide:
    show.chart(overview, overview.price_chart())
    show.readout(overview.key_figures())
with beside:
    if movers := overview.movers():
        st.subheader("What moves the thesis most", anchor=False)
        show.readout(movers)
    if analysts := overview.analysts():
        st.subheader("What analysts say", anchor=False)
        show.readout(analysts)
    if events := overview.events():
        st.subheader("What has happened since", anchor=False)
        show.readout(events)
