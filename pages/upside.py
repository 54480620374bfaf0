"""What is the upside? The return to each price target, from today's price or another that the reader chooses."""

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
    inputs, outputs = st.columns(page.INPUTS_BESIDE, gap="medium")
    with inputs:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            controls.choice("start", session.start_from, is_named=False)
            if upside.scenario.choice("start") == "own":
                show.panel("own", upside.own_price(), columns=1)
            elif upside.scenario.choice("start") == "published":
                show.readout(upside.start_readout())
        show.panel("upside", upside.groups())
        page.reset_button("upside")
        page.pinned_price()
        show.note(upside.start_note())
        if upside.is_shortened():
            page.twelve_months()
        for remark in upside.remarks():
            show.info(remark)
        show.readout(upside.odds(), "Odds need a price history, and too little of it is known.")
    with outputs:
        show.chart(upside, upside.cases_chart())
        with st.container(key="pair"):
            table, pictures = st.columns(2, gap="medium")
        with table:
            show.readout(upside.table())
        with pictures:
            paths, grid = st.tabs(["Price path", "P/E and earnings"])
            with paths:
                show.chart(upside, upside.paths_chart())
            with grid:
                no_earnings = "No earnings per share are known for this thesis, so implied multiples are not shown."
                show.chart(upside, upside.grid_chart() or page.lacks(no_earnings, "diluted_eps"))
    show.readout(upside.workings())
    methods.link("upside-and-cases")
    show.readout(upside.strip())


calculator()
