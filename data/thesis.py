"""An article's case: its claims, as one TOML file in `data/theses/`."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from data.errors import Problems, known_names
from data.figures import Figure, Origin
from data.files import Amount, Day, Note, Record, Text, parse, parse_named, read_toml, tables_of
from data.kept import kept
from data.units import Unit

THESES = Path(__file__).parent / "theses"


class Stated(Record):
    """What the article says, in exactly one form: value, low to high, minimum, date, year, or that it happens.

    `ours` marks a number that reads a statement made in words; the article does not give it.
    """

    value: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    minimum: Amount | None = None
    date: Day | None = None
    year: int | None = Field(default=None, ge=1900, le=2100)
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
    def form(self) -> str:
        """What is stated: value, range, minimum, date, year or happens."""
        forms = (self.value, self.low, self.minimum, self.date, self.year, self.happens)
        names = ("value", "range", "minimum", "date", "year", "happens")
        return next(name for name, each in zip(names, forms, strict=True) if each is not None)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Low and high of what is stated as a number; a single value is both; None for a minimum or no number."""
        if self.value is not None:
            return self.value, self.value
        return None if self.low is None or self.high is None else (self.low, self.high)


class Claim(Record):
    """One figure or statement of the article, and how it is tested."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    topic: Text
    statement: Text
    short: Note = ""
    stated: Stated
    period: Day | None = None
    place: Text
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

    symbol: Text
    name: Text


class CapexCase(Record):
    """What the capex page rests on: the plan's fact, its length, and the segment that is to earn it back."""

    plan: Text
    years: int = Field(ge=1, le=20)
    segment: Text
    successor: str | None = None
    growth_claim: str | None = None
    new_money: str | None = None


class PartCase(Record):
    """How one business enters the sum of the parts: its family, what the multiple is of, its start and why.

    Attributes
    ----------
    family : of segments; ``central`` for what the releases take off between the segments and the group.
    stand_in : segments of earlier structures that stand in for the quarters before the family was regrouped.
    """

    family: str
    measure: str = Field(pattern=r"^(revenue|adjusted_ebita)$")
    multiple: float = Field(gt=0, le=1000)
    reason: Text
    stand_in: list[Text] = []


class StakeCase(Record):
    """A stake in a listed company.

    Attributes
    ----------
    symbol, shares : the listed share and the fact that says how many are held, for its worth at the latest close.
    held, worth : the fact for the share of the company held, and facts for what all of it was worth at other moments.
    """

    name: Text
    symbol: str | None = None
    shares: str | None = None
    held: str | None = None
    worth: list[Text] = []

    @model_validator(mode="after")
    def _complete(self) -> "StakeCase":
        if (self.symbol is None) != (self.shares is None):
            raise ValueError("symbol and shares belong together")
        if self.worth and self.held is None:
            raise ValueError("held is missing; worth needs it")
        if self.symbol is None and not self.worth:
            raise ValueError("state symbol and shares, or held and worth")
        return self


class ValuationCase(Record):
    """What the valuation page rests on beyond the filings."""

    part: list[PartCase] = Field(min_length=1)
    stake: list[StakeCase] = []
    new_shares: str | None = None
    payouts: list[Text] = []
    loss_years: int = Field(default=0, ge=0, le=10)
    loss_reason: Text = "a round figure"
    growing: str


class Article(Record):
    """What the article is about."""

    name: Text
    sentence: Text
    published: Day
    company: Text
    related: list[str] = []
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    rates: list[Annotated[str, Field(pattern=r"^[A-Z]{3}/[A-Z]{3}$")]] = []
    price_from: Day
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


@kept
def load_thesis(path: Path) -> Thesis:
    """The thesis in that file, by itself. Raises DataFileError with everything that is wrong."""
    problems = Problems()
    thesis, _ = read_thesis(path, problems)
    problems.raise_any()
    assert thesis is not None
    return thesis


def read_thesis(path: Path, problems: Problems) -> tuple[Thesis | None, frozenset[str]]:
    """A thesis as far as it can be read, and the ids of all its claims, those included that cannot be read.

    What is wrong goes to `problems`; None where the article or every claim cannot be read.
    """
    raw: dict[str, Any] = {}
    with problems.gathering():
        raw = read_toml(path)
    if not raw:
        return None, frozenset()
    for key in sorted(raw.keys() - {"article", "claim"}):
        problems.add(path, "", key, "this key is not known here; known are article, claim")
    article = None
    with problems.gathering():
        article = parse(Article, raw.get("article", {}), path, "article")
    claims: list[Claim] = []
    ids: list[str] = []
    with problems.gathering():
        claims, ids = parse_named(Claim, tables_of(raw, "claim", path), path, "claim", problems)
        if not ids:
            problems.add(path, "", "claim", "there is no claim")
    if article is not None:
        _check_ranges(article, claims, ids, path, problems)
    return (Thesis(article=article, claim=claims) if article is not None and claims else None), frozenset(ids)


def _check_ranges(article: Article, claims: list[Claim], ids: list[str], path: Path, problems: Problems) -> None:
    """The two claims that pages rest on: the price targets and what they promise."""
    for field in ("target_range", "upside_range"):
        wanted = getattr(article, field)
        if wanted not in ids:
            problems.add(path, "article", field, f"there is no claim “{wanted}”; {known_names(wanted, ids)}")
    for claim in claims:
        bounds = claim.stated.bounds
        if claim.id == article.target_range and (bounds is None or bounds[0] <= 0):
            problems.add(path, f"claim “{claim.id}”", "stated", "price targets need low and high above zero")
        if claim.id == article.upside_range and (bounds is None or claim.stated.unit != "%"):
            problems.add(path, f"claim “{claim.id}”", "stated", "the promised upside needs low and high in %")


def thesis_files(folder: Path = THESES) -> list[Path]:
    """All thesis files, by name."""
    return sorted(folder.glob("*.toml"))
