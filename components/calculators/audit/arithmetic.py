"""Tests of the article's figures against each other and against prices."""

import datetime as dt
from dataclasses import replace

from components import formats
from components.calculators import returns
from components.calculators.audit.rules import Evidence, Reading
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Unit
from data.thesis import Claim

_PERCENT = Unit.parse("%")


def implied_rate(claim: Claim, file: Dossier, of: str, low: float, high: float, band: str) -> Evidence:
    """The exchange rate that two stated ranges imply; it holds if both ends lie in a known band."""
    source = file.thesis.claim_by_id(of)
    ours, theirs = claim.stated.bounds, source.stated.bounds
    if ours is None or theirs is None:
        raise UnknownFigure("two ranges to divide")
    terms = [file.thesis.bound(source, value, f"stated, {source.stated.unit}") for value in theirs]
    terms += [file.thesis.bound(claim, value, f"stated, {claim.stated.unit}") for value in ours]
    factor = terms[0].unit.scale / terms[2].unit.scale
    rates = [above * factor / below for above, below in zip(theirs, ours, strict=True)]
    unit = Unit.parse(f"{terms[0].unit.currency} per {terms[2].unit.currency}")
    figure = replace(terms[0], value=min(rates), unit=unit, label="implied exchange rate")
    working = "; ".join(
        f"{above:g} {terms[0].unit} ÷ {below:g} {terms[2].unit} = {rate:.3f}"
        for above, below, rate in zip(theirs, ours, rates, strict=True)
    )
    note = f"{band[:1].upper()}{band[1:]}: {low:g} to {high:g}. This tests the conversion only."
    reading = Reading("Implied exchange rate", figure, working, tuple(terms), max(rates))
    return Evidence((reading,), holds=all(low <= rate <= high for rate in rates), note=note)


def valuation_or_proceeds(claim: Claim, file: Dossier, valuation: str, price: str, shares: str) -> Evidence:
    """The company's valuation at the offer, and whether the stated range is what the offer raises instead."""
    value, prices, count = file.fact(valuation), file.fact(price), file.fact(shares).figure()
    if value.low is None or value.high is None or prices.low is None or prices.high is None:
        raise UnknownFigure("a range of valuations and prices")
    low, high = value.figure(value.low), value.figure(value.high)
    raised = [count.value * each / 1000 for each in (prices.low, prices.high)]
    offer_terms = (count, prices.figure(prices.low), prices.figure(prices.high))
    working = f"valued at {low.value:,.1f} to {high.value:,.1f} {low.unit}"
    proceeds = replace(low, value=raised[0], label="raised by the offer")
    offer = (
        f"{count.value:g}m shares × {prices.low:g} to {prices.high:g} {offer_terms[1].unit.currency} "
        f"= {raised[0]:.2f} to {raised[1]:.2f} {low.unit}"
    )
    stated = claim.stated.bounds or (0.0, 0.0)
    same = all(abs(a - b) < 0.5 * 10**-claim.stated.decimals for a, b in zip(raised, stated, strict=True))
    return Evidence(
        (
            Reading("Valuation of the company", low, working, (low, high), high.value),
            Reading("Raised by the offer", proceeds, offer, offer_terms, raised[1]),
        ),
        other_measure="It is what the offer raises, not what the company is valued at." if same else "",
        note=value.note,
    )


def price_change(claim: Claim, file: Dossier, start: dt.date, end: dt.date, dividend: str | None = None) -> Evidence:
    """Change of the closing price between two days; with dividends as a second reading."""
    first, last = (file.market.close_on_or_before(file.symbol, day) for day in (start, end))
    change = returns.upside(last.value, first.value)
    figure = replace(last, value=float(change) * 100, unit=_PERCENT, label="price change")
    working = f"{last.value:,.2f} ÷ {first.value:,.2f} − 1 = {change * 100:.2f} %  ({last.unit})"
    readings = [Reading("Change of the closing price", figure, working, (last, first))]
    if dividend is not None:
        paid = file.fact(dividend).figure()
        paid.same_unit(last)
        total = returns.total_return(last.value, first.value, paid.value)
        text = f"({last.value:,.2f} + {paid.value:,.2f}) ÷ {first.value:,.2f} − 1 = {total * 100:.2f} %"
        with_dividends = replace(figure, value=float(total) * 100, label="total return")
        readings.append(Reading("With dividends", with_dividends, text, (last, paid, first)))
    return Evidence(tuple(readings), series=_path(file, first, end))


def _path(file: Dossier, first: Figure, end: dt.date) -> tuple[Reading, ...]:
    """The change since the first day, close by close."""
    path = []
    for close, _ in file.market.closes(file.symbol):
        if first.as_of <= close.date <= end:
            value = float(returns.upside(close.price, first.value)) * 100
            figure = replace(first, value=value, unit=_PERCENT, as_of=close.date, label="change since the first day")
            path.append(Reading(f"{file.symbol}, change since {formats.day(first.as_of)}", figure, "", (first,)))
    return tuple(path)


def upside_to_range(claim: Claim, file: Dossier, of: str) -> Evidence:
    """Upside from the latest price to both ends of the stated targets; the price that both claims imply beside it."""
    targets = file.thesis.claim_by_id(of)
    bounds, promised = targets.stated.bounds, claim.stated.bounds
    if bounds is None:
        raise UnknownFigure("a range of price targets")
    then = _upside(file, targets, file.price_before_publication(), bounds)
    now = _upside(file, targets, file.market.price(file.symbol), bounds)
    readings = [now]
    if promised is not None:
        implied = [target / (1 + share / 100) for target, share in zip(bounds, promised, strict=True)]
        price = file.thesis.bound(targets, min(implied), "price behind the article’s own figures")
        working = "; ".join(
            f"{target:g} ÷ {1 + share / 100:.2f} = {each:.2f}"
            for target, share, each in zip(bounds, promised, implied, strict=True)
        )
        terms = [file.thesis.bound(targets, target, "price target") for target in bounds]
        terms += [file.thesis.bound(claim, share, "promised upside") for share in promised]
        label = "Price that the article’s figures imply"
        readings.append(Reading(label, price, working, tuple(terms), max(implied)))
    earlier = (then,) if then.terms[0].as_of < now.terms[0].as_of else ()
    return Evidence(tuple(readings), earlier)


def _upside(file: Dossier, targets: Claim, price: Figure, bounds: tuple[float, float]) -> Reading:
    terms = [file.thesis.bound(targets, bound, "price target") for bound in bounds]
    terms[0].same_unit(price)
    changes = [float(returns.upside(bound, price.value)) * 100 for bound in bounds]
    figure = replace(price, value=changes[0], unit=_PERCENT, label="upside to the targets")
    working = "; ".join(
        f"{bound:g} ÷ {price.value:,.2f} − 1 = {change:.2f} %" for bound, change in zip(bounds, changes, strict=True)
    )
    label = f"From {formats.figure(price)} on {formats.day(price.as_of)}"
    return Reading(label, figure, working, (price, *terms), changes[1])
