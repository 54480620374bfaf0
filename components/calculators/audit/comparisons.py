"""The P/E of several shares at one date and by one definition, or not at all.

A discount between ratios of different dates, or of different earnings, is none. Each comparison names its date and its
definition, and what has overtaken it since.
"""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from components import formats
from components.calculators.audit.multiples import GAAP, Earnings, aged, due_by, forward, price_to_earnings
from components.calculators.audit.rules import Reading
from components.calculators.trailing import trailing
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Origin


@dataclass(frozen=True)
class Comparison:
    """The P/E of several shares at one date and by one definition.

    Attributes
    ----------
    date, definition : printed wherever the comparison is shown.
    trailing, forward : readings by symbol; `forward` is empty where one of them is not known.
    overtaken : what makes it a comparison of the past: a release of one of them since, or one that was due, in words;
        empty while it holds.
    """

    date: dt.date
    definition: str
    trailing: dict[str, Reading]
    forward: dict[str, Reading]
    overtaken: str = ""


def comparisons(dossier: Dossier, symbols: Sequence[str]) -> list[Comparison]:
    """All dates at which the P/E of all shares is known by one definition, newest first.

    The market's own at the present day, the filings' at the last close before publication and at the last common
    close, and that of each stored moment of one of them.
    """
    return dossier.once(("comparisons", *symbols), lambda: _comparisons(dossier, symbols))


def _comparisons(dossier: Dossier, symbols: Sequence[str]) -> list[Comparison]:
    days = [dossier.day, dossier.published - dt.timedelta(days=1)]
    days += [each.date for each in dossier.market.snapshots.moments if not each.quotes.keys().isdisjoint(symbols)]
    found: dict[dt.date, Comparison] = {}
    for day in sorted((each for each in set(days) if each <= dossier.day), reverse=True):
        then = dossier.at(day) if day >= dossier.published else dossier.as_published().at(day)
        for each in (_by_market(then, symbols), _by_filings(then, symbols)):
            if each is not None and each.date not in found:
                found[each.date] = replace(each, overtaken=_overtaken(dossier, each))
    return [found[day] for day in sorted(found, reverse=True)]


def holding(known: Sequence[Comparison]) -> Comparison | None:
    """The newest comparison that nothing has overtaken; None where there is none. They stand newest first."""
    return next((each for each in known if not each.overtaken), None)


def _overtaken(dossier: Dossier, compared: Comparison) -> str:
    """The first release of one of the shares after a comparison, or one that was due and is not in the files."""
    later = [
        (release.released, symbol)
        for symbol in compared.trailing
        for release in dossier.releases(symbol)
        if release.released > compared.date
    ]
    if later:
        day, symbol = min(later)
        return f"overtaken by the release of {symbol} on {formats.day(day)}"
    for symbol, reading in compared.trailing.items():
        eps = reading.terms[1]
        if eps.origin is Origin.FILING and (due := due_by(dossier, symbol, eps.as_of)) is not None:
            return f"another release of {symbol} was due by {formats.day(due)}"
    return ""


def _by_market(then: Dossier, symbols: Sequence[str]) -> Comparison | None:
    """By the market service's earnings of one day."""
    earned: dict[str, Earnings] = {}
    for symbol in symbols:
        try:
            earned[symbol] = aged(then, symbol, then.market.eps(symbol, "trailing"), GAAP)
        except (UnknownFigure, UnitMismatch):
            return None
    dates = {each.figure.as_of for each in earned.values()}
    if len(dates) != 1 or not all(each.is_current for each in earned.values()):
        return None
    source = next(iter(earned.values())).figure.source
    return _compared(then, earned, f"GAAP earnings of the last four quarters; {source}")


def _by_filings(then: Dossier, symbols: Sequence[str]) -> Comparison | None:
    """By the last four quarters that each company had reported."""
    earned: dict[str, Earnings] = {}
    for symbol in symbols:
        try:
            eps = trailing(then.quarters_of(symbol), "diluted_eps", then.years_of(symbol))
            earned[symbol] = aged(then, symbol, eps, GAAP)
        except (UnknownFigure, UnitMismatch):
            return None
        if not earned[symbol].is_current:
            return None
    return _compared(then, earned, "GAAP diluted EPS of the last four quarters reported by then, from the filings")


def _compared(then: Dossier, earned: dict[str, Earnings], definition: str) -> Comparison | None:
    try:
        trailing = {symbol: price_to_earnings(then, symbol, each) for symbol, each in earned.items()}
    except (UnknownFigure, UnitMismatch):
        return None
    dates = {each.figure.as_of for each in trailing.values()}
    if len(dates) != 1:
        return None
    ahead: dict[str, Reading] = {}
    with suppress(UnknownFigure, UnitMismatch):
        expected = {symbol: forward(then, symbol) for symbol in earned}
        if all(each.is_current for each in expected.values()):
            ahead = {symbol: price_to_earnings(then, symbol, each) for symbol, each in expected.items()}
    return Comparison(dates.pop(), definition, trailing, ahead)
