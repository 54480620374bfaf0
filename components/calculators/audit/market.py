"""Tests against the market: multiples and price targets. A figure that is not known raises UnknownFigure."""

from contextlib import suppress

from components import formats
from components.calculators.audit.multiples import non_gaap_ratio, price_to_earnings_ratio
from components.calculators.audit.rules import Evidence, Reading, as_it_is, computed
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, least_confident
from data.sums import Sum
from data.thesis import Claim


def price_to_earnings_test(claim: Claim, dossier: Dossier) -> Evidence:
    """The trailing P/E, which decides, with the forward and the non-GAAP P/E beside it.

    Trailing EPS comes from the market, or else from the filings. Raises UnknownFigure or UnitMismatch without it.
    """
    readings = [price_to_earnings_ratio(dossier, dossier.symbol, "trailing")]
    readings += _if_known(dossier, dossier.symbol, "forward")
    with suppress(UnknownFigure, UnitMismatch):
        readings.append(non_gaap_ratio(dossier))
    then = dossier.as_published()
    earlier = () if dossier.day == then.day else tuple(_if_known(then, dossier.symbol, "trailing"))
    return Evidence(tuple(readings), earlier)


def discount_to_peers(claim: Claim, dossier: Dossier) -> Evidence:
    """How far the trailing P/E lies below the lowest of the peers'; the same for the forward P/E beside it.

    Raises UnknownFigure or UnitMismatch where the trailing P/E of one of them is not known.
    """
    peers = [peer.symbol for peer in dossier.thesis.article.peer]
    readings = [_discount(dossier, peers, "trailing")]
    # The forward P/E is optional; the trailing P/E alone gives the verdict.
    with suppress(UnknownFigure, UnitMismatch):
        readings.append(_discount(dossier, peers, "forward"))
    return Evidence(tuple(readings), note="“Markedly lower” is read as at least a tenth below each of the peers.")


def mean_target(claim: Claim, dossier: Dossier, series: str, singles: str | None = None) -> Evidence:
    """The analysts' mean price target.

    Targets of single brokers are a second reading, if at least two are known and they are no older than the mean.
    """
    stored = [_target(fact.figure()) for fact in reversed(dossier.series(series))]
    try:
        now = [_target(dossier.market.target(dossier.symbol))]
    except UnknownFigure:
        now = []
    if not now and not stored:
        raise UnknownFigure("analysts’ mean price target")
    deciding = now or stored[:1]
    houses = [each for each in _single_targets(dossier, singles) if each.figure.as_of >= deciding[0].figure.as_of]
    readings = deciding + houses
    return Evidence(tuple(readings), tuple(stored))


# --- Parts ---


def _if_known(dossier: Dossier, symbol: str, which: str) -> list[Reading]:
    try:
        return [price_to_earnings_ratio(dossier, symbol, which)]
    except (UnknownFigure, UnitMismatch):
        return []


def _discount(dossier: Dossier, peers: list[str], which: str) -> Reading:
    own = price_to_earnings_ratio(dossier, dossier.symbol, which)
    others = {symbol: price_to_earnings_ratio(dossier, symbol, which) for symbol in peers}
    if not others:
        raise UnknownFigure("peers to compare with")
    lowest = min(others, key=lambda symbol: others[symbol].figure.value)
    compared = ", ".join(f"{symbol} {each.figure.value:.1f}x" for symbol, each in others.items())
    discount = Sum(
        1 - own.figure.term(name=f"P/E of {dossier.symbol}") / others[lowest].figure.term(name=f"P/E of {lowest}"),
        "%",
        1,
        remark=f"{dossier.symbol} {own.figure.value:.1f}x against {compared}",
    )
    terms = (*own.terms, *(term for each in others.values() for term in each.terms))
    figure = computed(
        own.figure,
        discount,
        f"discount on {which} P/E",
        as_of=min(term.as_of for term in terms),
        confidence=least_confident(*terms),
    )
    name = f"Discount to the lower of the peers, {which} P/E"
    return Reading(name, figure, (discount,), measure=name, beside=terms)


def _target(figure: Figure) -> Reading:
    label = f"{figure.label[:1].upper()}{figure.label[1:]}"
    return as_it_is(figure, label, f"{figure.label}: {formats.figure(figure)}")


def _single_targets(dossier: Dossier, singles: str | None) -> list[Reading]:
    houses = sorted((fact.figure() for fact in dossier.series(singles)), key=lambda f: f.value) if singles else []
    if len(houses) < 2:
        return []
    said = "; ".join(f"{figure.label}: {formats.figure(figure)}" for figure in houses)
    ends = tuple(Sum(figure.term(2, with_unit=True), figure.unit.text) for figure in (houses[0], houses[-1]))
    name = "Single houses’ targets"
    return [Reading(name, houses[0], ends, houses[-1].value, said=said, measure=name, beside=tuple(houses))]
