"""Tests of an announced plan: its amount, what was said of it since, and what was spent.

Each raises UnknownFigure where a figure that it needs is not known, and KeyError where a fact does not exist.
"""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from components import formats
from components.calculators.audit.filings import converted, worked_out
from components.calculators.audit.rules import Evidence, Reading, computed
from components.calculators.billions import in_billions
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, convert, is_one_to_one, least_confident
from data.filings import Quarter, in_a_row
from data.sums import Sum, total_of
from data.thesis import Claim

QUARTER = dt.timedelta(days=89)  # the shortest; a quarter that ends later than this began after


def plan_converted(
    claim: Claim, dossier: Dossier, fact: str, years: int, statements: str = "", exceeded: str | None = None
) -> Evidence:
    """The announced amount in the claim's currency, at the rate of the last release before publication.

    That rate is fixed, because a plan does not change with exchange rates. The plan is outdated once more than all of
    it is spent, or once the fact `exceeded` is public, management's word that it will be. A run rate is no statement:
    it is shown beside. `statements` is the series of what was said about the plan.
    """
    plan = dossier.fact(fact)
    amount, rate = plan.figure(), dossier.as_published().filing_rate()
    announced = converted(amount, rate, plan.label, plan.label)
    spent = _since(dossier, amount)
    said = "".join(
        f" {each.label} ({formats.day(each.known)})." for each in (dossier.series(statements) if statements else ())
    )
    superseded = _superseded(dossier, exceeded, spent, amount)
    if not spent:
        return Evidence((announced,), superseded=superseded, note=f"{plan.note}{said}".strip())
    rates = f" Both in {rate.unit.per} at the rate of the last release before publication: its moves do not count."
    note = f"{plan.note}{said} {_share_spent(spent, amount)}{'' if is_one_to_one(rate) else rates}".strip()
    return Evidence((announced, _pace(spent, rate, years)), superseded=superseded, note=note)


def _superseded(dossier: Dossier, exceeded: str | None, spent: Sequence[Figure], plan: Figure) -> str:
    """Why a plan no longer stands: management's word or more spent than planned; empty while it does."""
    if exceeded is not None:
        with suppress(UnknownFigure):
            fact = dossier.fact(exceeded)
            return f"{fact.label} ({formats.day(fact.known)})"
    return "More is spent than was planned" if _total(spent) > in_billions(plan) else ""


def _since(dossier: Dossier, plan: Figure) -> list[Figure]:
    """Capex of the full quarters since the announcement."""
    return [q.figure("capex") for q in quarters_since(dossier, plan)]


def quarters_since(dossier: Dossier, plan: Figure) -> Sequence[Quarter]:
    """The full quarters released since a plan was announced. Raises UnknownFigure where the capex of one is missing.

    What was spent in a quarter that is not known is not nothing, and its time has passed.
    """
    since = [q for q in dossier.quarters() if q.end >= plan.as_of + QUARTER]
    for quarter in in_a_row(since, "capex"):
        quarter.figure("capex")
    if since and (before := since[0].release.rhythm.before(since[0].end)) >= plan.as_of + QUARTER:
        raise UnknownFigure(f"capex, quarter to {before:%B %Y}")
    return since


def _pace(spent: Sequence[Figure], rate: Figure, years: int) -> Reading:
    label = f"{years} years at the pace of the {len(spent)} quarters to {spent[-1].as_of:%B %Y}"
    whole = total_of([each.term(0) for each in spent]) / 1000 / len(spent) * (4 * years)
    pace = Sum(whole, f"{spent[-1].unit.currency} bn", 1)
    amount = computed(spent[-1], pace, label, confidence=least_confident(*spent))
    return worked_out(replace(convert(amount, rate), label=label), label)


def _share_spent(spent: Sequence[Figure], plan: Figure) -> str:
    total = _total(spent)
    money = f"{plan.unit.currency} {total:,.1f}bn, {formats.percent1(total / in_billions(plan))}"
    return f"Capex reported for the {len(spent)} full quarters since the announcement: {money} of the plan."


def _total(spent: Sequence[Figure]) -> float:
    return sum(in_billions(figure) for figure in spent)
