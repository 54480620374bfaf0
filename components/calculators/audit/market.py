"""Tests against the market: multiples and price targets."""

from contextlib import suppress
from dataclasses import replace

from components import formats
from components.calculators.audit.multiples import non_gaap_ratio, price_to_earnings_ratio
from components.calculators.audit.rules import Evidence, Reading
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, Unit, least_confident
from data.thesis import Claim

_TIMES = Unit.parse("x")
_PERCENT = Unit.parse("%")


def price_to_earnings_test(claim: Claim, file: Dossier) -> Evidence:
    """Trailing P/E decides; forward P/E is shown beside it. Trailing EPS comes from the market, else from filings."""
    readings = [price_to_earnings_ratio(file, file.symbol, "trailing")]
    readings += _if_known(file, file.symbol, "forward")
    with suppress(UnknownFigure, UnitMismatch):
        readings.append(non_gaap_ratio(file))
    then = file.as_published()
    earlier = () if file.day == then.day else tuple(_if_known(then, file.symbol, "trailing"))
    return Evidence(tuple(readings), earlier)


def discount_to_peers(claim: Claim, file: Dossier) -> Evidence:
    """How far the trailing P/E lies below the lowest of the peers'; the forward one beside it."""
    peers = [peer.symbol for peer in file.thesis.article.peer]
    readings = [_discount(file, peers, "trailing")]
    # The second reading is extra; the first gives the verdict.
    with suppress(UnknownFigure, UnitMismatch):
        readings.append(_discount(file, peers, "forward"))
    return Evidence(tuple(readings), note="“Markedly lower” is read as at least a tenth below each of the peers.")


def mean_target(claim: Claim, file: Dossier, series: str, singles: str | None = None) -> Evidence:
    """The analysts' mean target; single houses' targets, where known, as a second reading."""
    stored = [_target(fact.figure()) for fact in reversed(file.series(series))]
    try:
        now = [_target(file.market.target(file.symbol))]
    except UnknownFigure:
        now = []
    if not now and not stored:
        raise UnknownFigure("analysts’ mean price target")
    deciding = now or stored[:1]
    houses = [each for each in _single_targets(file, singles) if each.figure.as_of >= deciding[0].figure.as_of]
    readings = deciding + houses
    return Evidence(tuple(readings), tuple(stored))


# --- Parts ---


def _if_known(file: Dossier, symbol: str, which: str) -> list[Reading]:
    try:
        return [price_to_earnings_ratio(file, symbol, which)]
    except (UnknownFigure, UnitMismatch):
        return []


def _discount(file: Dossier, peers: list[str], which: str) -> Reading:
    own = price_to_earnings_ratio(file, file.symbol, which)
    others = {symbol: price_to_earnings_ratio(file, symbol, which) for symbol in peers}
    if not others:
        raise UnknownFigure("peers to compare with")
    lowest = min(others, key=lambda symbol: others[symbol].figure.value)
    discount = (1 - own.figure.value / others[lowest].figure.value) * 100
    compared = ", ".join(f"{symbol} {each.figure.value:.1f}x" for symbol, each in others.items())
    working = (
        f"{file.symbol} {own.figure.value:.1f}x against {compared}; "
        f"1 − {own.figure.value:.2f} ÷ {others[lowest].figure.value:.2f} = {discount:.1f} %"
    )
    terms = own.terms + tuple(term for each in others.values() for term in each.terms)
    figure = replace(
        own.figure,
        value=discount,
        unit=_PERCENT,
        as_of=min(term.as_of for term in terms),
        label=f"discount on {which} P/E",
        confidence=least_confident(*terms),
    )
    return Reading(f"Discount to the lower of the peers, {which} P/E", figure, working, terms)


def _target(figure: Figure) -> Reading:
    return Reading(figure.label.capitalize(), figure, f"{figure.label}: {formats.figure(figure)}", (figure,))


def _single_targets(file: Dossier, singles: str | None) -> list[Reading]:
    houses = sorted((fact.figure() for fact in file.series(singles)), key=lambda f: f.value) if singles else []
    if len(houses) < 2:
        return []
    working = "; ".join(f"{figure.label}: {formats.figure(figure)}" for figure in houses)
    return [Reading("Single houses’ targets", houses[0], working, tuple(houses), houses[-1].value)]
