"""Dated facts and events of a company: what is no quarterly series."""

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import field_validator, model_validator

from data.errors import Problems, UnknownFigure, one_slip
from data.figures import Confidence, Figure, Origin
from data.files import Amount, Day, Link, Note, Record, Text, parse, parse_named, read_toml, tables_of
from data.units import Unit

# As the market service names the grades; a stored count uses the same words.
GRADES = ("strongBuy", "buy", "hold", "sell", "strongSell")
FORMS = ("value", "range", "date", "counts")


class Fact(Record):
    """A dated fact: a value, a range, a date or counts, with the day on which it became public."""

    id: Text
    label: Text
    series: Text = ""
    value: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    date: Day | None = None
    precision: str = "day"
    counts: dict[str, int] | None = None
    unit: str | None = None
    as_of: Day
    known: Day
    origin: str = "filing"
    confidence: str = "official"
    source: Text
    url: Link | None = None
    note: Note = ""

    @field_validator("precision", "origin", "confidence")
    @classmethod
    def _one_of(cls, word: str, info) -> str:  # type: ignore[no-untyped-def]  # pydantic's own type is no public one
        known = {
            "precision": ["day", "month", "year"],
            "origin": [str(each) for each in Origin],
            "confidence": [str(each) for each in Confidence],
        }[info.field_name]
        if word not in known:
            raise ValueError(f"“{word}” is none of {', '.join(known)}")
        return word

    @field_validator("unit")
    @classmethod
    def _unit_is_known(cls, text: str | None) -> str | None:
        if text is not None:
            Unit.parse(text)
        return text

    @field_validator("counts")
    @classmethod
    def _grades_are_known(cls, counts: dict[str, int] | None) -> dict[str, int] | None:
        for grade, count in (counts or {}).items():
            if grade not in GRADES:
                raise ValueError(f"“{grade}” is none of {', '.join(GRADES)}")
            if count < 0:
                raise ValueError(f"{grade} counts {count}; a count is not below zero")
        if counts is not None and sum(counts.values()) == 0:
            raise ValueError("nothing is counted")
        return counts

    @model_validator(mode="after")
    def _complete(self) -> "Fact":
        forms = [self.value, self.low, self.date, self.counts]
        if sum(form is not None for form in forms) != 1:
            raise ValueError("state exactly one of value, low and high, date, counts")
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high belong together")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low ({self.low:g}) is above high ({self.high:g})")
        if self.unit is None and (self.value is not None or self.low is not None):
            raise ValueError("unit is missing")
        return self

    @property
    def form(self) -> str:
        """Which of FORMS the fact states."""
        stated = (self.value, self.low, self.date, self.counts)
        return next(name for name, each in zip(FORMS, stated, strict=True) if each is not None)

    def figure(self, value: float | None = None) -> Figure:
        """The fact, or one bound of it, as a figure. Raises UnknownFigure where it states no value."""
        number = self.value if value is None else value
        if number is None:
            raise UnknownFigure(self.label)
        return Figure(
            number,
            Unit.parse(self.unit or "ratio"),
            self.as_of,
            Origin(self.origin),
            self.source,
            label=self.label,
            known=self.known,
            url=self.url,
            confidence=Confidence(self.confidence),
        )


class Event(Record):
    """Something that happened, for the price chart."""

    date: Day
    short: Text
    what: Text


def read_facts(path: Path, problems: Problems) -> tuple[tuple[Fact, ...], frozenset[str]]:
    """The facts of a file that may be missing, and the ids of all, those included that cannot be read."""
    raw: dict[str, Any] = {}
    with problems.gathering():
        raw = {"fact": _tables(path, "fact", problems)}
    return facts_of(raw, path, problems)


def facts_of(raw: Mapping[str, Any], path: Path, problems: Problems) -> tuple[tuple[Fact, ...], frozenset[str]]:
    """The same of the tables that a file holds."""
    found: list[Fact] = []
    ids: list[str] = []
    with problems.gathering():
        found, ids = parse_named(Fact, tables_of(raw, "fact", path), path, "fact", problems)
    _check_series(path, found, problems)
    return tuple(found), frozenset(ids)


def read_events(path: Path, problems: Problems) -> tuple[Event, ...]:
    """The events of a file that may be missing, by date."""
    found: list[Event] = []
    with problems.gathering():
        for number, raw in enumerate(_tables(path, "event", problems), start=1):
            with problems.gathering():
                found.append(parse(Event, raw, path, f"event “{raw.get('short', number)}”"))
    return tuple(sorted(found, key=lambda event: (event.date, event.short)))


def _tables(path: Path, kind: str, problems: Problems) -> list[dict]:
    if not path.exists():
        return []
    raw = read_toml(path)
    for key in sorted(raw.keys() - {kind}):
        problems.add(path, "", key, f"this key is not known here; write each entry below a line [[{kind}]]")
    return tables_of(raw, kind, path)


def _check_series(path: Path, facts: list[Fact], problems: Problems) -> None:
    """A series is one measure at several dates: one form, one unit, and one way to write its name."""
    first: dict[str, Fact] = {}
    names = list(dict.fromkeys(fact.series for fact in facts if fact.series))
    for one, other in combinations(names, 2):
        if one_slip(one, other):
            few, many = sorted((one, other), key=lambda name: sum(fact.series == name for fact in facts))
            entry = next(fact.id for fact in facts if fact.series == few)
            problems.add(path, f"fact “{entry}”", "series", f"“{few}” is one letter away from “{many}”; use one name")
    for fact in facts:
        if not fact.series:
            continue
        earlier = first.setdefault(fact.series, fact)
        units = [each.unit or "no unit" for each in (fact, earlier)]
        for field, said, before in (("unit", *units), ("", fact.form, earlier.form)):
            if said != before:
                problem = f"the series “{fact.series}” has {before} in “{earlier.id}” and {said} here"
                problems.add(path, f"fact “{fact.id}”", field, problem)
