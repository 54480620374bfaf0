"""Exchange rates as figures: the live one, else the bundled one of the latest day."""

import datetime as dt

from data.errors import UnknownFigure
from data.figures import Figure, Origin
from data.market.records import Rate
from data.market.snapshot import Snapshots
from data.market.store import CachedAnswer
from data.units import Unit

LIVE_SOURCE = "Yahoo Finance through yfinance"


def latest(cached: CachedAnswer | None, snapshots: Snapshots, pair: str, day: dt.date) -> Figure:
    """The live rate of a pair where it is of the day or before and newer than all that are stored; else the newest
    stored one. Raises UnknownFigure."""
    answer = cached.answer if cached is not None and isinstance(cached.answer, Rate) else None
    newest = max((rate.date for rate in snapshots.rates.get(pair, ()) if rate.date <= day), default=dt.date.min)
    if cached is None or answer is None or not newest <= answer.time.date() <= day:
        return stored(snapshots, pair, day)
    text = f"{answer.quote} per {answer.base}"
    return Figure(
        answer.value,
        Unit.parse(text),
        answer.time.date(),
        Origin.MARKET,
        LIVE_SOURCE,
        label=text,
        fetched=cached.fetched,
        quoted=answer.time,
    )


def stored(snapshots: Snapshots, pair: str, day: dt.date) -> Figure:
    """The bundled rate of a day, or of the last day before it that had one. Raises UnknownFigure."""
    known = [rate for rate in snapshots.rates.get(pair, ()) if rate.date <= day]
    if not known:
        raise UnknownFigure(f"exchange rate {pair}")
    base, quote = pair.split("/")
    last, text = known[-1], f"{quote} per {base}"
    return Figure(last.rate, Unit.parse(text), last.date, Origin.SNAPSHOT, last.source, label=text, known=last.date)
