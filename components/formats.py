"""Numbers and dates as the reader sees them, named by meaning.

Each number format takes one number, or an array for a slider's sweep, and gives one text or a list of texts: so a
value reads the same while a handle moves and after its release. What cannot be stated (NaN) reads “n/a”.
A no-break space keeps a number and its unit on one line; the minus is a real one.
"""

import datetime as dt
import math
from collections.abc import Callable
from functools import wraps

import numpy as np

from data.figures import Figure

NBSP = "\u00a0"
NOT_STATED = "n/a"

Number = float | np.ndarray
Text = str | list[str]


def _each(one: Callable[..., str]) -> Callable[..., Text]:
    @wraps(one)
    def many(value: Number, *args: object) -> Text:
        if isinstance(value, np.ndarray) and value.ndim:
            return [one(each, *args) if math.isfinite(each) else NOT_STATED for each in value.tolist()]
        return one(value, *args) if math.isfinite(value) else NOT_STATED

    return many


def _minus(text: str) -> str:
    # A negative zero would read as a fall that is none.
    if text.startswith("-") and not any(digit in text for digit in "123456789"):
        text = text[1:]
    return text.replace("-", "−")


@_each
def number(value: float, decimals: int = 0) -> str:
    """1,234.5"""
    return _minus(f"{value:,.{decimals}f}")


@_each
def signed(value: float, decimals: int = 0) -> str:
    """+1,234.5"""
    text = _minus(f"{value:,.{decimals}f}")
    return text if text.startswith("−") else f"+{text}"


@_each
def percent1(ratio: float) -> str:
    """A ratio as a percentage with one decimal: 0.296 reads 29.6 %."""
    return _minus(f"{ratio * 100:,.1f}") + f"{NBSP}%"


@_each
def percent0(ratio: float) -> str:
    """A ratio as a whole percentage: 0.25 reads 25 %."""
    return _minus(f"{ratio * 100:,.0f}") + f"{NBSP}%"


@_each
def change1(ratio: float) -> str:
    """A change as a signed percentage with one decimal: 0.296 reads +29.6 %."""
    text = _minus(f"{ratio * 100:,.1f}") + f"{NBSP}%"
    return text if text.startswith("−") else f"+{text}"


@_each
def multiple1(value: float) -> str:
    """A multiple with one decimal: 17.5x."""
    return _minus(f"{value:,.1f}") + "x"


@_each
def money(amount: float, currency: str, decimals: int = 2) -> str:
    """USD 146.58"""
    return f"{currency}{NBSP}{_minus(f'{amount:,.{decimals}f}')}"


@_each
def signed_money(amount: float, currency: str, decimals: int = 0) -> str:
    """+USD 1,234, or −USD 1,234"""
    text = f"{abs(amount):,.{decimals}f}"
    zero = not any(digit in text for digit in "123456789")
    return f"{'−' if amount < 0 and not zero else '+'}{currency}{NBSP}{text}"


@_each
def months(count: float) -> str:
    """12 months, 1 month"""
    return f"{count:,.0f}{NBSP}{'month' if round(count) == 1 else 'months'}"


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
        return str(money(item.value, unit.currency, 2 if decimals is None else decimals))
    if unit.scale == 1e6 and abs(item.value) >= 1000:
        return f"{money(item.value / 1000, unit.currency, 1 if decimals is None else decimals)}bn"
    suffix = {1e6: "m", 1e9: "bn", 1e3: "k"}.get(unit.scale, "")
    return f"{money(item.value, unit.currency, 1 if decimals is None else decimals)}{suffix}"
