"""A value that was held back: what the service said, what speaks against it, and whether a later answer confirms it."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.market.bounds import CONFIRMS, within
from data.market.records import Answer, Prices
from data.sums import written
from data.units import CURRENCY_CODE, major_unit

# The place of a doubt that concerns an answer as a whole.
WHOLE = "*"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A value that is not shown as true.

    Attributes
    ----------
    subject : the symbol or pair that it is of.
    place : the record's field, `WHOLE` for all of the answer, or ``close YYYY-MM-DD``.
    name : what it is, in words.
    value, unit : what the service said.
    against, against_unit, other : what speaks against it, and in words what that is; no number where it is a time.
    contradicts : whether the answer speaks against itself, so that saying it again confirms nothing.
    fetched : when the answer came (UTC).
    """

    subject: str
    place: str
    name: str
    value: float
    unit: str
    against: float | None
    other: str
    contradicts: bool
    fetched: dt.datetime
    against_unit: str = ""

    @property
    def sentence(self) -> str:
        """The price of NLT is held back: the service says USD 1,314.00, its own last close is USD 131.40."""
        known = "" if self.against is None else f" {amount(self.against, self.against_unit or self.unit)}"
        said = amount(self.value, self.unit)
        return f"The {self.name} of {self.subject} is held back: the service says {said}, {self.other}{known}."

    def is_confirmed_by(self, later: "HeldBack") -> bool:
        """Whether a later answer says the same, and nothing in that answer speaks against it."""
        return (
            not later.contradicts
            and (self.place, self.unit) == (later.place, later.unit)
            and self.fetched < later.fetched
            and self.value > 0 < later.value
            and within(later.value, self.value, CONFIRMS)
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What an answer is judged by besides itself.

    Attributes
    ----------
    now : the present time (UTC).
    last, last_fetched : the last good answer to the same question and when it came; None where there is none.
    held : what was held back of the answer before.
    prices : the last good prices of the same share.
    rates : last good exchange rates by pair; ``USD/CNY`` is CNY per USD.
    """

    now: dt.datetime
    last: Answer | None = None
    last_fetched: dt.datetime | None = None
    held: tuple[HeldBack, ...] = ()
    prices: Prices | None = None
    rates: Mapping[str, float] = field(default_factory=dict)

    def unconfirmed(self, doubts: Iterable[HeldBack]) -> tuple[HeldBack, ...]:
        """Those doubts that the answer before does not settle by having said the same."""
        return tuple(each for each in doubts if not any(before.is_confirmed_by(each) for before in self.held))

    def in_currency(self, value: float, code: str, wanted: str) -> float | None:
        """An amount in another currency or its minor unit, to compare by; None where no rate is known."""
        currency, parts = major_unit(code)
        target, target_parts = major_unit(wanted)
        whole = value / parts * target_parts
        if currency == target:
            return whole
        if per_target := self.rates.get(f"{target}/{currency}"):
            return whole / per_target
        per_currency = self.rates.get(f"{currency}/{target}")
        return None if per_currency is None else whole * per_currency


def amount(value: float, unit: str) -> str:
    """USD 131.40, 7.0200 CNY per USD, 2,390,000,000 shares; a small number with more places."""
    decimals = 0 if unit == "shares" else 4 if " per " in unit or abs(value) < 1 else 2
    text = written(value, decimals)
    return f"{unit} {text}" if re.fullmatch(CURRENCY_CODE, unit) else f"{text} {unit}".strip()
