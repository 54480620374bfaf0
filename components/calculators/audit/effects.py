"""The effect of a claim on the upside: how much the upside changes when the tested figure replaces the stated one.

The upside is measured from the day's price to the middle of the article's targets: target / price - 1. An effect is the
difference between two upsides, as a ratio (-0.05 is five percentage points less). Each effect names the assumption that
links the figure, a cash pile for instance, to the price. Only what can be added up is ranked: what the price itself has
done is no effect on it, and a margin is a sensitivity beside the ranking.
"""

import datetime as dt
import inspect
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import supports
from components.calculators.share_count import listed_shares
from data.dossier import Dossier
from data.errors import DataFileError, UnitMismatch, UnknownFigure
from data.figures import Figure, divided, in_major_unit, value_in
from data.filings import last_in_a_row
from data.sums import Expression, Sum, Term, term, total_of
from data.thesis import Claim
from data.units import Unit


@dataclass(frozen=True)
class Effect:
    """The change of the upside, as a calculation, and the assumption behind it."""

    finding: Finding
    sum: Sum
    assumption: str

    @property
    def change(self) -> float:
        """The change as a ratio: -0.05 is five percentage points less."""
        return self.sum.expression.value


@dataclass(frozen=True)
class _Case:
    """The inputs of an effect function: stated and tested value in the claim's unit, the price, and the dossier."""

    claim: Claim
    stated: float
    tested: float
    price: Figure
    dossier: Dossier
    day: dt.date

    def pair(self, decimals: int) -> tuple[Term, Term]:
        """The tested and the stated value as terms."""
        unit = self.claim.stated.unit or ""
        return term("tested", self.tested, decimals, unit), term("stated", self.stated, decimals, unit)

    @property
    def shares(self) -> Term:
        """Listed shares in millions, on the day of the tested figure: money raised later is not in it either."""
        name = f"{self.dossier.share_class}, diluted"
        millions = listed_shares(self.dossier, self.day).millions
        return term(name, millions, 1, f"{self.dossier.share_class} m")


Found = tuple[Expression, str]


def target(case: _Case) -> Found:
    """For a claim that states the target: the change of the target ÷ price."""
    value_in(case.price, Unit.parse(case.claim.stated.unit or ""))
    tested, stated = case.pair(2)
    assumption = "the tested mean target takes the place of the middle of the stated ones"
    return (tested - stated) / case.price.term(with_unit=True), assumption


def money(case: _Case, sign: int = 1) -> Found:
    """For an amount of money that the shareholders gain, or lose (`sign` -1): its change per share ÷ price."""
    unit = Unit.parse(case.claim.stated.unit or "")
    if unit.currency != case.price.unit.currency:
        raise UnitMismatch(f"{case.claim.label} is in {unit}, the price in {case.price.unit}")
    tested, stated = case.pair(1)
    change = tested - stated if sign > 0 else stated - tested
    currency, share_class = case.price.unit.currency, case.dossier.share_class
    assumption = f"each {currency} counts as one {currency} of value per {share_class}, before any multiple"
    return change * (unit.scale / 1e6) / case.shares / in_major_unit(case.price).term(with_unit=True), assumption


EFFECTS: dict[str, Callable[..., Found]] = {"target": target, "money": money}


def margin(claim: Claim, dossier: Dossier, tax: float) -> Found:
    """One point of a segment's margin in earnings per listed share, after `tax` (per cent).

    A margin is no amount that is added: the price holds a view of it already. It is shown as a sensitivity, on the
    revenue of the last four quarters that are known of the claim's segment. Raises UnknownFigure.
    """
    segment = str(claim.argument("segment"))
    rows = [
        value
        for value in dossier.segments()
        if (value.segment, value.metric, value.level) == (segment, "revenue", "segment")
    ]
    known = last_in_a_row(rows, f"revenue of {segment}")
    revenue = total_of([value.figure().term(0) for value in known])
    shares = term(f"{dossier.share_class} m", listed_shares(dossier).millions, 1)
    profile = dossier.company.profile
    rate = dossier.rate(profile.currency, profile.listing.currency)
    kept = 1 - term("tax", tax, 0, "%")
    assumption = f"on {segment}’s revenue of four quarters to {known[-1].end:%B %Y}, taxed at {tax:g}% (assumed here)"
    return divided(revenue * term("a point", 1, 0, "%") * kept, rate) / shares, assumption


SENSITIVITIES: dict[str, Callable[..., Found]] = {"margin": margin}


@dataclass(frozen=True)
class Sensitivity:
    """What one point of a claim's margin is worth in earnings per listed share."""

    claim: Claim
    sum: Sum
    assumption: str


def sensitivities(dossier: Dossier) -> list[Sensitivity]:
    """Those that the thesis names, as far as their figures are known."""
    found = []
    for claim in dossier.thesis.claim:
        effect = claim.effect or {}
        function = SENSITIVITIES.get(str(effect.get("name")))
        if function is None:
            continue
        with suppress(UnknownFigure, UnitMismatch):
            value, assumption = function(claim, dossier, **{key: each for key, each in effect.items() if key != "name"})
            found.append(Sensitivity(claim, Sum(value, dossier.listed_unit.text), assumption))
    return found


def effects(findings: Sequence[Finding], dossier: Dossier, moment: str) -> list[Effect]:
    """The effects of all claims that name one that can be added up, and could be tested; largest first.

    An effect with inputs that are not known is left out.

    Raises
    ------
    UnknownFigure : no price is known.
    DataFileError : a claim names an effect, or an argument of one, that does not exist.
    KeyError : the effect `margin` names a claim that does not exist.
    """
    price = dossier.market.price(dossier.symbol)
    found = []
    for finding in findings:
        effect = _effect(finding, finding.at(moment), price, dossier)
        if effect is not None:
            found.append(effect)
    return sorted(found, key=lambda effect: -abs(effect.change))


def _effect(finding: Finding, judgement: Judgement, price: Figure, dossier: Dossier) -> Effect | None:
    claim, reading = finding.claim, judgement.evidence.deciding
    if claim.effect is None or reading is None or claim.effect.get("name") in SENSITIVITIES:
        return None
    function = EFFECTS.get(str(claim.effect.get("name")))
    arguments = {key: value for key, value in claim.effect.items() if key != "name"}
    ends = [end for end in claim.stated.ends if end is not None]
    stated = sum(ends) / len(ends) if ends else None
    if function is None or stated is None:
        known = ", ".join(EFFECTS)
        raise DataFileError(dossier.path, f"claim “{claim.id}”", "effect.name", f"known effects on numbers are {known}")
    tested = sum(reading.values) / len(reading.values)
    case = _Case(claim, stated, tested, price, dossier, reading.figure.as_of)
    try:
        inspect.signature(function).bind(case, **arguments)
    except TypeError as error:
        raise DataFileError(dossier.path, f"claim “{claim.id}”", "effect", str(error)) from None
    if supports(claim.stated, reading.values):
        return None  # what is left between two numbers that agree is rounding
    try:
        change, assumption = function(case, **arguments)
        return Effect(finding, Sum(change, "%", 1), assumption)
    except (UnknownFigure, UnitMismatch):
        return None  # not ranked; the audit of the claim already says which figure is missing
