"""Can it pay for it? The investment plan, what was spent, and what pays for the rest."""

import streamlit as st

from components.widgets import capex, controls, page, session
from data.errors import UnknownFigure

page.heading("capex")

dossier = session.dossier()


@st.fragment
def calculator() -> None:
    """Everything that follows the sliders, so that a move reruns this part alone."""
    try:
        result = capex.work_out_page(dossier, session.scenario())
    except UnknownFigure as missing:
        st.info(f"Not known: {missing.what}. The page needs it.", icon=":material/info:")
        return
    capex.show_result(result)
    inputs, outputs = st.columns([5, 8], objective="large")
    with inputs:
        for key in ("capex_pace", "cash_flow_growth", "payouts", "new_money"):
            controls.slider(key)
        page.reset_button()
    with outputs:
        capex.show_plan(result)
    capex.show_break_even(result)

    st.subheader("What pays for it", anchor=False)
    capex.show_flows(result)
    controls.choice("net_cash_start")
    capex.show_net_cash(result)

    st.subheader("What it must earn", anchor=False)
    capex.show_pay_back(result)
    keys = ("required_return", "payback_margin", "payback_years")
    for place, key in zip(st.columns(3, objective="large"), keys, strict=True):
        with place:
            controls.slider(key)
    capex.show_formulas(result)


calculator()
