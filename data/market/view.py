"""Market values as figures: the live answer where there is one, else the bundled snapshot, each with its origin.

A view has a date: `at(day)` shows only what was known then. A value that is not known raises UnknownFigure.

Every amount comes in a whole currency: one that the service gives in pence, cents or agorot is converted here, by a
sum that the figure carries. After a split, live values per share are counted in the shares of the stored values, by
another such sum: targets, earnings and closes in the files are per share of their time.
"""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from data.errors import Loss, UnknownFigure
from data.figures import Confidence, Figure, Origin, rescaled
from data.market import rates
from data.market.doubts import HeldBack
from data.market.plausible_prices import doubt_of_currency, doubt_of_scale
from data.market.rates import LIVE_SOURCE
from data.market.records import NEAR_END, Analysis, Grade, Options, Prices
from data.market.service import Key
from data.market.snapshot import Close, QuoteSnapshot, Snapshots
from data.market.store import CachedAnswer
from data.places import of_closes
from data.sums import Sum, term
from data.units import Unit, major_unit

SNAPSHOT_SOURCE = "closing price, bundled snapshot"


@dataclass(frozen=True)
class MarketView:
    """What is known of the market on `day` and before. `share_classes` names the listed share of each symbol.

    Prices are in whole currencies, but for the shares of which `quoted` says that they count parts of one: pence.
    """

    live: dict[Key, CachedAnswer]
    snapshots: Snapshots
    share_classes: dict[str, str]
    day: dt.date
    held_back: tuple[HeldBack, ...] = ()
    quoted: dict[str, str] = field(default_factory=dict)
    # The histories as they were put together: every price that is asked for needs one. A changed view has its own.
    _histories: dict[str, list[tuple[Close, Origin]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(
        cls,
        live: dict[Key, CachedAnswer],
        snapshots: Snapshots,
        share_classes: dict[str, str],
        day: dt.date,
        quoted: dict[str, str] | None = None,
    ) -> "MarketView":
        """The view without live prices in another currency or on another scale than the files; see `held_back`."""
        held = []
        for (kind, symbol), each in live.items():
            stored, declared = snapshots.closes.get(symbol, ()), (quoted or {}).get(symbol, "")
            if isinstance(each.answer, Prices) and (found := doubt_of_currency(each.answer, declared, each.fetched)):
                held.append(((kind, symbol), found))
            elif isinstance(each.answer, Prices) and stored:
                closes = {close.date: close.price for close in stored}
                if (doubt := doubt_of_scale(each.answer, closes, stored[-1].currency)) is not None:
                    held.append(((kind, symbol), doubt))
        fallen = dict(held)
        used = {key: each for key, each in live.items() if key not in fallen}
        return cls(used, snapshots, share_classes, day, tuple(fallen.values()), quoted or {})

    def at(self, day: dt.date) -> "MarketView":
        """The same view as it was on an earlier day: closes to that day, and no live answers but their history."""
        return replace(self, day=min(day, self.day))

    # --- Prices ---

    def price(self, symbol: str) -> Figure:
        """The latest price: the live one if it is newer than the last stored close."""
        live = self._prices(symbol)
        history = self._history(symbol)
        quoted = self._quoted(symbol)
        stored = next((close.date for close, origin in reversed(history) if origin is Origin.SNAPSHOT), dt.date.min)
        newest = max(stored, quoted.as_of) if quoted else stored
        # An answer that was kept on disk may be older than what a newer release brings along.
        if live is not None and live.price is not None and newest <= live.time.date() <= self.day:
            fetched, day = self.live["prices", symbol].fetched, live.time.date()
            figure = self._figure(live.price, live.currency, symbol, day, Origin.MARKET, f"price of {symbol}", fetched)
            return self._in_stored_shares(replace(figure, quoted=live.time), symbol, live.time)
        if quoted is not None and (not history or quoted.as_of > history[-1][0].date):
            return quoted
        if not history:
            raise UnknownFigure(f"price of {symbol} on or before {_said(self.day)}", of_closes(symbol))
        return self._of_close(symbol, *history[-1])

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
        earlier = [entry for entry in self._history(symbol) if entry[0].date <= day]
        if not earlier:
            raise UnknownFigure(f"closing price of {symbol} on {_said(day)}", of_closes(symbol))
        return self._of_close(symbol, *earlier[-1])

    def closes(self, symbol: str) -> list[tuple[Close, Origin]]:
        """All known closes by date, in the share's unit of price and the shares of the stored ones.

        A stored close stands before a live one of the same day: it is what was reported then, while the service
        restates its history.
        """
        live = self._prices(symbol)
        factor = 1.0 if live is None else self._split_since_stored(symbol, live.time)[0]
        found = []
        for close, origin in self._history(symbol):
            code = self._code(symbol, close.currency)
            scale = major_unit(code)[1] / major_unit(close.currency)[1] * (factor if origin is Origin.MARKET else 1.0)
            found.append((Close(close.date, close.price * scale, code), origin))
        return found

    def _of_close(self, symbol: str, close: Close, origin: Origin) -> Figure:
        figure = self._figure(close.price, close.currency, symbol, close.date, origin, f"close of {symbol}")
        live = self._prices(symbol)
        is_live = origin is Origin.MARKET and live is not None
        return self._in_stored_shares(figure, symbol, live.time) if is_live and live else figure

    def _history(self, symbol: str) -> list[tuple[Close, Origin]]:
        """All known closes by date, as their sources give them."""
        if symbol not in self._histories:
            self._histories[symbol] = self._put_together(symbol)
        return self._histories[symbol]

    def _put_together(self, symbol: str) -> list[tuple[Close, Origin]]:
        live = self._prices(symbol)
        history: dict[dt.date, tuple[Close, Origin]] = {}
        if live is not None:
            history = {day: (Close(day, price, live.currency), Origin.MARKET) for day, price in live.closes.items()}
        history |= {close.date: (close, Origin.SNAPSHOT) for close in self.snapshots.closes.get(symbol, ())}
        return [history[day] for day in sorted(history) if day <= self.day]

    def dividends(self, symbol: str) -> dict[dt.date, float]:
        """Dividends per listed share by ex-date, as far as the live history reaches; empty where it is missing."""
        live = self._prices(symbol)
        if live is None:
            return {}
        parts = major_unit(self._code(symbol, live.currency))[1] / major_unit(live.currency)[1]
        factor = self._split_since_stored(symbol, live.time)[0] * parts
        return {day: paid * factor for day, paid in live.dividends.items() if day <= self.day}

    # --- Analysts and earnings ---

    def target(self, symbol: str, which: str = "mean") -> Figure:
        """The analysts' mean, high or low price target."""
        field = f"target_{which}"
        for answer, origin, as_of, fetched, source in self._analyses(symbol):
            value = getattr(answer, field)
            if value is not None:
                if isinstance(answer, Analysis) and field in answer.since:
                    # Taken over from an earlier answer, whose time it keeps.
                    as_of, fetched = answer.since[field].date(), answer.since[field]
                figure = self._figure(value, answer.currency, symbol, as_of, origin, f"{which} price target", fetched)
                return self._in_stored_shares(replace(figure, source=source), symbol, fetched)
        raise UnknownFigure(f"{which} price target of {symbol}")

    def analysts(self, symbol: str) -> int | None:
        """How many analysts the mean target rests on; None where it is not known of that one."""
        return next((a.target_analysts for a, *_ in self._analyses(symbol) if a.target_mean is not None), None)

    def ratings(self, symbol: str) -> tuple[dict[str, int], dt.date, str] | None:
        """Counts of the analysts' grades from strongBuy to strongSell with date and source; None if not known."""
        cached = self._analysis(symbol)
        return (cached[0].ratings, cached[1].date(), LIVE_SOURCE) if cached is not None and cached[0].ratings else None

    def eps(self, symbol: str, which: str) -> Figure:
        """Earnings per listed share: `trailing`, or `forward` (mean estimate), in the currency they are given in.

        A loss is an answer: a negative figure, or Loss where no currency of it is sure. Older earnings never stand in
        for it. Raises UnknownFigure.
        """
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
            if which in answer.losses:
                raise Loss(f"{label} of {symbol}: a loss, so that there is no P/E")
            value = answer.eps_trailing if which == "trailing" else answer.eps_forward
            trailing_currency = answer.eps_trailing_currency or answer.currency
            currency = trailing_currency if which == "trailing" else answer.eps_forward_currency
            if value is None or currency is None:
                return None
            if (since := answer.since.get(f"eps_{which}")) is not None:
                as_of, fetched = since.date(), since
            figure = replace(self._figure(value, currency, symbol, as_of, origin, label, fetched), source=source)
            return self._in_stored_shares(figure, symbol, fetched)
        ratio = answer.pe_trailing if which == "trailing" else answer.pe_forward
        if ratio is None or answer.price is None:
            return None
        figure = self._figure(answer.price / ratio, answer.currency, symbol, as_of, origin, label)
        behind = term("price", answer.price) / term("published P/E", ratio, 1, "x")
        working = Sum(behind, figure.unit.text, remark="the earnings behind the published ratio")
        return replace(figure, source=source, confidence=Confidence.DERIVED, working=working)

    def estimate(self, symbol: str, what: str, end: dt.date, months: int) -> Figure:
        """The analysts' mean estimate of a period: `revenue`, or `eps` per listed share. Raises UnknownFigure."""
        label = f"analysts’ estimate of {'revenue' if what == 'revenue' else 'EPS'}"
        cached = self._analysis(symbol)
        if cached is None:
            raise UnknownFigure(label)
        answer, fetched = cached
        of_period = (
            e for e in answer.estimates if (e.what, e.months) == (what, months) and abs(e.end - end) <= NEAR_END
        )
        found = next(of_period, None)
        if found is None:
            raise UnknownFigure(label)
        day = fetched.date()
        if what == "eps":
            figure = self._figure(found.mean, found.currency, symbol, day, Origin.MARKET, label, fetched)
            return self._in_stored_shares(figure, symbol, fetched)
        unit = Unit.parse(found.currency)
        return Figure(found.mean, unit, day, Origin.MARKET, LIVE_SOURCE, label=label, known=day, fetched=fetched)

    def grades(self, symbol: str, since: dt.date) -> list[Grade]:
        """What houses said of the share after a day, oldest first."""
        cached = self._analysis(symbol)
        return [] if cached is None else [each for each in cached[0].grades if since < each.day <= self.day]

    def shares(self, symbol: str) -> float:
        """Listed shares outstanding, as the service states them. Raises UnknownFigure."""
        cached = self._analysis(symbol)
        if cached is None or cached[0].shares is None:
            raise UnknownFigure(f"shares outstanding of {symbol}")
        return cached[0].shares / self._split_since_stored(symbol, cached[1])[0]

    def options(self, symbol: str) -> tuple[Options, dt.datetime] | None:
        """The live option quotes and when they were fetched; None where there are none, or a split came between."""
        cached = self.live.get(("options", symbol))
        if cached is None or not isinstance(cached.answer, Options) or cached.fetched.date() > self.day:
            return None
        if not cached.answer.quotes or self._split_since_stored(symbol, cached.fetched)[0] != 1:
            return None
        return cached.answer, cached.fetched

    # --- Rates ---

    def rate(self, pair: str) -> Figure:
        """The latest exchange rate of a pair written ``USD/CNY``, in CNY per USD: the live one, else the stored one
        of the latest day. Raises UnknownFigure."""
        return rates.latest(self.live.get(("rate", pair)), self.snapshots, pair, self.day)

    def rate_on(self, pair: str, day: dt.date) -> Figure:
        """The stored exchange rate of a day, or of the last day before it that had one. Raises UnknownFigure."""
        return rates.stored(self.snapshots, pair, min(day, self.day))

    # --- Splits ---

    def _split_since_stored(self, symbol: str, until: dt.datetime) -> tuple[float, dt.date | None]:
        """Shares per share of the newest stored value, by the service's record of splits; and the last split's day."""
        live = self._prices(symbol)
        stored = [close.date for close in self.snapshots.closes.get(symbol, ())]
        stored += [moment.date for moment in self.snapshots.moments if symbol in moment.quotes]
        if live is None or not stored:
            return 1.0, None
        days = [day for day in live.splits if max(stored) < day <= until.date()]
        return math.prod(live.splits[day] for day in days), max(days, default=None)

    def _in_stored_shares(self, figure: Figure, symbol: str, of: dt.datetime | None) -> Figure:
        """A live figure per share, counted in the shares that the stored values and the article are in."""
        factor, day = (1.0, None) if of is None else self._split_since_stored(symbol, of)
        if day is None:
            return figure
        remark = f"per share as before the split of {factor:g} for 1, {_said(day)}"
        working = Sum(figure.term(4, with_unit=True) * factor, figure.unit.text, remark=remark)
        return replace(figure, value=working.value, working=working)

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
        figure = Figure(value, unit, as_of, origin, source, label=label, known=as_of, fetched=fetched)
        code = self._code(symbol, currency)
        return figure if code == currency else rescaled(figure, Unit.parse(unit.text.replace(currency, code, 1)))

    def _code(self, symbol: str, currency: str) -> str:
        """What a price of a share is shown in: the part of the currency that it is quoted in, else the whole one."""
        major, quoted = major_unit(currency)[0], self.quoted.get(symbol, "")
        return quoted if quoted and major_unit(quoted)[0] == major else major


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
