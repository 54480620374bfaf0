"""Units, written as people write them: ``USD per ADS``, ``CNY m``, ``HKD bn``, ``%``, ``x``, ``quarters``."""

import re
from dataclasses import dataclass

SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
_MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?: (?P<scale>k|m|bn))?(?: per (?P<per>[A-Za-z ]+))?")
_PLAIN = ("%", "x", "quarters", "months", "days", "year", "date", "analysts", "shares m", "ADS m", "ratio")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts.

    Attributes
    ----------
    text : the unit as written.
    currency : ISO code, or None where the unit is no money.
    scale : the factor of the scale word (``bn`` is 1e9).
    per : what one unit of it belongs to: a share class such as ``ADS``, or the other currency of an exchange rate.
    """

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
            return cls(text, money["currency"], SCALES[money["scale"] or ""], money["per"])
        raise ValueError(f"“{text}” is no unit; write one like “USD per ADS”, “CNY m”, “%” or “x”")

    def __str__(self) -> str:
        return self.text


PERCENT = Unit.parse("%")
TIMES = Unit.parse("x")
