"""The bundled market values: closes and dated moments, for when there is no network and for the article's time."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from data.errors import DataFileError
from data.files import Record, parse, read_csv, read_toml

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"


class QuoteSnapshot(Record):
    """What was published of one share on one day. Ratios are kept only to recover the EPS behind them."""

    price: float | None = Field(default=None, gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    share_class: str
    pe_trailing: float | None = Field(default=None, gt=0)
    pe_forward: float | None = Field(default=None, gt=0)
    target_mean: float | None = Field(default=None, gt=0)
    target_high: float | None = Field(default=None, gt=0)
    target_low: float | None = Field(default=None, gt=0)
    target_analysts: int | None = Field(default=None, ge=0)


class Moment(Record):
    """Market values of one day."""

    date: dt.date
    source: str
    quotes: dict[str, QuoteSnapshot]


@dataclass(frozen=True, slots=True)
class Close:
    """A closing price, unadjusted."""

    date: dt.date
    price: float
    currency: str


@dataclass(frozen=True, slots=True)
class Snapshots:
    """All bundled market values: closes by symbol in order of date, and moments in order of date."""

    closes: dict[str, tuple[Close, ...]]
    moments: tuple[Moment, ...]


@cache
def load_snapshots(folder: Path = SNAPSHOTS) -> Snapshots:
    """The snapshots in that folder. Raises DataFileError."""
    moments = [parse(Moment, read_toml(path), path, "") for path in sorted(folder.glob("*.toml"))]
    path = folder / "closes.csv"
    closes: dict[str, list[Close]] = {}
    for number, row in enumerate(read_csv(path) if path.exists() else [], start=2):
        try:
            close = Close(dt.date.fromisoformat(row["date"]), float(row["close"]), row["currency"])
        except (KeyError, ValueError) as error:
            raise DataFileError(
                path, f"line {number}", "", f"expected date, symbol, close, currency: {error}"
            ) from None
        closes.setdefault(row["symbol"], []).append(close)
    ordered = {symbol: tuple(sorted(rows, key=lambda close: close.date)) for symbol, rows in closes.items()}
    return Snapshots(ordered, tuple(sorted(moments, key=lambda moment: moment.date)))
