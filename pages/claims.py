"""Is the article right? Every claim with its two verdicts, the calculation behind them, and its sources."""

from urllib.parse import urlencode

import streamlit as st

from components.scenario.inputs.claims import ALL
from components.widgets import controls, exports, methods, page, session, show

page.heading("claims")
claims = page.answer("claims")

if claims is None:
    st.stop()

if claims.open_claim is None:
    show.readout(claims.score())
    controls.choices("topics")
    controls.choices("verdicts")
    exports.audit(claims)
else:
    st.button("Show all claims", icon=":material/arrow_back:", on_click=session.change, args=("claim", (ALL,)))

shown = claims.shown()
if not shown:
    st.info("No claim matches this filter. Take one of the choices back.", icon=":material/filter_alt_off:")
for finding in shown:
    with st.container(border=True):
        show.readout(claims.finding(finding))
        show.chart(claims, claims.chart(finding))
        st.markdown(f":small[[Link to this claim](?{urlencode(claims.link(finding))})]")
methods.link("verdicts")
