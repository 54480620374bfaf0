"""Runs the tests that a thesis names for its claims, as published and today."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace

from components.calculators.audit import arithmetic, facts, filings, internal, market, plans, prices, reported
from components.calculators.audit.needed import needed_for
from components.calculators.audit.rules import Evidence, Verdict, judge
from data.dossier import Dossier
from data.errors import DataFileError, UnitMismatch, UnknownFigure
from data.thesis import Claim

TESTS: dict[str, Callable[..., Evidence]] = {
    # General tests, of any company's measures, prices and facts.
    "level": reported.level,
    "growth": reported.growth,
    "ratio": reported.ratio,
    "first_above": reported.first_above,
    "record": reported.record,
    "estimate": reported.estimate,
    "guidance": reported.guidance,
    "share_count": reported.share_count,
    "buyback": reported.buyback,
    "fact": reported.fact,
    "series": reported.series,
    "ownership": reported.series,
    "price_level": prices.price_level,
    "price_change": arithmetic.price_change,
    "high": prices.high,
    "low": prices.low,
    "drawdown": prices.drawdown,
    "against": prices.against,
    "market_value": prices.market_value,
    "multiple": prices.multiple,
    "yield": prices.dividend_yield,
    "dividend_change": prices.dividend_change,
    "target": market.target,
    "target_gap": arithmetic.target_gap,
    "rating": facts.rating,
    "internal": internal.internal,
    # What only some claims need.
    "fiscal_year_start": facts.fiscal_year_start,
    "event_known": facts.event_known,
    "fact_date": facts.fact_date,
    "fact_year": facts.fact_year,
    "segment_margin": filings.segment_margin,
    "plan_converted": plans.plan_converted,
    "capex_coverage": filings.capex_coverage,
    "implied_rate": arithmetic.implied_rate,
    "valuation_or_proceeds": arithmetic.valuation_or_proceeds,
    "price_to_earnings": market.price_to_earnings_test,
    "discount_to_peers": market.discount_to_peers,
}


@dataclass(frozen=True)
class Judgement:
    """The verdict on one day, with the evidence for it.

    Attributes
    ----------
    missing : the figure that an untestable claim needs; otherwise empty.
    where : the file and field in which it would stand, where nothing stands there.
    """

    verdict: Verdict
    evidence: Evidence
    missing: str = ""
    where: str = ""


@dataclass(frozen=True)
class Finding:
    """A claim with its verdict as published and its verdict today."""

    claim: Claim
    published: Judgement
    today: Judgement

    def at(self, moment: str) -> Judgement:
        """The judgement of a moment: `published`, or `today` for anything else."""
        return self.published if moment == "published" else self.today


def run(claim: Claim, dossier: Dossier) -> Judgement:
    """Tests one claim on what was known on the dossier's day; one without a test is recorded.

    A figure that is not known, or in another unit, makes the claim untestable.

    Raises
    ------
    DataFileError : the thesis names a test, an argument, a fact or another claim that does not exist.
    ValueError : a segment's revenue, or that of the year before, is not positive.
    """
    if claim.test is None:
        return Judgement(Verdict.RECORDED, Evidence())
    arguments = {key: value for key, value in claim.test.items() if key != "name"}
    test = TESTS.get(claim.test["name"])
    if test is None:
        known = ", ".join(sorted(TESTS))
        raise _misnamed(claim, dossier, "test.name", f"there is no test “{claim.test['name']}”; known are {known}")
    try:
        bound = inspect.signature(test).bind(claim, dossier, **arguments)
    except TypeError as error:
        raise _misnamed(claim, dossier, "test", f"{claim.test['name']}: {error}") from None
    try:
        evidence = test(claim, dossier, **arguments)
    except (UnknownFigure, UnitMismatch) as missing:
        what = missing.what if isinstance(missing, UnknownFigure) else str(missing)
        bound.apply_defaults()
        # What was not known when the article appeared may stand in the files for today.
        is_today = dossier.day > dossier.published
        told = missing.where if isinstance(missing, UnknownFigure) else ""
        where = (told or needed_for(claim, bound.arguments, dossier)) if is_today else ""
        return Judgement(Verdict.UNTESTABLE, Evidence(), what, where)
    except KeyError as unknown:
        raise _misnamed(claim, dossier, "test", f"nothing is known by the id {unknown}") from None
    if evidence.follows:
        source = run(dossier.thesis.claim_by_id(evidence.follows), dossier)
        if source.verdict is Verdict.CONTRADICTED:
            said = f"It converts a figure that is contradicted: {source.evidence.other_measure or 'see that claim'}"
            return Judgement(Verdict.CONTRADICTED, replace(evidence, holds=False, other_measure=said))
    deciding = evidence.deciding
    old = "" if deciding is None or evidence.holds is not None or not deciding.overtaken else deciding.overtaken
    needed = f"{deciding.measure}: the last known is {old}" if deciding is not None and old else ""
    return Judgement(judge(claim.stated, evidence), evidence, needed)


def audit(dossier: Dossier) -> list[Finding]:
    """Every claim of the thesis, in the article's order, judged at publication and on the dossier's day.

    Raises DataFileError and ValueError as `run` does.
    """
    then = dossier.as_published()
    return [Finding(claim, run(claim, then), run(claim, dossier)) for claim in dossier.thesis.claim]


def _misnamed(claim: Claim, dossier: Dossier, field: str, problem: str) -> DataFileError:
    return DataFileError(dossier.path, f"claim “{claim.id}”", field, problem)
