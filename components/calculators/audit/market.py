"""Tests against the market: multiples and price targets. A figure that is not known raises UnknownFigure."""

from contextlib import suppress

from components import formats
from components.calculators.audit.comparisons import comparisons, holding
from components.calculators.audit.multiples import (
    CORE,
    Earnings,
    beside,
    gaap_loss,
    leading,
    price_to_earnings,
    why_apart,
)
from components.calculators.audit.rules import Evidence, Reading, as_it_is, computed, overtaken_by
from components.calculators.audit.series import fact_reading
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, least_confident
from data.sums import Sum, lowest_of
from data.thesis import Claim


def price_to_earnings_test(claim: Claim, dossier: Dossier) -> Evidence:
    """The trailing P/E on the leading earnings, which decides; the other measure and the forward P/E beside it.

    Earnings that a release has overtaken give no verdict. Raises UnknownFigure or UnitMismatch without any.
    """
    lead, other = leading(dossier, dossier.symbol)
    readings = [price_to_earnings(dossier, dossier.symbol, lead), *beside(dossier, other)]
    return Evidence(tuple(readings), _as_published(dossier, lead.measure), note=_why(dossier, lead, other))


def _as_published(dossier: Dossier, measure: str) -> tuple[Reading, ...]:
    """The trailing P/E of the same measure when the article appeared; nothing on that day itself."""
    then = dossier.as_published()
    if dossier.day == then.day:
        return ()
    found = []
    with suppress(UnknownFigure, UnitMismatch):
        for earnings in leading(then, dossier.symbol):
            if earnings is not None and earnings.measure == measure:
                found.append(price_to_earnings(then, dossier.symbol, earnings))
    return tuple(found)


def _why(dossier: Dossier, lead: Earnings, other: Earnings | None) -> str:
    """Why the verdict rests on core earnings, where it does."""
    if lead.measure != CORE:
        return ""
    if loss := gaap_loss(dossier):
        why = f"{formats.capitalised(loss)}."
    elif other is None:
        why = "GAAP earnings of four quarters are not known."
    elif not other.is_current:
        why = f"The last GAAP earnings known are {other.age}."
    else:
        why = "GAAP earnings lie more than a tenth away."
    return f"The company’s core (non-GAAP) earnings decide. {why} {why_apart(dossier)}".strip()


def discount_to_peers(claim: Claim, dossier: Dossier) -> Evidence:
    """How far the trailing P/E lies below the lowest of the peers', all at one date and by one definition.

    The same for the forward P/E beside it. Raises UnknownFigure where there is no such date that still holds.
    """
    peers = [peer.symbol for peer in dossier.thesis.article.peer]
    if not peers:
        raise UnknownFigure("peers to compare with")
    known = comparisons(dossier, (dossier.symbol, *peers))
    compared = holding(known)
    if compared is None:
        last = f"; the last is of {formats.day(known[0].date)}, {known[0].overtaken}" if known else ""
        raise UnknownFigure(f"a date at which the P/E of all of them is known by one definition{last}")
    readings = [_discount(dossier.symbol, compared.trailing, "trailing")]
    if compared.forward:
        readings.append(_discount(dossier.symbol, compared.forward, "forward"))
    note = f"“Markedly lower” is read as at least a tenth below each of the peers. {compared.definition}."
    return Evidence(tuple(readings), note=note)


def target(
    claim: Claim, dossier: Dossier, series: str = "", singles: str | None = None, which: str = "mean"
) -> Evidence:
    """The analysts' price target: the mean, the low, the high, or the range from low to high.

    Targets of single brokers are a second reading, if at least two are known and they are no older than the mean.
    """
    if which == "range":
        return _target_range(claim, dossier, series)
    stored = [_target(fact.figure()) for fact in reversed(dossier.series(series))] if series else []
    try:
        now = [_target(dossier.market.target(dossier.symbol, which))]
    except UnknownFigure:
        now = []
    if not now and not stored:
        raise UnknownFigure(f"analysts’ {which} price target")
    deciding = now or stored[:1]
    houses = [each for each in _single_targets(dossier, singles) if each.figure.as_of >= deciding[0].figure.as_of]
    readings = [overtaken_by(dossier, deciding[0]), *houses]
    return Evidence(tuple(readings), tuple(stored))


def _target_range(claim: Claim, dossier: Dossier, series: str) -> Evidence:
    """From the lowest to the highest target: the market's, else the latest of a series of ranges.

    Raises UnknownFigure where one end is not known.
    """
    if series and (facts := dossier.series(series)):
        stored = [overtaken_by(dossier, fact_reading(dossier, each, claim.stated.counted_in)) for each in facts]
        return Evidence(tuple(stored[-1:]), tuple(reversed(stored[:-1])))
    ends = [dossier.market.target(dossier.symbol, which) for which in ("low", "high")]
    said = "; ".join(f"{end.label}: {formats.figure(end)}" for end in ends)
    sums = tuple(Sum(end.term(2, with_unit=True), end.unit.text) for end in ends)
    reading = Reading("Range of price targets", ends[0], sums, ends[1].value, said=said, measure="range of targets")
    return Evidence((overtaken_by(dossier, reading),))


# --- Parts ---


def _discount(own: str, ratios: dict[str, Reading], which: str) -> Reading:
    """1 − the share's P/E ÷ the lowest of the peers'."""
    others = {symbol: each for symbol, each in ratios.items() if symbol != own}
    peers = [each.figure.term(name=f"P/E of {symbol}") for symbol, each in others.items()]
    compared = ", ".join(f"{symbol} {each.figure.value:.1f}x" for symbol, each in others.items())
    mine = ratios[own].figure
    discount = Sum(
        1 - mine.term(name=f"P/E of {own}") / lowest_of(peers),
        "%",
        1,
        remark=f"{own} {mine.value:.1f}x against {compared}",
    )
    terms = tuple(term for each in ratios.values() for term in each.terms)
    figure = computed(mine, discount, f"discount on {which} P/E", confidence=least_confident(*terms))
    name = f"Discount to the lower of the peers, {which} P/E, {formats.day(mine.as_of)}"
    return Reading(name, figure, (discount,), measure=f"discount to the peers, {which} P/E", beside=terms)


def _target(figure: Figure) -> Reading:
    label = formats.capitalised(figure.label)
    return as_it_is(figure, label, f"{figure.label}: {formats.figure(figure)}")


def _single_targets(dossier: Dossier, singles: str | None) -> list[Reading]:
    houses = sorted((fact.figure() for fact in dossier.series(singles)), key=lambda f: f.value) if singles else []
    if len(houses) < 2:
        return []
    said = "; ".join(f"{figure.label}: {formats.figure(figure)}" for figure in houses)
    ends = tuple(Sum(figure.term(2, with_unit=True), figure.unit.text) for figure in (houses[0], houses[-1]))
    name = "Single houses’ targets"
    return [Reading(name, houses[0], ends, houses[-1].value, said=said, measure=name, beside=tuple(houses))]
