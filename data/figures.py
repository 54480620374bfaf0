"""A figure: a value that never loses its unit, date and origin.

A unit with a currency keeps it through every calculation; arithmetic across currencies or share classes goes through
`convert`, which leaves its sum behind.
"""

import math
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from data.errors import UnitMismatch
from data.sums import Expression, Sum, Term, term
from data.units import SCALES, Unit, major_unit


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
class Figure:
    """A number with all that a reader needs to check it.

    Attributes
    ----------
    value : the number, in `unit`; always finite.
    as_of : the date that it describes.
    known : the day on which it became public; None where that is not known.
    source, url : where it was read, and the address that leads there.
    fetched : when the market service gave it (UTC), for a live value.
    quoted : when a price or rate was made at its market (UTC); it may be long before it was fetched.
    working : the sum that made it, if any did.
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
    quoted: datetime | None = None
    working: Sum | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"{self.label or 'figure'}: a figure must be a finite number")

    @property
    def chain(self) -> tuple[str, ...]:
        """The lines of all sums that led here, first to last, each once."""
        if self.working is None:
            return ()
        earlier = [line for each in self.working.expression.terms() if each.figure for line in each.figure.chain]
        return tuple(dict.fromkeys([*earlier, self.working.text]))

    def term(self, decimals: int = 2, with_unit: bool = False, name: str = "") -> Term:
        """The figure as part of a sum."""
        unit = self.unit.text if with_unit or self.unit.text == "%" else ""
        return term(name or self.label, self.value, decimals, unit, self)

    def same_unit(self, other: "Figure") -> None:
        """Raises UnitMismatch unless both are in one currency and scale, per one share class: pence are not pounds."""
        mine, others = ((unit.currency, unit.scale, unit.per) for unit in (self.unit, other.unit))
        if mine != others:
            raise UnitMismatch(f"{self.label} is in {self.unit}, {other.label} in {other.unit}")


def in_major_unit(figure: Figure) -> Figure:
    """A figure in pence, cents or agorot in its whole currency, by a sum that it carries; any other as it is.

    450 GBp per share ÷ 100 is 4.50 GBP per share. It is the one place where a minor unit is scaled.
    """
    if not figure.unit.is_minor:
        return figure
    currency, parts = major_unit(str(figure.unit.code))
    text = currency + figure.unit.text.removeprefix(str(figure.unit.code))
    working = Sum(figure.term(2, with_unit=True) / parts, text, decimals=4)
    return replace(figure, value=working.value, unit=Unit.parse(text), working=working)


def convert(figure: Figure, rate: Figure, shares_per_unit: float = 1.0, share_class: str | None = None) -> Figure:
    """A money figure in another currency, and per another share class where `share_class` says so.

    `rate` is in ``FROM per TO`` (CNY per USD, say): the result is value x shares_per_unit / rate, in TO. It keeps the
    scale, carries its sum, and is official only where both sides are. Pence become pounds first, by a sum of their own.
    A rate of a currency to itself leaves the figure as it is, with no line of a conversion that did not take place.
    Raises UnitMismatch where the rate is not one of the figure's currency.
    """
    figure = in_major_unit(figure)
    if figure.unit.currency is None or rate.unit.currency != figure.unit.currency or rate.unit.per is None:
        raise UnitMismatch(f"a rate in {rate.unit} does not convert {figure.unit}")
    if is_one_to_one(rate) and shares_per_unit == 1 and share_class in (None, figure.unit.per):
        return figure
    scale = next(name for name, factor in SCALES.items() if factor == figure.unit.scale)
    per = share_class or figure.unit.per
    text = f"{rate.unit.per}{' ' + scale if scale else ''}{f' per {per}' if per else ''}"
    amount: Expression = figure.term(2, with_unit=True)
    if shares_per_unit != 1:
        amount = amount * shares_per_unit
    working = Sum(divided(amount, rate), text)
    return replace(
        figure,
        value=working.value,
        unit=Unit.parse(text),
        working=working,
        confidence=least_confident(figure, rate),
    )


def rescaled(figure: Figure, unit: Unit) -> Figure:
    """A figure in another scale of its own unit: millions as billions, pounds as pence.

    A factor of pence, and one in a figure that was computed, goes into its sum; millions as billions need none. Raises
    UnitMismatch where the two count different things.
    """
    mine, other = ((each.currency, each.per, each.counts) for each in (figure.unit, unit))
    if mine != other or (figure.unit.currency is figure.unit.counts is None and figure.unit.text != unit.text):
        raise UnitMismatch(f"{figure.label or 'a figure'} is in {figure.unit}, it would be compared with {unit}")
    if figure.unit.scale == unit.scale:
        return replace(figure, unit=unit)
    factor = figure.unit.scale / unit.scale
    value = figure.value * factor
    if figure.working is None and not (figure.unit.is_minor or unit.is_minor):
        return replace(figure, value=value, unit=unit)
    amount: Expression = figure.term(2, with_unit=True) if figure.working is None else figure.working.expression
    scaled = amount * factor if factor > 1 else amount / (unit.scale / figure.unit.scale)
    working = Sum(scaled, unit.text, decimals=4 if figure.unit.is_minor else 2)
    return replace(figure, value=working.value, unit=unit, working=working)


def is_one_to_one(rate: Figure) -> bool:
    """Whether a rate is one of a currency to itself."""
    return rate.unit.currency is not None and rate.unit.currency == rate.unit.per


def divided(amount: Expression, rate: Figure, with_unit: bool = True) -> Expression:
    """Amount ÷ rate, from FROM to TO of a rate in ``FROM per TO``; the amount itself where both are the same."""
    return amount if is_one_to_one(rate) else amount / rate.term(4, with_unit=with_unit)


def multiplied(amount: Expression, rate: Figure) -> Expression:
    """Amount × rate, the way back; the amount itself where both currencies are the same."""
    return amount if is_one_to_one(rate) else amount * rate.term(4, with_unit=True)


def terms_of(*sums: Sum) -> tuple[Figure, ...]:
    """The figures that went into sums, each once: those that stand in them, then what computed ones were made of."""
    direct = [each.figure for one in sums for each in one.expression.terms() if isinstance(each.figure, Figure)]
    made = [leaf for figure in direct if figure.working is not None for leaf in _leaves(figure)]
    return tuple(dict.fromkeys([*direct, *made]))


def _leaves(figure: Figure) -> list[Figure]:
    """The figures without a sum of their own that a figure was made of."""
    if figure.working is None:
        return [figure]
    inner = [each.figure for each in figure.working.expression.terms() if isinstance(each.figure, Figure)]
    return [leaf for each in inner for leaf in _leaves(each)]


def value_in(figure: Figure, unit: Unit) -> float:
    """The figure's value, for a sum with others in `unit`.

    Raises UnitMismatch unless both are in one currency, per one share class and of one scale.
    """
    if (figure.unit.currency, figure.unit.per, figure.unit.scale) != (unit.currency, unit.per, unit.scale):
        raise UnitMismatch(f"{figure.label or 'a figure'} is in {figure.unit}, it would be reckoned with {unit}")
    return figure.value


def least_confident(*figures: Figure) -> Confidence:
    """The weakest confidence among figures: a result is as sure as its least sure part."""
    ranked = [Confidence.OFFICIAL, Confidence.DERIVED, Confidence.SECONDARY]
    return max((figure.confidence for figure in figures), key=ranked.index, default=Confidence.OFFICIAL)
