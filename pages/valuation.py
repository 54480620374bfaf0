"""What is it worth? The sum of the parts, the comparison with peers, and the growth that the price implies."""

import streamlit as st

from components.answers.valuation import multiple_keys
from components.scenario.inputs.valuation import MODEL
from components.widgets import controls, methods, page, show

page.heading("valuation")


@page.calculator
def calculator() -> None:
    """Everything that follows the sliders. Moving a slider reruns only this part of the page."""
    valuation = page.answer("valuation")
    if valuation is None:
        return
    show.lead("valuation", valuation)
    for doubt in valuation.doubts():
        show.warning(doubt)
    inputs, outputs = st.columns([5, 8], gap="large")
    with inputs:
        show.readout(valuation.price_readout())
        page.pinned_price()
        controls.choice("basis")
        for key in (*multiple_keys(valuation.scenario), "loss_years", "holding_discount"):
            if valuation.scenario.has(key):
                controls.slider(key)
        page.reset_button()
    with outputs:
        show.chart(valuation, valuation.parts_chart())
        show.readout(valuation.checks())
        if valuation.scenario.has("net_cash_start"):
            controls.choice("net_cash_start")
        if valuation.scenario.has("cash_steps"):
            controls.choices("cash_steps")
        if valuation.scenario.has("stake_at"):
            controls.select("stake_at")
        show.note(valuation.parts_note())
        enterprise = valuation.enterprise()
        if isinstance(enterprise, str):
            show.note(enterprise)
        else:
            show.readout(enterprise)

    st.subheader("Beside its peers", anchor=False)
    show.readout(valuation.own_multiples(), "The share’s own P/E needs earnings per share, and they are not known.")
    no_date = "There is no date at which the P/E of the share and of all its peers is known by one definition."
    show.chart(valuation, valuation.multiples_chart() or no_date)
    show.readout(valuation.multiples_readout())
    rerating = valuation.rerating()
    if rerating is None:
        show.note("A re-rating needs a comparison that no release has overtaken, and the share’s own earnings.")
    else:
        show.readout(rerating)
        with st.columns([1, 1])[0]:
            controls.slider("peer_share")

    st.subheader("The growth that the price implies", anchor=False)
    growth = valuation.growth()
    show.readout(growth, "The model needs trailing earnings per share, and they are not known.")
    if growth is not None:
        show.note(valuation.growth_note())
    for place, key in zip(st.columns(len(MODEL), gap="medium"), MODEL, strict=True):
        with place:
            controls.slider(key)

    st.subheader("What moves the sum of the parts", anchor=False)
    with st.columns([1, 1])[0]:
        controls.slider("swing")
    sensitivity = valuation.sensitivity()
    show.chart(valuation, sensitivity.tornado_chart())
    show.chart(valuation, sensitivity.histogram_chart())
    for place, key in zip(st.columns(2, gap="large"), ("grid_across", "grid_down"), strict=True):
        with place:
            controls.select(key)
    show.chart(valuation, sensitivity.grid_chart() or "Choose two different inputs for the grid.")
    show.readout(valuation.workings())
    methods.link("sum-of-the-parts")


calculator()
