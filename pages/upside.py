"""What is the upside? Price targets, dividends and odds, and what they return from a price of choice."""

import streamlit as st

from components.widgets import controls, page, session, upside

page.heading("upside")

dossier = session.dossier()


@st.fragment
def calculator() -> None:
    """Everything that follows the sliders, so that a move reruns this part alone."""
    result = upside.work_out_page(dossier, session.scenario())
    upside.show_result(result)

    inputs, outputs = st.columns([5, 8], objective="large")
    with inputs:
        controls.choice("start", session.start_from)
        upside.show_start(result)
        for key in ("bear_target", "base_target", "bull_target"):
            controls.slider(key)
        page.reset_button()
        upside.show_remarks(result)
    with outputs:
        upside.show_cases(result)

    st.subheader("Time, dividends, odds and earnings", anchor=False)
    groups = [
        ("months", "dividend", "interest"),
        ("bear_odds", "base_odds", "bull_odds"),
        ("eps_trailing", "eps_forward"),
    ]
    for place, keys in zip(st.columns(3, objective="large"), groups, strict=True):
        with place:
            for key in keys:
                if session.scenario().has(key):
                    controls.slider(key)
    upside.show_table(result)
    controls.number("position")

    upside.show_odds(result)
    upside.show_paths(result)
    upside.show_grid(result)
    upside.show_formulas(result)


calculator()
