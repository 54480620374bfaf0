"""Numbers and dates as the reader sees them: one function for each kind of value.

Each number format takes one number, or an array of shape (steps,) for a slider's sweep, and returns one text or a list
of texts. A value therefore reads the same while the reader drags a slider and after the release. NaN and infinity read
“n/a”. A no-break space keeps a number and its unit on one line; negative numbers have a true minus sign.
"""

import datetime as dt
from collections.abc import Callable

import numpy as np

from components.numbers import Number
from data.figures import Figure
from data.sums import half_up
from data.units import SCALES, Unit, major_unit

NBSP = "\u00a0"
NOT_STATED = "n/a"
Text = str | list[str]


def _texts(value: Number, decimals: int, head: str = "", tail: str = "", signed: bool = False) -> Text:
    """Numbers as texts. A sweep has tens of thousands of them, so one format call writes the whole array."""
    values = [half_up(each, decimals) for each in np.atleast_1d(np.asarray(value, dtype=float)).tolist()]
    written = f"{{:{'+' if signed else ''},.{decimals}f}}\n" * len(values)
    # “−0.0” would read as a fall where there is none.
    zero = f"{0:.{decimals}f}\n"
    lines = written.format(*values).replace("-", "−").replace(f"−{zero}", f"{'+' if signed else ''}{zero}")
    if "n" in lines:  # nan and inf
        texts = [NOT_STATED if "n" in line else f"{head}{line}{tail}" for line in lines.splitlines()]
    else:
        texts = f"{head}{lines[:-1]}{tail}".replace("\n", f"{tail}\n{head}").split("\n")
    return texts if isinstance(value, np.ndarray) and value.ndim else texts[0]


def each(text: Text, write: Callable[[str], str]) -> Text:
    """A text written another way; each of them where it is a sweep's list."""
    return [write(one) for one in text] if isinstance(text, list) else write(text)


def number(value: Number, decimals: int = 0) -> Text:
    """With thousands separators: 1,234.5. A figure that is known to tens is written without decimals."""
    return _texts(value, max(decimals, 0))


def signed(value: Number, decimals: int = 0) -> Text:
    """With its sign: +1,234.5."""
    return _texts(value, decimals, signed=True)


def percent1(ratio: Number) -> Text:
    """A ratio as a percentage with one decimal: 0.296 reads 29.6%."""
    return _texts(_hundred(ratio), 1, tail="%")


def percent0(ratio: Number) -> Text:
    """A ratio as a whole percentage: 0.25 reads 25%."""
    return _texts(_hundred(ratio), 0, tail="%")


def change1(ratio: Number) -> Text:
    """A change as a signed percentage with one decimal: 0.296 reads +29.6%."""
    return _texts(_hundred(ratio), 1, tail="%", signed=True)


def _hundred(ratio: Number) -> Number:
    return np.multiply(ratio, 100)


def multiple1(value: Number) -> Text:
    """A multiple with one decimal: 17.5x."""
    return _texts(value, 1, tail="x")


def money(amount: Number, currency: str, decimals: int = 2) -> Text:
    """With the currency in front: USD 146.58. Pence stand behind, with a place less: 1,071.5p."""
    if currency == "GBp":
        return _texts(amount, max(decimals - 1, 0), tail="p")
    return _texts(amount, decimals, head=f"{currency}{NBSP}")


def in_currency(amount: Number, code: str, decimals: int = 2) -> Text:
    """An amount of many shares, which pence have made, in the whole currency: 107,150p is GBP 1,071.50."""
    currency, parts = major_unit(code)
    return money(np.divide(amount, parts), currency, decimals)


def capitalised(text: str) -> str:
    """A text with a capital letter first; the others stay as they are."""
    return f"{text[:1].upper()}{text[1:]}"


def shares_of(share_class: str, count: float = 2) -> str:
    """A share class as a noun for so many of them: 100 shares, 1 share; a short name such as ADS stays as it is."""
    return share_class if count == 1 or share_class.isupper() or share_class.endswith("s") else f"{share_class}s"


def months(count: Number) -> Text:
    """12 months, or 1 month."""
    return _counted(count, "month")


def years(count: Number) -> Text:
    """10 years, or 1 year."""
    return _counted(count, "year")


def _counted(count: Number, noun: str) -> Text:
    return each(_texts(count, 0, tail=f"{NBSP}{noun}s"), lambda text: _singular(text, noun))


def _singular(text: str, noun: str) -> str:
    return f"1{NBSP}{noun}" if text == f"1{NBSP}{noun}s" else text


def day(date: dt.date) -> str:
    """1 Jan 2026."""
    return f"{date.day}{NBSP}{date:%b}{NBSP}{date.year}"


def quarter(end: dt.date) -> str:
    """The month in which a quarter ends: Sep 2025."""
    return f"{end:%b}{NBSP}{end.year}"


def age(then: dt.datetime, now: dt.datetime) -> str:
    """How long ago something was: just now, 5 min ago, 3 h ago, 2 days ago."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes}{NBSP}min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60}{NBSP}h ago"
    return f"{minutes // 1440}{NBSP}days ago"


def figure(item: Figure, decimals: int | None = None) -> str:
    """A figure with its unit, formatted according to that unit.

    Without `decimals`, each unit has its own number of them. Millions read as billions from 1,000 million upwards.
    """
    unit = item.unit
    if unit.text == "%":
        return f"{number(item.value, 1 if decimals is None else decimals)}%"
    if unit.text == "x":
        return f"{number(item.value, 1 if decimals is None else decimals)}x"
    if unit.currency is None:
        return counted(item.value, unit, 0 if decimals is None else decimals)
    if unit.per is not None:
        return str(money(item.value, unit.code or "", 2 if decimals is None else decimals))
    if unit.scale == 1e6 and abs(item.value) >= 1000:
        return f"{money(item.value / 1000, unit.currency, 1 if decimals is None else decimals)}bn"
    places = (2 if unit.scale == SCALES["tn"] else 1) if decimals is None else decimals
    return f"{money(item.value, unit.currency, places)}{scale_word(unit)}"


def scale_word(unit: Unit) -> str:
    """The word of a unit's scale: “bn”; empty where it counts ones, or parts of one."""
    return next((word for word, factor in SCALES.items() if word and factor == unit.scale), "")


def counted(value: float, unit: Unit, decimals: int = 0) -> str:
    """A number of things: 12,104m shares, 16 analysts, 12 months; a year is written as it is."""
    if unit.text == "year":
        return f"{value:.0f}"
    if unit.counts is None:
        return f"{number(value, decimals)}{NBSP}{unit.text}"
    return f"{number(value, decimals)}{scale_word(unit)}{NBSP}{unit.counts}"
