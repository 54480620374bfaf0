"""Can it pay for it? The investment plan, the spending so far, and what pays for the rest."""

import streamlit as st

from components.widgets import controls, methods, page, show

page.heading("capex")


@page.calculator
def calculator() -> None:
    """Everything that follows the sliders. Moving a slider reruns only this part of the page."""
    capex = page.answer("capex")
    if capex is None:
        return
    show.lead("capex", capex)
    inputs, outputs = st.columns([5, 8], gap="large")
    with inputs:
        for key in ("capex_pace", "cash_flow_growth", "payouts", "new_money"):
            controls.slider(key)
        page.reset_button()
    with outputs:
        show.chart(capex, capex.plan_chart())
    show.readout(capex.break_even())

    st.subheader("What pays for it", anchor=False)
    show.chart(capex, capex.flows_chart())
    show.note(capex.flows_note())
    show.readout(capex.coverage())
    controls.choice("net_cash_start")
    show.chart(capex, capex.net_cash_chart())
    show.note(capex.net_cash_note())

    st.subheader("What it must earn", anchor=False)
    show.readout(capex.pay_back())
    keys = ("required_return", "payback_margin", "payback_years")
    for place, key in zip(st.columns(3, gap="large"), keys, strict=True):
        with place:
            controls.slider(key)
    show.readout(capex.workings())
    methods.link("investment-plan-and-its-funding")


calculator()
