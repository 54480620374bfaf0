"""What is it worth? The sum of the parts, the comparison with peers, and the growth that the price implies."""

import streamlit as st

from components.answers.sensitivity import Sensitivity
from components.answers.valuation import ValuationAnswer
from components.answers.whole import WholeAnswer
from components.widgets import controls, methods, page, show

NO_OWN = "The share’s own P/E needs earnings per share, and they are not known."
NO_EARNINGS = "The model needs trailing earnings per share, and they are not known."

page.heading("valuation")


@page.calculator
def calculator() -> None:
    """Everything that follows the sliders. Moving a slider reruns only this part of the page."""
    valuation = page.answer("valuation")
    if valuation is None:
        return
    show.lead("valuation", valuation)
    if isinstance(valuation, WholeAnswer):
        of_the_whole(valuation)
        return
    for doubt in valuation.doubts():
        show.warning(doubt)
    inputs, outputs = st.columns(page.INPUTS_BESIDE, gap="medium")
    with inputs:
        show.panel("valuation", valuation.groups())
        with st.container(horizontal=True, gap="small"):
            controls.choice("basis")
            if valuation.scenario.has("stake_at"):
                controls.select("stake_at")
        if valuation.scenario.has("net_cash_start"):
            controls.choice("net_cash_start")
        if valuation.scenario.has("cash_steps"):
            controls.choices("cash_steps")
        page.pinned_price()
        page.reset_button("valuation")
    with outputs, st.container(key="pair"):
        parts, checks = st.columns([13, 5], gap="medium")
        with parts:
            show.chart(valuation, valuation.parts_chart())
        with checks:
            show.readout(valuation.checks())

    with st.container(key="panels"):
        beside, implied, moving = st.columns(3, gap="medium")
    with beside:
        peers(valuation)
    with implied:
        show.chart(valuation, valuation.growth_chart() or page.lacks(NO_EARNINGS, "diluted_eps"))
        show.panel("model", valuation.model_groups())
    with moving:
        what_moves(valuation, valuation.sensitivity())
    show.readout(valuation.own_multiples(), page.lacks(NO_OWN, "diluted_eps"))
    show.readout(valuation.multiples_readout())
    show.readout(valuation.workings())
    methods.link("sum-of-the-parts")
    show.readout(valuation.strip())


def of_the_whole(valuation: WholeAnswer) -> None:
    """Where the thesis values no parts: the growth model, multiples of the whole, and the peers."""
    inputs, outputs = st.columns(page.INPUTS_BESIDE, gap="medium")
    with inputs:
        show.panel("model", valuation.model_groups())
        show.note(valuation.overtaken)
        page.pinned_price()
        page.reset_button("valuation")
    with outputs, st.container(key="pair"):
        implied, beside = st.columns(2, gap="medium")
        with implied:
            show.chart(valuation, valuation.growth_chart() or page.lacks(NO_EARNINGS, "diluted_eps"))
        with beside:
            peers(valuation)
    no_multiple = "No multiple of the whole can be told: shares or measures are not known."
    show.readout(valuation.whole(), page.lacks(no_multiple, "diluted_shares", "revenue", "free_cash_flow"))
    show.readout(valuation.own_multiples(), page.lacks(NO_OWN, "diluted_eps"))
    show.readout(valuation.multiples_readout())
    methods.link("growth-model")
    show.readout(valuation.strip())


def peers(valuation: ValuationAnswer | WholeAnswer) -> None:
    """The share beside its peers, and what a share of their P/E would be worth."""
    no_date = "There is no date at which the P/E of the share and of all its peers is known by one definition."
    if not valuation.dossier.thesis.article.peer:
        no_date = (
            "No peer is named to compare the share with: choose some on the page “Your article”, or write "
            "[[article.peer]] with symbol and name in the thesis’s file."
        )
    else:
        no_date = valuation.no_comparison(no_date)
    show.chart(valuation, valuation.multiples_chart() or no_date)
    rerating = valuation.rerating()
    if rerating is None:
        show.note("A re-rating needs a comparison that no release has overtaken, and the share’s own earnings.")
    else:
        show.panel("peers", valuation.peer_groups(), columns=1)
        show.readout(rerating)


def what_moves(valuation: ValuationAnswer, sensitivity: Sensitivity) -> None:
    """How the sum of the parts reacts to its inputs: one at a time, all at once, two on a grid."""
    tornado, spread, grid = st.tabs(["What moves it", "Simulations", "Two inputs at once"])
    with tornado:
        show.chart(valuation, sensitivity.tornado_chart())
    with spread:
        show.chart(valuation, sensitivity.histogram_chart())
    with grid:
        with st.container(horizontal=True):
            controls.select("grid_across")
            controls.select("grid_down")
        show.chart(valuation, sensitivity.grid_chart() or "Choose two different inputs for the grid.")
    show.panel("swing", valuation.swing_groups(), columns=1)


calculator()
