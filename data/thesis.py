"""An article's case: its claims, as one TOML file in `data/theses/`."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from data.errors import DataFileError
from data.figures import Figure, Origin
from data.files import Record, parse, read_toml, refuse_duplicates
from data.units import Unit

THESES = Path(__file__).parent / "theses"


class Stated(Record):
    """What the article says, in exactly one form: value, low to high, minimum, date, year, or that it happens.

    `ours` marks a number that reads a statement made in words; the article does not give it.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    minimum: float | None = None
    date: dt.date | None = None
    year: int | None = None
    happens: bool | None = None
    unit: str | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    approximate: bool = False
    ours: bool = False

    @field_validator("unit")
    @classmethod
    def _unit_is_known(cls, text: str | None) -> str | None:
        if text is not None:
            Unit.parse(text)
        return text

    @model_validator(mode="after")
    def _one_form(self) -> "Stated":
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high belong together")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low ({self.low:g}) is above high ({self.high:g})")
        forms = [self.value, self.low, self.minimum, self.date, self.year, self.happens]
        if sum(form is not None for form in forms) != 1:
            raise ValueError("state exactly one of value, low and high, minimum, date, year, happens")
        if self.unit is None and any(form is not None for form in forms[:3]):
            raise ValueError("unit is missing")
        return self

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Low and high of what is stated as a number; a single value is both; None for a minimum or no number."""
        if self.value is not None:
            return self.value, self.value
        return None if self.low is None or self.high is None else (self.low, self.high)


class Claim(Record):
    """One figure or statement of the article, and how it is tested."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    topic: str
    statement: str
    short: str = ""
    stated: Stated
    period: dt.date | None = None
    place: str
    key: bool = False
    better: Literal["higher", "lower"] | None = None
    test: dict[str, Any]
    effect: dict[str, Any] | None = None

    @field_validator("test")
    @classmethod
    def _test_is_named(cls, test: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(test.get("name"), str):
            raise ValueError("the test has no name")
        return test

    @property
    def label(self) -> str:
        return self.short or self.statement


class Peer(Record):
    """A share that the article compares with."""

    symbol: str
    name: str


class CapexCase(Record):
    """What the capex page rests on: the plan's fact, its length, and the segment that is to earn it back."""

    plan: str
    years: int = Field(ge=1, le=20)
    segment: str
    growth_claim: str | None = None
    new_money: str | None = None
    new_money_rate: str | None = None


class PartCase(Record):
    """How one business enters the sum of the parts: its family, what the multiple is of, its start and why."""

    family: str
    measure: str = Field(pattern=r"^(revenue|adjusted_ebita)$")
    multiple: float = Field(gt=0)
    reason: str


class StakeCase(Record):
    """A listed stake: facts for the share held, the company's value at one moment or more, and a rate if needed."""

    name: str
    held: str
    worth: list[str] = Field(min_length=1)
    rate: str | None = None


class ValuationCase(Record):
    """What the valuation page rests on beyond the filings."""

    part: list[PartCase] = Field(min_length=1)
    stake: list[StakeCase] = []
    new_shares: str | None = None
    growing: str


class Article(Record):
    """What the article is about."""

    name: str
    sentence: str
    published: dt.date
    company: str
    related: list[str] = []
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    rates: list[str] = []
    price_from: dt.date
    target_range: str
    upside_range: str
    dividend: str | None = None
    forward_eps: str | None = None
    peer: list[Peer] = []
    capex: CapexCase | None = None
    valuation: ValuationCase | None = None


class Thesis(Record):
    """One article's case."""

    article: Article
    claim: list[Claim] = Field(min_length=1)

    def claim_by_id(self, claim_id: str) -> Claim:
        """The claim with that id. Raises KeyError if there is none."""
        for claim in self.claim:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    @property
    def targets(self) -> Claim:
        """The claim that bounds the price targets."""
        return self.claim_by_id(self.article.target_range)

    def bound(self, claim: Claim, value: float, label: str) -> Figure:
        """A number of a claim as a figure of origin article."""
        return Figure(
            value,
            Unit.parse(claim.stated.unit or "ratio"),
            self.article.published,
            Origin.ARTICLE,
            f"the article, {claim.place}",
            label=label,
            known=self.article.published,
        )


@cache
def load_thesis(path: Path) -> Thesis:
    """The thesis in that file. Raises DataFileError with file, entry and field of the first thing that is wrong."""
    raw = read_toml(path)
    article = parse(Article, raw.get("article", {}), path, "article")
    claims = [
        parse(Claim, claim, path, f"claim “{claim.get('id', number)}”")
        for number, claim in enumerate(raw.get("claim", []), start=1)
    ]
    refuse_duplicates((claim.id for claim in claims), path, "claim")
    for key in raw.keys() - {"article", "claim"}:
        raise DataFileError(path, "", key, "this key is not known here")
    if not claims:
        raise DataFileError(path, "", "claim", "there is no claim")
    thesis = Thesis(article=article, claim=claims)
    for field in ("target_range", "upside_range"):
        if getattr(article, field) not in {claim.id for claim in claims}:
            raise DataFileError(path, "article", field, f"there is no claim “{getattr(article, field)}”")
    if thesis.targets.stated.bounds is None:
        raise DataFileError(path, f"claim “{thesis.targets.id}”", "stated", "price targets need low and high")
    return thesis


def thesis_files(folder: Path = THESES) -> list[Path]:
    """All thesis files, by name."""
    return sorted(folder.glob("*.toml"))
