"""One line on every page: what the market figures are, how old, and what happens next."""

import datetime as dt

import streamlit as st

from components import formats
from components.widgets import session
from data.dossier import Dossier, market_keys
from data.errors import UnknownFigure
from data.figures import Figure, Origin
from data.market.service import Status, market_service

_POLL_S = 4


def describe(price: Figure | None, status: Status, symbol: str, now: dt.datetime) -> tuple[str, str]:
    """The line's icon and sentence."""
    if price is None:
        known = f"No price of {symbol} is known"
    elif price.origin is Origin.MARKET and price.fetched is not None:
        known = f"{symbol} {formats.figure(price)}, fetched {formats.age(price.fetched, now)}"
    else:
        known = f"{symbol} {formats.figure(price)} from the bundled snapshot of {formats.day(price.as_of)}"
    if not status.enabled:
        return ":material/inventory_2:", f"{known}. Live market data is switched off."
    if status.failure is not None and status.next_try is not None:
        later = f"Next try at {status.next_try:%H:%M} UTC."
        return ":material/cloud_off:", f"{known}. {status.failure} {later}"
    if price is not None and price.origin is Origin.MARKET:
        return ":material/sensors:", f"{known}."
    return ":material/sync:", f"{known}. Asking the market service…" if status.busy else f"{known}."


def freshness_line(dossier: Dossier) -> None:
    """The line; while answers are expected it looks again every few seconds and takes new values over."""
    service = market_service()
    reference = service.status().version
    waiting = service.status().enabled

    @st.fragment(run_every=_POLL_S if waiting else None)
    def line() -> None:
        # Asking again is what starts the next refresh once the values have grown old.
        service.cached(market_keys(dossier.thesis, dossier.company))
        status = service.status()
        if status.version != reference and not status.busy:
            st.rerun()
        try:
            price = dossier.market.price(dossier.symbol)
        except UnknownFigure:
            price = None
        icon, text = describe(price, status, dossier.symbol, dt.datetime.now(dt.UTC))
        st.caption(f"{icon} {text}")

    line()


def about(dossier: Dossier) -> str:
    """Which article this is about, and the one sentence on what this is not."""
    return (
        f"{dossier.thesis.article.name} · article of {formats.day(dossier.published)} · "
        "for study and discussion, not investment advice"
    )


def article_line() -> None:
    """The line above every page."""
    st.caption(about(session.dossier()))
