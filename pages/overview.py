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
    if apart := overview.differences():
        show.readout(apart)
with beside:
    for readout in (overview.movers(), overview.analysts(), overview.events()):
        if readout:
            show.readout(readout)
