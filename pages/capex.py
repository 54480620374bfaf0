"""Can it pay for it? The investment plan, the spending so far, and what pays for the rest."""

import streamlit as st

from components.answers.spending import SpendingAnswer
from components.widgets import controls, methods, page, show

page.heading("capex")


@page.calculator
def calculator() -> None:
    """Everything that follows the sliders. Moving a slider reruns only this part of the page."""
    capex = page.answer("capex")
    if capex is None:
        return
    show.lead("capex", capex)
    if isinstance(capex, SpendingAnswer):
        as_reported(capex)
        return
    inputs, outputs = st.columns(page.INPUTS_BESIDE, gap="medium")
    with inputs:
        show.panel("capex", capex.groups())
        page.reset_button("capex")
        show.readout(capex.given())
    with outputs, st.container(key="pair"):
        plan, coverage = st.columns([6, 5], gap="medium")
        with plan:
            show.chart(capex, capex.plan_chart())
        with coverage:
            show.chart(capex, capex.coverage_chart())

    with st.container(key="panels"):
        flows, cash, earning = st.columns(3, gap="medium")
    with flows:
        show.chart(capex, capex.flows_chart())
    with cash:
        show.chart(capex, capex.net_cash_chart())
        controls.choice("net_cash_start")
        show.note(capex.net_cash_note())
    with earning:
        show.chart(capex, capex.payback_chart())
        show.readout(capex.pay_back())
    show.readout(capex.coverage())
    show.readout(capex.workings())
    methods.link("investment-plan-and-its-funding")
    show.readout(capex.strip())


def as_reported(spending: SpendingAnswer) -> None:
    """Where the thesis names no plan: what was invested, and what paid for it."""
    with st.container(key="pair"):
        flows, cash = st.columns([3, 2], gap="medium")
        with flows:
            show.chart(spending, spending.flows_chart())
        with cash:
            show.chart(spending, spending.cash_chart() or "Net cash was never reported.")
    show.readout(spending.table())
    methods.link("investment-plan-and-its-funding")
    show.readout(spending.strip())


calculator()
