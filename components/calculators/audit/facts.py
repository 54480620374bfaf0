"""Tests against dated facts.

A fact that is not yet public on the dossier's day raises UnknownFigure, one that does not exist raises KeyError.
"""

import datetime as dt
from dataclasses import replace

from components import formats
from components.calculators.audit.rules import Evidence, Reading, as_it_is, computed, overtaken_by
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.facts import Fact
from data.figures import Confidence, Figure, Origin
from data.sums import Sum, total_of
from data.thesis import Claim
from data.units import Unit

# Yahoo's scale: 1 strong buy, 2 buy, 3 hold, 4 sell, 5 strong sell.
_GRADES = {"strongBuy": 1, "buy": 2, "hold": 3, "sell": 4, "strongSell": 5}


def fiscal_year_start(claim: Claim, dossier: Dossier) -> Evidence:
    """Whether a fiscal year starts on the stated date. The evidence is the distance to the nearest start, in days."""
    stated = claim.stated.date
    if stated is None:
        raise UnknownFigure("a stated date")
    text = dossier.company.profile.fiscal_year_starts
    starts = [dt.date.fromisoformat(f"{stated.year + shift}-{text}") for shift in (-1, 0, 1)]
    nearest = min(starts, key=lambda start: abs((start - stated).days))
    days = (nearest - stated).days
    known = dossier.quarters()[-1].release.released if dossier.quarters() else dossier.day
    label = "from the stated date to the nearest start of a fiscal year"
    figure = Figure(days, Unit.parse("days"), known, Origin.FILING, "results releases: fiscal year", label=label)
    said = (
        f"The fiscal year begins on {nearest.day} {nearest:%B}; the nearest start is {formats.day(nearest)}, "
        f"{abs(days)} days {'after' if days > 0 else 'before'} {formats.day(stated)}"
    )
    return Evidence((as_it_is(figure, "Nearest start of a fiscal year", said),), holds=days == 0)


def event_known(claim: Claim, dossier: Dossier, fact: str) -> Evidence:
    """The claim holds once the fact that shows the event is public; until then it cannot be tested."""
    known = dossier.fact(fact)
    figure = known.figure()
    said = f"{known.label}: {formats.figure(figure)}"
    return Evidence((as_it_is(figure, known.label, said),), holds=True, note=known.note)


def fact_date(claim: Claim, dossier: Dossier, fact: str, expected: str | None = None) -> Evidence:
    """Whether a fact's date is the stated one. Until it is public, the one `expected` before counts, if it was.

    Raises UnknownFigure where neither is public.
    """
    try:
        known = dossier.fact(fact)
    except UnknownFigure:
        if expected is None:
            raise
        known = dossier.fact(expected)
    if known.date is None:
        raise UnknownFigure(known.label)
    reading = _dated(known, known.date.toordinal(), "date", f"{known.label}: {formats.day(known.date)}")
    return Evidence((reading,), holds=known.date == claim.stated.date, note=known.note)


def fact_year(claim: Claim, dossier: Dossier, fact: str) -> Evidence:
    """The year of a dated fact."""
    known = dossier.fact(fact)
    if known.date is None:
        raise UnknownFigure(known.label)
    when = f"{known.date:%B %Y}" if known.precision == "month" else formats.day(known.date)
    return Evidence((_dated(known, known.date.year, "year", f"{known.label}: {when}"),), note=known.note)


def rating(claim: Claim, dossier: Dossier, series: str = "") -> Evidence:
    """The mean of the analysts' ratings, from 1 (strong buy) to 5 (strong sell); for a list, how many gave each.

    It comes from the live market data, or else from the latest stored counts. A plain buy counts as 2. A list names the
    counts from the best grade to the worst, as far as it goes.
    """
    if claim.stated.values is not None:
        return _counted(claim, dossier, series)
    stored = [_stored_rating(fact) for fact in reversed(dossier.series(series))] if series else []
    live = dossier.market.ratings(dossier.symbol)
    if live is not None:
        stored.insert(0, _mean(*live, Origin.MARKET, Confidence.OFFICIAL))
    if not stored:
        raise UnknownFigure("analysts’ ratings")
    note = "1 is strong buy, 2 buy, 3 hold, 4 sell, 5 strong sell; up to 2.5 is commonly called a buy."
    note += _regraded(dossier)
    return Evidence((overtaken_by(dossier, stored[0]),), tuple(stored[1:]), note=note)


def _regraded(dossier: Dossier) -> str:
    """How many houses have raised and lowered their grade since the article; empty where none has, or none is known."""
    said = [each.action for each in dossier.market.grades(dossier.symbol, dossier.published)]
    raised, lowered = said.count("up"), said.count("down")
    if not raised and not lowered:
        return ""
    return f" Grades raised since the article appeared: {raised}; lowered: {lowered}."


def _counted(claim: Claim, dossier: Dossier, series: str) -> Evidence:
    """Whether the counts of the ratings are the stated ones, in their order."""
    live = dossier.market.ratings(dossier.symbol)
    stored = (
        [(fact.counts or {}, fact.as_of, fact.source) for fact in reversed(dossier.series(series))] if series else []
    )
    known = [live, *stored] if live is not None else stored
    if not known:
        raise UnknownFigure("analysts’ ratings")
    counts, day, source = known[0]
    listed = [counts.get(grade, 0) for grade in _GRADES]
    total = Figure(sum(listed), Unit.parse("analysts"), day, Origin.SNAPSHOT, source, label="analysts who rate")
    said = f"Ratings of {formats.day(day)}: {', '.join(f'{count} {grade}' for grade, count in counts.items())}"
    stated = claim.stated.values or []
    holds = listed[: len(stated)] == stated and sum(listed) == sum(stated)
    return Evidence(
        (as_it_is(total, "Analysts who rate", said),), holds=holds, other_measure="" if holds else f"{said}."
    )


def _stored_rating(fact: Fact) -> Reading:
    return _mean(fact.counts or {}, fact.as_of, fact.source, Origin(fact.origin), Confidence(fact.confidence))


def _mean(counts: dict[str, int], as_of: dt.date, source: str, origin: Origin, confidence: Confidence) -> Reading:
    total = sum(counts.values())
    if total == 0:
        raise UnknownFigure("analysts’ ratings")
    base = Figure(total, Unit.parse("analysts"), as_of, origin, source, confidence=confidence)
    given = {
        grade: replace(base, value=count, label=f"rating {_GRADES[grade]}, {grade}") for grade, count in counts.items()
    }
    rated = [each.term(0) * _GRADES[grade] for grade, each in given.items()]
    mean = Sum(total_of(rated) / total_of([each.term(0) for each in given.values()]), "ratio")
    return Reading("Mean rating", computed(base, mean, "mean rating"), (mean,), measure="mean rating")


def _dated(fact: Fact, value: float, unit: str, said: str) -> Reading:
    return as_it_is(replace(fact.figure(value), unit=Unit.parse(unit)), fact.label, said)
