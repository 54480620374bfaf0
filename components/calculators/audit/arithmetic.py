"""Tests of the article's figures against each other and against prices. A figure not known raises UnknownFigure."""

import datetime as dt
from dataclasses import replace

from components import formats
from components.calculators import returns
from components.calculators.audit.rules import Evidence, Reading, computed
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, rescaled
from data.sums import Sum
from data.thesis import Claim
from data.units import PERCENT


def implied_rate(claim: Claim, dossier: Dossier, of: str, low: float, high: float, band: str) -> Evidence:
    """The exchange rate implied by two stated ranges; the claim holds if both ends lie between `low` and `high`.

    `of` is the id of the other claim. Raises UnknownFigure without two ranges, KeyError without that claim.
    """
    source = dossier.thesis.claim_by_id(of)
    ours, theirs = claim.stated.bounds, source.stated.bounds
    if ours is None or theirs is None:
        raise UnknownFigure("two ranges to divide")
    above = [dossier.thesis.bound(source, value, f"stated, {source.stated.unit}") for value in theirs]
    below = [dossier.thesis.bound(claim, value, f"stated, {claim.stated.unit}") for value in ours]
    factor = above[0].unit.scale / below[0].unit.scale
    unit = f"{above[0].unit.currency} per {below[0].unit.currency}"
    sums = []
    for upper, lower in zip(above, below, strict=True):
        amount = upper.term(2, with_unit=True)
        sums.append(Sum((amount if factor == 1 else amount * factor) / lower.term(2, with_unit=True), unit, 3))
    sums.sort(key=lambda one: one.value)
    figure = computed(above[0], sums[0], "implied exchange rate")
    note = f"{formats.capitalised(band)}: {low:g} to {high:g}. This tests the conversion only."
    reading = Reading("Implied exchange rate", figure, tuple(sums), sums[-1].value)
    return Evidence((reading,), holds=all(low <= one.value <= high for one in sums), follows=of, note=note)


def valuation_or_proceeds(claim: Claim, dossier: Dossier, valuation: str, price: str, shares: str) -> Evidence:
    """The company's valuation at the offer price.

    If the stated range equals what the offer raises, the evidence says that the article measured that instead. Raises
    UnknownFigure where a figure is not known, KeyError where a fact does not exist.
    """
    value, prices, count = dossier.fact(valuation), dossier.fact(price), dossier.fact(shares).figure()
    if value.low is None or value.high is None or prices.low is None or prices.high is None:
        raise UnknownFigure("a range of valuations and prices")
    low, high = value.figure(value.low), value.figure(value.high)
    prices_in = prices.figure(prices.low).unit
    if prices_in.currency != low.unit.currency or low.unit.scale != 1e9:
        raise UnitMismatch(f"{prices.label} is in {prices_in}, {value.label} in {low.unit}")
    worth = tuple(Sum(end.term(1, with_unit=True), end.unit.text, 1) for end in (low, high))
    offers = tuple(
        Sum(count.term(3, with_unit=True) * prices.figure(end).term(0, with_unit=True) / 1000, low.unit.text)
        for end in (prices.low, prices.high)
    )
    stated = claim.stated.bounds or (0.0, 0.0)
    raised = [offer.value for offer in offers]
    same = all(abs(a - b) < 0.5 * 10**-claim.stated.decimals for a, b in zip(raised, stated, strict=True))
    said = f"valued at {low.value:,.1f} to {high.value:,.1f} {low.unit}"
    return Evidence(
        (
            Reading("Valuation of the company", low, worth, high.value, said=said),
            Reading("Raised by the offer", computed(low, offers[0], "raised by the offer"), offers, raised[1]),
        ),
        other_measure="It is what the offer raises, not what the company is valued at." if same else "",
        note=value.note,
    )


def price_change(
    claim: Claim,
    dossier: Dossier,
    start: dt.date | None = None,
    end: dt.date | None = None,
    dividend: str | None = None,
    since: str | None = None,
) -> Evidence:
    """The change of the closing price between two days, and with a dividend as a second reading.

    Without an `end`, to the last close before publication; `since` is a fact, a price of an earlier day, in place of
    `start`. Raises UnknownFigure where a close is not known, KeyError where a fact does not exist, and UnitMismatch
    where one is in another currency.
    """
    end = end or claim.period or dossier.published - dt.timedelta(days=1)
    last = dossier.market.close_on_or_before(dossier.symbol, end)
    if since is not None:
        first = rescaled(dossier.fact(since).figure(), last.unit)
    elif start is not None:
        first = dossier.market.close_on_or_before(dossier.symbol, start)
    else:
        raise UnknownFigure("a day to start from")
    change = Sum(last.term() / first.term() - 1, "%", remark=last.unit.text)
    readings = [Reading("Change of the closing price", computed(last, change, "price change"), (change,))]
    if dividend is not None:
        paid = dossier.fact(dividend).figure()
        paid.same_unit(last)
        total = Sum((last.term() + paid.term()) / first.term() - 1, "%")
        readings.append(Reading("With dividends", computed(last, total, "total return"), (total,)))
    return Evidence(tuple(readings), since=_since(dossier, last), series=_path(dossier, first, end))


def _since(dossier: Dossier, last: Figure) -> tuple[Reading, ...]:
    """The change from the end of the stated time to the latest price; nothing where that is no later."""
    now = dossier.market.price(dossier.symbol)
    if now.as_of <= last.as_of:
        return ()
    change = Sum(now.term() / last.term() - 1, "%", remark=now.unit.text)
    label = f"From {formats.day(last.as_of)} to {formats.day(now.as_of)}"
    return (Reading(label, computed(now, change, "price change"), (change,)),)


def _path(dossier: Dossier, first: Figure, end: dt.date) -> tuple[Reading, ...]:
    """The change since the first day at each later close. These points are only drawn, so they carry no calculation."""
    measure = f"{dossier.symbol}, change since {formats.day(first.as_of)}"
    path = []
    for close, _ in dossier.market.closes(dossier.symbol):
        if first.as_of <= close.date <= end:
            value = float(returns.upside(close.price, first.value)) * 100
            figure = replace(first, value=value, unit=PERCENT, as_of=close.date, label="change since the first day")
            path.append(Reading(measure, figure, (), measure=measure))
    return tuple(path)


def target_gap(claim: Claim, dossier: Dossier, of: str) -> Evidence:
    """The distance from the latest price to the stated target or both ends of them; for a claim about a day, from its
    close.

    A second reading is the price that targets and promised upside imply together. Raises UnknownFigure without a price,
    KeyError without the claim `of`, UnitMismatch where targets and price differ in currency or share class.
    """
    targets = dossier.thesis.claim_by_id(of)
    bounds, promised = targets.stated.bounds, claim.stated.bounds
    if bounds is None:
        raise UnknownFigure("a range of price targets")
    of_day = claim.period if claim.period is not None else dossier.published - dt.timedelta(days=1)
    then = _upside(dossier, targets, dossier.market.close_on_or_before(dossier.symbol, of_day), bounds)
    now = _upside(dossier, targets, dossier.market.price(dossier.symbol), bounds)
    readings = [now if claim.period is None else then]
    if promised is not None:
        sums = sorted(
            (
                _implied_price(dossier, targets, target, claim, share)
                for target, share in zip(bounds, promised, strict=True)
            ),
            key=lambda one: one.value,
        )
        price = dossier.thesis.bound(targets, bounds[0], "")
        figure = computed(price, sums[0], "price behind the article’s own figures")
        readings.append(Reading("Price that the article’s figures imply", figure, tuple(sums), sums[-1].value))
    is_later = then.figure.as_of < now.figure.as_of
    if claim.period is not None:
        return Evidence(tuple(readings), since=(now,) if is_later else ())
    return Evidence(tuple(readings), (then,) if is_later else ())


def _implied_price(dossier: Dossier, targets: Claim, target: float, claim: Claim, share: float) -> Sum:
    aim, promise = (
        dossier.thesis.bound(each, value, label)
        for each, value, label in ((targets, target, "price target"), (claim, share, "promised upside"))
    )
    return Sum(aim.term(0) / (1 + promise.term(0)), aim.unit.text)


def _upside(dossier: Dossier, targets: Claim, price: Figure, bounds: tuple[float, float]) -> Reading:
    aims = [dossier.thesis.bound(targets, bound, "price target") for bound in bounds]
    aims[0].same_unit(price)
    sums = tuple(Sum(aim.term(2 if aim.value % 1 else 0) / price.term() - 1, "%") for aim in aims)
    label = f"From {formats.figure(price)} on {formats.day(price.as_of)}"
    figure = computed(price, sums[0], "upside to the targets")
    if bounds[0] == bounds[1]:
        return Reading(label, figure, sums[:1], measure="upside to the targets")
    return Reading(label, figure, sums, sums[1].value, measure="upside to the targets")
