"""What a claim does to the upside: by how much it changes when the stated figure is replaced by the tested one.

The upside is that to the middle of the article's targets from the price of the day: target / price - 1. An effect is
a difference of two upsides, in percentage points as a ratio (-0.05: five points less). Each effect names its
assumption, because a margin or a cash pile reaches the price only through one.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from components.calculators.audit.audit import Finding, Judgement
from data.dossier import Dossier
from data.errors import DataFileError, UnknownFigure
from data.figures import Figure
from data.thesis import Claim


@dataclass(frozen=True)
class Effect:
    """The change of the upside, and the sum and assumption behind it."""

    finding: Finding
    change: float
    working: str
    assumption: str


@dataclass(frozen=True)
class _Case:
    """What the effect functions work on: stated and tested value in the claim's unit, the price, the dossier."""

    claim: Claim
    stated: float
    tested: float
    price: Figure
    judgement: Judgement
    file: Dossier


Found = tuple[float, str, str]


def upside_itself(case: _Case) -> Found:
    """The claim is the upside: the difference in points."""
    change = (case.tested - case.stated) / 100
    return (
        change,
        f"{case.tested:.1f} % − {case.stated:.1f} %",
        "the targets stay as stated, the price is that of the day",
    )


def target(case: _Case) -> Found:
    """The claim is the target: its change on the price."""
    change = (case.tested - case.stated) / case.price.value
    working = f"({case.tested:,.2f} − {case.stated:,.2f}) ÷ {case.price.value:,.2f}"
    return change, working, "the tested mean target takes the place of the middle of the stated ones"


def money(case: _Case, sign: int = 1) -> Found:
    """The claim is an amount of money that belongs to the shares, or leaves them (sign -1)."""
    count = listed_shares(case.file)
    per_share = sign * (case.tested - case.stated) * 1e9 / count
    change = per_share / case.price.value
    working = (
        f"{'−' if sign < 0 else ''}({case.tested:.1f} − {case.stated:.1f})bn ÷ {count / 1e6:,.0f}m {case.file.per} "
        f"÷ {case.price.value:,.2f}"
    )
    return change, working, f"each dollar counts as one dollar of value per {case.file.per}, before any multiple"


def margin(case: _Case, tax: float, multiple_of: str) -> Found:
    """The claim is a margin: its change on a year's revenue of its segment, after tax, at the article's multiple."""
    bounds = case.file.thesis.claim_by_id(multiple_of).stated.bounds
    segment = case.judgement.evidence.readings[0].figure.label.split(",")[0]
    known = [v for v in case.file.segments() if v.segment == segment and v.metric == "revenue"][-4:]
    if not known or bounds is None:
        raise UnknownFigure("the segment's revenue")
    figures = [case.file.company.segment_value(value) for value in known]
    year = sum(figure.value * figure.unit.scale for figure in figures) / len(figures) * 4
    rate, times = case.file.filing_rate().value, sum(bounds) / 2
    profit = (case.tested - case.stated) / 100 * year * (1 - tax / 100) / rate
    change = profit / listed_shares(case.file) * times / case.price.value
    working = (
        f"({case.tested:.1f} % − {case.stated:.1f} %) × {figures[0].unit.currency} {year / 1e9:,.0f}bn × "
        f"(1 − {tax:g} %) ÷ {rate:.4f} ÷ {listed_shares(case.file) / 1e6:,.0f}m {case.file.per} × {times:g}x "
        f"÷ {case.price.value:,.2f}"
    )
    assumption = (
        f"that one quarter’s margin stays, on {segment}’s mean revenue of {len(figures)} known quarters times four, "
        f"taxed at {tax:g} % (assumed here), at {times:g}x"
    )
    return change, working, assumption


EFFECTS: dict[str, Callable[..., Found]] = {
    "upside_itself": upside_itself,
    "target": target,
    "money": money,
    "margin": margin,
}


def listed_shares(file: Dossier) -> float:
    """Diluted shares in listed units (ADS): the last reported ordinary shares by the ratio. Raises UnknownFigure."""
    shares = file.latest("diluted_shares")
    return shares.value * 1e6 / file.company.profile.listing.ordinary_shares


def effects(findings: list[Finding], file: Dossier, moment: str) -> list[Effect]:
    """The effects of all claims that name one and could be tested, largest first."""
    price = file.market.price(file.symbol)
    found = []
    for finding in findings:
        effect = _effect(finding, finding.at(moment), price, file)
        if effect is not None:
            found.append(effect)
    return sorted(found, key=lambda effect: -abs(effect.change))


def _effect(finding: Finding, judgement: Judgement, price: Figure, file: Dossier) -> Effect | None:
    claim, reading = finding.claim, judgement.evidence.deciding
    if claim.effect is None or reading is None:
        return None
    function = EFFECTS.get(str(claim.effect.get("name")))
    arguments = {key: value for key, value in claim.effect.items() if key != "name"}
    bounds = claim.stated.bounds
    stated = sum(bounds) / 2 if bounds is not None else claim.stated.minimum
    if function is None or stated is None:
        known = ", ".join(EFFECTS)
        raise DataFileError(file.path, f"claim “{claim.id}”", "effect.name", f"known effects on numbers are {known}")
    tested = sum(reading.values) / len(reading.values)
    case = _Case(claim, stated, tested, price, judgement, file)
    try:
        inspect.signature(function).bind(case, **arguments)
    except TypeError as error:
        raise DataFileError(file.path, f"claim “{claim.id}”", "effect", str(error)) from None
    try:
        return Effect(finding, *function(case, **arguments))
    except UnknownFigure:
        return None  # without its inputs an effect is not ranked; the claim itself says what is missing
