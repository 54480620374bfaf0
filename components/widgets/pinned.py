"""The market price that the reader's settings stand on: today's, or the one that a link was made on."""

import streamlit as st

from components import formats
from components.scenario.record import PriceReference, Scenario
from components.widgets import session
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Origin
from data.units import Unit


def market_now(dossier: Dossier) -> Figure | None:
    """The market's price today, if it is known."""
    try:
        return dossier.market.price(dossier.symbol)
    except UnknownFigure:
        return None


def market_price(dossier: Dossier, scenario: Scenario) -> Figure | None:
    """The price of the link where it was made on another one, else today's; None where neither is known."""
    now, reference = market_now(dossier), scenario.reference
    if reference is None or (now is not None and reference == PriceReference.of(now)):
        return now
    unit = Unit.parse(f"{dossier.company.profile.listing.currency} per {dossier.share_class}")
    source = "market price that these settings were made against"
    return Figure(reference.price, unit, reference.day, Origin.SNAPSHOT, source, label="market price")


def show_pin(dossier: Dossier, scenario: Scenario) -> None:
    """Says where the settings stand on another price than today's, and offers to take that over."""
    now, reference = market_now(dossier), scenario.reference
    if reference is None or now is None or reference == PriceReference.of(now):
        return
    currency = dossier.company.profile.listing.currency
    st.caption(
        f"Set against a market price of {formats.money(seen.price, currency)} on {formats.day(seen.day)}; "
        f"it is now {formats.figure(now)}."
    )
    st.button(
        "Take over the present price",
        icon=":material/update:",
        on_click=session.take_market,
        args=(PriceReference.of(now),),
    )
