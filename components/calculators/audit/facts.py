"""Tests against dated facts.

A fact that is not yet public on the dossier's day raises UnknownFigure, one that does not exist raises KeyError.
"""

import datetime as dt
from dataclasses import replace

from components import formats
from components.calculators.audit.rules import Evidence, Reading, as_it_is, computed, of_period, overtaken_by
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


def fact_value(claim: Claim, dossier: Dossier, fact: str) -> Evidence:
    """The value of one fact, with the latest of its series beside it where that is later."""
    known = dossier.fact(fact)
    later = [each for each in dossier.series(known.series) if each.as_of > known.as_of] if known.series else []
    return Evidence((_reading(known),), since=tuple(_reading(each) for each in later[-1:]), note=known.note)


def latest_of_series(claim: Claim, dossier: Dossier, series: str) -> Evidence:
    """The latest value of a series, or that of the claim's period. The values before it count as earlier ones."""
    known = dossier.series(series)
    if not known:
        raise UnknownFigure(f"the series “{series}”")
    # A fact's own label may name its date; with one name for all of them, they form one line in the chart.
    readings = tuple(replace(_reading(fact), measure=known[0].label) for fact in known)
    deciding, earlier, since = of_period(claim, readings)
    return Evidence((deciding,), earlier, since, note=known[-1].note, series=readings)


def mean_rating(claim: Claim, dossier: Dossier, series: str) -> Evidence:
    """The mean of the analysts' ratings, from 1 (strong buy) to 5 (strong sell).

    It comes from the live market data, or else from the latest stored counts. A plain buy counts as 2.
    """
    stored = [_stored_rating(fact) for fact in reversed(dossier.series(series))]
    live = dossier.market.ratings(dossier.symbol)
    if live is not None:
        stored.insert(0, _mean(*live, Origin.MARKET, Confidence.OFFICIAL))
    if not stored:
        raise UnknownFigure("analysts’ ratings")
    note = "1 is strong buy, 2 buy, 3 hold, 4 sell, 5 strong sell; up to 2.5 is commonly called a buy."
    return Evidence((overtaken_by(dossier, stored[0]),), tuple(stored[1:]), note=note)


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


def _reading(fact: Fact) -> Reading:
    figure = fact.figure()
    return as_it_is(figure, fact.label, f"{fact.label}: {formats.figure(figure)}")


def _dated(fact: Fact, value: float, unit: str, said: str) -> Reading:
    return as_it_is(replace(fact.figure(value), unit=Unit.parse(unit)), fact.label, said)
