"""A figure: a value that never loses its unit, date and origin.

Units are written as people write them: ``USD per ADS``, ``CNY m``, ``HKD bn``, ``%``, ``x``, ``quarters``.
A unit with a currency keeps it through every calculation; arithmetic across currencies or share classes goes
through `convert`, which leaves a line of the chain behind.
"""

import math
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from data.errors import UnitMismatch

_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
_MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?: (?P<scale>k|m|bn))?(?: per (?P<per>[A-Za-z ]+))?")
_PLAIN = ("%", "x", "quarters", "months", "days", "year", "date", "analysts", "shares m", "ADS m", "ratio")


class Origin(StrEnum):
    """Where a figure comes from, in the word that the reader sees."""

    ARTICLE = "article"
    FILING = "filing"
    MARKET = "market"
    SNAPSHOT = "snapshot"
    READER = "yours"


class Confidence(StrEnum):
    """How a stored figure was read: from the release, from reports that quote it, or by calculation."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts. `scale` is a factor (``bn`` is 1e9); `per` is a share class such as ``ADS``."""

    text: str
    currency: str | None = None
    scale: float = 1.0
    per: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """The unit that `text` names. Raises ValueError for one that is not known."""
        if text in _PLAIN:
            return cls(text)
        if money := _MONEY.fullmatch(text):
            return cls(text, money["currency"], _SCALES[money["scale"] or ""], money["per"])
        raise ValueError(f"“{text}” is no unit; write one like “USD per ADS”, “CNY m”, “%” or “x”")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with all that a reader needs to check it.

    `value` is in `unit`; `as_of` is the date it describes, `known` the day it became public; `source` says where
    it was read and `url` leads there; `chain` holds the lines of the calculation that made it, if any did.
    """

    value: float
    unit: Unit
    as_of: date
    origin: Origin
    source: str
    label: str = ""
    known: date | None = None
    url: str | None = None
    confidence: Confidence = Confidence.OFFICIAL
    fetched: datetime | None = None
    chain: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"{self.label or 'figure'}: a figure must be a finite number")

    def same_unit(self, other: "Figure") -> None:
        """Raises UnitMismatch unless both are in one currency, per one share class."""
        if (self.unit.currency, self.unit.per) != (other.unit.currency, other.unit.per):
            raise UnitMismatch(f"{self.label} is in {self.unit}, {other.label} in {other.unit}")


def convert(figure: Figure, rate: Figure, shares_per_unit: float = 1.0, per: str | None = None) -> Figure:
    """A money figure in another currency, and per another share class if `per` says so.

    `rate` is in ``FROM per TO`` (CNY per USD, say): the result is value x shares_per_unit / rate, in TO. The line
    of the calculation is appended to the chain. The result is official only where both sides are.
    """
    if figure.unit.currency is None or rate.unit.currency != figure.unit.currency or rate.unit.per is None:
        raise UnitMismatch(f"a rate in {rate.unit} does not convert {figure.unit}")
    scale = next(name for name, factor in _SCALES.items() if factor == figure.unit.scale)
    share_class = per or figure.unit.per
    text = f"{rate.unit.per}{' ' + scale if scale else ''}{f' per {share_class}' if share_class else ''}"
    value = figure.value * shares_per_unit / rate.value
    shares = f" × {shares_per_unit:g}" if shares_per_unit != 1 else ""
    line = f"{figure.value:,.2f} {figure.unit}{shares} ÷ {rate.value:,.4f} {rate.unit} = {value:,.2f} {text}"
    return replace(
        figure,
        value=value,
        unit=Unit.parse(text),
        chain=(*figure.chain, line),
        confidence=least_confident(figure, rate),
    )


def least_confident(*figures: Figure) -> Confidence:
    """The weakest confidence among figures: a result is as sure as its least sure part."""
    ranked = [Confidence.OFFICIAL, Confidence.DERIVED, Confidence.SECONDARY]
    return max((figure.confidence for figure in figures), key=ranked.index, default=Confidence.OFFICIAL)
