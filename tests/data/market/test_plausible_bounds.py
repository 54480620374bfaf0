"""Each bound from both sides: a little inside it a value is believed, a little beyond it is held back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from data.market import bounds
from data.market.bounds import grown, within
from data.market.doubts import HeldBack, Known, amount
from data.market.plausible import judge
from data.market.plausible_prices import doubt_of_scale, split_factor
from data.market.records import Analysis, Answer, Options, Prices
from tests.data.market.test_plausible import (
    ANALYSIS,
    CLOSES,
    DAYS,
    NOW,
    OPTIONS,
    PRICES,
    RATE,
    TIME,
    YESTERDAY,
    estimated,
    known,
    priced,
    rated,
    scaled,
)


@dataclass(frozen=True)
class Bound:
    """A bound, the answer at a factor from what it is judged by, and what is held back of it beyond the bound."""

    factor: float
    said: Callable[[float], Answer]
    place: str
    with_last: bool = False
    sides: str = "up and down"


def without_day(price: float) -> Prices:
    """A price whose day has no close yet."""
    return priced(price).model_copy(update={"closes": dict(list(CLOSES.items())[:-1])})


def without_history(price: float) -> Prices:
    """A price alone, a day after the last good one, which was 130.1."""
    return PRICES.model_copy(update={"price": price, "closes": {}})


ONLY_MEAN = {"target_low": None, "target_high": None}
BOUNDS: dict[str, Bound] = {
    # A price that goes with the session before speaks against its own day's close.
    "price to its day's close": Bound(bounds.SAME_SESSION, lambda by: priced(131.4 * by), "close 2026-11-20"),
    "price to its day's close, the only one": Bound(
        bounds.SAME_SESSION, lambda by: priced(131.4 * by).model_copy(update={"closes": {DAYS[-1]: 131.4}}), "price"
    ),
    "price to the close before": Bound(bounds.NEXT_SESSION, lambda by: without_day(130.1 * by), "price"),
    "price with its day's close": Bound(
        bounds.NEXT_SESSION, lambda by: priced(130.1 * by, 130.1 * by), "price"
    ),
    "price without history": Bound(
        bounds.NEXT_SESSION, lambda by: without_history(130.1 * by), "*", with_last=True
    ),
    "history restated": Bound(bounds.RESTATED_HISTORY, scaled, "*", with_last=True),
    "mean target to the price": Bound(
        bounds.TARGET_OF_PRICE, lambda by: estimated(target_mean=131.4 * by, **ONLY_MEAN), "target_mean"
    ),
    "mean target to the last one": Bound(
        bounds.TARGET_OF_LAST, lambda by: estimated(target_mean=188.5 * by, **ONLY_MEAN), "target_mean", with_last=True
    ),
    "EPS to the service's own ratio": Bound(
        bounds.EPS_OF_RATIO, lambda by: estimated(eps_trailing=6.6 * by), "eps_trailing"
    ),
    "EPS to the last one": Bound(
        bounds.EPS_OF_LAST,
        lambda by: estimated(eps_trailing=6.6 * by, pe_trailing=None, eps_forward=None),
        "eps_trailing",
        with_last=True,
    ),
    "estimate to the other one": Bound(
        bounds.FORWARD_OF_LISTED, lambda by: estimated(eps_forward=62 * by), "eps_forward"
    ),
    "shares to the last count": Bound(
        bounds.SHARES_OF_LAST, lambda by: estimated(shares=2.39e9 * by), "shares", with_last=True
    ),
    "rate to its day's close": Bound(bounds.RATE_SAME_SESSION, lambda by: rated(7.0 * by), "*"),
    "rate to the last one": Bound(
        bounds.RATE_OF_LAST, lambda by: rated(7.0 * by, 7.0 * by), "*", with_last=True
    ),
    "option chain to the price": Bound(
        bounds.NEXT_SESSION, lambda by: OPTIONS.model_copy(update={"price": 131.4 * by}), "*"
    ),
    "dividend to the close": Bound(
        bounds.DIVIDEND_OF_PRICE,
        lambda by: PRICES.model_copy(update={"dividends": {DAYS[1]: 129.5 * by}}),
        "dividend 2026-11-13",
        sides="up",
    ),
    "one close up": Bound(
        bounds.NEXT_SESSION_MOST,
        lambda by: PRICES.model_copy(update={"closes": {**CLOSES, DAYS[2]: 131.9 * by}}),
        "close 2026-11-16",
        sides="up",
    ),
    "one close down": Bound(
        bounds.NEXT_SESSION_MOST,
        lambda by: PRICES.model_copy(update={"closes": {**CLOSES, DAYS[2]: 129.5 * by}}),
        "close 2026-11-16",
        sides="down",
    ),
}  # fmt: skip
A_LITTLE = 1.004


def held(said: Answer, with_last: bool) -> list[str]:
    _, found = judge(said, known(said, last=with_last))
    return [each.place for each in found]


@pytest.mark.parametrize("name", BOUNDS)
def test_a_bound_holds_from_both_sides(name: str) -> None:
    row = BOUNDS[name]
    both = {"up": (row.factor, A_LITTLE), "down": (1 / row.factor, 1 / A_LITTLE)}
    for factor, outward in (both[side] for side in row.sides.split(" and ")):
        assert held(row.said(factor / outward), row.with_last) == [], factor
        assert row.place in held(row.said(factor * outward), row.with_last), factor


@pytest.mark.parametrize(("days", "most"), [(1, 2.0), (30, 2.0), (60, 4.0)])
def test_a_price_without_history_may_move_further_in_more_time(days: int, most: float) -> None:
    last = YESTERDAY[Prices].model_copy(update={"time": TIME - dt.timedelta(days=days), "closes": {}})
    for factor, places in ((most / A_LITTLE, []), (most * A_LITTLE, ["*"])):
        said = without_history(130.1 * factor)
        _, found = judge(said, replace(known(said, last=False), last=last))
        assert [each.place for each in found] == places


# --- Contradiction and doubt: what a second answer may settle ---

FAR = [
    ("price within five times the close before", lambda: without_day(130.1 * 4.9), False),
    ("price beyond it", lambda: without_day(130.1 * 5.1), True),
    ("price and its close within five times", lambda: priced(130.1 * 4.9, 130.1 * 4.9), False),
    ("price and its close beyond it", lambda: priced(130.1 * 5.1, 130.1 * 5.1), True),
    ("target within ten times the price", lambda: estimated(target_mean=131.4 * 9.9, **ONLY_MEAN), False),
    ("target beyond it", lambda: estimated(target_mean=131.4 * 10.1, **ONLY_MEAN), True),
    ("rate within five times the last", lambda: rated(7.0 * 4.9, 7.0 * 4.9), False),
    ("rate beyond it", lambda: rated(7.0 * 5.1, 7.0 * 5.1), True),
    ("rate close to the inverse of the last", lambda: rated(1 / 7.0 * 1.09, 1 / 7.0 * 1.09), True),
]


@pytest.mark.parametrize(("said", "contradicts"), [each[1:] for each in FAR], ids=[each[0] for each in FAR])
def test_what_contradicts_itself_lies_further_off(said: Callable[[], Answer], contradicts: bool) -> None:
    answer = said()
    _, found = judge(answer, known(answer, last=answer.__class__.__name__ == "Rate"))
    assert [each.contradicts for each in found] == [contradicts]


def doubtful(**changes: object) -> HeldBack:
    base = HeldBack("BABA", "price", "price", 52.0, "USD", 130.1, "before it was", False, NOW)
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("changes", "confirmed"), [
    ({}, True),
    ({"value": 52.0 * 1.09}, True), ({"value": 52.0 / 1.09}, True),
    ({"value": 52.0 * 1.11}, False), ({"value": 52.0 / 1.11}, False),
    ({"contradicts": True}, False), ({"place": "close"}, False), ({"unit": "HKD"}, False),
    ({"fetched": NOW}, False), ({"value": 0.0}, False), ({"value": -52.0}, False),
])  # fmt: skip
def test_only_the_same_value_said_later_confirms(changes: dict[str, object], confirmed: bool) -> None:
    later = doubtful(**{"fetched": NOW + dt.timedelta(minutes=5), **changes})
    assert doubtful().is_confirmed_by(later) is confirmed
    assert Known(NOW, held=(doubtful(),)).unconfirmed([later]) == (() if confirmed else (later,))


# --- The pieces ---


def test_within_holds_at_the_bound_itself() -> None:
    assert within(2.0, 1.0, 2.0)
    assert within(1.0, 2.0, 2.0)
    assert not within(2.001, 1.0, 2.0)
    assert not within(1.0, 2.001, 2.0)
    assert not within(-1.0, 1.0, 2.0)


@pytest.mark.parametrize(("days", "factor"), [(0, 2.0), (30, 2.0), (60, 4.0), (90, 8.0)])
def test_a_bound_grows_by_the_month(days: int, factor: float) -> None:
    assert grown(2.0, NOW, NOW + dt.timedelta(days=days)) == pytest.approx(factor)


@pytest.mark.parametrize(("value", "code", "wanted", "found"), [
    (10.0, "USD", "USD", 10.0), (10.0, "CNY", "USD", 10 / 7.02), (10.0, "USD", "CNY", 70.2),
    (250.0, "GBp", "GBP", 2.5), (2.5, "GBP", "GBp", 250.0), (10.0, "EUR", "USD", None),
])  # fmt: skip
def test_amounts_are_compared_in_one_currency(value: float, code: str, wanted: str, found: float | None) -> None:
    got = Known(NOW, rates={"USD/CNY": 7.02}).in_currency(value, code, wanted)
    assert got == (found if found is None else pytest.approx(found))


@pytest.mark.parametrize(("value", "unit", "text"), [
    (131.4, "USD", "USD 131.40"), (0.0425, "USD", "USD 0.0425"), (7.02, "CNY per USD", "7.0200 CNY per USD"),
    (2.39e9, "shares", "2,390,000,000 shares"), (-0.5, "GBp", "GBp −0.5000"), (1.0, "EUR", "EUR 1.00"),
])  # fmt: skip
def test_amounts_are_written_with_their_unit(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text


def test_a_target_held_back_takes_one_more_for_a_reason_only() -> None:
    # Two of three in doubt make the third doubtful too; one alone does not.
    two = estimated(target_low=131.4 * 9, target_mean=131.4 * 9.5, target_high=131.4 * 4.9)
    assert held(two, with_last=False) == ["target_low", "target_mean", "target_high"]
    one = estimated(target_high=131.4 * 9)
    assert held(one, with_last=False) == ["target_high"]


def test_what_belongs_together_is_held_back_together() -> None:
    believed, _ = judge(estimated(eps_trailing=46.3), known(ANALYSIS, last=False))
    assert isinstance(believed, Analysis)
    assert (believed.eps_trailing, believed.eps_trailing_currency, believed.pe_trailing) == (None, None, None)
    believed, _ = judge(estimated(eps_forward_currency="USD"), known(ANALYSIS, last=False))
    assert isinstance(believed, Analysis)
    assert (believed.eps_forward, believed.eps_forward_currency, believed.eps_forward_listed) == (None, None, None)


def test_a_rate_older_than_the_last_one_does_not_take_its_place() -> None:
    older = RATE.model_copy(update={"time": TIME - dt.timedelta(hours=1), "value": 7.01})
    assert judge(older, replace(known(RATE, last=True), last=RATE)) == (RATE, ())
    newer = RATE.model_copy(update={"time": TIME + dt.timedelta(minutes=1), "value": 7.01})
    assert judge(newer, replace(known(RATE, last=True), last=RATE)) == (newer, ())


def test_a_stored_time_in_the_future_is_not_newer() -> None:
    ahead = PRICES.model_copy(update={"time": NOW + dt.timedelta(days=3), "price": 99.0})
    assert judge(PRICES, replace(known(PRICES, last=True), last=ahead))[0] == PRICES
    rate = RATE.model_copy(update={"time": NOW + dt.timedelta(days=3)})
    assert judge(RATE, replace(known(RATE, last=True), last=rate))[0] == RATE


@pytest.mark.parametrize(("ahead", "believed"), [(9, True), (11, False)])
def test_clocks_may_differ_by_ten_minutes(ahead: int, believed: bool) -> None:
    time = NOW + dt.timedelta(minutes=ahead)
    assert (held(PRICES.model_copy(update={"time": time}), with_last=False) == []) is believed
    assert (held(RATE.model_copy(update={"time": time}), with_last=False) == []) is believed


def test_splits_since_the_last_answer_multiply() -> None:
    last = YESTERDAY[Prices]
    assert isinstance(last, Prices)
    twice = PRICES.model_copy(update={"splits": {DAYS[-2]: 2.0, DAYS[-1]: 5.0, DAYS[0]: 7.0}})
    assert split_factor(twice, last) == 10.0
    assert split_factor(twice, last.model_copy(update={"splits": {DAYS[-1]: 5.0}})) == 2.0
    assert split_factor(twice, last.model_copy(update={"closes": {}})) == 10.0


def test_options_without_a_price_to_hold_them_against_are_believed() -> None:
    odd = OPTIONS.model_copy(update={"price": 13.1})
    assert judge(odd, replace(known(odd, last=False), prices=None)) == (odd, ())
    unknown = replace(known(odd, last=False), prices=PRICES.model_copy(update={"price": None}))
    assert judge(odd, unknown) == (odd, ())
    foreign = Options(symbol="BABA", currency="EUR", price=13.1, quotes=[])
    assert judge(foreign, known(foreign, last=False)) == (foreign, ())


# --- The scale of a whole history against the closes in the files ---


@pytest.mark.parametrize(("by", "sound"), [(1.0, True), (2.9, True), (3.1, False), (1 / 2.9, True), (1 / 3.1, False)])
def test_a_first_answer_is_held_against_the_files(by: float, sound: bool) -> None:
    found = doubt_of_scale(scaled(by), CLOSES, "USD")
    assert (found is None) is sound
    if found is not None:
        assert (found.place, found.value, found.against) == ("*", pytest.approx(131.4 * by), 131.4)
        assert (found.unit, found.against_unit, found.contradicts, found.fetched) == ("USD", "USD", True, TIME)
        assert found.sentence == (
            f"The price of BABA is held back: the service says USD {131.4 * by:,.2f}, and {131.4 * by:,.2f} for the "
            "close of 20 Nov 2026, which the files give as USD 131.40."
        )


def test_the_files_speak_of_their_own_currency_and_days_only() -> None:
    assert doubt_of_scale(scaled(10), CLOSES, "HKD") is None
    assert doubt_of_scale(scaled(10), {dt.date(2020, 1, 2): 5.0}, "USD") is None


def test_splits_after_the_files_are_allowed_for() -> None:
    stored = {day: close for day, close in CLOSES.items() if day < DAYS[-1]}
    split = scaled(0.1, splits={DAYS[-1]: 10.0})
    assert doubt_of_scale(split, stored, "USD") is None
    assert doubt_of_scale(split.model_copy(update={"splits": {DAYS[-2]: 10.0}}), stored, "USD") is not None


def test_pence_are_held_against_pounds() -> None:
    assert doubt_of_scale(scaled(100, currency="GBp"), CLOSES, "GBP") is None
    assert doubt_of_scale(scaled(1, currency="GBp"), CLOSES, "GBP") is not None
