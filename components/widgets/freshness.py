"""The line about the article above every page, and the line below it about the age of the market data."""

import datetime as dt

import streamlit as st

from components.answers.reference import market_now
from components.readouts.freshness import about, describe
from components.widgets import session
from data.dossier import Dossier, market_keys
from data.market.service import market_service

_POLL_S = 4


def article_line() -> None:
    """The line above every page: which article, and the disclaimer."""
    st.caption(about(session.dossier()))


def freshness_line(dossier: Dossier) -> None:
    """The line below every page. With live data on, it checks every few seconds and reruns the page for new values."""
    service = market_service()
    seen = service.status().version
    waiting = service.status().enabled

    @st.fragment(run_every=_POLL_S if waiting else None)
    def line() -> None:
        # This call also starts a refresh when the values are out of date.
        service.cached(market_keys(dossier.thesis, dossier.company))
        status = service.status()
        if status.version != seen and not status.busy:
            st.rerun()
        icon, text = describe(market_now(dossier), status, dossier.symbol, dt.datetime.now(dt.UTC))
        st.caption(f"{icon} {text}")

    line()
