"""An invented share market that looks the same on every run."""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import NamedTuple
from zoneinfo import ZoneInfo

HISTORY_DAYS = 740
_MINOR = {"GBp": "GBP", "ZAc": "ZAR", "ILA": "ILS"}
_OPENING, _CLOSING = clock(9, 30), clock(16, 0)


@dataclass(frozen=True)
class Listing:
    """What the service knows about one symbol.

    Parameters
    ----------
    symbol, currency
        Name and the currency of prices, targets and dividends.
    financial_currency
        Currency of the statements (``financialCurrency``).
    price
        Last price; the history ends there.
    eps_trailing
        Earnings per share of the last twelve months, in `currency`.
    eps_forward, eps_forward_currency
        The estimate for the next fiscal year (``+1y``) and its currency.
    target_mean, target_low, target_high, target_median, analysts
        Price targets and how many analysts gave one.
    recommendation_counts
        Strong buy, buy, hold, sell, strong sell of the current month.
    shares
        Shares outstanding, counted in units of what is traded.
    dividends
        Cash amounts by ex-date; a date without trading moves to the next session.
    name, exchange, fiscal_year_end_month, volatility
        Decoration, the month that ends the fiscal year, and the yearly volatility behind options.
    anchors
        Closes that the invented history must pass through, by day.
    splits
        New shares per old one by day, as the service records them; the history is restated already.
    has_options
        Whether options of it are traded.
    place
        Time zone of the exchange.
    kind
        ``EQUITY`` or ``CURRENCY``; a currency has a chart and a quote only.
    """

    symbol: str
    currency: str = "USD"
    financial_currency: str = "USD"
    price: float = 100.0
    eps_trailing: float = 5.0
    eps_forward: float = 6.0
    eps_forward_currency: str = "USD"
    target_mean: float = 120.0
    target_low: float = 80.0
    target_high: float = 150.0
    target_median: float = 121.0
    analysts: int = 20
    recommendation_counts: tuple[int, int, int, int, int] = (5, 10, 4, 1, 0)
    shares: int = 1_000_000_000
    dividends: dict[date, float] = field(default_factory=dict)
    name: str = ""
    exchange: str = "NYQ"
    kind: str = "EQUITY"
    fiscal_year_end_month: int = 12
    volatility: float = 0.40
    anchors: dict[date, float] = field(default_factory=dict)
    splits: dict[date, float] = field(default_factory=dict)
    has_options: bool = True
    place: str = "America/New_York"

    @property
    def is_currency(self) -> bool:
        """Whether this is an exchange rate rather than a share."""
        return self.kind == "CURRENCY"

    @property
    def zone(self) -> ZoneInfo:
        """Time zone of the exchange; Yahoo keeps currencies on London time."""
        return ZoneInfo("Europe/London" if self.is_currency else self.place)

    @property
    def digits(self) -> int:
        """Decimals of a price."""
        return 4 if self.is_currency else 2


class Bar(NamedTuple):
    """One day of trading; `adjusted` is the close less later dividends."""

    day: date
    open: float
    high: float
    low: float
    close: float
    adjusted: float
    volume: int


class Market:
    """Prices and listings as of one day.

    Parameters
    ----------
    today
        The day the market believes it is; history ends on the last weekday up to it.
    seed
        Changes the shape of every history, not where it ends.
    moving
        Whether prices change a little at each `tick`, for a demonstration.
    """

    def __init__(self, today: date, seed: int = 7, moving: bool = False) -> None:
        self.today = today
        self.seed = seed
        self.moving = moving
        self.sessions = _weekdays(today - timedelta(days=HISTORY_DAYS), today)
        self._listings: dict[str, Listing] = {}
        self._bars: dict[str, list[Bar]] = {}
        self._ticks = 0
        for listing in _default_listings(self.sessions):
            self.add(listing)

    def add(self, listing: Listing) -> None:
        """Add a symbol, or replace the one of that name."""
        self._listings[listing.symbol] = listing
        self._bars.pop(listing.symbol, None)

    def remove(self, symbol: str) -> None:
        """Make `symbol` unknown."""
        self._listings.pop(symbol, None)

    def find(self, symbol: str) -> Listing | None:
        """Return the listing of `symbol`, or None when it is unknown."""
        return self._listings.get(symbol.upper())

    def tick(self) -> None:
        """Let a moving market move by one step."""
        self._ticks += self.moving

    def price(self, listing: Listing) -> float:
        """Return the price of this moment."""
        if not self.moving or not self._ticks:
            return listing.price
        noise = random.Random(f"{self.seed}/{listing.symbol}/{self._ticks}").gauss(0, 1)
        swing = 0.004 * math.sin(self._ticks / 9) + 0.0005 * noise
        return round(listing.price * (1 + swing * (0.1 if listing.is_currency else 1)), listing.digits)

    def bars(self, listing: Listing) -> list[Bar]:
        """Return the daily history, oldest first; its last close is the current price."""
        if listing.symbol not in self._bars:
            self._bars[listing.symbol] = _history(listing, self.sessions, self.seed)
        bars = list(self._bars[listing.symbol])
        price, last = self.price(listing), bars[-1]
        bars[-1] = last._replace(close=price, adjusted=price, high=max(last.high, price), low=min(last.low, price))
        return bars

    def dividends(self, listing: Listing) -> dict[date, float]:
        """Return the dividends that fell into the history, by session."""
        return _by_session(listing.dividends, self.sessions)

    def splits(self, listing: Listing) -> dict[date, float]:
        """Return the splits that fell into the history, by session."""
        return _by_session(listing.splits, self.sessions)

    def paid_in_a_year(self, listing: Listing) -> float:
        """Return the sum of the dividends of the last 365 days."""
        since = self.today - timedelta(days=365)
        return sum(paid for day, paid in self.dividends(listing).items() if day > since)

    def rate(self, source: str, target: str) -> float:
        """Return how many units of `target` one unit of `source` is worth."""
        return self._per_dollar(target) / self._per_dollar(source)

    def _per_dollar(self, currency: str) -> float:
        if currency in _MINOR:
            return 100 * self._per_dollar(_MINOR[currency])
        listing = self.find(f"{currency}=X")
        return 1.0 if currency == "USD" or listing is None else listing.price

    def opening(self, listing: Listing, day: date) -> int:
        """Return the epoch second that stamps the bar of `day`."""
        moment = clock(0) if listing.is_currency else _OPENING
        return int(datetime.combine(day, moment, listing.zone).timestamp())

    def time_of_price(self, listing: Listing) -> int:
        """Return when the current price was made: the close, or now while the market moves."""
        close = int(datetime.combine(self.sessions[-1], _CLOSING, listing.zone).timestamp())
        return min(close, int(time.time())) if self.moving else close


def _weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def _by_session(amounts: dict[date, float], sessions: list[date]) -> dict[date, float]:
    within = {day: paid for day, paid in amounts.items() if sessions[0] <= day <= sessions[-1]}
    return {next(s for s in sessions if s >= day): paid for day, paid in sorted(within.items())}


def _closes(listing: Listing, count: int, rng: random.Random) -> list[float]:
    """Walk back from the price, pulled towards it so that two years stay in a believable range."""
    spread = (0.04 if listing.is_currency else listing.volatility) / math.sqrt(252)
    level, move, levels = 0.0, 0.0, [0.0]
    for _ in range(count - 1):
        move = 0.2 * move + rng.gauss(0, spread)
        level = 0.985 * level + move
        levels.append(level)
    return [round(listing.price * math.exp(x), listing.digits) for x in reversed(levels)]


def _through(listing: Listing, sessions: list[date], closes: list[float]) -> list[float]:
    """Bend the walk so that it meets the anchors; between two of them the correction changes evenly."""
    fixed = {at: listing.anchors[day] / closes[at] for at, day in enumerate(sessions) if day in listing.anchors}
    if not fixed:
        return closes
    fixed = {0: next(iter(fixed.values())), **fixed, len(closes) - 1: 1.0}
    places = sorted(fixed)
    bent = []
    for at, close in enumerate(closes):
        after = next(place for place in places if place >= at)
        before = max(place for place in places if place <= at)
        part = (at - before) / (after - before) if after > before else 0.0
        bent.append(round(close * (fixed[before] * (1 - part) + fixed[after] * part), listing.digits))
    return bent


def _history(listing: Listing, sessions: list[date], seed: int) -> list[Bar]:
    rng = random.Random(f"{seed}/{listing.symbol}")
    closes = _through(listing, sessions, _closes(listing, len(sessions), rng))
    paid = _by_session(listing.dividends, sessions)
    bars: list[Bar] = []
    factor = 1.0
    # Backwards, because a dividend lowers every adjusted close before it.
    for at in range(len(sessions) - 1, -1, -1):
        close, before = closes[at], closes[max(at - 1, 0)]
        opened = round((close + before) / 2, listing.digits)
        reach = abs(rng.gauss(0, 0.006)) * close * (0.1 if listing.is_currency else 1)
        high, low = max(close, opened) + reach, min(close, opened) - reach
        volume = 0 if listing.is_currency else int(listing.shares * rng.uniform(0.004, 0.012))
        high, low = round(high, listing.digits), round(low, listing.digits)
        bars.append(Bar(sessions[at], opened, high, low, close, round(close * factor, 6), volume))
        factor *= 1 - paid.get(sessions[at], 0.0) / before
    return bars[::-1]


def _default_listings(sessions: list[date]) -> list[Listing]:
    years = range(sessions[0].year, sessions[-1].year + 1)
    return [
        Listing(
            "BABA", "USD", "CNY", 131.4, 6.6, 62.0, "CNY", 188.5, 112.0, 255.0, 190.0, 40,
            (9, 26, 5, 0, 0), 2_390_000_000, {date(y, 6, 11): 1.9 + 0.05 * (y % 3) for y in years},
            "Alibaba Group (invented)", fiscal_year_end_month=3,
        ),
        Listing(
            "AMZN", "USD", "USD", 262.0, 7.9, 9.4, "USD", 298.0, 215.0, 360.0, 300.0, 62,
            (16, 42, 4, 0, 0), 10_690_000_000, {}, "Amazon.com (invented)", "NMS", volatility=0.32,
        ),
        Listing(
            "MSFT", "USD", "USD", 418.0, 15.9, 19.1, "USD", 560.0, 430.0, 680.0, 565.0, 52,
            (14, 36, 2, 0, 0), 7_430_000_000,
            {date(y, m, 20): 0.91 if m >= 9 else 0.83 for y in years for m in (2, 5, 8, 11)},
            "Microsoft (invented)", "NMS", fiscal_year_end_month=6, volatility=0.27,
        ),
        Listing("0100.HK", "HKD", price=251.0, name="MiniMax (invented)", exchange="HKG", volatility=0.6),
        Listing("CNY=X", "CNY", price=7.02, name="USD/CNY", exchange="CCY", kind="CURRENCY"),
        Listing("HKD=X", "HKD", price=7.79, name="USD/HKD", exchange="CCY", kind="CURRENCY"),
    ]  # fmt: skip
