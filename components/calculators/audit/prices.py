"""General tests of prices: a level, a change, extremes, a comparison, a market value, a multiple, a yield.

A claim about the time of the article is decided by the last close before it appeared, or by the close of the day that
the test names; what the price is now stands beside it. Each raises UnknownFigure where a figure is not known, and
UnitMismatch where what is found and what is stated count different things.
"""

import datetime as dt
from contextlib import suppress
from dataclasses import replace

from components import formats
from components.calculators.audit.multiples import due_by, waits_for
from components.calculators.audit.reported import counts_of
from components.calculators.audit.rules import Evidence, Reading, as_it_is, computed
from components.calculators.audit.series import TWELVE_MONTHS, YEAR, course, in_unit
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, Origin, convert, in_major_unit, least_confident, rescaled
from data.market.snapshot import Close
from data.sums import Expression, Sum
from data.thesis import Claim
from data.units import Unit

YEAR_DAYS = dt.timedelta(days=365)


def day_of(claim: Claim, dossier: Dossier, on: dt.date | None = None) -> dt.date:
    """The day that a claim about the article's own time is decided on."""
    return on or claim.period or dossier.published - dt.timedelta(days=1)


def price_level(claim: Claim, dossier: Dossier, on: dt.date | None = None, symbol: str = "") -> Evidence:
    """The close of a day, of the share or of another one that the article compares with."""
    whose = symbol or dossier.symbol
    if on is not None and on > dossier.market.day:
        raise UnknownFigure(f"closing price of {whose} on {formats.day(on)}")
    price = dossier.market.close_on_or_before(whose, day_of(claim, dossier, on))
    now = dossier.market.price(whose)
    since = (_quoted(claim, now),) if now.as_of > price.as_of else ()
    return Evidence((_quoted(claim, price),), since=since)


def _quoted(claim: Claim, price: Figure) -> Reading:
    turned = rescaled(price, Unit.parse(claim.stated.counted_in or price.unit.text))
    label = f"{formats.capitalised(price.label)}, {formats.day(price.as_of)}"
    if turned.working is not None:
        return Reading(label, turned, (turned.working,), measure=price.label)
    return as_it_is(turned, label, f"{label}: {formats.figure(price)}")


def high(
    claim: Claim, dossier: Dossier, since: dt.date | None = None, year: bool = False, intraday: bool = False
) -> Evidence:
    """The highest close up to the claim's day: of all that is known, since a day, or of the 365 days before.

    A price within a day is higher than any close; it is not known here, and such a claim says so.
    """
    return _extreme(claim, dossier, since, year, intraday, highest=True)


def low(
    claim: Claim, dossier: Dossier, since: dt.date | None = None, year: bool = False, intraday: bool = False
) -> Evidence:
    """The lowest close, as `high` takes the highest."""
    return _extreme(claim, dossier, since, year, intraday, highest=False)


def _extreme(
    claim: Claim, dossier: Dossier, since: dt.date | None, year: bool, intraday: bool, highest: bool
) -> Evidence:
    closes = _window(dossier, day_of(claim, dossier), since, year)
    best = (max if highest else min)(closes, key=lambda close: close.price)
    price = dossier.market.close_on_or_before(dossier.symbol, best.date)
    word = "highest" if highest else "lowest"
    if intraday:
        known = f"the {word} close is {formats.figure(price)} of {formats.day(best.date)}"
        raise UnknownFigure(f"prices within a day; {known}")
    reading = replace(_quoted(claim, price), label=f"{word.capitalize()} close, {formats.day(best.date)}")
    later = _window(dossier, dossier.day, since, year)
    after = (max if highest else min)(later, key=lambda close: close.price)
    beyond: tuple[Reading, ...] = ()
    if after.date > day_of(claim, dossier) and (after.price > best.price) == highest:
        figure = dossier.market.close_on_or_before(dossier.symbol, after.date)
        beyond = (replace(_quoted(claim, figure), label=f"{word.capitalize()} close, {formats.day(after.date)}"),)
    return Evidence((reading,), since=beyond, note=f"Of the closes known here, from {formats.day(closes[0].date)}.")


def drawdown(claim: Claim, dossier: Dossier, since: dt.date | None = None, year: bool = False) -> Evidence:
    """How far the price lies below its highest close before: price ÷ high − 1. The article's fall has the sign −."""
    day = day_of(claim, dossier) if claim.period else dossier.day
    closes = _window(dossier, day, since, year)
    top = max(closes, key=lambda close: close.price)
    peak = dossier.market.close_on_or_before(dossier.symbol, top.date)
    now = dossier.market.close_on_or_before(dossier.symbol, day)
    fall = Sum(now.term() / peak.term() - 1, "%", 1, remark=now.unit.text)
    label = f"From the high of {formats.day(peak.as_of)} to {formats.day(now.as_of)}"
    return Evidence((Reading(label, computed(now, fall, label), (fall,), measure="drawdown"),))


def _window(dossier: Dossier, day: dt.date, since: dt.date | None, year: bool) -> list[Close]:
    first = since or (day - YEAR_DAYS if year else dt.date.min)
    closes = [close for close, _ in dossier.market.closes(dossier.symbol) if first <= close.date <= day]
    if not closes:
        raise UnknownFigure(f"closing prices of {dossier.symbol} up to {formats.day(day)}")
    return closes


def against(claim: Claim, dossier: Dossier, symbol: str, start: dt.date, end: dt.date) -> Evidence:
    """The share's change less that of a peer or an index over the same days, in percentage points."""
    own, other = (_change(dossier, each, start, end) for each in (dossier.symbol, symbol))
    gap = Sum(own.figure.term(1) - other.figure.term(1), "%", 1, remark="percentage points")
    label = f"{dossier.symbol} against {symbol}, {formats.day(own.figure.as_of)}"
    figure = computed(own.figure, gap, label, confidence=least_confident(own.figure, other.figure))
    return Evidence((Reading(label, figure, (gap,), measure=f"against {symbol}"), own, other))


def _change(dossier: Dossier, symbol: str, start: dt.date, end: dt.date) -> Reading:
    first, last = (dossier.market.close_on_or_before(symbol, day) for day in (start, end))
    change = Sum(last.term() / first.term() - 1, "%", 2, remark=last.unit.text)
    label = f"Change of {symbol}, {formats.day(first.as_of)} to {formats.day(last.as_of)}"
    return Reading(label, computed(last, change, label), (change,), measure=f"change of {symbol}")


# --- The whole company ---


def market_value(claim: Claim, dossier: Dossier, series: str = "", measure: str = "diluted_shares") -> Evidence:
    """Price × all shares, of every class, at the article's time; now beside it. In the unit stated."""
    then = _worth(
        claim, dossier, dossier.market.close_on_or_before(dossier.symbol, day_of(claim, dossier)), series, measure
    )
    now = dossier.market.price(dossier.symbol)
    since: tuple[Reading, ...] = ()
    if now.as_of > then.figure.as_of:
        with suppress(UnknownFigure):
            since = (_worth(claim, dossier, now, series, measure),)
    note = "All shares of every class at the price of the listed one."
    return Evidence((then,), since=since, note=note)


def _worth(claim: Claim, dossier: Dossier, price: Figure, series: str, measure: str) -> Reading:
    """Price × the shares known on that day."""
    counts = [each for each in counts_of(dossier, series, measure) if (each.known or each.as_of) <= price.as_of]
    if not counts:
        raise UnknownFigure(f"the number of shares on {formats.day(price.as_of)}")
    return market_worth(claim.stated.counted_in, dossier, price, counts[-1])


def market_worth(unit: str | None, dossier: Dossier, price: Figure, shares: Figure) -> Reading:
    """Price × shares ÷ ordinary shares a listed one, in a unit of money or in billions of the price's currency."""
    ratio = dossier.company.profile.listing.ordinary_shares
    wanted = Unit.parse(unit or f"{price.unit.currency} bn")
    amount: Expression = in_major_unit(price).term(2, with_unit=True) * shares.term(1, with_unit=True)
    if ratio != 1:
        amount = amount / ratio
    factor = wanted.scale / shares.unit.scale
    worth = Sum(amount / factor if factor != 1 else amount, wanted.text, 2)
    label = f"Market value, {formats.day(price.as_of)}"
    figure = computed(price, worth, label, confidence=least_confident(price, shares))
    return Reading(label, figure, (worth,), measure="market value")


def multiple(
    claim: Claim, dossier: Dossier, of: str, measure: str, series: str = "", shares: str = "diluted_shares",
    net_cash: str = "net_cash", earned: dt.date | None = None,
) -> Evidence:  # fmt: skip
    """A multiple of a measure at the article's time; now beside it.

    `of` names it: earnings takes a measure per share, over twelve months; with `earned`, of the fiscal year that ends
    on that day, once it is reported. The others take the market value, or the enterprise value (less net cash), over
    the measure of twelve months. Book value is that of the last period.
    """
    day = day_of(claim, dossier)
    then = dossier.market.close_on_or_before(dossier.symbol, day)
    if earned is not None:
        return Evidence((_on_earned(dossier, then, measure, earned),))
    deciding = multiple_of(dossier.at(day), then, of, measure, series, shares, net_cash)
    now = dossier.market.price(dossier.symbol)
    since: tuple[Reading, ...] = ()
    if now.as_of > then.as_of:
        with suppress(UnknownFigure):
            since = (multiple_of(dossier, now, of, measure, series, shares, net_cash),)
    defined = dossier.company.profile.measures.get(measure)
    said = f"{formats.capitalised(dossier.company.profile.words(measure))}: {defined.definition}." if defined else ""
    note = said if defined is not None and defined.definition else ""
    if claim.period is None and since:
        return Evidence(since, (deciding,), note=note)
    return Evidence((deciding,), since=since, note=note)


def _on_earned(dossier: Dossier, price: Figure, measure: str, earned: dt.date) -> Reading:
    found = [each for each in course(dossier, measure, window=YEAR).figures if each.as_of == earned]
    words = dossier.company.profile.words(measure)
    if not found:
        raise UnknownFigure(f"{words} of the year to {earned:%B %Y}")
    return _over(price, in_unit(dossier, found[0], price.unit), f"Price ÷ {words} of the year to {earned:%B %Y}")


def multiple_of(
    dossier: Dossier, price: Figure, of: str, measure: str, series: str = "", shares: str = "diluted_shares",
    net_cash: str = "net_cash",
) -> Reading:  # fmt: skip
    """A multiple at a price, on what is known on the dossier's day; see `multiple` for its arguments.

    Raises UnknownFigure where a figure is not known, or the measure is not positive; UnitMismatch.
    """
    words = dossier.company.profile.words(measure)
    if of == "earnings":
        basis = course(dossier, measure, window=TWELVE_MONTHS).latest
        over = _over(price, in_unit(dossier, basis, price.unit), f"Price ÷ {words}, {basis.as_of:%B %Y}")
        return _unless_due(dossier, basis, over)
    basis = course(dossier, measure, window="period" if of == "book value" else TWELVE_MONTHS).latest
    worth = market_worth(None, dossier, price, counts_of(dossier, series, shares)[-1]).figure
    if basis.unit.currency != worth.unit.currency:
        basis = convert(basis, dossier.rate(str(basis.unit.currency), str(worth.unit.currency)))
    if of.startswith("EV"):
        cash = in_unit(dossier, dossier.latest(net_cash), worth.unit)
        value = Sum(worth.term(1, with_unit=True) - cash.term(1, with_unit=True), worth.unit.text, 1)
        worth = computed(worth, value, "enterprise value", confidence=least_confident(worth, cash))
    name = f"{'Enterprise' if of.startswith('EV') else 'Market'} value ÷ {words}, {basis.as_of:%B %Y}"
    return _unless_due(dossier, basis, _over(worth, rescaled(basis, worth.unit), name))


def _unless_due(dossier: Dossier, basis: Figure, found: Reading) -> Reading:
    """A multiple that gives no verdict where its measure is older than a release that was due."""
    due = due_by(dossier, dossier.symbol, basis.as_of)
    if due is None:
        return found
    return replace(found, overtaken=f"of {formats.day(basis.as_of)}, {waits_for(due)}")


def _over(above: Figure, below: Figure, label: str) -> Reading:
    if below.value <= 0:
        raise UnknownFigure(f"a multiple: {below.label or 'the measure'} is not positive")
    part = Sum(above.term(2) / below.term(2), "x", 1, remark=above.unit.text)
    figure = computed(above, part, label, confidence=least_confident(above, below))
    return Reading(f"{label}, price of {formats.day(above.as_of)}", figure, (part,), measure=label.split(",")[0])


def dividend_yield(claim: Claim, dossier: Dossier, series: str = "") -> Evidence:
    """The dividends of the last 365 days ÷ price, at the article's time; now beside it."""
    day = day_of(claim, dossier)
    then = _yield(dossier, dossier.market.close_on_or_before(dossier.symbol, day), series)
    now = dossier.market.price(dossier.symbol)
    since = (_yield(dossier, now, series),) if now.as_of > then.figure.as_of else ()
    return Evidence((then,), since=since)


def dividends(dossier: Dossier, day: dt.date, series: str = "") -> list[Figure]:
    """Dividends per listed share with an ex-date in the 365 days to `day`: the facts' where they are named."""
    first = day - YEAR_DAYS
    if series:
        return [each.figure() for each in dossier.series(series) if first < each.as_of <= day]
    return [each for each in _paid(dossier) if first < each.as_of <= day]


def _paid(dossier: Dossier) -> list[Figure]:
    """The market service's dividends per listed share, by ex-date."""
    unit = dossier.listed_unit
    return [
        Figure(paid, unit, when, Origin.MARKET, "market service, dividends", label="dividend", known=when)
        for when, paid in sorted(dossier.market.dividends(dossier.symbol).items())
    ]


def _yield(dossier: Dossier, price: Figure, series: str) -> Reading:
    paid = [rescaled(each, price.unit) for each in dividends(dossier, price.as_of, series)]
    if not paid:
        raise UnknownFigure(f"dividends in the year to {formats.day(price.as_of)}")
    total = paid[0].term()
    added: Expression = total
    for each in paid[1:]:
        added = added + each.term()
    part = Sum(added / price.term(), "%", 2, remark=price.unit.text)
    label = f"Dividends of a year ÷ price, {formats.day(price.as_of)}"
    return Reading(label, computed(price, part, label), (part,), measure="dividend yield")


def dividend_change(claim: Claim, dossier: Dossier, series: str = "") -> Evidence:
    """The latest dividend over the one a year before, or over the one before where there is none of that time.

    Without a series of facts, by the market service's dividends, as far as they reach.
    """
    paid = [each.figure() for each in dossier.series(series)] if series else _paid(dossier)
    readings = []
    for place, now in enumerate(paid):
        before = [each for each in paid[:place] if abs((now.as_of - each.as_of).days - 365) < 45] or paid[:place][-1:]
        if before and before[-1].value > 0:
            change = Sum(now.term() / before[-1].term() - 1, "%", 1, remark=now.unit.text)
            label = f"Dividend of {formats.day(now.as_of)} over {formats.day(before[-1].as_of)}"
            readings.append(Reading(label, computed(now, change, label), (change,), measure="change of the dividend"))
    if not readings:
        raise UnknownFigure("two dividends to compare")
    return Evidence((readings[-1],), tuple(reversed(readings[:-1])), series=tuple(readings))
