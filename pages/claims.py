"""Is the article right? Every claim with its two verdicts; one opens with its calculation and its sources."""

from urllib.parse import urlencode

import streamlit as st

from components.answers.claims import ClaimsAnswer
from components.calculators.audit.audit import Finding
from components.widgets import controls, methods, notes, page, session, show
from components.widgets.plain import as_text

page.heading("claims")
claims = page.answer("claims")

if claims is None:
    st.stop()

show.lead("claims", claims)
with st.container(horizontal=True):
    controls.choices("topics")
    controls.choices("verdicts", claims.counts())

if table := claims.table():
    show.readout(table, on_open=session.open_claim)
else:
    st.info("No claim matches this filter. Take one of the choices back.", icon=":material/filter_alt_off:")
methods.link("verdicts")


def drawer(claims: ClaimsAnswer, finding: Finding) -> None:
    """One claim beside the list, with its own link and a way to the next."""

    @st.dialog(as_text(finding.claim.statement), position="right", width="medium", on_dismiss=session.close_claim)
    def opened() -> None:
        before, after = claims.beside()
        with st.container(horizontal=True):
            _step("Previous", before, ":material/arrow_back:", "Left")
            _step("Next", after, ":material/arrow_forward:", "Right")
        show.readout(claims.finding(finding))
        show.chart(claims, claims.chart(finding))
        notes.field(claims.dossier.name, f"claim:{finding.claim.id}", finding.claim.label)
        st.markdown(f":small[[Link to this claim](?{urlencode(claims.claim_link(finding.claim.id))})]")

    opened()


def _step(label: str, claim: str | None, icon: str, shortcut: str) -> None:
    pressed = st.button(label, icon=icon, shortcut=shortcut, disabled=claim is None, key=f"claim-{label.lower()}")
    if pressed and claim is not None:
        session.open_claim(claim)
        st.rerun()


if claims.opened is not None:
    drawer(claims, claims.opened)
