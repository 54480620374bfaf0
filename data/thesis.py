"""An article's case: its claims, as one TOML file in `data/theses/`."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from data.errors import Problems, known_names
from data.facts import Fact, facts_of
from data.figures import Figure, Origin
from data.files import Amount, Day, Note, Record, Text, parse, parse_named, read_toml, tables_of
from data.kept import kept
from data.units import Unit

THESES = Path(__file__).parent / "theses"


NAMED_TIMES = {2.0: "doubled", 3.0: "tripled", 4.0: "quadrupled"}
# The forms of what an article states, by the field that says it.
FORMS = {
    "value": "value", "low": "range", "minimum": "minimum", "maximum": "maximum", "times": "times", "values": "list",
    "words": "words", "date": "date", "year": "year", "happens": "happens",
}  # fmt: skip


class Stated(Record):
    """What the article says, in exactly one form.

    Attributes
    ----------
    value : a number; `approximate` where the article says “about”.
    low, high : a range.
    minimum, maximum : “at least”, “more than”; “at most”, “up to”.
    times : “doubled” is 2: a change of +100%.
    values : a list, such as counts of ratings.
    words : a statement without a number, in our words.
    date, year : a day, a year.
    happens : that something happens.
    ours : marks a number that reads a statement made in words; the article does not give it.
    """

    value: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    minimum: Amount | None = None
    maximum: Amount | None = None
    times: Amount | None = Field(default=None, gt=0)
    values: list[Amount] | None = Field(default=None, min_length=1)
    words: Text | None = None
    date: Day | None = None
    year: int | None = Field(default=None, ge=1900, le=2100)
    happens: bool | None = None
    unit: str | None = None
    decimals: int = Field(default=0, ge=-6, le=6)
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
        said = [field for field in FORMS if getattr(self, field) is not None]
        if len(said) != 1:
            raise ValueError(f"state exactly one of {', '.join(FORMS).replace('low', 'low and high')}")
        if self.unit is None and said[0] in ("value", "low", "minimum", "maximum", "values"):
            raise ValueError("unit is missing")
        if self.times is not None and self.unit not in (None, "%"):
            raise ValueError("times is a change; its unit is %")
        return self

    @property
    def form(self) -> str:
        """Which of FORMS is stated: “range”, say."""
        return next(form for field, form in FORMS.items() if getattr(self, field) is not None)

    @property
    def counted_in(self) -> str | None:
        """The unit of the number stated: that of a change for “doubled”; None where no number is stated."""
        return "%" if self.times is not None else self.unit

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Low and high of what is stated as a number; a single value is both; None without both ends."""
        if self.value is not None:
            return self.value, self.value
        if self.times is not None:
            return (self.times - 1) * 100, (self.times - 1) * 100
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The least and the most that is stated: a minimum has no most. Both None where no number is stated."""
        return self.bounds or (self.minimum, self.maximum)


class Claim(Record):
    """One figure or statement of the article, and how it is tested; without a test it is recorded."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    topic: Text
    statement: Text
    short: Note = ""
    stated: Stated
    period: Day | None = None
    place: Text
    key: bool = False
    better: Literal["higher", "lower"] | None = None
    test: dict[str, Any] | None = None
    effect: dict[str, Any] | None = None

    @field_validator("test")
    @classmethod
    def _test_is_named(cls, test: dict[str, Any] | None) -> dict[str, Any] | None:
        if test is not None and not isinstance(test.get("name"), str):
            raise ValueError("the test has no name")
        return test

    @property
    def label(self) -> str:
        return self.short or self.statement

    def argument(self, name: str) -> Any:
        """An argument of the claim's test; None where it has no such argument, or no test."""
        return None if self.test is None else self.test.get(name)


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
    measure : revenue, or the measure of profit that the company reports by segment.
    family : of segments; ``central`` for what the releases take off between the segments and the group.
    stand_in : segments of earlier structures that stand in for the quarters before the family was regrouped.
    """

    family: str
    measure: Text
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
    """What the article is about.

    Attributes
    ----------
    target_range, target_middle : the claims that bound the price targets and name the mean of them.
    house_value : the claim that states what the article takes the share to be worth.
    upside_range : the claim that says what targets or value promise.
    shares : a series of facts, the shares of every class outstanding; without it, the diluted shares count.
    """

    name: Text
    sentence: Text
    published: Day
    company: Text
    related: list[str] = []
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    rates: list[Annotated[str, Field(pattern=r"^[A-Z]{3}/[A-Z]{3}$")]] = []
    price_from: Day
    target_range: str | None = None
    target_middle: str | None = None
    upside_range: str | None = None
    house_value: str | None = None
    shares: str | None = None
    dividend: str | None = None
    forward_eps: str | None = None
    peer: list[Peer] = []
    capex: CapexCase | None = None
    valuation: ValuationCase | None = None


class Thesis(Record):
    """One article's case; `fact` are figures that stand in its own file, and not in that of a company."""

    article: Article
    claim: list[Claim] = Field(min_length=1)
    fact: list[Fact] = []

    def claim_by_id(self, claim_id: str) -> Claim:
        """The claim with that id. Raises KeyError if there is none."""
        for claim in self.claim:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    @property
    def targets(self) -> Claim | None:
        """The claim that bounds the price targets; None where the article names none."""
        return None if self.article.target_range is None else self.claim_by_id(self.article.target_range)

    @property
    def house_value(self) -> Claim | None:
        """The claim that states what the share is worth; None where the article states no value."""
        return None if self.article.house_value is None else self.claim_by_id(self.article.house_value)

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
    for key in sorted(raw.keys() - {"article", "claim", "fact"}):
        problems.add(path, "", key, "this key is not known here; known are article, claim, fact")
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
    facts, _ = facts_of(raw, path, problems)
    thesis = Thesis(article=article, claim=claims, fact=list(facts)) if article is not None and claims else None
    return thesis, frozenset(ids)


def _check_ranges(article: Article, claims: list[Claim], ids: list[str], path: Path, problems: Problems) -> None:
    """The claims that pages rest on: price targets or a value, and what they promise."""
    for field in ("target_range", "target_middle", "house_value", "upside_range"):
        wanted = getattr(article, field)
        if wanted is not None and wanted not in ids:
            problems.add(path, "article", field, f"there is no claim “{wanted}”; {known_names(wanted, ids)}")
    for claim in claims:
        bounds = claim.stated.bounds
        aimed = (article.target_range, article.target_middle, article.house_value)
        if claim.id in aimed and (bounds is None or bounds[0] <= 0):
            problems.add(path, f"claim “{claim.id}”", "stated", "price targets need low and high above zero")
        if claim.id == article.upside_range and (bounds is None or claim.stated.unit != "%"):
            problems.add(path, f"claim “{claim.id}”", "stated", "the promised upside needs low and high in %")


def thesis_files(folder: Path = THESES) -> list[Path]:
    """All thesis files, by name."""
    return sorted(folder.glob("*.toml"))
