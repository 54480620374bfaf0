"""What drives it? What each business brings to growth, and its revenue, growth and margin over time."""

import streamlit as st

from components.widgets import controls, page, show

IN_A_ROW = 4  # businesses beside each other, with the group's quarter as one column more

page.heading("segments")
segments = page.answer("segments")

if segments is None:
    st.stop()

show.lead("segments", segments)
if segments.is_split:
    controls.choices("families")
charts = segments.business_charts()

with st.container(key="panels"):
    beside = charts or segments.latest_charts()
    first, *places = st.columns([1.4, *[1] * min(len(beside), IN_A_ROW)], gap="medium")
    with first:
        if charts or segments.contributions_chart():
            show.chart(segments, segments.contributions_chart() or segments.no_contributions())
        show.chart(segments, segments.profits_chart() or f"The segments’ {segments.profit_words} is not known.")
    for number, chart in enumerate(beside):
        with places[number % IN_A_ROW]:
            show.chart(segments, chart)
if not beside:
    show.info("No business is chosen. Take one above to see it over time.")
show.note(f"{segments.margin_note()} {segments.structures_note()}".strip())
show.readout(segments.table())
