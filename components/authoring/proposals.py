"""Claims that an article's text proposes: each with the exact passage that states it.

A proposal is no claim: a reader confirms it. One whose passage is not in the text cannot be made.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from components.authoring.amounts import Amount, amounts
from components.authoring.kinds import Around, Kind, kind_of
from components.authoring.matching import Call, Subjects, tests_for
from components.authoring.periods import Calendar, Period, periods
from components.authoring.sentences import Span, clauses, sentences
from components.authoring.words import Words, words
from data.company import Company
from data.units import Unit

MOST_TEXT, MOST_NUMBERS = 300_000, 20_000  # characters, and numbers in them


class NoArticle(Exception):
    """A text that cannot be an article; the message says why."""


@dataclass(frozen=True)
class Setting:
    """What an article is about.

    Attributes
    ----------
    published : its day.
    company : what is known of the company; None where that is nothing.
    quoted_in, share_class : of the listed share: “USD” and “ADS”, say.
    reported : the last day of the last period reported by then, where it is known.
    """

    published: dt.date
    company: Company | None = None
    quoted_in: str = "USD"
    share_class: str = "share"
    reported: dt.date | None = None

    @classmethod
    def of(cls, company: Company, published: dt.date) -> "Setting":
        """An article of that day on a company, as it was listed and had reported by then."""
        listing = company.profile.listing
        reported = [each.period_end for each in company.filings.releases if each.released <= published]
        return cls(published, company, listing.quoted_in, listing.share_class, max(reported, default=None))

    @property
    def calendar(self) -> Calendar:
        """By which its periods are read."""
        if self.company is None:
            return Calendar(self.published)
        profile = self.company.profile
        first = int(profile.fiscal_year_starts.split("-")[0])
        return Calendar(self.published, first, profile.rhythm.months, self.reported)


@dataclass(frozen=True)
class Proposal:
    """A statement that the text makes.

    Attributes
    ----------
    passage : where it stands; `said` is what stands there, and `sentence` the whole sentence.
    kind : what kind of statement it is.
    stated : the number in the form of a claim: {"value": 34, "unit": "%", "decimals": 0}, say.
    period : the last day of what it speaks of; None where nothing says so. `resolved` where the day of publication did.
    measure, segment : what it is about, where the company has such.
    tests : the tests that could judge it, the likeliest first; none where it can only be recorded.
    """

    passage: Span
    said: str
    sentence: str
    kind: Kind
    stated: dict[str, Any]
    period: dt.date | None = None
    resolved: bool = False
    measure: str | None = None
    segment: str | None = None
    tests: tuple[Call, ...] = field(default=())

    @property
    def is_doubtful(self) -> bool:
        """Whether a reader should look twice: nothing tests it, or a guess was needed."""
        return not self.tests or self.resolved or (self.measure is None and self.kind in (Kind.GROWTH, Kind.LEVEL))


def propose(text: str, setting: Setting, language: str = "en") -> list[Proposal]:
    """The proposals of a text, in its order. Raises NoArticle for what is none: empty, too long, a table."""
    if not text.strip():
        raise NoArticle("there is no text")
    if len(text) > MOST_TEXT:
        raise NoArticle(f"the text is longer than {MOST_TEXT:,} characters")
    a_table = NoArticle(f"the text has more than {MOST_NUMBERS:,} numbers: a table, and no article")
    if sum(1 for _ in re.finditer(r"\d+", text)) > MOST_NUMBERS:
        raise a_table
    known = words(language)
    subjects, spoken = Subjects.of(known, setting.company, setting.published), periods(text, setting.calendar)
    found: list[Proposal] = []
    stated = amounts(text, known)
    if len(stated) > MOST_NUMBERS:  # in words, “doubled” again and again
        raise a_table
    for sentence in sentences(text):
        near, parts = _in(sentence, spoken), clauses(text, sentence)
        for amount in _in(sentence, stated):
            if _is_in_a_period(amount, near):
                continue
            clause = next(part for part in parts if part.end > amount.span.start)
            around = Around(text, clause, sentence, known)
            if (proposal := _proposal(amount, around, subjects, near, setting)) is not None:
                found.append(proposal)
        found += _dates(text, sentence, near, known)
    return sorted(found, key=lambda each: each.passage.start)


T = TypeVar("T", Amount, Period)


def _in(sentence: Span, found: Sequence[T]) -> Sequence[T]:
    """Those that begin in a sentence, of what stands in the text's order."""
    first, end = (
        bisect_left(found, place, key=lambda each: each.span.start) for place in (sentence.start, sentence.end)
    )
    return found[first:end]


def _is_in_a_period(amount: Amount, spoken: Sequence[Period]) -> bool:
    return amount.unit in ("", " ") and any(
        each.span.start < amount.span.end and amount.span.start < each.span.end for each in spoken
    )


def _proposal(
    amount: Amount, around: Around, subjects: Subjects, spoken: Sequence[Period], setting: Setting
) -> Proposal | None:
    kind = kind_of(amount, around)
    if kind is None or _is_a_span_of_time(amount, around):
        return None
    measure, segment = subjects.measure(around, amount), subjects.segment(around, amount)
    period = _period_of(amount, around, spoken)
    window = period.window if period is not None else "quarter"
    end = period.end if period is not None and period.window != "day" else None
    if kind in (Kind.PRICE, Kind.PRICE_CHANGE) and period is not None and period.window == "day":
        end = period.end
    if kind is Kind.MARKET_VALUE and end is not None and end > setting.published:
        end = None
    if kind in (Kind.PRICE_CHANGE, Kind.PRICE) and end is not None and end >= setting.published:
        end = setting.published - dt.timedelta(days=1)  # “this year”: as far as it had come
    if kind in (Kind.MULTIPLE, Kind.TARGET, Kind.UPSIDE, Kind.RATING, Kind.YIELD):
        end = None
    if kind is Kind.UPSIDE and around.has("span", "at_the_time"):
        end = setting.published - dt.timedelta(days=1)
    if kind is Kind.LEVEL and end is not None and end > setting.published:
        kind = Kind.ESTIMATE  # nobody can have reported it
    stated = _stated(amount, kind, around, setting)
    if stated is None:
        return None
    own = measure if measure in subjects.known else None
    tests = tests_for(kind, own, segment, window, around, "low" in stated, end)
    return Proposal(
        amount.span,
        amount.span.of(around.text),
        around.sentence.of(around.text),
        kind,
        stated,
        end,
        end is not None and period is not None and period.resolved,
        measure,
        segment,
        tuple(tests),
    )


def _is_a_span_of_time(amount: Amount, around: Around) -> bool:
    """“Over 12 months”, “40 years”: a length of time states no figure."""
    after = around.text[amount.span.end : amount.span.end + 12]
    return amount.unit == "" and re.match(r"[\s-](?:years?|months?|weeks?|days?|hours?|quarters?)", after) is not None


def _period_of(amount: Amount, around: Around, spoken: Sequence[Period]) -> Period | None:
    """The period nearest to a number in its clause, else in its sentence; one that is compared with does not count."""
    at = amount.span.start

    def among(span: Span) -> list[tuple[int, Period]]:
        found = []
        for each in spoken:
            if not span.holds(each.span.start):
                continue
            before = around.text[max(each.span.start - 24, 0) : each.span.start].lower()
            if re.search(r"(?:\bfrom|\bthan|compared with|\bagainst|versus|\bvs\.?)\s+(?:in |the |that of )*$", before):
                continue
            found.append((abs(each.span.start - at), each))
        return sorted(found, key=lambda pair: pair[0])

    found = among(around.clause) or among(around.sentence)
    return found[0][1] if found else None


def _stated(amount: Amount, kind: Kind, around: Around, setting: Setting) -> dict[str, Any] | None:
    """What is stated, in the form of a claim: the sign by its direction word, the unit by its kind."""
    if amount.unit == "times":
        return {"times": amount.value, "unit": "%"}
    unit, parts = amount.unit.strip(), 1
    if unit == "cents":
        unit, parts = setting.quoted_in, 100  # of the currency that the share is quoted in
    if kind is Kind.MULTIPLE:
        unit = "x"
    elif kind in (Kind.TARGET, Kind.PRICE) or amount.per or unit == "GBp":
        code = unit.split(" ")[0] if unit else setting.quoted_in
        unit = f"{code} per {setting.share_class}"
    elif amount.is_money and " " not in unit and around.clause_has("measures", "diluted_eps"):
        unit = f"{unit} per {setting.share_class}"
    if amount.unit.startswith(" "):
        unit = f"{_counted(amount, around)} {unit}"
    try:
        Unit.parse(unit)
    except ValueError:
        return None
    sign = -1.0 if kind in (Kind.GROWTH, Kind.PRICE_CHANGE, Kind.UPSIDE) and _falls(amount, around) else 1.0
    if kind is Kind.LEVEL and amount.is_money and around.words.has("direction", "loss", around.before(amount)[-32:]):
        sign = -1.0
    ends = [sign * each / parts for each in (amount.low, amount.high) if each is not None]
    extra: dict[str, Any] = {"unit": unit, "decimals": amount.decimals + (2 if parts == 100 else 0)}
    if amount.approximate:
        extra["approximate"] = True
    if amount.bound:
        is_least = (amount.bound == "minimum") == (sign > 0)
        return {"minimum" if is_least else "maximum": ends[0], **extra}
    low, high = min(ends), max(ends)
    return {"value": low, **extra} if low == high else {"low": low, "high": high, **extra}


def _counted(amount: Amount, around: Around) -> str:
    """What a number with a scale and no unit counts: the noun nearest before it, “users passed 620 million”."""
    before = around.before(amount)
    found = [
        (match.start(), name)
        for name in around.words["counted"]
        for match in around.words.find("counted", name, before)
    ]
    return max(found)[1] if found else ""


def _falls(amount: Amount, around: Around) -> bool:
    """Whether the direction word nearest to the number says that something fell."""
    at = amount.span.start - around.clause.start
    nearest: list[tuple[int, str]] = []
    for name in ("up", "down"):
        for match in around.words.find("direction", name, around.clause.of(around.text)):
            behind = 0 if match.start() < at else 12  # what stands before a number says more than what follows
            nearest.append((abs(match.start() - at) + behind, name))
    return bool(nearest) and min(nearest)[1] == "down"


def _dates(text: str, sentence: Span, spoken: Sequence[Period], known: Words) -> list[Proposal]:
    """Days on which something is said to happen."""
    said = sentence.of(text)
    if not known.has("kinds", "date", said):
        return []
    return [
        Proposal(each.span, each.span.of(text), said, Kind.DATE, {"date": each.end}, None, each.resolved)
        for each in spoken
        if each.window == "day"
    ]
