"""What kind of statement a number belongs to: growth, a level, a margin, a multiple, a target, and so on.

By the cue words of its clause, then of its sentence. The first rule that fits gives the kind.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from components.authoring.amounts import Amount
from components.authoring.sentences import Span
from components.authoring.words import Words, either

REACH = 24  # characters behind a number in which a cue still speaks of it


class Kind(StrEnum):
    """The kinds of statements."""

    GROWTH = "growth"
    LEVEL = "level"
    MARGIN = "margin"
    MULTIPLE = "multiple"
    TARGET = "target"
    UPSIDE = "upside"
    PRICE = "price"
    PRICE_CHANGE = "price change"
    PLAN = "plan"
    GUIDANCE = "guidance"
    ESTIMATE = "estimate"
    SHARE = "share"
    RATING = "rating"
    YIELD = "yield"
    MARKET_VALUE = "market value"
    DATE = "date"


@dataclass(frozen=True)
class Around:
    """What stands around a number: its clause and its sentence, as text and as places."""

    text: str
    clause: Span
    sentence: Span
    words: Words

    def clause_has(self, group: str, name: str) -> bool:
        """Whether a cue stands in the clause."""
        return self.words.has(group, name, self.clause.of(self.text))

    def has(self, group: str, name: str) -> bool:
        """Whether a cue stands in the sentence."""
        return self.words.has(group, name, self.sentence.of(self.text))

    def before(self, amount: Amount) -> str:
        """The clause up to the number."""
        return self.text[self.clause.start : amount.span.start]

    def near(self, amount: Amount, reach: int = 28) -> str:
        """A little of the clause to both sides of the number."""
        start, end = max(self.clause.start, amount.span.start - reach), min(self.clause.end, amount.span.end + reach)
        return self.text[start:end]


def kind_of(amount: Amount, around: Around) -> Kind | None:
    """The kind of statement; None for a number that states nothing that could be tested."""
    if amount.unit == "x":
        return _of_times(amount, around)
    if amount.unit in ("%", "points", "times"):
        return _of_share(amount, around)
    if amount.unit == "analysts":
        return Kind.RATING
    if amount.unit == "":
        return _of_bare(amount, around)
    if amount.unit.startswith(" "):
        return Kind.LEVEL  # of what its clause counts
    if amount.is_money:
        return _of_money(amount, around)
    return _expected(around, amount) or Kind.LEVEL


@cache
def _measure_next(words: Words) -> re.Pattern[str]:
    """“… times EBITDA”: a measure right after the number."""
    names = either(name for group in words["measures"].values() for name in group)
    between = "(?:forward|trailing|expected|annual|its|last year’s|this year’s)?"
    return re.compile(rf"\s*{between}\s*(?:{names})(?!\w)", re.IGNORECASE)


def _of_times(amount: Amount, around: Around) -> Kind | None:
    follows = _measure_next(around.words).match(around.text, amount.span.end) is not None
    priced = around.words.has("price", "verbs", around.before(amount))
    if follows or priced or around.has("kinds", "multiple") or around.has("multiples", "earnings"):
        return Kind.MULTIPLE
    return Kind.LEVEL if around.clause_has("kinds", "growth") else None


def _of_share(amount: Amount, around: Around) -> Kind:
    near = around.near(amount)
    words = around.words
    if words.has("kinds", "upside", near) or (around.clause_has("kinds", "upside") and amount.unit == "%"):
        return Kind.UPSIDE
    if words.has("kinds", "dividend", near):
        return Kind.YIELD
    if _margin_first(amount, around):
        return Kind.MARGIN
    if _is_part_of(amount, around):
        return Kind.SHARE
    if (
        amount.unit == "%"
        and around.has("kinds", "target")
        and not is_about_price(around, amount)
        and not _moves(around, amount)
    ):
        return Kind.UPSIDE
    if around.clause_has("kinds", "share") and not _moves(around, amount):
        return Kind.SHARE
    if is_about_price(around, amount):
        return Kind.PRICE_CHANGE
    if around.clause_has("kinds", "share"):
        return Kind.SHARE
    if re.search(r"\bto\s*$", around.before(amount)[-4:]) and not around.clause_has("kinds", "growth"):
        return _expected(around, amount) or Kind.LEVEL  # “climbed to 78%” says where it stands
    moves = around.clause_has("kinds", "growth") or any(around.clause_has("direction", each) for each in ("up", "down"))
    # A share of something that neither moves nor is expected is a level: a ratio, a return.
    return _expected(around, amount) or (Kind.GROWTH if moves or amount.unit == "times" else Kind.LEVEL)


def _is_part_of(amount: Amount, around: Around) -> bool:
    """“40% of sales”, “of whom 5% pay”: a part of something."""
    after, before = around.text[amount.span.end : amount.span.end + 6], around.before(amount)[-12:].lower()
    return amount.unit == "%" and (
        re.match(r"\s+of\s", after) is not None or re.search(r"\bof wh\w+\s*$", before) is not None
    )


def _margin_first(amount: Amount, around: Around) -> bool:
    """Whether it is a margin: the word stands before the number, no growth between them, or right after it."""
    before = around.before(amount)
    margins = [match.start() for match in around.words.find("kinds", "margin", before)]
    growths = [match.start() for match in around.words.find("kinds", "growth", before)]
    after = around.text[amount.span.end : amount.span.end + 24]
    return bool(margins and (not growths or max(margins) > max(growths))) or around.words.has("kinds", "margin", after)


def _moves(around: Around, amount: Amount) -> bool:
    near = around.near(amount)
    return any(around.words.has("direction", each, near) for each in ("up", "down"))


def is_about_price(around: Around, amount: Amount) -> bool:
    """Whether it is the share that is spoken of: its subject stands nearer before the number than any measure's."""
    before = around.text[around.sentence.start : amount.span.start]
    price = [m.start() for m in around.words.find("price", "subject", before)]
    if not price:
        return False
    measures = [m.start() for name in around.words["measures"] for m in around.words.find("measures", name, before)]
    return not measures or max(price) > max(measures)


def _expected(around: Around, amount: Amount) -> Kind | None:
    """Whether the number is what the company or others expect: its cue stands before it, or right after it.

    Those of the clause stand before those of the sentence, and what others expect before what a company does: “expects”
    is said of both.
    """
    text, end = around.text, amount.span.end
    at = next(place for place in range(amount.span.start, end + 1) if place == end or text[place].isdigit())
    for part in (around.clause, around.sentence):
        found = []
        for name, kind in (("estimate", Kind.ESTIMATE), ("guidance", Kind.GUIDANCE)):
            for match in around.words.find("kinds", name, around.text[part.start : part.end]):
                start, stop = part.start + match.start(), part.start + match.end()
                before = stop <= at and ";" not in text[stop:at]
                is_near = part is around.clause and end <= start <= end + REACH
                if before or (is_near and not any(map(str.isdigit, text[end:start]))):
                    found.append(kind)
        if found:
            return found[0]
    return None


def _of_bare(amount: Amount, around: Around) -> Kind | None:
    """A number without a unit says something beside “P/E” or “price target” only."""
    before = around.before(amount)[-48:]
    if around.words.has("kinds", "target", before) and amount.value > 1:
        return Kind.TARGET
    if around.words.has("kinds", "multiple", before) and 0 < amount.value < 500:
        return Kind.MULTIPLE
    return None


def _is_measured(around: Around) -> bool:
    return any(around.clause_has("measures", name) for name in around.words["measures"])


def _is_earned(around: Around) -> bool:
    return around.words.has("measures", "diluted_eps", around.clause.of(around.text))


def _of_money(amount: Amount, around: Around) -> Kind:
    words, before = around.words, around.before(amount)
    has_scale = " " in amount.unit
    if around.words.has("price", "verbs", before[-16:]) and not has_scale:
        return Kind.PRICE
    if around.clause_has("kinds", "target") and not has_scale:
        return Kind.TARGET
    of_share = bool(amount.per) or amount.unit == "GBp"
    if of_share and around.clause_has("kinds", "payout") and not _is_earned(around):
        return _expected(around, amount) or Kind.LEVEL
    if of_share and not _is_earned(around) and not around.has("kinds", "payout") and not _is_measured(around):
        return Kind.PRICE
    if _is_earned(around) and not has_scale:
        return _expected(around, amount) or Kind.LEVEL
    if not has_scale and (is_about_price(around, amount) or words.has("price", "verbs", before)):
        return Kind.TARGET if around.has("kinds", "target") and not words.has("price", "verbs", before) else Kind.PRICE
    if not has_scale and any(words.has("price", each, around.clause.of(around.text)) for each in ("high", "low")):
        return Kind.PRICE
    if around.clause_has("kinds", "market_value") and has_scale:
        return Kind.MARKET_VALUE
    if around.has("kinds", "plan"):
        return Kind.PLAN
    return _expected(around, amount) or Kind.LEVEL
