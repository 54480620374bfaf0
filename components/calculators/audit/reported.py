"""General tests of what a company reports: a level, a growth, a ratio, a first and a record, guidance and estimates.

A measure is one that `company.toml` declares, of the group or of a segment. A claim about a period is decided by that
period; without one, the latest value decides. Each raises UnknownFigure where a figure that it needs is not known,
UnitMismatch where what is found and what is stated count different things, KeyError where a fact does not exist.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from components import formats
from components.calculators.audit.filings import segment_growth
from components.calculators.audit.rules import Evidence, Reading, as_it_is, computed, of_period
from components.calculators.audit.series import PERIOD, YEAR, Course, course, fact_reading, in_unit, readings_of
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.facts import Fact
from data.figures import Figure, Origin, least_confident
from data.rhythm import YEARLY
from data.sums import Sum, term
from data.thesis import Claim
from data.units import Unit

OVER = ("year", "period")


def level(claim: Claim, dossier: Dossier, measure: str, segment: str = "", window: str = PERIOD) -> Evidence:
    """The value of a measure. `window` takes a period, a fiscal year, or twelve months up to each period."""
    found = course(dossier, measure, segment, window, claim.stated.counted_in)
    readings = readings_of(found)
    deciding, earlier, since = of_period(claim, readings)
    return Evidence((deciding,), earlier, since, note=_ending(dossier, found, measure), series=readings)


def growth(
    claim: Claim,
    dossier: Dossier,
    measure: str = "revenue",
    segment: str = "",
    over: str = "year",
    years: int = 1,
    window: str = PERIOD,
    successor: str | None = None,
) -> Evidence:
    """The growth of a measure: over a year or over the period before; with `years`, the yearly rate over so many.

    A segment's growth over a year is taken within one release, which restates the year before; the growth of its
    `successor` after a regrouping stands beside it.

    The compound rate is (last ÷ first) ^ (1 ÷ years) − 1. A value that is not positive has no growth.
    """
    if segment and over == "year" and years == 1 and window == PERIOD:
        return segment_growth(claim, dossier, segment, successor, measure)
    found = course(dossier, measure, segment, window)
    rhythm = YEARLY if window == YEAR else dossier.rhythm
    back = years * rhythm.a_year if over == "year" else 1
    readings = []
    for now in found.figures:
        before = [each for each in found.figures if rhythm.between(each.as_of, now.as_of) == back]
        if before and before[0].value > 0 and now.value > 0:
            readings.append(_grown(found.name, before[0], now, years if over == "year" else 1, over))
    if not readings:
        raise UnknownFigure(f"{found.name}, and that of {_span(over, years, dossier)} before")
    deciding, earlier, since = of_period(claim, readings)
    return Evidence((deciding,), earlier, since, series=tuple(readings))


def _span(over: str, years: int, dossier: Dossier) -> str:
    if over == "period":
        return f"the {dossier.rhythm.noun}"
    return "the year" if years == 1 else f"{years} years"


def _grown(name: str, before: Figure, now: Figure, years: int, over: str) -> Reading:
    ratio = now.term(2) / before.term(2)
    change = Sum((ratio if years == 1 else ratio ** (1 / term("years", years, 0))) - 1, "%", 1, remark=now.unit.text)
    rate = "growth a year" if years > 1 else "growth over the period before" if over == "period" else "growth"
    label = f"{formats.capitalised(name)}, {rate}, {now.as_of:%B %Y}"
    figure = computed(now, change, label, confidence=least_confident(now, before))
    return Reading(label, figure, (change,), measure=f"{formats.capitalised(name)}, {rate}")


def ratio(claim: Claim, dossier: Dossier, of: str, to: str, segment: str = "", window: str = PERIOD) -> Evidence:
    """One measure over another of the same period: a margin, a coverage, a pay-out. In the unit stated, % or x."""
    above, below = (course(dossier, each, segment, window) for each in (of, to))
    bases = {figure.as_of: figure for figure in below.figures if figure.value > 0}
    words = f"{formats.capitalised(above.name)} ÷ {dossier.company.profile.words(to)}"
    unit = claim.stated.counted_in or "%"
    readings = []
    for figure in above.figures:
        base = bases.get(figure.as_of)
        if base is None:
            continue
        figure.same_unit(base)
        part = Sum(figure.term(2) / base.term(2), unit, 1, remark=figure.unit.text)
        label = f"{words}, {figure.as_of:%B %Y}"
        found = computed(figure, part, label, confidence=least_confident(figure, base))
        readings.append(Reading(label, found, (part,), measure=words))
    if not readings:
        raise UnknownFigure(f"{above.name} and {below.name} of one period")
    deciding, earlier, since = of_period(claim, readings)
    return Evidence((deciding,), earlier, since, series=tuple(readings))


def first_above(claim: Claim, dossier: Dossier, measure: str, segment: str = "", window: str = PERIOD) -> Evidence:
    """Whether the claim's period was the first to reach the stated minimum, in the history that is known."""
    least = claim.stated.minimum
    if least is None:
        raise UnknownFigure("a stated minimum")
    found = course(dossier, measure, segment, window, claim.stated.counted_in)
    readings = readings_of(found)
    deciding, _, since = of_period(claim, readings)
    before = [each for each in readings if each.figure.as_of < deciding.figure.as_of]
    holds = deciding.figure.value >= least and all(each.figure.value < least for each in before)
    return Evidence(
        _with_highest(deciding, before), since=since, holds=holds, note=_known_from(found), series=readings,
        other_measure="" if holds else _why_not_first(deciding, before, least),
    )  # fmt: skip


def _why_not_first(deciding: Reading, before: Sequence[Reading], least: float) -> str:
    if deciding.figure.value < least:
        return f"{deciding.label}: {formats.figure(deciding.figure)}, which is less."
    sooner = next(each for each in before if each.figure.value >= least)
    return f"{sooner.label} had {formats.figure(sooner.figure)} already."


def record(
    claim: Claim, dossier: Dossier, measure: str, segment: str = "", window: str = PERIOD, lowest: bool = False
) -> Evidence:
    """Whether the claim's period was the highest, or the lowest, in the history that is known up to it."""
    found = course(dossier, measure, segment, window)
    readings = readings_of(found)
    deciding, _, since = of_period(claim, readings)
    before = [each for each in readings if each.figure.as_of < deciding.figure.as_of]
    if not before:
        raise UnknownFigure(f"{found.name} of an earlier period")
    sign = -1 if lowest else 1
    holds = all(sign * each.figure.value < sign * deciding.figure.value for each in before)
    top = max(before, key=lambda each: sign * each.figure.value)
    beyond = "" if holds else f"{top.label} was {formats.figure(top.figure)}."
    return Evidence(
        (deciding, top), since=since, holds=holds, note=_known_from(found), series=readings, other_measure=beyond
    )


def _with_highest(deciding: Reading, before: Sequence[Reading]) -> tuple[Reading, ...]:
    return (deciding, max(before, key=lambda each: each.figure.value)) if before else (deciding,)


def _known_from(found: Course) -> str:
    return f"In the history known here, from {found.figures[0].as_of:%B %Y}."


def estimate(
    claim: Claim, dossier: Dossier, series: str = "", measure: str = "", segment: str = "", window: str = YEAR
) -> Evidence:
    """What was expected of a period, and then what came.

    Until the period is reported, the latest of the `series` of expectations decides, or the market service's own
    estimate of revenue or earnings; then the `measure` does. A claim that says what others expect can be tested against
    other expectations only before.
    """
    now = _by_service(claim, dossier, measure, window) if not segment else []
    return _expected(claim, dossier, series, measure, segment, window, "an estimate", now)


ESTIMATED = {"revenue": "revenue", "diluted_eps": "eps", "non_gaap_diluted_eps": "eps"}


def _by_service(claim: Claim, dossier: Dossier, measure: str, window: str) -> list[Reading]:
    """The market service's present estimate of the claim's period, where it has one."""
    unit, months = claim.stated.counted_in, 12 if window == YEAR else dossier.rhythm.months
    if measure not in ESTIMATED or claim.period is None or unit is None:
        return []
    try:
        found = dossier.market.estimate(dossier.symbol, ESTIMATED[measure], claim.period, months)
        turned = in_unit(dossier, found, Unit.parse(unit))
    except (UnknownFigure, UnitMismatch):
        return []
    label = f"{formats.capitalised(found.label)}, {formats.day(found.as_of)}"
    return [as_it_is(turned, label, f"{label}: {formats.figure(turned)}")]


def guidance(
    claim: Claim, dossier: Dossier, series: str, measure: str = "", segment: str = "", window: str = YEAR
) -> Evidence:
    """What the company said of a period, by date, and then what came."""
    return _expected(claim, dossier, series, measure, segment, window, "a statement of the company")


def _expected(
    claim: Claim,
    dossier: Dossier,
    series: str,
    measure: str,
    segment: str,
    window: str,
    what: str,
    now: Sequence[Reading] = (),
) -> Evidence:
    said = [_expectation(dossier, fact, claim.stated.counted_in) for fact in dossier.series(series)] if series else []
    said += now
    came = _came(claim, dossier, measure, segment, window)
    if came is None and not said:
        words = dossier.company.profile.words(measure) if measure else what
        span = f"of the year to {claim.period:%B %Y}" if claim.period and window == YEAR else ""
        raise UnknownFigure(f"{words} {span or (f'of {claim.period:%B %Y}' if claim.period else '')}".strip())
    deciding = came or said[-1]
    earlier = tuple(reversed(said if came is not None else said[:-1]))
    beside = said[-1:] if came is not None else []
    return Evidence((deciding, *beside), earlier, series=(*said, *([came] if came is not None else [])))


def _expectation(dossier: Dossier, fact: Fact, unit: str | None) -> Reading:
    reading = fact_reading(dossier, fact, unit)
    label = f"{fact.label}, said on {formats.day(fact.known)}"
    figure = replace(reading.figure, as_of=fact.known, label=label)
    return replace(reading, label=label, figure=figure, measure=fact.label)


def _came(claim: Claim, dossier: Dossier, measure: str, segment: str, window: str) -> Reading | None:
    """What was reported of the claim's period; None until then."""
    if not measure or claim.period is None:
        return None
    try:
        found = course(dossier, measure, segment, window, claim.stated.counted_in)
    except UnknownFigure:
        return None
    return next((each for each in readings_of(found) if each.figure.as_of == claim.period), None)


def fact(claim: Claim, dossier: Dossier, fact: str) -> Evidence:
    """One fact, with the latest of its series beside it where that is later; a fact without another source is shown.

    What a fact states on the article's own word supports nothing: it is the statement once more.
    """
    known = dossier.fact(fact)
    unit = claim.stated.counted_in
    later = [each for each in dossier.series(known.series) if each.as_of > known.as_of] if known.series else []
    since = tuple(fact_reading(dossier, each, unit) for each in later[-1:])
    only_said = known.origin == Origin.ARTICLE
    return Evidence((fact_reading(dossier, known, unit),), since=since, note=known.note, recorded=only_said)


def series(claim: Claim, dossier: Dossier, series: str) -> Evidence:
    """The latest value of a series of facts, or that of the claim's period: a share of a market, an ownership."""
    known = dossier.series(series)
    if not known:
        raise UnknownFigure(f"the series “{series}”")
    readings = tuple(
        replace(fact_reading(dossier, each, claim.stated.counted_in), measure=known[0].label) for each in known
    )
    deciding, earlier, since = of_period(claim, readings)
    return Evidence((deciding,), earlier, since, note=known[-1].note, series=readings)


def buyback(claim: Claim, dossier: Dossier, measure: str = "buybacks", window: str = YEAR) -> Evidence:
    """What the company spent on its own shares, in a fiscal year where nothing else is said."""
    return level(claim, dossier, measure, window=window)


def share_count(claim: Claim, dossier: Dossier, series: str = "", measure: str = "diluted_shares") -> Evidence:
    """How many shares there are, by a series of facts or by a measure; a change stated in % is taken over a year."""
    found = counts_of(dossier, series, measure)
    if claim.stated.counted_in != "%":
        return _of_counts(claim, [_as_counted(dossier, each, claim) for each in found])
    changes = []
    for now in found:
        before = [each for each in found if _a_year_apart(each.as_of, now.as_of)]
        if before:
            change = Sum(now.term(0) / before[-1].term(0) - 1, "%", 1, remark=now.unit.text)
            label = f"Shares, change over the year to {now.as_of:%B %Y}"
            changes.append(Reading(label, computed(now, change, label), (change,), measure="change of shares"))
    return _of_counts(claim, changes)


def counts_of(dossier: Dossier, series: str, measure: str) -> list[Figure]:
    """The numbers of shares over time, by a series of facts or by a measure. Raises UnknownFigure."""
    if series:
        return [each.figure() for each in dossier.series(series)]
    return list(course(dossier, measure).figures)


def _as_counted(dossier: Dossier, figure: Figure, claim: Claim) -> Reading:
    turned = in_unit(dossier, figure, Unit.parse(claim.stated.counted_in or figure.unit.text))
    return readings_of(Course((turned,), "shares"))[0]


def _of_counts(claim: Claim, readings: Sequence[Reading]) -> Evidence:
    if not readings:
        raise UnknownFigure("the number of shares")
    deciding, earlier, since = of_period(claim, readings)
    return Evidence((deciding,), earlier, since, series=tuple(readings))


def _a_year_apart(earlier: dt.date, later: dt.date) -> bool:
    return YEARLY.between(earlier, later) == 1


def _ending(dossier: Dossier, found: Course, measure: str) -> str:
    """That a measure is not known of the last periods reported; empty where it is. Its definition stands first."""
    defined = dossier.company.profile.measures.get(measure)
    said = [f"{defined.definition.rstrip('.')}."] if defined is not None and defined.definition else []
    known = dossier.quarters()
    if known and found.latest.as_of < known[-1].end:
        said.append(f"Not known after {found.latest.as_of:%B %Y}.")
    return " ".join(said)
