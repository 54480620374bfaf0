"""What drives it? Revenue, growth and margin by segment and quarter."""

import streamlit as st

from components.widgets import controls, page, segments, session

page.heading("segments")

dossier = session.dossier()
if not dossier.segments():
    st.info("No segments are stored for this company.", icon=":material/info:")
    st.stop()

view = segments.open_page(dossier, controls.choices("families"))
segments.show_lead(view)
segments.show_growth(view)
segments.show_margin(view)
segments.show_revenue(view)
segments.show_structures(view)
segments.show_mix(view)
st.subheader("All figures", anchor=False)
segments.show_table(view)
