"""Is the article right? Every claim with both verdicts, the sum behind them, and its sources."""

import streamlit as st

from components.calculators.audit.audit import audit
from components.widgets import claims, controls, page, session

page.heading("claims")

dossier = session.dossier()
findings = audit(dossier)

if session.scenario().choice("claim") == "all":
    claims.show_score(findings)
    controls.choices("topics")
    controls.choices("verdicts")
    claims.show_exports(findings, dossier.symbol)
else:
    st.button("Show all claims", icon=":material/arrow_back:", on_click=session.change, args=("claim", ("all",)))

shown = claims.chosen(claims.wrong_first(findings), session.scenario())
if not shown:
    st.info("No claim matches this filter. Take one of the choices back.", icon=":material/filter_alt_off:")
for finding in shown:
    claims.show_claim(finding, dossier)
