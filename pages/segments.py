"""What drives it? Revenue, growth and margin by segment and quarter."""

import streamlit as st

from components.widgets import controls, page, show

page.heading("segments")
segments = page.answer("segments")

if segments is None:
    st.stop()

controls.choices("families")
show.lead("segments", segments)
show.chart(segments, segments.growth_chart())
show.chart(segments, segments.margin_chart())
show.note(segments.margin_note())
show.chart(segments, segments.revenue_chart())
show.note(segments.structures_note())
show.chart(segments, segments.mix_chart())

st.subheader("All figures", anchor=False)
show.readout(segments.table())
