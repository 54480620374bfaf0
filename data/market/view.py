"""Market values as figures: the live answer where there is one, else the bundled snapshot, each with its origin.

A view has a date: `at(day)` shows only what was known then. A value that is not known raises UnknownFigure.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.errors import UnknownFigure
from data.figures import Confidence, Figure, Origin
from data.market.records import Analysis, Options, Prices, Rate
from data.market.service import Key
from data.market.snapshot import Close, QuoteSnapshot, Snapshots
from data.market.store import CachedAnswer
from data.sums import Sum, term
from data.units import Unit

LIVE_SOURCE = "Yahoo Finance through yfinance"
SNAPSHOT_SOURCE = "closing price, bundled snapshot"


@dataclass(frozen=True)
class MarketView:
    """What is known of the market on `day` and before. `share_classes` names the listed share of each symbol."""

    live: dict[Key, CachedAnswer]
    snapshots: Snapshots
    share_classes: dict[str, str]
    day: dt.date

    def at(self, day: dt.date) -> "MarketView":
        """The same view as it was on an earlier day: closes to that day, and no live answers but their history."""
        return replace(self, day=min(day, self.day))

    # --- Prices ---

    def price(self, symbol: str) -> Figure:
        """The latest price: the live one if it is newer than the last stored close."""
        live = self._prices(symbol)
        closes = self.closes(symbol)
        quoted = self._quoted(symbol)
        stored = [close.date for close, origin in closes if origin is Origin.SNAPSHOT]
        newest = max([*stored, quoted.as_of] if quoted else stored, default=dt.date.min)
        # An answer that was kept on disk may be older than what a newer release brings along.
        if live is not None and newest <= live.time.date() <= self.day:
            cached = self.live["prices", symbol]
            return self._figure(
                live.price, live.currency, symbol, live.time.date(), Origin.MARKET, f"price of {symbol}", cached.fetched
            )
        if quoted is not None and (not closes or quoted.as_of > closes[-1][0].date):
            return quoted
        if not closes:
            raise UnknownFigure(f"price of {symbol} on or before {self.day:%-d %B %Y}")
        last, origin = closes[-1]
        return self._figure(last.price, last.currency, symbol, last.date, origin, f"close of {symbol}")

    def _quoted(self, symbol: str) -> Figure | None:
        """The price of the latest stored moment, where a share has no close of that time."""
        for moment in reversed(self.snapshots.moments):
            quote = moment.quotes.get(symbol)
            if moment.date <= self.day and quote is not None and quote.price is not None:
                label = f"price of {symbol} during the day"
                figure = self._figure(quote.price, quote.currency, symbol, moment.date, Origin.SNAPSHOT, label)
                return replace(figure, source=moment.source)
        return None

    def close_on_or_before(self, symbol: str, day: dt.date) -> Figure:
        """The last close up to that day. Raises UnknownFigure."""
        earlier = [entry for entry in self.closes(symbol) if entry[0].date <= day]
        if not earlier:
            raise UnknownFigure(f"closing price of {symbol} on {day:%-d %B %Y}")
        last, origin = earlier[-1]
        return self._figure(last.price, last.currency, symbol, last.date, origin, f"close of {symbol}")

    def closes(self, symbol: str) -> list[tuple[Close, Origin]]:
        """All known closes by date. A stored close stands before a live one of the same day: it is what was
        reported then, while the service restates its history when shares are split."""
        live = self._prices(symbol)
        history: dict[dt.date, tuple[Close, Origin]] = {}
        if live is not None:
            history = {day: (Close(day, price, live.currency), Origin.MARKET) for day, price in live.closes.items()}
        history |= {close.date: (close, Origin.SNAPSHOT) for close in self.snapshots.closes.get(symbol, ())}
        return [history[day] for day in sorted(history) if day <= self.day]

    def dividends(self, symbol: str) -> dict[dt.date, float]:
        """Dividends per listed share by ex-date, as far as the live history reaches; empty where it is missing."""
        live = self._prices(symbol)
        return {} if live is None else {day: paid for day, paid in live.dividends.items() if day <= self.day}

    # --- Analysts and earnings ---

    def target(self, symbol: str, which: str = "mean") -> Figure:
        """The analysts' mean, high or low price target."""
        field = f"target_{which}"
        for answer, origin, as_of, fetched, source in self._analyses(symbol):
            value = getattr(answer, field)
            if value is not None:
                figure = self._figure(value, answer.currency, symbol, as_of, origin, f"{which} price target", fetched)
                return replace(figure, source=source)
        raise UnknownFigure(f"{which} price target of {symbol}")

    def analysts(self, symbol: str) -> int | None:
        """How many analysts the targets rest on; None where it is not known."""
        return next((a.target_analysts for a, *_ in self._analyses(symbol) if a.target_analysts is not None), None)

    def ratings(self, symbol: str) -> tuple[dict[str, int], dt.date, str] | None:
        """Counts of the analysts' grades from strongBuy to strongSell with date and source; None if not known."""
        cached = self._analysis(symbol)
        return (cached[0].ratings, cached[1].date(), LIVE_SOURCE) if cached is not None and cached[0].ratings else None

    def eps(self, symbol: str, which: str) -> Figure:
        """Earnings per listed share: `trailing`, or `forward` (mean estimate), in the currency they are given in."""
        for answer, origin, as_of, fetched, source in self._analyses(symbol):
            figure = self._eps(answer, which, symbol, as_of, origin, fetched, source)
            if figure is not None:
                return figure
        raise UnknownFigure(f"{which} earnings per share of {symbol}")

    def _eps(
        self,
        answer: Analysis | QuoteSnapshot,
        which: str,
        symbol: str,
        as_of: dt.date,
        origin: Origin,
        fetched: dt.datetime | None,
        source: str,
    ) -> Figure | None:
        label = f"{which} earnings per {self.share_classes.get(symbol, 'share')}"
        if isinstance(answer, Analysis):
            value = answer.eps_trailing if which == "trailing" else answer.eps_forward
            currency = answer.currency if which == "trailing" else answer.eps_forward_currency
            if value is None or currency is None:
                return None
            return replace(self._figure(value, currency, symbol, as_of, origin, label, fetched), source=source)
        ratio = answer.pe_trailing if which == "trailing" else answer.pe_forward
        if ratio is None or answer.price is None:
            return None
        figure = self._figure(answer.price / ratio, answer.currency, symbol, as_of, origin, label)
        behind = term("price", answer.price) / term("published P/E", ratio, 1, "x")
        working = Sum(behind, figure.unit.text, remark="the earnings behind the published ratio")
        return replace(figure, source=source, confidence=Confidence.DERIVED, working=working)

    def shares(self, symbol: str) -> float:
        """Listed shares outstanding, as the service states them. Raises UnknownFigure."""
        cached = self._analysis(symbol)
        if cached is None or cached[0].shares is None:
            raise UnknownFigure(f"shares outstanding of {symbol}")
        return cached[0].shares

    def options(self, symbol: str) -> tuple[Options, dt.datetime] | None:
        """The live option quotes and when they were fetched; None where there are none."""
        cached = self.live.get(("options", symbol))
        if cached is None or not isinstance(cached.answer, Options) or cached.fetched.date() > self.day:
            return None
        return cached.answer, cached.fetched

    # --- Rates ---

    def rate(self, pair: str) -> Figure:
        """The live exchange rate of a pair written ``USD/CNY``, in CNY per USD. Raises UnknownFigure."""
        cached = self.live.get(("rate", pair))
        if cached is None or not isinstance(cached.answer, Rate) or cached.answer.time.date() > self.day:
            raise UnknownFigure(f"exchange rate {pair}")
        answer = cached.answer
        return Figure(
            answer.value,
            Unit.parse(f"{answer.quote} per {answer.base}"),
            answer.time.date(),
            Origin.MARKET,
            LIVE_SOURCE,
            label=f"{answer.quote} per {answer.base}",
            fetched=cached.fetched,
        )

    # --- Parts ---

    def _prices(self, symbol: str) -> Prices | None:
        cached = self.live.get(("prices", symbol))
        return cached.answer if cached is not None and isinstance(cached.answer, Prices) else None

    def _analysis(self, symbol: str) -> tuple[Analysis, dt.datetime] | None:
        """The live answer and when it was fetched, if that was no later than the day."""
        cached = self.live.get(("analysis", symbol))
        if cached is None or not isinstance(cached.answer, Analysis) or cached.fetched.date() > self.day:
            return None
        return cached.answer, cached.fetched

    def _analyses(
        self, symbol: str
    ) -> Iterator[tuple[Analysis | QuoteSnapshot, Origin, dt.date, dt.datetime | None, str]]:
        """What is known of analysts and earnings, newest first: the live answer, then the stored moments."""
        cached = self._analysis(symbol)
        if cached is not None:
            yield cached[0], Origin.MARKET, cached[1].date(), cached[1], LIVE_SOURCE
        for moment in reversed(self.snapshots.moments):
            if moment.date <= self.day and symbol in moment.quotes:
                yield moment.quotes[symbol], Origin.SNAPSHOT, moment.date, None, moment.source

    def _figure(
        self,
        value: float,
        currency: str,
        symbol: str,
        as_of: dt.date,
        origin: Origin,
        label: str,
        fetched: dt.datetime | None = None,
    ) -> Figure:
        source = LIVE_SOURCE if origin is Origin.MARKET else SNAPSHOT_SOURCE
        unit = Unit.parse(f"{currency} per {self.share_classes.get(symbol, 'share')}")
        return Figure(value, unit, as_of, origin, source, label=label, known=as_of, fetched=fetched)
