"""Which measure or segment a number is about, and which tests could judge it, the likeliest first."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.authoring.amounts import Amount
from components.authoring.kinds import Around, Kind
from components.authoring.words import Words, bounded, either
from data.company import Company

Call = dict[str, Any]
# Words of a segment's name that name no business.
_COMMON = {"group", "services", "service", "business", "businesses", "and", "other", "all", "the", "others", "segment"}


@dataclass(frozen=True)
class Subjects:
    """The measures and segments of a company by what they are called."""

    measures: Mapping[str, re.Pattern[str]]
    segments: Mapping[str, re.Pattern[str]]
    known: frozenset[str]

    @classmethod
    def of(cls, words: Words, company: Company | None, published: dt.date) -> "Subjects":
        """Those of a company as it reported by that day, or the measures that all companies share."""
        named: dict[str, list[str]] = {name: list(phrases) for name, phrases in words["measures"].items()}
        segments: dict[str, list[str]] = {}
        if company is not None:
            profile = company.profile
            for name, measure in profile.measures.items():
                named.setdefault(name, []).extend(filter(None, [measure.label.lower(), name.replace("_", " ")]))
            known = [
                each for each in company.segments if each.release.released <= published and each.level == "segment"
            ]
            last = max((each.end for each in known), default=None)
            for segment in dict.fromkeys(each.segment for each in known if each.end == last):
                segments[segment] = _called(segment)
        return cls(
            {name: _any(phrases) for name, phrases in named.items()},
            {name: _any(phrases) for name, phrases in segments.items() if phrases},
            frozenset(company.profile.units if company is not None else named),
        )

    def measure(self, around: Around, amount: Amount) -> str | None:
        """The measure that the number is about: of its clause, else of its sentence before it."""
        return _nearest(self.measures, around, amount)

    def segment(self, around: Around, amount: Amount) -> str | None:
        """The segment that the clause names; the sentence's where the clause names no measure of its own either."""
        if segment := _nearest(self.segments, around, amount, in_clause=True):
            return segment
        own = _nearest(self.measures, around, amount, in_clause=True)
        return None if own else _nearest(self.segments, around, amount)


def _called(segment: str) -> list[str]:
    """A segment's whole name, and the words in it that name the business."""
    own = [word for word in re.findall(r"[a-z]+", segment.lower()) if len(word) > 3 and word not in _COMMON]
    return [segment.lower(), *own[:2]]


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(bounded(either(dict.fromkeys(phrases))), re.IGNORECASE)


def _nearest(
    named: Mapping[str, re.Pattern[str]], around: Around, amount: Amount, in_clause: bool = False
) -> str | None:
    """The name that stands nearest to the number in its clause; else the last one before it in the sentence.

    Of two at the same place the longer one counts: adjusted EBITDA, and not EBITDA.
    """
    at = amount.span.start

    def places(start: int, end: int) -> list[tuple[int, int, str]]:
        return [
            (abs(match.end() - at) if match.start() < at else match.start() - at + 8, -len(match.group()), name)
            for name, pattern in named.items()
            for match in pattern.finditer(around.text, start, end)
        ]

    found = places(around.clause.start, around.clause.end)
    if not found and not in_clause:
        found = places(around.sentence.start, at)
    return min(found)[2] if found else None


def tests_for(
    kind: Kind,
    measure: str | None,
    segment: str | None,
    window: str,
    around: Around,
    is_range: bool = False,
    end: dt.date | None = None,
) -> list[Call]:
    """The tests that could judge a statement, the likeliest first; empty where it can only be recorded.

    `end` is the last day of the period that the statement speaks of, and `window` its length.
    """
    measured: Call = {"measure": measure} if measure else {}
    part: Call = {"segment": segment} if segment else {}
    year: Call = {"window": "year"} if window == "year" else {}
    match kind:
        case Kind.GROWTH if segment:
            return [{"name": "growth", **part}, *([{"name": "growth", **measured, **year}] if measure else [])]
        case Kind.GROWTH if measure:
            return [{"name": "growth", **measured, **year}]
        case Kind.LEVEL if measure and around.has("span", "first"):
            return [{"name": "first_above", **measured, **year}, {"name": "level", **measured, **year}]
        case Kind.LEVEL if measure == "diluted_shares":
            return [{"name": "share_count"}]
        case Kind.LEVEL if measure == "buybacks":
            return [{"name": "buyback"}, {"name": "level", **measured, **year}]
        case Kind.LEVEL if measure:
            return [{"name": "level", **measured, **(part if measure == "revenue" else {}), **year}]
        case Kind.MARGIN:
            above = measure if measure and measure != "revenue" else "income_from_operations"
            return [{"name": "ratio", "of": above, "to": "revenue", **part, **year}]
        case Kind.MULTIPLE:
            of = next((each for each in around.words["multiples"] if around.has("multiples", each)), "earnings")
            if of in ("earnings", "ahead"):
                return [{"name": "multiple", "of": "earnings", "measure": "diluted_eps"}, {"name": "price_to_earnings"}]
            base = {"sales": "revenue", "EV to sales": "revenue", "EV to ebitda": "adjusted_ebitda"}.get(of, measure)
            return [{"name": "multiple", "of": of, "measure": base}] if base else []
        case Kind.TARGET if is_range:
            return [{"name": "target", "which": "range"}]
        case Kind.TARGET:
            return [{"name": "target", "which": "mean"}, {"name": "target", "which": "high"}]
        case Kind.UPSIDE:
            return [{"name": "target_gap"}]
        case Kind.PRICE:
            extreme = next((each for each in ("high", "low") if around.clause_has("price", each)), None)
            return [{"name": extreme} if extreme else {"name": "price_level"}]
        case Kind.PRICE_CHANGE if window == "year" and end is not None:
            return [{"name": "price_change", "start": dt.date(end.year - 1, 12, 31)}]
        case Kind.PRICE_CHANGE:
            return [{"name": "price_change"}]
        case Kind.GUIDANCE | Kind.ESTIMATE:
            names = ("guidance", "estimate") if kind is Kind.GUIDANCE else ("estimate", "guidance")
            return [{"name": name, **measured, **part} for name in names] if measure else []
        case Kind.SHARE:
            return [{"name": "series"}]
        case Kind.RATING:
            return [{"name": "rating"}]
        case Kind.YIELD:
            return [{"name": "yield"}]
        case Kind.MARKET_VALUE:
            return [{"name": "market_value"}]
        case _:
            return []
