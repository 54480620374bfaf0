"""What an article is about, by its text: which listed companies, and of which day. Only suggested, never taken."""

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.authoring.periods import Calendar, periods
from components.authoring.words import bounded, either

# The market service's symbols.
SYMBOL = re.compile(r"[A-Z0-9^][A-Z0-9.^=-]{0,14}")
_EXCHANGES = Path(__file__).parent / "words" / "exchanges.toml"
_HEAD, _FOOT = 600, 200  # characters at both ends of a text in which it says when it appeared
_SAID = re.compile(r"(?i)\b(?:published|posted|updated|dated|as of|date)\b[:\s]*(?:on\s+)?$")
# Words in capitals and brackets that are no symbols.
_NO_SYMBOL = {
    "AI",
    "IPO",
    "CEO",
    "CFO",
    "EPS",
    "USA",
    "UK",
    "EU",
    "US",
    "ADR",
    "ADS",
    "FY",
    "EBITDA",
    "GDP",
    "ETF",
    "FCF",
}


@dataclass(frozen=True)
class Exchange:
    """Where a share trades: how articles call it, the ending of symbols, and what prices are in.

    `quoted` is a part of the currency, ``GBp`` for pence; empty where prices are in the currency itself.
    """

    name: str
    codes: tuple[str, ...]
    ending: str
    currency: str
    quoted: str = ""
    digits: int = 0


@dataclass(frozen=True)
class Mention:
    """A company that a text speaks of: its symbol, how often, and where the symbol comes from."""

    symbol: str
    name: str
    count: int
    is_stated: bool


@cache
def exchanges() -> tuple[Exchange, ...]:
    """All exchanges that are known."""
    found = tomllib.loads(_EXCHANGES.read_text(encoding="utf-8"))["exchange"]
    return tuple(Exchange(**{**each, "codes": tuple(each["codes"])}) for each in found)


def exchange_of(symbol: str) -> Exchange | None:
    """The exchange that a symbol belongs to by its ending; None for an ending that is not known."""
    ending = f".{symbol.rsplit('.', 1)[1]}" if "." in symbol else ""
    return next((each for each in exchanges() if each.ending == ending), None)


def mentions(text: str, known: Mapping[str, str]) -> list[Mention]:
    """The companies that a text speaks of: those whose symbol it states first, then by how often they are named.

    `known` are names by symbol, of companies that are here already.
    """
    stated = Counter(_stated(text))
    named = Counter({symbol: _times(name, text) for symbol, name in known.items() if name})
    found = [
        Mention(symbol, known.get(symbol, ""), stated[symbol] + named[symbol], symbol in stated)
        for symbol in {*stated, *(symbol for symbol, count in named.items() if count)}
    ]
    return sorted(found, key=lambda each: (not each.is_stated, -each.count, each.symbol))


def _stated(text: str) -> list[str]:
    """The symbols that a text states: after an exchange, in brackets behind a name, or with a dollar sign."""
    codes = {code.lower(): each for each in exchanges() for code in each.codes}
    found = []
    named = either(code for each in exchanges() for code in each.codes)
    for match in re.finditer(rf"(?<!\w)(?i:({named}))\s?:\s?([A-Z0-9][A-Z0-9.]{{0,9}})(?!\w)", text):
        exchange = codes[" ".join(match[1].lower().split())]
        name = match[2].upper().rstrip(".").replace(".", "-")
        name = name.zfill(exchange.digits) if name.isdigit() else name
        found.append(f"{name}{exchange.ending}")
    endings = either(each.ending for each in exchanges() if each.ending)
    found += [match[0] for match in re.finditer(rf"(?<![\w.])[A-Z0-9]{{1,6}}(?:{endings})(?![\w])", text)]
    found += [match[1] for match in re.finditer(r"(?<![\w$])\$([A-Z]{1,5})(?![\w])", text)]
    found += [match[1] for match in re.finditer(r"(?<=\w )\(([A-Z]{2,5})\)", text) if match[1] not in _NO_SYMBOL]
    return found


def _times(name: str, text: str) -> int:
    return sum(1 for _ in re.finditer(bounded(re.escape(name)), text))


def dated(text: str, today: dt.date) -> dt.date | None:
    """The day on which a text says that it appeared: one after “published”, else the first day near its top or foot."""
    days = [each for each in periods(text, Calendar(today)) if each.window == "day" and each.end <= today]
    days = [each for each in days if not each.resolved]
    said = [each for each in days if _SAID.search(text[max(each.span.start - 24, 0) : each.span.start])]
    near = [each for each in days if each.span.start < _HEAD or each.span.start > len(text) - _FOOT]
    alone = [each for each in near if _stands_alone(text, each.span.start, each.span.end)]
    return next((each.end for each in (*said, *alone)), None)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a date has a line to itself, or begins or ends a line as a dateline does."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    return len(line) < 90 and not re.search(r"[.!?]\s*$", line)
