"""A company: filings by quarter and segment, dated facts and events, as one folder in `data/companies/`."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field, field_validator, model_validator

from data.errors import DataFileError, UnknownFigure
from data.figures import Confidence, Figure, Origin
from data.files import Record, parse, read_csv, read_toml, refuse_duplicates
from data.units import Unit

COMPANIES = Path(__file__).parent / "companies"


class Listing(Record):
    """The share class that trades: its currency, its name and how many ordinary shares it stands for."""

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    share_class: str
    ordinary_shares: int = Field(ge=1)


class Structure(Record):
    """One way in which the company cut its business into segments."""

    id: str
    label: str


class Family(Record):
    """Segments of several structures that do similar business. They share a colour, never a line."""

    id: str
    label: str
    segments: dict[str, list[str]]
    note: str = ""


class Profile(Record):
    """Who the company is and how its figures are to be read."""

    name: str
    short_name: str
    symbol: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    fiscal_year_starts: str
    listing: Listing
    units: dict[str, str] = {}
    structure: list[Structure] = []
    family: list[Family] = []

    @field_validator("fiscal_year_starts")
    @classmethod
    def _month_and_day(cls, text: str) -> str:
        if not re.fullmatch(r"\d\d-\d\d", text):
            raise ValueError("write it as month and day, “04-01”")
        dt.date.fromisoformat(f"2000-{text}")
        return text

    @field_validator("units")
    @classmethod
    def _units_are_known(cls, units: dict[str, str]) -> dict[str, str]:
        for text in units.values():
            Unit.parse(text)
        return units


class Fact(Record):
    """A dated fact: a value, a range, a date or counts, with the day on which it became public."""

    id: str
    label: str
    series: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    date: dt.date | None = None
    precision: str = "day"
    counts: dict[str, int] | None = None
    unit: str | None = None
    as_of: dt.date
    known: dt.date
    origin: str = "filing"
    confidence: str = "official"
    source: str
    url: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _complete(self) -> "Fact":
        Confidence(self.confidence)
        Origin(self.origin)
        forms = [self.value, self.low, self.date, self.counts]
        if sum(form is not None for form in forms) != 1:
            raise ValueError("state exactly one of value, low and high, date, counts")
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high belong together")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low ({self.low:g}) is above high ({self.high:g})")
        if self.unit is not None:
            Unit.parse(self.unit)
        elif self.value is not None or self.low is not None:
            raise ValueError("unit is missing")
        return self

    def figure(self, value: float | None = None) -> Figure:
        """The fact, or one bound of it, as a figure."""
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

    date: dt.date
    short: str
    what: str


def metric_words(metric: str) -> str:
    """The name of a column as a reader writes it: adjusted EBITA, diluted EPS, non-GAAP net income."""
    words = metric.replace("non_gaap", "non-GAAP").replace("_", " ").split(" ")
    return " ".join(word.upper() if word in ("ebita", "ebitda", "eps") else word for word in words)


@dataclass(frozen=True, slots=True)
class Release:
    """One results release."""

    period_end: dt.date
    fiscal_quarter: str
    released: dt.date
    url: str | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """The group's figures of one quarter; `values` holds only what is known, in the units of `units`."""

    release: Release
    values: dict[str, float]
    units: dict[str, Unit]
    confidence: Confidence

    @property
    def end(self) -> dt.date:
        return self.release.period_end

    def figure(self, metric: str) -> Figure:
        """One figure of the quarter. Raises UnknownFigure with a name the reader understands."""
        label = f"{metric_words(metric)}, quarter to {self.end:%B %Y}"
        if metric not in self.values:
            raise UnknownFigure(label)
        return filed(self.values[metric], self.units[metric], label, self.release, self.confidence)


@dataclass(frozen=True, slots=True)
class SegmentValue:
    """One segment's revenue or adjusted EBITA in one quarter, and the year before as that release restated it."""

    release: Release
    structure: str
    level: str
    segment: str
    metric: str
    value: float
    prior_year: float | None
    confidence: Confidence

    @property
    def end(self) -> dt.date:
        return self.release.period_end


@dataclass(frozen=True, slots=True)
class Company:
    """All that is stored of a company."""

    profile: Profile
    quarters: tuple[Quarter, ...]
    segments: tuple[SegmentValue, ...]
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]

    def family_of(self, segment: str, structure: str) -> Family | None:
        """The family of a segment, or None where none is named."""
        for family in self.profile.family:
            if segment in family.segments.get(structure, []):
                return family
        return None

    def segment_value(self, value: SegmentValue, prior: bool = False) -> Figure:
        """A segment's figure, or its year-before figure, with unit and source. Raises UnknownFigure."""
        number = value.prior_year if prior else value.value
        label = f"{value.segment}, {metric_words(value.metric)}, {'year before ' if prior else ''}{value.end:%B %Y}"
        if number is None:
            raise UnknownFigure(label)
        unit = Unit.parse(self.profile.units["revenue"])
        return filed(number, unit, label, value.release, value.confidence)


def filed(value: float, unit: Unit, label: str, release: Release, confidence: Confidence) -> Figure:
    """A figure read from a results release, or from reports that quote it."""
    quoted = {Confidence.SECONDARY: "press reports quoting the ", Confidence.DERIVED: "computed from the "}.get(
        confidence, ""
    )
    return Figure(
        value,
        unit,
        release.period_end,
        Origin.FILING,
        f"{quoted}results release of {release.released.day} {release.released:%B %Y} ({release.fiscal_quarter})",
        label=label,
        known=release.released,
        url=release.url,
        confidence=confidence,
    )


@cache
def load_company(folder: Path) -> Company:
    """The company in that folder. Only `company.toml` must be there. Raises DataFileError."""
    profile_path = folder / "company.toml"
    profile = parse(Profile, read_toml(profile_path), profile_path, "")
    releases = {release.period_end: release for release in _releases(folder / "releases.csv")}
    facts = tuple(_entries(folder / "facts.toml", "fact", Fact))
    refuse_duplicates((fact.id for fact in facts), folder / "facts.toml", "fact")
    return Company(
        profile,
        tuple(_quarters(folder / "quarters.csv", profile, releases)),
        tuple(_segments(folder / "segments.csv", profile, releases)),
        facts,
        tuple(sorted(_entries(folder / "events.toml", "event", Event), key=lambda event: event.date)),
    )


def _entries(path: Path, kind: str, model: type) -> Iterator:
    if not path.exists():
        return
    raw = read_toml(path)
    for key in raw.keys() - {kind}:
        raise DataFileError(path, "", key, "this key is not known here")
    for number, entry in enumerate(raw.get(kind, []), start=1):
        yield parse(model, entry, path, f"{kind} “{entry.get('id', number)}”")


def _rows(path: Path) -> list[dict[str, str]]:
    return read_csv(path) if path.exists() else []


def _day(text: str, path: Path, entry: str, field: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise DataFileError(path, entry, field, f"“{text}” is no date; write it as 2025-09-30") from None


def _number(text: str, path: Path, entry: str, field: str) -> float | None:
    if text == "":
        return None
    try:
        return float(text)
    except ValueError:
        raise DataFileError(path, entry, field, f"“{text}” is no number") from None


def _confidence(text: str, path: Path, entry: str) -> Confidence:
    try:
        return Confidence(text)
    except ValueError:
        words = ", ".join(Confidence)
        raise DataFileError(path, entry, "confidence", f"“{text}” is none of {words}") from None


def _releases(path: Path) -> Iterator[Release]:
    for row in _rows(path):
        entry = f"quarter {row.get('period_end')}"
        try:
            yield Release(
                _day(row["period_end"], path, entry, "period_end"),
                row["fiscal_quarter"],
                _day(row["released"], path, entry, "released"),
                row["url"] or None,
            )
        except KeyError as missing:
            raise DataFileError(path, "header", str(missing.args[0]), "this column is missing") from None


def _release(row: dict[str, str], releases: dict[dt.date, Release], path: Path, entry: str) -> Release:
    period_end = _day(row.get("period_end", ""), path, entry, "period_end")
    if period_end not in releases:
        raise DataFileError(path, entry, "period_end", "releases.csv has no release for this quarter")
    return releases[period_end]


def _quarters(path: Path, profile: Profile, releases: dict[dt.date, Release]) -> Iterator[Quarter]:
    rows = _rows(path)
    refuse_duplicates((row.get("period_end", "") for row in rows), path, "quarter")
    for row in rows:
        entry = f"quarter {row.get('period_end')}"
        metrics = [column for column in row if column not in ("period_end", "confidence")]
        for metric in metrics:
            if metric not in profile.units:
                raise DataFileError(path, "header", metric, "company.toml names no unit for this column")
        numbers = {metric: _number(row[metric], path, entry, metric) for metric in metrics}
        yield Quarter(
            _release(row, releases, path, entry),
            {metric: number for metric, number in numbers.items() if number is not None},
            {metric: Unit.parse(profile.units[metric]) for metric in metrics},
            _confidence(row.get("confidence", ""), path, entry),
        )


def _segments(path: Path, profile: Profile, releases: dict[dt.date, Release]) -> Iterator[SegmentValue]:
    rows = _rows(path)
    keys = ("period_end", "structure", "level", "segment", "metric")
    for number, row in enumerate(rows, start=2):
        entry = f"line {number}"
        for column in (*keys, "value", "prior_year", "confidence"):
            if column not in row:
                raise DataFileError(path, "header", column, "this column is missing")
        if row["structure"] not in {structure.id for structure in profile.structure}:
            raise DataFileError(path, entry, "structure", f"company.toml has no structure “{row['structure']}”")
        value = _number(row["value"], path, entry, "value")
        if value is None:
            raise DataFileError(path, entry, "value", "it is missing")
        yield SegmentValue(
            _release(row, releases, path, entry),
            row["structure"],
            row["level"],
            row["segment"],
            row["metric"],
            value,
            _number(row["prior_year"], path, entry, "prior_year"),
            _confidence(row["confidence"], path, entry),
        )
    refuse_duplicates((" / ".join(row[key] for key in keys) for row in rows), path, "row")
