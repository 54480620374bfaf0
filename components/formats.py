"""Numbers and dates as the reader sees them, named by meaning.

Each number format takes one number, or an array for a slider's sweep, and gives one text or a list of texts: so a
value reads the same while a handle moves and after its release. What cannot be stated (NaN) reads “n/a”.
A no-break space keeps a number and its unit on one line; the minus is a real one.
"""

import datetime as dt

import numpy as np

from components.numbers import Number
from data.figures import Figure

NBSP = "\u00a0"
NOT_STATED = "n/a"
Text = str | list[str]


def _texts(value: Number, decimals: int, head: str = "", tail: str = "", signed: bool = False) -> Text:
    """Numbers as texts. A sweep has tens of thousands of them, so an array is written in one go and cut afterwards."""
    values = value.tolist() if isinstance(value, np.ndarray) and value.ndim else [float(value)]
    written = f"{{:{'+' if signed else ''},.{decimals}f}}\n" * len(values)
    # A negative zero would read as a fall that is none.
    zero = f"{0:.{decimals}f}\n"
    lines = written.format(*values).replace("-", "−").replace(f"−{zero}", f"{'+' if signed else ''}{zero}")
    if "n" in lines:  # nan and inf
        texts = [NOT_STATED if "n" in line else f"{head}{line}{tail}" for line in lines.splitlines()]
    else:
        texts = f"{head}{lines[:-1]}{tail}".replace("\n", f"{tail}\n{head}").split("\n")
    return texts if isinstance(value, np.ndarray) and value.ndim else texts[0]


def number(value: Number, decimals: int = 0) -> Text:
    """1,234.5"""
    return _texts(value, decimals)


def signed(value: Number, decimals: int = 0) -> Text:
    """+1,234.5"""
    return _texts(value, decimals, signed=True)


def percent1(ratio: Number) -> Text:
    """A ratio as a percentage with one decimal: 0.296 reads 29.6 %."""
    return _texts(_hundred(ratio), 1, tail=f"{NBSP}%")


def percent0(ratio: Number) -> Text:
    """A ratio as a whole percentage: 0.25 reads 25 %."""
    return _texts(_hundred(ratio), 0, tail=f"{NBSP}%")


def change1(ratio: Number) -> Text:
    """A change as a signed percentage with one decimal: 0.296 reads +29.6 %."""
    return _texts(_hundred(ratio), 1, tail=f"{NBSP}%", signed=True)


def _hundred(ratio: Number) -> Number:
    return np.multiply(ratio, 100)


def multiple1(value: Number) -> Text:
    """A multiple with one decimal: 17.5x."""
    return _texts(value, 1, tail="x")


def money(amount: Number, currency: str, decimals: int = 2) -> Text:
    """USD 146.58"""
    return _texts(amount, decimals, head=f"{currency}{NBSP}")


def months(count: Number) -> Text:
    """12 months, 1 month"""
    return _counted(count, "month")


def years(count: Number) -> Text:
    """10 years, 1 year"""
    return _counted(count, "year")


def _counted(count: Number, noun: str) -> Text:
    texts = _texts(count, 0, tail=f"{NBSP}{noun}s")
    if isinstance(texts, list):
        return [_singular(text, noun) for text in texts]
    return _singular(texts, noun)


def _singular(text: str, noun: str) -> str:
    return f"1{NBSP}{noun}" if text == f"1{NBSP}{noun}s" else text


def day(date: dt.date) -> str:
    """1 Jan 2026"""
    return f"{date.day}{NBSP}{date:%b}{NBSP}{date.year}"


def quarter(end: dt.date) -> str:
    """Sep 2025: the quarter that ends then."""
    return f"{end:%b}{NBSP}{end.year}"


def age(then: dt.datetime, now: dt.datetime) -> str:
    """just now, 5 min ago, 3 h ago, 2 days ago"""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes}{NBSP}min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60}{NBSP}h ago"
    return f"{minutes // 1440}{NBSP}days ago"


def figure(item: Figure, decimals: int | None = None) -> str:
    """A figure with its unit, in the shape that its unit asks for."""
    unit = item.unit
    if unit.text == "%":
        return f"{number(item.value, 1 if decimals is None else decimals)}{NBSP}%"
    if unit.text == "x":
        return f"{number(item.value, 1 if decimals is None else decimals)}x"
    if unit.currency is None:
        return f"{number(item.value, 0 if decimals is None else decimals)}{NBSP}{unit.text}"
    if unit.per is not None:
        return str(money(item.value, unit.code or "", 2 if decimals is None else decimals))
    if unit.scale == 1e6 and abs(item.value) >= 1000:
        return f"{money(item.value / 1000, unit.currency, 1 if decimals is None else decimals)}bn"
    suffix = {1e6: "m", 1e9: "bn", 1e3: "k"}.get(unit.scale, "")
    return f"{money(item.value, unit.currency, 1 if decimals is None else decimals)}{suffix}"
