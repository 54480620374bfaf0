"""The market price behind the reader's settings: today's, or the one stored in the link."""

from components import formats
from components.scenario.record import PriceReference, Scenario
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Origin, value_in

IN_A_DAY = 0.25  # how far a price within a day may lie from that day's close, as a share of it


def market_now(dossier: Dossier) -> Figure | None:
    """Today's market price; None where it is not known."""
    try:
        return dossier.market.price(dossier.symbol)
    except UnknownFigure:
        return None


def reference_now(dossier: Dossier) -> PriceReference | None:
    """Today's market price as a link stores it; None where it is not known."""
    now = market_now(dossier)
    return None if now is None else PriceReference.of(now)


def market_price(dossier: Dossier, scenario: Scenario) -> Figure | None:
    """The price stored in the link, if there is one that differs from today's; else today's, None if unknown."""
    now, reference = market_now(dossier), scenario.reference
    if reference is None or (now is not None and reference == PriceReference.of(now)):
        return now
    unit = dossier.listed_unit
    source = "market price that these settings were made against"
    return Figure(reference.price, unit, reference.day, Origin.SNAPSHOT, source, label="market price")


def far_from_close(dossier: Dossier, reference: PriceReference | None) -> str:
    """Why a price of a link cannot be that of its day, as a sentence; empty where nothing speaks against it."""
    if reference is None:
        return ""
    try:
        close = dossier.market.close_on_or_before(dossier.symbol, reference.day)
    except UnknownFigure:
        return ""
    if close.as_of != reference.day or abs(reference.price / value_in(close, dossier.listed_unit) - 1) <= IN_A_DAY:
        return ""
    told, day = formats.money(reference.price, dossier.company.profile.listing.quoted_in), formats.day(reference.day)
    return (
        f"The link’s market price, {told} on {day}, is not that day’s: it closed at {formats.figure(close)}. "
        "Today’s is used."
    )


def moved_since(dossier: Dossier, scenario: Scenario) -> str:
    """A sentence where the settings were made at another price than today's; otherwise empty."""
    now, reference = market_now(dossier), scenario.reference
    if reference is None or now is None or reference == PriceReference.of(now):
        return ""
    currency = dossier.company.profile.listing.quoted_in
    return (
        f"Set against a market price of {formats.money(reference.price, currency)} on {formats.day(reference.day)}; "
        f"it is now {formats.figure(now)}."
    )
