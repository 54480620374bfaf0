"""The market price that the reader's settings stand on: today's, or the one that a link was made on."""

import streamlit as st

from components import formats
from components.scenario.record import Scenario, SeenMarket
from components.widgets import session
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Origin, Unit


def market_now(file: Dossier) -> Figure | None:
    """The market's price today, if it is known."""
    try:
        return file.market.price(file.symbol)
    except UnknownFigure:
        return None


def market_price(file: Dossier, scenario: Scenario) -> Figure | None:
    """The price of the link where it was made on another one, else today's; None where neither is known."""
    now, seen = market_now(file), scenario.seen
    if seen is None or (now is not None and seen == SeenMarket.of(now)):
        return now
    unit = Unit.parse(f"{file.company.profile.listing.currency} per {file.per}")
    source = "market price that these settings were made against"
    return Figure(seen.price, unit, seen.day, Origin.SNAPSHOT, source, label="market price")


def show_pin(file: Dossier, scenario: Scenario) -> None:
    """Says where the settings stand on another price than today's, and offers to take that over."""
    now, seen = market_now(file), scenario.seen
    if seen is None or now is None or seen == SeenMarket.of(now):
        return
    currency = file.company.profile.listing.currency
    st.caption(
        f"Set against a market price of {formats.money(seen.price, currency)} on {formats.day(seen.day)}; "
        f"it is now {formats.figure(now)}."
    )
    st.button(
        "Take over the present price",
        icon=":material/update:",
        on_click=session.take_market,
        args=(SeenMarket.of(now),),
    )
