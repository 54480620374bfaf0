"""Does the thesis hold? The article's case beside what is known now."""

import streamlit as st

from components.answers.overview import claims_alone
from components.widgets import page, session, show

page.heading("overview", "moment")
overview = page.answer("overview")

if overview is None:  # no price: what is known of the claims stands all the same
    alone = claims_alone(session.asked())
    show.readout(alone.claims())
    show.readout(alone.key_figures())
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
