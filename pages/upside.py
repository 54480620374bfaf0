"""What is the upside? The return to each price target, from a starting price that the reader chooses."""

import streamlit as st

from components.widgets import controls, methods, page, session, show

page.heading("upside")


@page.calculator
def calculator() -> None:
    """Everything that follows the sliders. Moving a slider reruns only this part of the page."""
    upside = page.answer("upside")
    if upside is None:
        return
    show.lead("upside", upside)

    inputs, outputs = st.columns([5, 8], gap="large")
    with inputs:
        controls.choice("start", session.start_from)
        if upside.scenario.choice("start") == "own":
            controls.number("own_price")
        show.readout(upside.start_readout())
        page.pinned_price()
        show.note(upside.start_note())
        if upside.is_shortened():
            page.twelve_months()
        for key in ("bear_target", "base_target", "bull_target"):
            controls.slider(key)
        page.reset_button()
        for remark in upside.remarks():
            show.info(remark)
    with outputs:
        show.chart(upside, upside.cases_chart())

    st.subheader("Time, dividends, probabilities and earnings", anchor=False)
    groups = [
        ("months", "dividend", "interest"),
        ("bear_probability", "base_probability", "bull_probability"),
        ("eps_trailing", "eps_forward"),
    ]
    for place, keys in zip(st.columns(3, gap="large"), groups, strict=True):
        with place:
            for key in keys:
                if upside.scenario.has(key):
                    controls.slider(key)
    show.readout(upside.table())
    controls.number("position")

    st.subheader(upside.odds_title(), anchor=False)
    show.readout(upside.odds(), "Odds need a price history, and too little of it is known.")
    show.chart(upside, upside.paths_chart())
    no_earnings = "No earnings per share are known for this thesis, so implied multiples are not shown."
    show.chart(upside, upside.grid_chart() or no_earnings)
    show.readout(upside.workings())
    methods.link("upside-and-cases")


calculator()
