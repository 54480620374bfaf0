"""The bundled market values: closes and dated moments, for when there is no network and for the article's time."""

import datetime as dt
import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, model_validator

from data.errors import Problems
from data.files import MOST, Day, Record, Row, Text, parse, read_csv, read_toml, refuse_duplicates
from data.kept import kept
from data.units import CURRENCY_CODE

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"
MOST_PE = 100_000  # beyond it the earnings behind a published ratio are lost in its rounding
CLOSES = ("date", "symbol", "close", "currency")
RATES = ("date", "pair", "rate", "source")


class QuoteSnapshot(Record):
    """What was published of one share on one day. Ratios are kept only to recover the EPS behind them."""

    price: float | None = Field(default=None, gt=0, le=MOST)
    currency: str = Field(pattern=rf"^{CURRENCY_CODE}$")
    share_class: Text
    pe_trailing: float | None = Field(default=None, gt=0, le=MOST_PE)
    pe_forward: float | None = Field(default=None, gt=0, le=MOST_PE)
    target_mean: float | None = Field(default=None, gt=0, le=MOST)
    target_high: float | None = Field(default=None, gt=0, le=MOST)
    target_low: float | None = Field(default=None, gt=0, le=MOST)
    target_analysts: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _targets_in_order(self) -> "QuoteSnapshot":
        stated = [("low", self.target_low), ("mean", self.target_mean), ("high", self.target_high)]
        known = [(name, value) for name, value in stated if value is not None]
        for (first, low), (last, high) in itertools.pairwise(known):
            if low > high:
                raise ValueError(f"target_{first} ({low:g}) is above target_{last} ({high:g})")
        return self


class Moment(Record):
    """Market values of one day."""

    date: Day
    source: Text
    quotes: dict[str, QuoteSnapshot]


@dataclass(frozen=True, slots=True)
class Close:
    """A closing price, unadjusted."""

    date: dt.date
    price: float
    currency: str


@dataclass(frozen=True, slots=True)
class DailyRate:
    """An exchange rate of one day; that of ``USD/CNY`` is in CNY per USD."""

    date: dt.date
    rate: float
    source: str


@dataclass(frozen=True, slots=True)
class Snapshots:
    """All bundled market values: closes by symbol, moments, and exchange rates by pair, each in order of date."""

    closes: dict[str, tuple[Close, ...]]
    moments: tuple[Moment, ...]
    rates: dict[str, tuple[DailyRate, ...]] = field(default_factory=dict)

    @property
    def symbols(self) -> frozenset[str]:
        """Every share of which something is stored."""
        return frozenset(self.closes) | {symbol for moment in self.moments for symbol in moment.quotes}


def load_snapshots(folder: Path = SNAPSHOTS) -> Snapshots:
    """The snapshots in that folder. Raises DataFileError with all that is wrong."""
    return _load(folder)


@kept
def _load(folder: Path) -> Snapshots:
    problems = Problems()
    snapshots = read_snapshots(folder, problems)
    problems.raise_any()
    return snapshots


def read_snapshots(folder: Path, problems: Problems) -> Snapshots:
    """The snapshots in that folder as far as they can be read; what is wrong goes to `problems`."""
    moments: list[Moment] = []
    for path in sorted(folder.glob("*.toml")):
        with problems.gathering():
            moment = parse(Moment, read_toml(path), path, "")
            if path.stem != moment.date.isoformat():
                problems.add(path, "", "date", f"{moment.date} is not the day that the file is named after")
            moments.append(moment)
    closes, rates = _closes(folder / "closes.csv", problems), _rates(folder / "rates.csv", problems)
    return Snapshots(closes, tuple(sorted(moments, key=lambda moment: moment.date)), rates)


def _rates(path: Path, problems: Problems) -> dict[str, tuple[DailyRate, ...]]:
    """Exchange rates by pair in order of date, one a day."""
    rates: dict[str, list[DailyRate]] = {}
    rows: list[Row] = []
    with problems.gathering():
        rows = read_csv(path, RATES) if path.exists() else []
    for row in rows:
        with problems.gathering():
            pair, rate = row.text("pair"), row.number("rate", above=0)
            if not re.fullmatch(r"[A-Z]{3}/[A-Z]{3}", pair) or pair[:3] == pair[4:]:
                raise row.wrong("pair", f"“{pair}” is no pair of two currencies; write one like USD/CNY")
            if rate is None:
                raise row.wrong("rate", "it is missing")
            rates.setdefault(pair, []).append(DailyRate(row.day("date"), rate, row.text("source")))
    with problems.gathering():
        refuse_duplicates((f"{row.cells['pair']} on {row.cells['date']}" for row in rows), path, "rate of", "date")
    return {pair: tuple(sorted(found, key=lambda rate: rate.date)) for pair, found in rates.items()}


def _closes(path: Path, problems: Problems) -> dict[str, tuple[Close, ...]]:
    """Closes by symbol in order of date: one a day, all of a symbol in one currency."""
    closes: dict[str, list[Close]] = {}
    rows: list[Row] = []
    with problems.gathering():
        rows = read_csv(path, CLOSES) if path.exists() else []
    for row in rows:
        with problems.gathering():
            symbol, price, currency = row.text("symbol"), row.number("close", above=0), row.text("currency")
            if price is None:
                raise row.wrong("close", "it is missing")
            before = closes.setdefault(symbol, [])
            if before and before[0].currency != currency:
                raise row.wrong("currency", f"“{currency}” here, {before[0].currency} in the closes of {symbol} before")
            before.append(Close(row.day("date"), price, currency))
    with problems.gathering():
        refuse_duplicates((f"{row.cells['symbol']} on {row.cells['date']}" for row in rows), path, "close of", "date")
    return {symbol: tuple(sorted(found, key=lambda close: close.date)) for symbol, found in closes.items() if found}
