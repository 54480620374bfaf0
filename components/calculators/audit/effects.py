"""The effect of a claim on the upside: how much the upside changes when the tested figure replaces the stated one.

The upside is measured from the day's price to the middle of the article's targets: target / price - 1. An effect is the
difference between two upsides, as a ratio (-0.05 is five percentage points less). Each effect names the assumption that
links the figure, a margin or a cash pile for instance, to the price.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components.calculators.audit.audit import Finding, Judgement
from data.dossier import Dossier
from data.errors import DataFileError, UnitMismatch, UnknownFigure
from data.figures import Figure, divided, value_in
from data.filings import QUARTERS_A_YEAR, in_a_row, segment_end
from data.sums import Expression, Sum, Term, term
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

    def pair(self, decimals: int) -> tuple[Term, Term]:
        """The tested and the stated value as terms."""
        unit = self.claim.stated.unit or ""
        return term("tested", self.tested, decimals, unit), term("stated", self.stated, decimals, unit)

    @property
    def shares(self) -> Term:
        """Listed shares in millions."""
        name = f"{self.dossier.share_class}, diluted"
        return term(name, listed_shares(self.dossier) / 1e6, 0, f"{self.dossier.share_class} m")


Found = tuple[Expression, str]


def upside_itself(case: _Case) -> Found:
    """For a claim that states the upside: the tested less the stated upside."""
    tested, stated = case.pair(1)
    return tested - stated, "the targets stay as stated, the price is that of the day"


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
    return change * (unit.scale / 1e6) / case.shares / case.price.term(with_unit=True), assumption


def margin(case: _Case, tax: float, multiple_of: str) -> Found:
    """For a claim that states a margin: its change on a year's segment revenue, after `tax` (per cent), at a P/E.

    The P/E is the middle of the range in the claim `multiple_of`.
    """
    bounds = case.dossier.thesis.claim_by_id(multiple_of).stated.bounds
    segment = case.claim.test["segment"]
    known = [
        value
        for value in case.dossier.segments()
        if (value.segment, value.metric, value.level) == (segment, "revenue", "segment")
    ]
    # A segment that is new has fewer than four; the assumption says how many there are.
    known = list(in_a_row(known[-QUARTERS_A_YEAR:], segment_end, f"revenue of {segment}"))
    if not known or bounds is None:
        raise UnknownFigure("the segment's revenue")
    figures = [case.dossier.company.segment_value(value) for value in known]
    year = sum(figure.value * figure.unit.scale for figure in figures) / len(figures) * 4
    times = sum(bounds) / 2
    tested, stated = case.pair(1)
    revenue = term("revenue of a year", year / 1e6, 0, f"{figures[0].unit.currency} m")
    after_tax = (tested - stated) * revenue * (1 - term("tax", tax, 0, "%"))
    per_share = divided(after_tax, case.dossier.filing_rate(), with_unit=False) / case.shares
    assumption = (
        f"that one quarter’s margin stays, on {segment}’s mean revenue of {len(figures)} known quarters times four, "
        f"taxed at {tax:g} % (assumed here), at {times:g}x"
    )
    return per_share * term("P/E", times, 0, "x") / case.price.term(with_unit=True), assumption


EFFECTS: dict[str, Callable[..., Found]] = {
    "upside_itself": upside_itself,
    "target": target,
    "money": money,
    "margin": margin,
}


def listed_shares(dossier: Dossier) -> float:
    """Diluted shares in listed units (ADS): ordinary shares ÷ ordinary shares per unit. Raises UnknownFigure."""
    shares = dossier.latest("diluted_shares")
    return shares.value * 1e6 / dossier.company.profile.listing.ordinary_shares


def effects(findings: Sequence[Finding], dossier: Dossier, moment: str) -> list[Effect]:
    """The effects of all claims that name one and could be tested, largest first.

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
    if claim.effect is None or reading is None:
        return None
    function = EFFECTS.get(str(claim.effect.get("name")))
    arguments = {key: value for key, value in claim.effect.items() if key != "name"}
    bounds = claim.stated.bounds
    stated = sum(bounds) / 2 if bounds is not None else claim.stated.minimum
    if function is None or stated is None:
        known = ", ".join(EFFECTS)
        raise DataFileError(dossier.path, f"claim “{claim.id}”", "effect.name", f"known effects on numbers are {known}")
    tested = sum(reading.values) / len(reading.values)
    case = _Case(claim, stated, tested, price, dossier)
    try:
        inspect.signature(function).bind(case, **arguments)
    except TypeError as error:
        raise DataFileError(dossier.path, f"claim “{claim.id}”", "effect", str(error)) from None
    try:
        change, assumption = function(case, **arguments)
        return Effect(finding, Sum(change, "%", 1), assumption)
    except (UnknownFigure, UnitMismatch):
        return None  # not ranked; the audit of the claim already says which figure is missing
