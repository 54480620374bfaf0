"""A company: filings by quarter and segment, dated facts and events, as one folder in `data/companies/`."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from data.errors import Problems, known_names
from data.facts import Event, Fact, read_events, read_facts
from data.figures import Figure
from data.files import Note, Record, Text, parse, read_toml, refuse_duplicates
from data.filing_files import read_filings
from data.filings import Filings, Quarter, Release, SegmentValue
from data.kept import kept
from data.metrics import METRICS, in_millions, is_money, metric_words
from data.rhythm import RHYTHMS, Rhythm
from data.units import MINOR_UNITS, Unit, major_unit

COMPANIES = Path(__file__).parent / "companies"

__all__ = [
    "COMPANIES",
    "Company",
    "Event",
    "Fact",
    "Family",
    "Listing",
    "Profile",
    "Quarter",
    "Release",
    "SegmentValue",
    "Structure",
    "load_company",
    "metric_words",
    "read_company",
]


class Listing(Record):
    """The share class that trades: its currency, its name and how many ordinary shares it stands for.

    `quoted` is what its price counts, where that is a part of the currency: ``GBp`` for pence.
    """

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    quoted: str = ""
    share_class: str = Field(pattern=r"^[A-Za-z][A-Za-z ]*$")
    ordinary_shares: int = Field(ge=1, le=10_000)

    @model_validator(mode="after")
    def _quoted_in_its_currency(self) -> "Listing":
        if self.quoted and major_unit(self.quoted)[0] != self.currency:
            raise ValueError(f"“{self.quoted}” is no part of {self.currency}; known parts are {', '.join(MINOR_UNITS)}")
        return self

    @property
    def quoted_in(self) -> str:
        """What a price counts: the currency, or a part of it."""
        return self.quoted or self.currency


class Measure(Record):
    """One figure that the company reports of the group: a column of its files.

    Attributes
    ----------
    unit : as people write it, “CNY m”.
    label : what the company calls it, where that is not the column's own name.
    definition : what it holds and what it leaves out: cash capex is not capex with finance leases.
    row : the market service's name for the same thing.
    """

    unit: str
    label: Note = ""
    definition: Note = ""
    row: Note = ""

    @model_validator(mode="before")
    @classmethod
    def _unit_alone(cls, raw: Any) -> Any:
        return {"unit": raw} if isinstance(raw, str) else raw

    @field_validator("unit")
    @classmethod
    def _unit_is_known(cls, text: str) -> str:
        Unit.parse(text)
        return text


class Structure(Record):
    """One way in which the company cut its business into segments."""

    id: Text
    label: Text


class Family(Record):
    """Segments of several structures that do similar business. They share a colour, never a line."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    label: Text
    segments: dict[str, list[Text]]
    note: Note = ""


class Profile(Record):
    """Who the company is and how its figures are to be read.

    `segment_profit` is the measure of profit that it reports by segment: operating income, adjusted EBITA, underlying.
    `reported_earnings` and `adjusted_earnings` are what earnings by the accounting standard and the company's own are
    called: GAAP and core, statutory and underlying.
    """

    name: Text
    short_name: Text
    symbol: Text
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    fiscal_year_starts: str
    listing: Listing
    reports: Literal["quarter", "half", "year"] = "quarter"
    measures: dict[str, Measure] = {}
    segment_profit: str = "adjusted_ebita"
    reported_earnings: Text = "GAAP"
    adjusted_earnings: Text = "core"
    structure: list[Structure] = []
    family: list[Family] = []

    @field_validator("fiscal_year_starts")
    @classmethod
    def _month_and_day(cls, text: str) -> str:
        if not re.fullmatch(r"\d\d-\d\d", text):
            raise ValueError("write it as month and day, “04-01”")
        try:
            dt.date.fromisoformat(f"2001-{text}")  # no leap year: a fiscal year starts in every year
        except ValueError:
            raise ValueError(f"“{text}” is not a day of every year; write month and day, “04-01”") from None
        return text

    @property
    def rhythm(self) -> Rhythm:
        """How often the company reports."""
        return RHYTHMS[self.reports]

    @property
    def units(self) -> dict[str, str]:
        """The unit of each measure."""
        return {name: measure.unit for name, measure in self.measures.items()}

    @property
    def profit_words(self) -> str:
        """What the company calls the profit of a segment."""
        return self.words(self.segment_profit)

    def words(self, metric: str) -> str:
        """What the company calls a measure; the column's own name in words where it says nothing else."""
        measure = self.measures.get(metric)
        return (measure.label if measure else "") or metric_words(metric)

    @property
    def same_currency(self) -> bool:
        """Whether the filings are in the currency of the listing, so that nothing needs to be converted."""
        return self.currency == self.listing.currency

    def unit_of(self, metric: str) -> Unit:
        """The unit of a column of quarters.csv. Raises KeyError."""
        return Unit.parse(self.units[metric])

    def written(self, unit: str) -> str:
        """A unit with this company's currencies and share class in place of `{filing}`, `{listing}` and `{share}`.

        `{quoted}` stands for what prices are quoted in: pence, say.
        """
        listing = self.listing
        return unit.format(
            filing=self.currency, listing=listing.currency, share=listing.share_class, quoted=listing.quoted_in
        )


@dataclass(frozen=True, slots=True)
class Company:
    """All that is known of a company. `fact_ids` are the ids of all facts of its file.

    `differences` are figures that its filings and the market service state otherwise, each as a pair: filing, service.
    """

    profile: Profile
    filings: Filings
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    fact_ids: frozenset[str] = frozenset()
    differences: tuple[tuple[Figure, Figure], ...] = ()

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The group's quarters, oldest first."""
        return self.filings.quarters

    @property
    def segments(self) -> tuple[SegmentValue, ...]:
        """The segments' values, oldest first."""
        return self.filings.segments

    def with_facts(self, facts: Sequence[Fact]) -> "Company":
        """The company with facts that stand elsewhere than in its own file."""
        if not facts:
            return self
        ids = self.fact_ids | {fact.id for fact in facts}
        return replace(self, facts=(*self.facts, *facts), fact_ids=ids)

    def family_of(self, segment: str, structure: str) -> Family | None:
        """The family of a segment, or None where none is named."""
        for family in self.profile.family:
            if segment in family.segments.get(structure, []):
                return family
        return None

    def segment_value(self, value: SegmentValue, prior: bool = False) -> Figure:
        """A segment's figure, or its year-before figure, with unit and source. Raises UnknownFigure."""
        return value.figure(prior)


@kept
def load_company(folder: Path) -> Company:
    """The company in that folder. Only `company.toml` must be there. Raises DataFileError with all that is wrong."""
    problems = Problems()
    company = read_company(folder, problems)
    problems.raise_any()
    assert company is not None
    return company


def read_company(folder: Path, problems: Problems) -> Company | None:
    """The company in that folder as far as it can be read; what is wrong goes to `problems`."""
    path = folder / "company.toml"
    profile = None
    with problems.gathering():
        profile = parse(Profile, read_toml(path), path, "")
    facts, ids = read_facts(folder / "facts.toml", problems)
    events = read_events(folder / "events.toml", problems)
    if profile is None:
        return None
    _check_units(path, profile, problems)
    money = Unit.parse(profile.units.get("revenue", f"{profile.currency} m"))
    units = {metric: profile.unit_of(metric) for metric in profile.units}
    structures = [structure.id for structure in profile.structure]
    words = {metric: measure.label for metric, measure in profile.measures.items() if measure.label}
    profit = profile.segment_profit
    filings = read_filings(folder, units, money, structures, problems, profile.rhythm, words, profit)
    if filings.segments and "revenue" not in profile.units:
        problems.add(path, "", "measures.revenue", "it is missing; segments.csv is in this unit")
    _check_families(path, profile, filings.segments, problems)
    return Company(profile, filings, facts, events, ids)


def _check_units(path: Path, profile: Profile, problems: Problems) -> None:
    """Each known figure is in a unit that its sums can work with, and all amounts of money have one scale."""
    amounts = [metric for metric in profile.units if is_money(metric)]
    for metric, text in profile.units.items():
        if metric not in METRICS:
            continue  # a figure of the company's own; only its column uses it
        allowed = list(dict.fromkeys(profile.written(unit) for unit in METRICS[metric].units))
        if text not in allowed:
            said = f"“{text}” is no unit of {metric_words(metric)} here; allowed are {', '.join(allowed)}"
            problems.add(path, "", f"measures.{metric}", said)
        elif metric in amounts and in_millions(Unit.parse(text))[1] != in_millions(profile.unit_of(amounts[0]))[1]:
            said = f"“{text}” has another scale than {amounts[0]}, “{profile.units[amounts[0]]}”; use one for all money"
            problems.add(path, "", f"measures.{metric}", said)


def _check_families(path: Path, profile: Profile, values: Sequence[SegmentValue], problems: Problems) -> None:
    """Every segment stands in exactly one family of its structure, and every family's segment is reported."""
    with problems.gathering():
        refuse_duplicates((structure.id for structure in profile.structure), path, "structure")
    with problems.gathering():
        refuse_duplicates((family.id for family in profile.family), path, "family")
    structures = {structure.id for structure in profile.structure}
    reported = {(value.structure, value.segment) for value in values if value.level == "segment"}
    homes: dict[tuple[str, str], str] = {}
    for family in profile.family:
        entry = f"family “{family.id}”"
        for structure, segments in family.segments.items():
            if structure not in structures:
                problems.add(
                    path, entry, "segments", f"no structure “{structure}”; {known_names(structure, structures)}"
                )
                continue
            for segment in segments:
                if (structure, segment) in homes:
                    said = f"“{segment}” of structure {structure} is also in “{homes[structure, segment]}”"
                    problems.add(path, entry, "segments", said)
                homes.setdefault((structure, segment), family.id)
                if values and (structure, segment) not in reported:
                    said = f"segments.csv has no “{segment}” in structure {structure}"
                    names = known_names(segment, (name for each, name in reported if each == structure))
                    problems.add(path, entry, "segments", f"{said}; {names}")
    _check_homes(path, reported, homes, problems)


def _check_homes(
    path: Path, reported: Iterable[tuple[str, str]], homes: dict[tuple[str, str], str], problems: Problems
) -> None:
    for structure, segment in sorted(set(reported) - homes.keys()):
        names = known_names(segment, (name for each, name in homes if each == structure))
        said = f"“{segment}” of structure {structure} is in segments.csv and in no family; {names}"
        problems.add(path, "", "family", said)
