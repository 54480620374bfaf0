"""Units, written as people write them: ``USD per ADS``, ``CNY m``, ``HKD bn``, ``%``, ``x``, ``users m``."""

import re
from dataclasses import dataclass

SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
# Shares are quoted in these in London, Johannesburg and Tel Aviv: the code, its currency, and how many make one of it.
MINOR_UNITS = {"GBp": ("GBP", 100), "ZAc": ("ZAR", 100), "ILA": ("ILS", 100)}
CURRENCY_CODE = rf"(?:{'|'.join(MINOR_UNITS)}|[A-Z]{{3}})"
_MONEY = re.compile(rf"(?P<code>{CURRENCY_CODE})(?: (?P<scale>k|m|bn|tn))?(?: per (?P<per>[A-Za-z ]+))?")
_PLAIN = ("%", "x", "points", "years", "quarters", "months", "days", "year", "date", "ratio")
# What is counted, with or without a scale: “shares m”, “users bn”, “GW”; anything else as “units of tools m”.
_COUNTED = re.compile(
    r"(?P<what>analysts|shares|ADS|users|customers|subscribers|employees|aircraft|engines|stores|tools|GW|MW|kWh|MWh"
    r"|tonnes|barrels|units of [a-z][a-z -]*?)(?: (?P<scale>k|m|bn|tn))?"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts.

    Attributes
    ----------
    text : the unit as written.
    currency : ISO code, or None where the unit is no money; that of ``GBp`` is GBP.
    scale : what one of it is in the currency: the factor of the scale word (``bn`` is 1e9), 0.01 for ``GBp``.
    per : what one unit of it belongs to: a share class such as ``ADS``, or the other currency of an exchange rate.
    counts : what is counted, where it is neither money nor a ratio: ``users`` of ``users m``.
    """

    text: str
    currency: str | None = None
    scale: float = 1.0
    per: str | None = None
    counts: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """The unit that `text` names. Raises ValueError for one that is not known."""
        if text in _PLAIN:
            return cls(text)
        if money := _MONEY.fullmatch(text):
            currency, parts = major_unit(money["code"])
            return cls(text, currency, SCALES[money["scale"] or ""] / parts, money["per"])
        if counted := _COUNTED.fullmatch(text):
            return cls(text, scale=SCALES[counted["scale"] or ""], counts=counted["what"].removeprefix("units of "))
        known = "“USD per ADS”, “CNY m”, “%”, “x”, “users m” or “units of tools”"
        raise ValueError(f"“{text}” is no unit; write one like {known}")

    @property
    def code(self) -> str | None:
        """The currency as it is written in front of an amount: ``GBp`` for pence."""
        return None if self.currency is None else self.text.split(" ", 1)[0]

    @property
    def is_minor(self) -> bool:
        """Whether it counts parts of its currency, as pence do."""
        return self.code in MINOR_UNITS

    def __str__(self) -> str:
        return self.text


def major_unit(code: str) -> tuple[str, int]:
    """The currency that a code counts, and how many of the code make one of it: GBP and 100 for ``GBp``."""
    return MINOR_UNITS.get(code, (code, 1))


PERCENT = Unit.parse("%")
TIMES = Unit.parse("x")
