"""Words for claims: what is stated, what was tested, and what became of it."""

import datetime as dt

from components import formats
from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import Reading, Verdict, supports
from components.readouts import blocks
from data.figures import Figure, Unit
from data.thesis import Claim

MOVERS_NOTE = blocks.note(
    "The change of the upside to the middle of the article’s targets, in percentage points, when the stated figure "
    "gives way to the tested one. Only claims that reach the price by a stated sum are ranked."
)


def stated(claim: Claim) -> str:
    """The stated figure: “30 to 40 %”, “about 44 %”, “more than USD 50bn”, “1 Jan 2026”; empty for a statement."""
    says = claim.stated
    if says.date is not None:
        return formats.day(says.date)
    if says.year is not None:
        return str(says.year)
    if says.unit is None or says.happens is not None:
        return ""
    if says.minimum is not None:
        return f"at least {_amount(says.minimum, says.unit, says.decimals)}"
    low, high = says.bounds or (0.0, 0.0)
    if low != high:
        return _span(low, high, says.unit, says.decimals)
    return f"{'about ' if says.approximate else ''}{_amount(low, says.unit, says.decimals)}"


def tested(reading: Reading, decimals: int | None = None) -> str:
    """The tested value, or its range, one place more precise than stated where that is given."""
    unit = reading.figure.unit.text
    if unit == "date":
        return formats.day(reading.terms[0].as_of)
    if unit == "year":
        return f"{reading.figure.value:.0f}"
    places = _places(unit, decimals)
    if reading.upper is not None:
        return _span(reading.figure.value, reading.upper, unit, places)
    return _amount(reading.figure.value, unit, places)


def _places(unit: str, decimals: int | None) -> int:
    if decimals is None:
        return 2 if " per " in unit else 1
    whole = unit in ("quarters", "days", "year")
    return 0 if whole else max(min(decimals + 1, 2), 2 if " per " in unit else 1)


def _amount(value: float, text: str, decimals: int) -> str:
    unit = Unit.parse(text)
    number = formats.number(value, decimals)
    if text == "%":
        return f"{number}{formats.NBSP}%"
    if text == "x":
        return f"{number}x"
    if text == "ratio":
        return str(number)
    if unit.currency is None:
        return f"{number}{formats.NBSP}{text}"
    if unit.per is not None and len(unit.per) == 3 and unit.per.isupper() and unit.per not in ("ADS", "ADR"):
        return f"{formats.number(value, 3)} {text}"  # an exchange rate
    suffix = {1e9: "bn", 1e6: "m", 1e3: "k"}.get(unit.scale, "")
    return f"{unit.currency}{formats.NBSP}{number}{suffix}"


def _span(low: float, high: float, text: str, decimals: int) -> str:
    first, last = _amount(low, text, decimals), _amount(high, text, decimals)
    unit = Unit.parse(text)
    if unit.currency is not None and unit.scale != 1:
        return f"{first} to {formats.number(high, decimals)}{last[-2:] if unit.scale == 1e9 else last[-1:]}"
    if unit.currency is not None:
        return f"{first} to {formats.number(high, decimals)}"
    return f"{formats.number(low, decimals)} to {last}"


def exact(figure: Figure) -> str:
    """An input as a sum needs it: all its digits, with its unit."""
    if figure.unit.text == "date":
        return formats.day(figure.as_of)
    if figure.unit.text in ("year", "days"):
        return f"{figure.value:.0f}"
    places = 0 if figure.value == round(figure.value) else 4 if abs(figure.value) < 10 else 2
    return f"{formats.number(figure.value, places)}{formats.NBSP}{figure.unit.text}"


def verdict_badge(verdict: Verdict) -> dict:
    """A verdict as a badge, in words as well as in colour."""
    slug = {
        Verdict.SUPPORTED: "supported",
        Verdict.OUTDATED: "outdated",
        Verdict.IMPRECISE: "imprecise",
        Verdict.CONTRADICTED: "contradicted",
        Verdict.UNTESTABLE: "untestable",
    }[verdict]
    return {"origin": slug, "text": str(verdict), "help": "", "url": None}


def tested_cell(finding: Finding, judgement: Judgement, now: dt.datetime) -> dict:
    """The tested figure with its origin, or what is missing."""
    reading = judgement.evidence.deciding
    if reading is None:
        return blocks.cell("not known", f"needed: {judgement.missing}")
    return blocks.cell(tested(reading, finding.claim.stated.decimals), reading.label, blocks.badge(reading.figure, now))


def explain(claim: Claim, judgement: Judgement) -> str:
    """The verdict in one sentence."""
    reading, evidence = judgement.evidence.deciding, judgement.evidence
    if judgement.verdict is Verdict.UNTESTABLE or reading is None:
        return f"Not known: {judgement.missing}."
    value = tested(reading, claim.stated.decimals)
    if evidence.holds is not None:
        return f"{reading.working.rstrip('.')}."
    says = stated(claim)
    if judgement.verdict is Verdict.SUPPORTED:
        return f"{value} agrees with {says}."
    if judgement.verdict is Verdict.OUTDATED:
        before = next(each for each in evidence.earlier if supports(claim.stated, each.values))
        was = tested(before, claim.stated.decimals)
        return f"It was {was} ({_when(before, reading)}), but the latest is {value} ({_when(reading, before)})."
    if judgement.verdict is Verdict.IMPRECISE:
        return f"{value} is not {says}, but near it."
    return evidence.other_measure or f"{value} is not {says}."


def _when(reading: Reading, other: Reading) -> str:
    """The date of a reading, with its name where the two do not have the same one."""
    date = f"{reading.figure.as_of:%B %Y}" if reading.figure.origin == "filing" else formats.day(reading.figure.as_of)
    measure, compared = (each.label.split(",")[0] for each in (reading, other))
    return date if measure == compared or reading.label.startswith("From ") else reading.label
