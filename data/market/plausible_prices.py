"""Whether prices, a rate or an option chain can be true: judged by the rest of the answer and the last good one.

A split is told from a jump by two things that must agree: the service's own record of it, and the scale of the whole
history, which the service restates when shares are split.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from statistics import median

from data.market import bounds
from data.market.bounds import grown, within
from data.market.doubts import WHOLE, HeldBack, Known
from data.market.records import Options, Prices, Rate
from data.units import major_unit

# A split by less than this leaves a step that an ordinary session could make as well.
_PLAIN_SPLIT = 2.0


def judge_prices(new: Prices, known: Known) -> tuple[Prices | None, tuple[HeldBack, ...]]:
    """The part of an answer that is believed, and what is held back. None: nothing of it is."""
    last = known.last if isinstance(known.last, Prices) else None
    if whole := known.unconfirmed(_doubts_of_all(new, last, known)):
        return None, whole
    odd = tuple(_spikes(new, known))
    closes = {day: close for day, close in new.closes.items() if not any(day.isoformat() in each.place for each in odd)}
    dividends, large = _dividends(new, closes, known)
    sound = new.model_copy(update={"closes": closes, "dividends": dividends})
    doubts = known.unconfirmed(_doubts_of_price(sound, known))
    if not doubts:
        return _newer_quote(sound, last, known), (*odd, *large)
    if any(each.place != "price" for each in doubts):  # the newest close alone
        return sound.model_copy(update={"closes": _without_last(closes)}), (*doubts, *odd, *large)
    day = max(closes, default=None)
    if day is not None and sound.price is not None and within(closes[day], sound.price, bounds.SAME_SESSION):
        sound = sound.model_copy(update={"closes": _without_last(closes)})
    price, time = None, min(new.time, known.now)
    if last is not None and last.price is not None and split_factor(new, last) == 1:
        price, time = last.price, last.time
    return sound.model_copy(update={"price": price, "time": time}), (*doubts, *odd, *large)


def split_factor(new: Prices, last: Prices) -> float:
    """New shares per old one by all splits that happened since the last answer: 10 where ten took the place of one."""
    since = max(last.closes, default=last.time.date())
    product = 1.0
    for day, factor in new.splits.items():
        product *= factor if day >= since and day not in last.splits else 1.0
    return product


def doubt_of_currency(answer: Prices, declared: str, fetched: dt.datetime) -> HeldBack | None:
    """A price in another currency than the company's files say that the share is quoted in; pence are pounds' own.

    Nothing tells which of the two is wrong, and no rate makes a right price of a wrong label.
    """
    if not declared or major_unit(answer.currency)[0] == major_unit(declared)[0]:
        return None
    value = answer.price if answer.price is not None else next(reversed(answer.closes.values()), 0.0)
    other = f"and the share is quoted in {declared}"
    return HeldBack(answer.symbol, WHOLE, "price", value, answer.currency, None, other, False, fetched)


def doubt_of_scale(prices: Prices, stored: Mapping[dt.date, float], currency: str) -> HeldBack | None:
    """What speaks against live prices whose whole history is on another scale than the closes in the files.

    A first answer has no last good one beside it, and one that is ten times off throughout agrees with itself. `stored`
    holds the closes of the files in `currency`; splits since the last of them are allowed for.
    """
    whole, parts = major_unit(prices.currency)
    common = sorted(set(prices.closes) & set(stored))
    if whole != currency or not common:
        return None
    factor = math.prod(by for day, by in prices.splits.items() if day > max(stored)) / parts
    if within(median(prices.closes[day] * factor / stored[day] for day in common), 1.0, bounds.STORED_HISTORY):
        return None
    day, newest = common[-1], _newest(prices) or 0.0
    other = f"and {prices.closes[day]:,.2f} for the close of {_said(day)}, which the files give as"
    return HeldBack(
        prices.symbol, WHOLE, "price", newest, prices.currency, stored[day], other, True, prices.time, currency
    )


def _newer_quote(new: Prices, last: Prices | None, known: Known) -> Prices:
    """An answer with the last good price where that is of a later time: an older quote never hides a newer one."""
    if last is None or last.price is None or last.time <= new.time or last.time > known.now + bounds.AHEAD:
        return new
    return new if split_factor(new, last) != 1 else new.model_copy(update={"price": last.price, "time": last.time})


def _without_last(closes: Mapping[dt.date, float]) -> dict[dt.date, float]:
    return {day: close for day, close in closes.items() if day != max(closes)}


def _doubts_of_all(new: Prices, last: Prices | None, known: Known) -> Iterator[HeldBack]:
    """What speaks against an answer as a whole: another currency, another scale, a split that it does not show."""

    def doubt(value: float, against: float, other: str, contradicts: bool, against_unit: str = "") -> HeldBack:
        unit, now = new.currency, known.now
        return HeldBack(new.symbol, WHOLE, "price", value, unit, against, other, contradicts, now, against_unit)

    for before, after, factor in _steps_of_splits(new):
        other = f"and names a split of {factor:g} for 1, while its close before that is still"
        yield doubt(new.closes[after], new.closes[before], other, True)
        return
    if last is None:
        return
    newest, newest_before = _newest(new), _newest(last)
    if new.currency != last.currency and newest and newest_before:
        yield doubt(newest, newest_before, "before it was", False, last.currency)
        return
    factor = split_factor(new, last)
    # The newest day in common may have been taken while it was traded.
    common = sorted(set(new.closes) & set(last.closes))[:-1]
    if common:
        scale = median(new.closes[day] / last.closes[day] for day in common) * factor
        if not within(scale, 1.0, bounds.RESTATED_HISTORY):
            day = common[-1]
            other = f"and {new.closes[day]:,.2f} for the close of {_said(day)}, which was"
            yield doubt(newest or new.closes[day], last.closes[day], other, factor != 1)
    elif newest and newest_before:
        step = grown(bounds.NEXT_SESSION, last.time, new.time)
        if not within(newest * factor, newest_before, step):
            yield doubt(newest, newest_before, f"on {_said(last.time.date())} it was", False)


def _steps_of_splits(new: Prices) -> Iterator[tuple[dt.date, dt.date, float]]:
    """Splits over which the history steps as unadjusted closes do: the day before, the first day after, the factor."""
    days = sorted(new.closes)
    for split, factor in new.splits.items():
        before = [day for day in days if day < split]
        after = [day for day in days if day >= split]
        if not before or not after or within(factor, 1.0, _PLAIN_SPLIT * 0.99):
            continue
        step = new.closes[before[-1]] / new.closes[after[0]]
        if within(step, factor, bounds.SAME_SESSION):
            yield before[-1], after[0], factor


def _spikes(new: Prices, known: Known) -> Iterator[HeldBack]:
    """Closes of one day that lie far off those of both its neighbours."""
    days = sorted(new.closes)
    for before, day, after in zip(days, days[1:], days[2:], strict=False):
        low, high = sorted((new.closes[before], new.closes[after]))
        close = new.closes[day]
        if close > high * bounds.NEXT_SESSION_MOST or close < low / bounds.NEXT_SESSION_MOST:
            place, name, other = f"close {day.isoformat()}", f"close of {_said(day)}", "the session before closed at"
            against = new.closes[before]
            yield HeldBack(new.symbol, place, name, close, new.currency, against, other, True, known.now)


def _dividends(
    new: Prices, closes: Mapping[dt.date, float], known: Known
) -> tuple[dict[dt.date, float], tuple[HeldBack, ...]]:
    """Dividends that are less than half of a close of their time, and those that are not."""
    sound, large = {}, []
    for day, paid in new.dividends.items():
        close = closes[min(closes, key=lambda other: abs(other - day))] if closes else None
        if close is None or paid <= close * bounds.DIVIDEND_OF_PRICE:
            sound[day] = paid
            continue
        place, name, other = f"dividend {day.isoformat()}", f"dividend of {_said(day)}", "while the share was at"
        large.append(HeldBack(new.symbol, place, name, paid, new.currency, close, other, True, known.now))
    return sound, tuple(large)


def _doubts_of_price(new: Prices, known: Known) -> Iterator[HeldBack]:
    """What speaks against the last price, or against the newest close alone; at most one doubt."""
    if new.price is None:
        return

    def doubt(place: str, against: float | None, other: str, contradicts: bool) -> HeldBack:
        name = "price" if place == "price" else f"close of {_said(max(new.closes))}"
        value = float(new.price or 0) if place == "price" else new.closes[max(new.closes)]
        return HeldBack(new.symbol, place, name, value, new.currency, against, other, contradicts, known.now)

    if new.time > known.now + bounds.AHEAD:
        yield doubt("price", None, f"of a time that lies ahead, {new.time:%Y-%m-%d %H:%M} UTC", True)
        return
    days = sorted(new.closes)
    if not days:
        return
    newest, same_session = new.closes[days[-1]], days[-1] >= new.time.date()
    gap = dt.timedelta(days=max((new.time.date() - days[-1]).days, 0))
    allowed = bounds.SAME_SESSION if same_session else grown(bounds.NEXT_SESSION, new.time - gap, new.time)
    if not within(new.price, newest, allowed):
        before = new.closes[days[-2]] if len(days) > 1 else None
        if same_session and before and within(new.price, before, bounds.NEXT_SESSION):
            yield doubt(f"close {days[-1].isoformat()}", new.price, "the price of that day is", True)
            return
        far = same_session or not within(new.price, newest, max(allowed, bounds.NEXT_SESSION_MOST))
        yield doubt("price", newest, "its own last close is", far)
    elif same_session and len(days) > 1:
        before = new.closes[days[-2]]
        step = grown(bounds.NEXT_SESSION, new.time - (days[-1] - days[-2]), new.time)
        if not within(newest, before, step):
            far = not within(newest, before, max(step, bounds.NEXT_SESSION_MOST))
            yield doubt("price", before, "its own close of the session before is", far)


def judge_rate(new: Rate, known: Known) -> tuple[Rate | None, tuple[HeldBack, ...]]:
    """A rate, or None and what speaks against it: its own closes, or the last good rate."""
    last = known.last if isinstance(known.last, Rate) else None
    doubts = known.unconfirmed(_doubts_of_rate(new, last, known))
    if doubts:
        return None, doubts
    if last is not None and new.time < last.time <= known.now + bounds.AHEAD:
        return last, ()
    return new, ()


def _doubts_of_rate(new: Rate, last: Rate | None, known: Known) -> Iterator[HeldBack]:
    unit = f"{new.quote} per {new.base}"

    def doubt(against: float | None, other: str, contradicts: bool) -> HeldBack:
        pair = f"{new.base}/{new.quote}"
        return HeldBack(pair, WHOLE, "exchange rate", new.value, unit, against, other, contradicts, known.now)

    if new.time > known.now + bounds.AHEAD:
        yield doubt(None, f"of a time that lies ahead, {new.time:%Y-%m-%d %H:%M} UTC", True)
        return
    if new.closes:
        day = max(new.closes)
        bound = bounds.RATE_SAME_SESSION if day >= new.time.date() else bounds.RATE_OF_LAST
        if not within(new.value, new.closes[day], bound):
            yield doubt(new.closes[day], "its own last close is", True)
            return
    if last is not None:
        bound = grown(bounds.RATE_OF_LAST, last.time, new.time)
        if not within(new.value, last.value, bound):
            inverse = within(new.value, 1 / last.value, bounds.RATE_SAME_SESSION)
            far = not within(new.value, last.value, max(bound, bounds.RATE_OF_LAST_MOST))
            other = "the inverse of the last good rate" if inverse else "the last good rate is"
            yield doubt(last.value, other, inverse or far)


def judge_options(new: Options, known: Known) -> tuple[Options | None, tuple[HeldBack, ...]]:
    """An option chain, or None where its share price is not that of the share."""
    prices = known.prices
    price = None if prices is None or prices.price is None else prices.price
    against = None if price is None or prices is None else known.in_currency(price, prices.currency, new.currency)
    if against is None or within(new.price, against, bounds.NEXT_SESSION):
        return new, ()
    name, other = "price in the option chain", "the share's price is"
    doubt = HeldBack(new.symbol, WHOLE, name, new.price, new.currency, against, other, False, known.now)
    doubts = known.unconfirmed([doubt])
    return (None, doubts) if doubts else (new, ())


def _newest(prices: Prices) -> float | None:
    if prices.price is not None:
        return prices.price
    return prices.closes[max(prices.closes)] if prices.closes else None


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"
