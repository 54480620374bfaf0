"""Texts about claims: the stated figure, the tested figure, and the verdict."""

import datetime as dt

from components import formats
from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.effects import Sensitivity
from components.calculators.audit.rules import Reading, Verdict, rounded, supporting
from components.readouts import blocks
from data.figures import Figure
from data.thesis import NAMED_TIMES, Claim, Stated
from data.units import Unit

MOVERS_NOTE = (
    "How the upside to the middle of the article’s targets changes, in percentage points, when the stated figure gives "
    "way to the tested one, all else as it is: {which} with a computable price effect."
)

VERDICTS = {
    Verdict.SUPPORTED: "The tested value rounds to the stated one, lies in the stated range, or reaches the minimum.",
    Verdict.OUTDATED: "Not supported now, but by an earlier reported value; or a plan that was overtaken since.",
    Verdict.IMPRECISE: "Within a tenth of what is stated, or true in one of two readings.",
    Verdict.CONTRADICTED: "None of these, or the stated figure measures something else than it says.",
    Verdict.UNTESTABLE: "The figures that are needed are not known, or a later release has overtaken them.",
    Verdict.RECORDED: "The article says it; no test is named for it, or none that rests on more than its own word.",
}


def stated(claim: Claim) -> str:
    """The stated figure as `stated_figure` gives it, marked where it is our reading of words."""
    figure = stated_figure(claim)
    return f"in words; read here as {figure}" if figure and is_in_words(claim) else figure


def is_in_words(claim: Claim) -> bool:
    """Whether the article says it in words, and the number is our reading of them."""
    return claim.stated.ours and claim.stated.date is None and claim.stated.year is None


def stated_figure(claim: Claim) -> str:
    """The stated figure: “30 to 40%”, “about 44%”, “at least USD 50bn”, “1 Jan 2026”; empty for a statement."""
    says = claim.stated
    if says.date is not None:
        return formats.day(says.date)
    if says.year is not None:
        return str(says.year)
    if says.words is not None:
        return says.words
    if says.times is not None:
        return NAMED_TIMES.get(round(says.times, 6), f"{says.times:g} times as much")
    if says.values is not None:
        return (
            f"{', '.join(str(formats.number(value, says.decimals)) for value in says.values)}{formats.NBSP}{says.unit}"
        )
    return "" if says.unit is None or says.happens is not None else _figures(claim)


def _figures(claim: Claim) -> str:
    says, unit = claim.stated, claim.stated.unit or ""
    if says.minimum is not None:
        return f"at least {_amount(says.minimum, unit, says.decimals)}"
    if says.maximum is not None:
        return f"at most {_amount(says.maximum, unit, says.decimals)}"
    low, high = says.bounds or (0.0, 0.0)
    if low != high:
        return _span(low, high, unit, says.decimals)
    return f"{'about ' if says.approximate else ''}{_amount(low, unit, says.decimals)}"


def tested(reading: Reading, says: Stated) -> str:
    """The tested value or range, usually with one decimal more than the stated figure.

    It has more where rounding that text again would give another result than rounding the value itself.
    """
    unit = reading.figure.unit.text
    if unit == "date":
        return formats.day(dt.date.fromordinal(round(reading.figure.value)))
    if unit == "year":
        return f"{reading.figure.value:.0f}"
    places = _places(reading, says)
    if reading.upper is not None:
        return _span(reading.figure.value, reading.upper, unit, places)
    return _amount(reading.figure.value, unit, places)


def _places(reading: Reading, says: Stated) -> int:
    unit = reading.figure.unit.text
    least = 2 if " per " in unit and not reading.figure.unit.is_minor else 1
    if unit in ("quarters", "days", "year"):
        return 0
    decimals = says.decimals
    places = max(min(decimals + 1, 2), least)
    # 34.495 shown as 34.5 seems to round to 35, but rounds to 34. Against a minimum or maximum, nothing is rounded.
    while (
        says.bounds is not None and places < 4 and any(_misleads(value, places, decimals) for value in reading.values)
    ):
        places += 1
    return places


def _misleads(value: float, places: int, decimals: int) -> bool:
    return rounded(rounded(value, places), decimals) != rounded(value, decimals)


def _amount(value: float, text: str, decimals: int) -> str:
    unit = Unit.parse(text)
    decimals = max(decimals, 0)  # a figure rounded to tens is written without decimals
    number = formats.number(value, decimals)
    if text == "%":
        return f"{number}%"
    if text == "x":
        return f"{number}x"
    if text == "ratio":
        return str(number)
    if unit.currency is None:
        return formats.counted(value, unit, decimals)
    if _is_rate(unit):
        return f"{formats.number(value, 3)} {text}"
    if unit.code == "GBp":
        return f"{number}p"
    return f"{unit.code}{formats.NBSP}{number}{formats.scale_word(unit)}"


def _is_rate(unit: Unit) -> bool:
    """Whether the unit is an exchange rate, with a currency after “per”. ADS and ADR look like one but are shares."""
    return unit.per is not None and len(unit.per) == 3 and unit.per.isupper() and unit.per not in ("ADS", "ADR")


def _span(low: float, high: float, text: str, decimals: int) -> str:
    first, last = _amount(low, text, decimals), _amount(high, text, decimals)
    unit = Unit.parse(text)
    if _is_rate(unit):
        return f"{formats.number(low, 3)} to {formats.number(high, 3)} {text}"
    if unit.code == "GBp" or unit.currency is None:
        return f"{first.removesuffix('p') if unit.currency else _bare(low, unit, decimals)} to {last}"
    return f"{first} to {formats.number(high, decimals)}{formats.scale_word(unit)}"


def _bare(value: float, unit: Unit, decimals: int) -> str:
    """A number without its unit, as the first of two; a year has no thousands separator."""
    return f"{value:.0f}" if unit.text == "year" else str(formats.number(value, decimals))


def exact(figure: Figure) -> str:
    """An input of a calculation with its unit, and with up to four decimals."""
    if figure.unit.text == "date":
        return formats.day(dt.date.fromordinal(round(figure.value)))
    if figure.unit.text == "year":
        return f"{figure.value:.0f}"
    if figure.unit.text in ("days", "analysts"):
        return f"{figure.value:.0f}{formats.NBSP}{figure.unit.text}"
    places = next((n for n in range(4) if abs(figure.value - round(figure.value, n)) < 1e-9), 4)
    return f"{formats.number(figure.value, places)}{formats.NBSP}{figure.unit.text}"


def judgement_cell(claim: Claim, judgement: Judgement) -> dict:
    """A verdict as a table cell."""
    return {**blocks.cell(""), "badge": verdict_badge(judgement.verdict, turned(claim, judgement))}


def verdict_badge(verdict: Verdict, turn: str = "") -> dict:
    """A verdict as a badge, in words as well as in colour. `turn` says whether it changed for better or worse."""
    slug = {
        Verdict.SUPPORTED: "supported",
        Verdict.OUTDATED: "outdated",
        Verdict.IMPRECISE: "imprecise",
        Verdict.CONTRADICTED: "contradicted",
        Verdict.UNTESTABLE: "untestable",
        Verdict.RECORDED: "recorded",
    }[verdict]
    text = f"{verdict}, {turn}" if turn else str(verdict)
    return {"origin": slug, "text": text, "help": VERDICTS[verdict], "url": None}


def tested_cell(finding: Finding, judgement: Judgement) -> dict:
    """The tested figure with its source; where there is none, the name of the figure that is missing."""
    reading = judgement.evidence.deciding
    if judgement.verdict is Verdict.RECORDED:
        return blocks.cell("not tested")
    if reading is None:
        return blocks.cell("not known", f"needed: {judgement.missing}")
    after, detail = judgement.evidence.successor, reading.label
    later = [f"{tested(each, finding.claim.stated)} ({each.label})" for each in judgement.evidence.since]
    if later:
        detail += f"; since then {', '.join(later)}"
    if after is not None and after not in judgement.evidence.since:
        detail += f"; then regrouped: {tested(after, finding.claim.stated)} ({after.label})"
    return blocks.cell(tested(reading, finding.claim.stated), detail, blocks.badge(reading.figure))


def explain(claim: Claim, judgement: Judgement) -> str:
    """The verdict in one sentence."""
    reading, evidence = judgement.evidence.deciding, judgement.evidence
    if judgement.verdict is Verdict.RECORDED:
        said = "no test is named for it" if claim.test is None else "nothing else is known that could test it"
        return f"The article says it; {said}."
    if judgement.verdict is Verdict.UNTESTABLE or reading is None:
        return f"Not known: {judgement.missing}.{blocks.would_stand(judgement.where)}"
    value, says = tested(reading, claim.stated), stated_figure(claim) or stated(claim)
    if evidence.holds is not None:
        return evidence.other_measure or f"{reading.working.rstrip('.')}."
    if judgement.verdict is Verdict.SUPPORTED:
        bare = says.removeprefix("at least ").removeprefix("at most ").removeprefix("about ")
        return f"{value}, as stated." if value == bare else f"{value} {_agrees(claim, reading)} {bare}."
    if judgement.verdict is Verdict.OUTDATED and evidence.superseded:
        return f"It was {value} when announced; since then: {evidence.superseded}."
    if evidence.both and judgement.verdict is Verdict.IMPRECISE:
        other = evidence.readings[1]
        return (
            f"True in one of two readings only: {value} over {_small(reading.label)}, "
            f"{tested(other, claim.stated)} over {_small(other.label)}."
        )
    if judgement.verdict is Verdict.OUTDATED:
        before = supporting(claim.stated, evidence)
        was = "as stated" if before is None else f"{tested(before, claim.stated)} ({_when(before, reading)})"
        return f"It was {was}, but the latest is {value} ({_when(reading, before or reading)}){_turn(claim, reading)}."
    if judgement.verdict is Verdict.IMPRECISE:
        return f"{value} is not {says}, but near it."
    return evidence.other_measure or f"{value} is not {says}."


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _agrees(claim: Claim, reading: Reading) -> str:
    """How a supported value matches the stated figure: it reaches it, lies within it, or rounds to it."""
    if claim.stated.minimum is not None:
        return "reaches"
    if claim.stated.maximum is not None:
        return "stays within"
    low, high = claim.stated.bounds or (0.0, 0.0)
    inside = all(low <= value <= high for value in reading.values)
    return "lies within" if inside and low != high else "rounds to" if low == high else "rounds into"


def direction(claim: Claim, reading: Reading) -> str:
    """“higher” or “lower” than stated; empty where the value is neither, or no number is stated."""
    ends = [end for end in claim.stated.ends if end is not None]
    if not ends:
        return ""
    low, high, middle = ends[0], ends[-1], sum(reading.values) / len(reading.values)
    return "higher" if middle > high else "lower" if middle < low else ""


def turned(claim: Claim, judgement: Judgement) -> str:
    """For an outdated claim that names its good direction: “for the better” or “for the worse”. Otherwise empty."""
    reading = judgement.evidence.deciding
    if claim.better is None or reading is None or judgement.verdict is not Verdict.OUTDATED:
        return ""
    way = direction(claim, reading)
    return "" if not way else "for the better" if way == claim.better else "for the worse"


def sensitivity(found: Sensitivity) -> str:
    """What one point of margin is worth: “One point of margin = USD 0.25 of EPS: …”."""
    return f"{found.claim.label}: one point = {found.sum.result} of earnings, {found.assumption}."


def _turn(claim: Claim, reading: Reading) -> str:
    way = direction(claim, reading)
    return f", {way} than stated" if way else ""


def _when(reading: Reading, other: Reading) -> str:
    """The date of a reading; its label where it measures something else than `other`."""
    date = f"{reading.figure.as_of:%B %Y}" if reading.figure.origin == "filing" else formats.day(reading.figure.as_of)
    return date if reading.measure == other.measure or reading.label.startswith("From ") else reading.label
