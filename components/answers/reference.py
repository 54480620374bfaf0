"""The market price that the reader's settings stand on: today's, or the one that a link was made on."""

from components import formats
from components.scenario.record import PriceReference, Scenario
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


def reference_now(dossier: Dossier) -> PriceReference | None:
    """The same as a link keeps it."""
    now = market_now(dossier)
    return None if now is None else PriceReference.of(now)


def market_price(dossier: Dossier, scenario: Scenario) -> Figure | None:
    """The price of the link where it was made on another one, else today's; None where neither is known."""
    now, reference = market_now(dossier), scenario.reference
    if reference is None or (now is not None and reference == PriceReference.of(now)):
        return now
    unit = Unit.parse(f"{dossier.company.profile.listing.currency} per {dossier.share_class}")
    source = "market price that these settings were made against"
    return Figure(reference.price, unit, reference.day, Origin.SNAPSHOT, source, label="market price")


def moved_since(dossier: Dossier, scenario: Scenario) -> str:
    """A sentence where the settings stand on another price than today's; empty where they do not."""
    now, reference = market_now(dossier), scenario.reference
    if reference is None or now is None or reference == PriceReference.of(now):
        return ""
    currency = dossier.company.profile.listing.currency
    return (
        f"Set against a market price of {formats.money(reference.price, currency)} on {formats.day(reference.day)}; "
        f"it is now {formats.figure(now)}."
    )
