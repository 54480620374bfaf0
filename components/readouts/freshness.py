"""The line about the article, and the line about the age of the market data."""

import datetime as dt

from components import formats
from data.dossier import Dossier
from data.figures import Figure, Origin
from data.market.service import Status

# Up to this age a quote's age says more than its time.
_RECENT = dt.timedelta(hours=1)
# Clocks differ by so much.
_AHEAD = dt.timedelta(minutes=1)
ADVICE = "For study and discussion, not investment advice."


def about(dossier: Dossier) -> str:
    """The article's name and date."""
    return f"{dossier.thesis.article.name} · article of {formats.day(dossier.published)}"


def describe(price: Figure | None, status: Status, symbol: str, now: dt.datetime) -> tuple[str, str]:
    """The freshness line: its icon and its sentences. `status` is that of the company on the page."""
    known = f"{_price(price, symbol, now)}."
    if status.held_back:
        known = f"{known} {_held_back(status)}"
    if not status.enabled:
        return ":material/inventory_2:", _with_store(f"{known} Live market data is switched off.", status)
    if status.failure is not None and status.next_try is not None:
        later = f"Next try at {status.next_try:%H:%M} UTC."
        return ":material/cloud_off:", _with_store(f"{known} {status.failure} {later}", status)
    if price is not None and price.origin is Origin.MARKET:
        return ":material/sensors:", _with_store(known, status)
    waiting = f"{known} Asking the market service…" if status.busy else known
    return ":material/sync:", _with_store(waiting, status)


def _price(price: Figure | None, symbol: str, now: dt.datetime) -> str:
    """What the price is and of when: a quote with its own age, a close with its day, the snapshot by its name."""
    if price is None:
        return f"No price of {symbol} is known"
    shown = f"{symbol} {formats.figure(price)}"
    if price.origin is Origin.MARKET and price.quoted is not None:
        return f"{shown}, {_quoted(price.quoted, now)}"
    if price.origin is Origin.MARKET:
        return f"{shown}, the market service's close of {formats.day(price.as_of)}"
    if price.origin is Origin.SNAPSHOT:
        return f"{shown} from the bundled snapshot of {formats.day(price.as_of)}"
    return f"{shown}, {price.origin}, {formats.day(price.as_of)}"


def _quoted(quoted: dt.datetime, now: dt.datetime) -> str:
    """The age of a quote, and its own time where it is not of this hour: it may be halted, or its market closed."""
    time = f"{formats.day(quoted.date())}, {quoted:%H:%M} UTC"
    if quoted > now + _AHEAD:
        return f"quoted with a time that lies ahead ({time})"
    if now - quoted < _RECENT:
        return f"quoted {formats.age(quoted, now)}"
    return f"quoted {time} ({formats.age(quoted, now)})"


def _held_back(status: Status) -> str:
    """The first value that is held back, and how many more there are."""
    first, others = status.held_back[0].sentence, len(status.held_back) - 1
    return f"{first} So {'is one more value' if others == 1 else f'are {others} more values'}." if others else first


def _with_store(line: str, status: Status) -> str:
    return f"{line} {status.store_problem}" if status.store_problem else line
