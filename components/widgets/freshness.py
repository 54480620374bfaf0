"""The line below every page about the age of the market data."""

from dataclasses import replace

import streamlit as st

from components.answers.reference import market_now
from components.readouts.freshness import ADVICE, describe
from components.widgets import session
from components.widgets.plain import as_text
from data import clock
from data.dossier import Dossier, market_keys, own_keys
from data.market.service import market_service

_POLL_S = 4


_SHOWN = "_market_shown"


def note_shown() -> None:
    """Notes, before a page is drawn, which market values it is going to show."""
    dossier = session.dossier()
    st.session_state[_SHOWN] = market_service().status(market_keys(dossier.thesis, dossier.company)).version


def freshness_line(dossier: Dossier) -> None:
    """The line below every page. With live data on, it checks every few seconds and reruns the page for new values."""
    service = market_service()
    shown, own = market_keys(dossier.thesis, dossier.company), own_keys(dossier.thesis, dossier.company)
    now = service.status(shown)
    drawn: list[bool] = []
    before = st.session_state.get(_SHOWN, now.version)

    @st.fragment(run_every=_POLL_S if now.enabled else None)
    def line() -> None:
        # Asking again is what starts the next refresh once the values have grown old.
        service.cached(shown)
        # What has arrived is shown while the rest is awaited: one address that hangs holds nothing else back. Not in
        # the run that draws the page, which the reader would see twice at once.
        if drawn and service.status(shown).version != before:
            st.rerun()
        drawn[:] = [True]
        # The line is about the company of the page: a peer's failure is not the page's.
        status = service.status(own)
        mine = tuple(each for each in dossier.market.held_back if each.subject == dossier.symbol)
        status = replace(status, held_back=(*mine, *status.held_back))
        icon, text = describe(market_now(dossier), status, dossier.symbol, clock.now())
        st.caption(f"{icon} {as_text(text)} {ADVICE}")

    line()
