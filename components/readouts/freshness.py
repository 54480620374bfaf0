"""The line about the article, and the line about the age of the market data."""

import datetime as dt

from components import formats
from data.dossier import Dossier
from data.figures import Figure, Origin
from data.market.service import Status


def about(dossier: Dossier) -> str:
    """The article's name and date, and the disclaimer."""
    return (
        f"{dossier.thesis.article.name} · article of {formats.day(dossier.published)} · "
        "for study and discussion, not investment advice"
    )


def describe(price: Figure | None, status: Status, symbol: str, now: dt.datetime) -> tuple[str, str]:
    """The icon and the sentence on how fresh the market data are. `price` is None where no price is known."""
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
