"""Whether a thesis and the files that it rests on fit together: every name that one of them says of another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data.company import Company, Fact
from data.errors import Problems, known_names
from data.market.snapshot import Snapshots
from data.metrics import METRICS
from data.thesis import Claim, Thesis
from data.units import Unit


@dataclass(frozen=True)
class References:
    """What the names in a thesis may point at, and where what is wrong is gathered.

    An id whose fact or claim cannot be read by itself is known all the same: that failure is said where it is.
    """

    path: Path
    thesis: Thesis
    claim_ids: frozenset[str]
    company: Company
    related: tuple[Company, ...]
    snapshots: Snapshots
    problems: Problems

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All facts that can be read, by id."""
        return {fact.id: fact for company in (self.company, *self.related) for fact in company.facts}

    @cached_property
    def fact_ids(self) -> frozenset[str]:
        """The ids of all facts."""
        return frozenset(name for company in (self.company, *self.related) for name in company.fact_ids)

    @cached_property
    def series(self) -> frozenset[str]:
        """The names of all series."""
        return frozenset(fact.series for fact in self.facts.values() if fact.series)

    @cached_property
    def segments(self) -> frozenset[str]:
        """The names of all segments that the company reported."""
        return frozenset(value.segment for value in self.company.segments if value.level == "segment")

    @cached_property
    def metrics(self) -> frozenset[str]:
        """The names of all quarterly figures."""
        return frozenset(METRICS) | self.company.profile.units.keys()

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """All claims that can be read, by id."""
        return {claim.id: claim for claim in self.thesis.claim}

    # --- One name ---

    def known(self, entry: str, field: str, name: str, names: Iterable[str], what: str) -> bool:
        """Whether `name` is one of `names`; else that is a problem, said with the names that there are."""
        if name in names:
            return True
        self.wrong(entry, field, f"there is no {what} “{name}”; {known_names(name, names)}")
        return False

    def wrong(self, entry: str, field: str, problem: str) -> None:
        """Something in the thesis's own file is wrong."""
        self.problems.add(self.path, entry, field, problem)

    def fact(self, entry: str, field: str, name: str, form: str = "value", units: Iterable[str] = ()) -> None:
        """A fact must be there, state one form, and be in one of some units."""
        if not self.known(entry, field, name, self.fact_ids, "fact") or name not in self.facts:
            return
        fact = self.facts[name]
        if form and fact.form != form:
            self.wrong(entry, field, f"the fact “{name}” states a {fact.form}; a {form} is needed")
        else:
            self.unit(entry, field, fact.unit, units, f"the fact “{name}”")

    def claim(self, entry: str, field: str, name: str, form: str = "", units: Iterable[str] = ()) -> None:
        """A claim must be there; `form` “range” asks for one value or two ends."""
        if not self.known(entry, field, name, self.claim_ids, "claim") or name not in self.claims:
            return
        claim = self.claims[name]
        if form == "range" and claim.stated.bounds is None:
            self.wrong(entry, field, f"the claim “{name}” states a {claim.stated.form}; low and high are needed")
        else:
            self.unit(entry, field, claim.stated.counted_in, units, f"the claim “{name}”")

    def segment(self, entry: str, field: str, name: str) -> None:
        """A segment must have been reported. Without any there is nothing to hold it against: it is not known."""
        if self.segments:
            self.known(entry, field, name, self.segments, "segment")

    def named_series(self, entry: str, field: str, name: str, form: str, units: Iterable[str]) -> None:
        """A series must be there, if there is any, with facts of one form in one of some units."""
        if not self.series or not self.known(entry, field, name, self.series, "series"):
            return
        first = next(fact for fact in self.facts.values() if fact.series == name)
        if form and first.form != form:
            self.wrong(entry, field, f"the series “{name}” states a {first.form}; a {form} is needed")
        else:
            self.unit(entry, field, first.unit, units, f"the series “{name}”")

    def unit(self, entry: str, field: str, text: str | None, units: Iterable[str], whose: str) -> None:
        """A unit must be one of some; see `claim_tests` for how they are written."""
        allowed = [self.company.profile.written(unit) for unit in units]
        if allowed and (text is None or not any(_fits(text, unit) for unit in allowed)):
            self.wrong(entry, field, f"{whose} is in “{text}”; allowed are {', '.join(allowed)}")


def _fits(text: str, allowed: str) -> bool:
    unit = Unit.parse(text)
    if allowed == "money":
        return unit.currency is not None and unit.per is None
    if allowed == "money per share":
        return unit.currency is not None and unit.per is not None
    return text == allowed
