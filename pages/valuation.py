"""What is it worth? Multiples beside the peers', the sum of the parts, and the growth that the price implies."""

import streamlit as st

from components.widgets import controls, page, session, valuation
from data.errors import UnknownFigure

page.heading("valuation")

dossier = session.dossier()


@st.fragment
def calculator() -> None:
    """Everything that follows the sliders, so that a move reruns this part alone."""
    try:
        result = valuation.work_out_page(dossier, session.scenario())
    except UnknownFigure as missing:
        st.info(f"Not known: {missing.what}. The page needs it.", icon=":material/info:")
        return
    valuation.show_result(result)
    inputs, outputs = st.columns([5, 8], objective="large")
    with inputs:
        valuation.show_price(result)
        for key in result.values:
            if key.startswith("multiple_") or key == "holding_discount":
                controls.slider(key)
        page.reset_button()
    with outputs:
        valuation.show_parts(result)
        if session.scenario().has("net_cash_start"):
            controls.choice("net_cash_start")
        if session.scenario().has("stake_at"):
            controls.select("stake_at")
        valuation.show_parts_notes(result)
        valuation.show_enterprise(result)

    st.subheader("Beside its peers", anchor=False)
    valuation.show_multiples(result)
    valuation.show_rerating(result)
    with st.columns([1, 1])[0]:
        controls.slider("peer_share")

    st.subheader("The growth that the price implies", anchor=False)
    valuation.show_model(result)
    for place, key in zip(st.columns(4, objective="large"), valuation.MODEL, strict=True):
        with place:
            controls.slider(key)

    st.subheader("What moves the sum of the parts", anchor=False)
    with st.columns([1, 1])[0]:
        controls.slider("swing")
    valuation.show_sensitivity(result)
    for place, key in zip(st.columns(2, objective="large"), ("grid_across", "grid_down"), strict=True):
        with place:
            controls.select(key)
    valuation.show_grid(result)
    valuation.show_formulas(result)


calculator()
