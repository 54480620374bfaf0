"""Whether targets and earnings can be true: judged by the rest of the answer, the share's price and the last answer."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from data.market import bounds
from data.market.bounds import within
from data.market.doubts import WHOLE, HeldBack, Known
from data.market.records import Analysis
from data.units import major_unit

TARGETS = {"target_low": "low price target", "target_mean": "mean price target", "target_high": "high price target"}
# Fields that mean nothing without each other: what is held back of one is held back of all.
_TOGETHER = {
    "eps_trailing": ("eps_trailing_currency", "pe_trailing"),
    "eps_forward": ("eps_forward_currency", "eps_forward_listed"),
}


def judge_analysis(new: Analysis, known: Known) -> tuple[Analysis | None, tuple[HeldBack, ...]]:
    """The part of an answer that is believed, and what is held back; None where nothing of it is.

    A field that is held back keeps its last good value, with the time of that in `since`.
    """
    last = known.last if isinstance(known.last, Analysis) else None
    if last is not None and last.currency != new.currency:
        whole = known.unconfirmed(_other_currency(new, last, known))
        if whole:
            return None, whole
        last = None  # its amounts are in another currency
    case = _Case(new, last, known)
    targets = known.unconfirmed(case.doubts_of_targets())
    if len(targets) > 1:
        # They come from one place and in one unit, so that the third cannot be right by itself.
        targets += tuple(case.with_the_others(targets))
    found = (*targets, *known.unconfirmed([*case.doubts_of_trailing(), *case.doubts_of_forward()]))
    found += known.unconfirmed(case.doubts_of_shares())
    believed = _without(new, [each.place for each in found], last, known)
    if disorder := known.unconfirmed(_Case(believed, last, known).doubts_of_order()):
        fallen = [each.place for each in disorder]
        believed, found = _without(believed, fallen, last, known), (*found, *disorder)
        if _is_out_of_order(believed):
            # The rest does not go with what was known before either.
            believed = believed.model_copy(update=dict.fromkeys(fallen))
    return believed, found


def _other_currency(new: Analysis, last: Analysis, known: Known) -> Iterator[HeldBack]:
    value, against = new.target_mean or new.price, last.target_mean or last.price
    if value is not None and against is not None:
        name = TARGETS["target_mean"] if new.target_mean else "price"
        unit, other = new.currency, "before it was"
        yield HeldBack(new.symbol, WHOLE, name, value, unit, against, other, False, known.now, last.currency)


def _without(new: Analysis, places: list[str], last: Analysis | None, known: Known) -> Analysis:
    """The answer with its last good values at those places, and their time."""
    update: dict[str, Any] = {}
    since = {field: time for field, time in new.since.items() if field not in places}
    for place in places:
        for field in (place, *_TOGETHER.get(place, ())):
            update[field] = getattr(last, field) if last is not None else None
        if last is not None and update[place] is not None:
            since[place] = last.since.get(place, known.last_fetched or known.now)
    if "eps_forward" in places:  # they come from one place and in one unit
        update["estimates"] = [each for each in new.estimates if each.what != "eps"]
    return new.model_copy(update={**update, "since": since})


def _is_out_of_order(answer: Analysis) -> bool:
    known = [value for value in (answer.target_low, answer.target_mean, answer.target_high) if value is not None]
    return known != sorted(known)


@dataclass(frozen=True)
class _Case:
    """An answer with what it is judged by."""

    new: Analysis
    last: Analysis | None
    known: Known

    def _doubt(
        self, place: str, name: str, value: float, against: float, other: str, contradicts: bool, **units: str
    ) -> HeldBack:
        unit = units.get("unit", self.new.currency)
        against_unit = units.get("against_unit", "")
        now: dt.datetime = self.known.now
        return HeldBack(self.new.symbol, place, name, value, unit, against, other, contradicts, now, against_unit)

    def _price(self) -> float | None:
        """The share's last good price in the answer's currency, else the one that the answer itself names."""
        prices = self.known.prices
        if prices is not None and prices.price is not None:
            found = self.known.in_currency(prices.price, prices.currency, self.new.currency)
            if found is not None:
                return found
        return self.new.price

    def doubts_of_targets(self) -> Iterator[HeldBack]:
        """Each target against the price, then against the last good one."""
        price = self._price()
        for field, name in TARGETS.items():
            value, before = getattr(self.new, field), getattr(self.last, field, None)
            if value is None:
                continue
            if price is not None and not within(value, price, bounds.TARGET_OF_PRICE):
                far = not within(value, price, bounds.TARGET_OF_PRICE_MOST)
                yield self._doubt(field, name, value, price, "the price is", far)
            elif before is not None and not within(value, before, bounds.TARGET_OF_LAST):
                yield self._doubt(field, name, value, before, "before it was", False)

    def with_the_others(self, doubts: tuple[HeldBack, ...]) -> Iterator[HeldBack]:
        """The targets that are left when others are in doubt."""
        first, places = doubts[0], {each.place for each in doubts}
        for field, name in TARGETS.items():
            value = getattr(self.new, field)
            if value is not None and field not in places:
                yield self._doubt(field, name, value, first.value, f"as the {first.name} is,", first.contradicts)

    def doubts_of_order(self) -> Iterator[HeldBack]:
        """The targets that break the order low, mean, high: those whose absence would restore it.

        Where the last good answer tells, it is the one that has moved most from it.
        """
        values: Mapping[str, float] = {
            field: value for field in TARGETS if (value := getattr(self.new, field)) is not None
        }
        if list(values.values()) == sorted(values.values()):
            return

        def restores(field: str) -> bool:
            rest = [value for other, value in values.items() if other != field]
            return rest == sorted(rest)

        suspects = [field for field in values if restores(field) and field not in self.new.since] or list(values)
        moves = {field: abs(values[field] / before - 1) for field in suspects if (before := self._before(field))}
        if len(moves) == len(suspects):
            suspects = [max(suspects, key=moves.__getitem__)]
        for field in suspects:
            other = next(each for each in values if each != field and self._disagree(each, field))
            yield self._doubt(field, TARGETS[field], values[field], values[other], f"the {TARGETS[other]} is", True)

    def _before(self, field: str) -> float | None:
        value: float | None = getattr(self.last, field, None)
        return value

    def _disagree(self, one: str, other: str) -> bool:
        order = list(TARGETS)
        lower, upper = sorted((one, other), key=order.index)
        return bool(getattr(self.new, lower) > getattr(self.new, upper))

    def doubts_of_trailing(self) -> Iterator[HeldBack]:
        """Trailing earnings against the service's own ratio, then against the last good ones."""
        new, last = self.new, self.last
        eps, name = new.eps_trailing, "trailing EPS"
        if eps is None or eps <= 0:
            return
        unit = new.eps_trailing_currency or new.currency
        if new.pe_trailing is not None and new.price is not None:
            implied = self.known.in_currency(new.price / new.pe_trailing, new.currency, unit)
            if implied is not None and not within(eps, implied, bounds.EPS_OF_RATIO):
                other = f"its own P/E of {new.pe_trailing:.1f}x makes it"
                yield self._doubt("eps_trailing", name, eps, implied, other, True, unit=unit)
                return
        if last is None or last.eps_trailing is None or last.eps_trailing <= 0:
            return
        before = self.known.in_currency(last.eps_trailing, last.eps_trailing_currency or last.currency, unit)
        if before is not None and not within(eps, before, bounds.EPS_OF_LAST):
            yield self._doubt("eps_trailing", name, eps, before, "before it was", False, unit=unit)

    def doubts_of_forward(self) -> Iterator[HeldBack]:
        """Expected earnings: against the service's other estimate, the last answer, and what the share costs."""
        new, last, name = self.new, self.last, "forward EPS"
        eps, unit = new.eps_forward, new.eps_forward_currency
        if eps is None or unit is None or eps <= 0:
            return
        if last is not None and last.eps_forward is not None and last.eps_forward_currency not in (None, unit):
            before = str(last.eps_forward_currency)
            if last.eps_forward > 0 and within(eps, last.eps_forward, bounds.SAME_NUMBER):
                # The same number in pounds and pence cannot be right twice either.
                other = "as the same number before in another currency,"
                yield self._doubt(
                    "eps_forward", name, eps, last.eps_forward, other, True, unit=unit, against_unit=before
                )
                return
        listed = self.known.in_currency(eps, unit, new.currency)
        if listed is None:
            return
        own = new.eps_forward_listed
        # Beside a price in pence the service states earnings in pence or in pounds.
        possible = [] if own is None or own <= 0 else [own, own * major_unit(new.currency)[1]]
        if (
            own is not None
            and possible
            and not any(within(listed, each, bounds.FORWARD_OF_LISTED) for each in possible)
        ):
            other = "its other estimate is"
            yield self._doubt("eps_forward", name, eps, own, other, True, unit=unit, against_unit=new.currency)
            return
        price, trailing = self._price(), self._trailing_listed()
        cheap = price is not None and price / listed < bounds.PE_LEAST
        steep = trailing is not None and listed / trailing > bounds.FORWARD_OF_TRAILING
        if price is not None and cheap:
            other = f"a P/E of {price / listed:.1f}x at the price of"
            yield self._doubt("eps_forward", name, eps, price, other, steep, unit=unit, against_unit=new.currency)
        elif trailing is not None and steep:
            other = "the trailing EPS is"
            yield self._doubt("eps_forward", name, eps, trailing, other, False, unit=unit, against_unit=new.currency)

    def _trailing_listed(self) -> float | None:
        new = self.new
        if new.eps_trailing is None or new.eps_trailing <= 0:
            return None
        return self.known.in_currency(new.eps_trailing, new.eps_trailing_currency or new.currency, new.currency)

    def doubts_of_shares(self) -> Iterator[HeldBack]:
        """The count of shares against the last good one."""
        value, before = self.new.shares, self._before("shares")
        if value is not None and before is not None and not within(value, before, bounds.SHARES_OF_LAST):
            yield self._doubt("shares", "count of shares", value, before, "before it was", False, unit="shares")
