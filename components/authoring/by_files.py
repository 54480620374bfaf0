"""Tests that a company's own files allow: by the facts whose words a statement shares, and by what its measures are.

They come before the general tests where the words agree well, and behind them where they agree a little.
"""

import re
from collections.abc import Iterable, Sequence

from components.authoring.kinds import Kind
from components.authoring.matching import Call
from components.authoring.proposals import Proposal
from data.company import Company
from data.facts import Fact

ENOUGH, WELL = 0.4, 0.7  # of the words of a fact's label that the statement must share
_SHORT = {"ai", "ev", "ebit", "eps"}
_IDLE = {
    "that", "with", "from", "than", "this", "over", "company", "expected", "first", "half", "full", "year", "part",
    "least", "before", "after", "more", "would", "page", "article",
}  # fmt: skip
_SPELLED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_VALUES = (Kind.LEVEL, Kind.SHARE, Kind.PLAN, Kind.MARKET_VALUE, Kind.ESTIMATE, Kind.GUIDANCE)


def allowed_by_files(
    proposal: Proposal, company: Company, related: Iterable[Company] = ()
) -> tuple[list[Call], list[Call]]:
    """The tests that go before the general ones, and those that go behind them."""
    facts = [fact for each in (company, *related) for fact in each.facts]
    match proposal.kind:
        case Kind.MULTIPLE if "non_gaap_diluted_eps" in company.profile.units:
            return [{"name": "price_to_earnings"}], []
        case Kind.TARGET:
            return _targets(proposal, facts), []
        case Kind.RATING:
            counted = [fact for fact in facts if fact.form == "counts" and fact.series]
            return [{"name": "rating", "series": each.series} for each in counted[:1]], []
        case Kind.DATE:
            found = _alike(proposal, [fact for fact in facts if fact.form == "date" and not fact.series])
            return _dates([fact for _, fact in found]), []
    if proposal.kind not in _VALUES:
        return [], []
    found = _alike(proposal, [fact for fact in facts if fact.form in ("value", "range")])
    if proposal.kind not in (Kind.GUIDANCE, Kind.ESTIMATE):  # what was expected tests no figure that was reported
        found = [(score, fact) for score, fact in found if "expected" not in fact.label.lower()]
    if proposal.kind is Kind.PLAN and (plan := _plan(proposal, found, facts, company)):
        return [plan], []
    fitting = [(score, _call(proposal, fact)) for score, fact in found if fact.unit == proposal.stated.get("unit")]
    first = _once(call for score, call in fitting if score >= WELL)
    return first, _once(call for score, call in fitting if score < WELL)


def _call(proposal: Proposal, fact: Fact) -> Call:
    if not fact.series:
        return {"name": "fact", "fact": fact.id}
    if proposal.kind is Kind.GUIDANCE:
        measure: Call = {"measure": proposal.measure} if proposal.measure else {}
        return {"name": "guidance", **measure, "series": fact.series}
    return {"name": "series", "series": fact.series}


def _once(calls: Iterable[Call]) -> list[Call]:
    found: list[Call] = []
    for call in calls:
        if call not in found:
            found.append(call)
    return found[:2]


def _targets(proposal: Proposal, facts: Iterable[Fact]) -> list[Call]:
    """A series of mean targets, and one of single houses' beside it."""
    own = [
        fact
        for fact in facts
        if fact.series and fact.unit == proposal.stated.get("unit") and "target" in words_of(fact.label)
    ]
    means = [fact.series for fact in own if words_of(fact.label) & {"average", "mean", "consensu"}]
    singles = [fact.series for fact in own if fact.series not in means]
    if not own:
        return []
    call: Call = {"name": "target"}
    if means:
        call["series"] = means[0]
    if singles:
        call["singles"] = singles[0]
    return [call]


def _dates(found: Sequence[Fact]) -> list[Call]:
    """A day on which something happened, with the day that was announced for it where both are known."""
    expected = next((fact for fact in found if "announced" in words_of(fact.label)), None)
    happened = [fact for fact in found if fact is not expected]
    if not happened:
        return [{"name": "fact_date", "fact": expected.id}] if expected is not None else []
    call: Call = {"name": "fact_date", "fact": happened[0].id}
    return [call | {"expected": expected.id} if expected is not None else call]


def streak(proposal: Proposal, company: Company) -> tuple[int, Call] | None:
    """“At least doubled in nine quarters in a row”: nine, and the series of facts that counts such quarters."""
    spelled = "|".join(_SPELLED)
    said = re.search(
        rf"\b(\d+|{spelled})\s+(?:(?:consecutive|successive|straight)\s+quarters|quarters\s+in\s+a\s+row)\b",
        proposal.sentence, re.IGNORECASE,
    )  # fmt: skip
    counted = [fact for fact in company.facts if fact.unit == "quarters" and fact.series]
    found = _alike(proposal, counted, ENOUGH / 2)
    if proposal.kind is not Kind.GROWTH or said is None or not found:
        return None
    word = said[1].lower()
    count = _SPELLED.index(word) + 1 if word in _SPELLED else int(word)
    return count, {"name": "series", "series": found[0][1].series}


def _plan(
    proposal: Proposal, found: Sequence[tuple[float, Fact]], facts: Sequence[Fact], company: Company
) -> Call | None:
    """The plan that a fact states in the filings' currency, with what was said of it since."""
    unit = f"{company.profile.currency} bn"
    fact = next((fact for _, fact in found if fact.unit == unit and fact.form == "value"), None)
    years = re.search(rf"\b(\d+|{'|'.join(_SPELLED)})[\s-]years?\b", proposal.sentence, re.IGNORECASE)
    if fact is None or years is None or proposal.stated.get("unit") != f"{company.profile.listing.currency} bn":
        return None
    said = years[1].lower()
    call: Call = {
        "name": "plan_converted", "fact": fact.id, "years": _SPELLED.index(said) + 1 if said in _SPELLED else int(said),
    }  # fmt: skip
    later = [each for each in facts if each.form == "date" and each.series and each.id.startswith(f"{fact.id}-")]
    exceeded = [each for each in later if "exceed" in words_of(each.label)]
    if later:
        call["statements"] = later[0].series
    if exceeded:
        call["exceeded"] = exceeded[0].id
    return call


def _alike(proposal: Proposal, facts: Iterable[Fact], enough: float = ENOUGH) -> list[tuple[float, Fact]]:
    """Those facts whose label shares enough words with the statement, the likest first."""
    said = words_of(proposal.sentence)
    found = []
    for fact in facts:
        label = words_of(fact.label)
        years = {each for each in label if each.isdigit()}
        if not label or (years and any(each.isdigit() and len(each) == 4 for each in said) and not years & said):
            continue
        shared = label & said
        score = len(shared) / len(label)
        if len(shared) >= 2 and score >= enough:
            found.append((score, fact))
    return sorted(found, key=lambda pair: -pair[0])


def words_of(text: str) -> set[str]:
    """The words of a text that say something, without the ending of a plural; years stay."""
    plain = re.findall(r"[^\W_]+", re.sub(r"[’']s\b", "", text.lower()))
    kept = {each for each in plain if (len(each) > 3 and each not in _IDLE) or each in _SHORT}
    return {each.removesuffix("s") if len(each) > 4 else each for each in kept}
