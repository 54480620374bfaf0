"""Implausible values: each row is a fault, what is held back of it, and with which two values."""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from data.market.doubts import HeldBack, Known
from data.market.plausible import judge
from data.market.records import Analysis, Answer, Options, Prices, Rate
from tests.approving import approve_row, rows_of

APPROVED = Path(__file__).parent / "approved" / "held_back.json"
NOW = dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.UTC)
TIME = dt.datetime(2026, 11, 20, 21, 0, tzinfo=dt.UTC)
LATER, EARLIER = NOW + dt.timedelta(minutes=5), NOW - dt.timedelta(minutes=5)
DAYS = [dt.date(2026, 11, day) for day in (12, 13, 16, 17, 18, 19, 20)]
LEVELS = [128.0, 129.5, 127.2, 131.9, 130.4, 130.1, 131.4]
CLOSES = dict(zip(DAYS, LEVELS, strict=True))
PRICES = Prices(symbol="BABA", currency="USD", price=131.4, time=TIME, closes=CLOSES, dividends={DAYS[1]: 1.95})
ANALYSIS = Analysis(
    symbol="BABA",
    currency="USD",
    price=131.4,
    target_mean=188.5,
    target_high=255.0,
    target_low=112.0,
    eps_trailing=6.6,
    pe_trailing=131.4 / 6.6,
    eps_forward=62.0,
    eps_forward_currency="CNY",
    eps_forward_listed=62 / 7.02,
    shares=2.39e9,
)
RATE = Rate(base="USD", quote="CNY", value=7.02, time=TIME, closes=dict.fromkeys(DAYS, 7.0))
OPTIONS = Options(symbol="BABA", currency="USD", price=131.4, quotes=[])
YESTERDAY: dict[type, Answer] = {
    Prices: PRICES.model_copy(
        update={"price": 130.1, "time": TIME - dt.timedelta(days=1), "closes": dict(list(CLOSES.items())[:-1])}
    ),
    Analysis: ANALYSIS,
    Rate: RATE.model_copy(update={"value": 7.0, "time": TIME - dt.timedelta(days=1)}),
    Options: OPTIONS,
}


def known(answer: Answer, last: bool, held: tuple[HeldBack, ...] = (), now: dt.datetime = NOW) -> Known:
    before = YESTERDAY[type(answer)] if last else None
    fetched = NOW - dt.timedelta(hours=20) if last else None
    prices = None if isinstance(answer, Prices) else PRICES
    return Known(now, before, fetched, held, prices, {"USD/CNY": 7.02})


def scaled(by: float, **more: Any) -> Prices:
    """Everything that a chart says, times a factor."""
    closes = {day: close * by for day, close in CLOSES.items()}
    return PRICES.model_copy(update={"price": 131.4 * by, "closes": closes, "dividends": {}, **more})


def priced(price: float, newest: float | None = None, **more: Any) -> Prices:
    """Another last price, and another close of its day."""
    closes = CLOSES if newest is None else {**CLOSES, DAYS[-1]: newest}
    return PRICES.model_copy(update={"price": price, "closes": closes, **more})


def estimated(**changes: Any) -> Analysis:
    return ANALYSIS.model_copy(update=changes)


def targets(by: float) -> Analysis:
    return estimated(target_mean=188.5 * by, target_high=255.0 * by, target_low=112.0 * by)


def rated(value: float, closes: float = 7.0) -> Rate:
    return RATE.model_copy(update={"value": value, "closes": dict.fromkeys(DAYS, closes)})


@dataclass(frozen=True)
class Case:
    """What the service says; what of it is held back, with or without a last good answer: place, value, against."""

    said: Answer
    held: tuple[tuple[str, float, float | None], ...]
    with_last: bool = True
    with_nothing: bool = True
    confirmed: bool = False  # by the same answer five minutes later


ALL = "*"
CASES: dict[str, Case] = {
    # The last price against the closes of the same answer: with an empty store, too.
    "price x10": Case(priced(1314.0), (("price", 1314.0, 131.4),)),
    "price x1000": Case(priced(131_400.0), (("price", 131_400.0, 131.4),)),
    "price /100": Case(priced(1.314), (("price", 1.314, 131.4),)),
    "price x10 with its day's close": Case(priced(1314.0, 1314.0), (("price", 1314.0, 130.1),)),
    "price /10, as after a split that nobody recorded": Case(priced(13.14, 13.14), (("price", 13.14, 130.1),)),
    "the day's close alone x10": Case(priced(131.4, 1314.0), (("close 2026-11-20", 1314.0, 131.4),)),
    "a time that lies ahead": Case(priced(131.4, time=TIME + dt.timedelta(days=400)), (("price", 131.4, None),)),
    # A crash is possible, and the next answer says so again.
    "price falls by 60%": Case(priced(52.0, 52.0), (("price", 52.0, 130.1),), confirmed=True),
    # The whole history against the last good one.
    "all x10": Case(scaled(10), ((ALL, 1314.0, 130.4),), with_nothing=False, confirmed=True),
    "all /100": Case(scaled(0.01), ((ALL, 1.314, 130.4),), with_nothing=False, confirmed=True),
    "another currency": Case(scaled(1, currency="HKD"), ((ALL, 131.4, 130.1),), with_nothing=False, confirmed=True),
    "a split whose history is not restated": Case(
        priced(13.14, 13.14, splits={DAYS[-1]: 10.0}), ((ALL, 13.14, 130.1),)
    ),
    "a split that the history does not show at all": Case(
        priced(131.4, splits={DAYS[-1]: 10.0}), ((ALL, 131.4, 130.4),), with_nothing=False
    ),
    "one close x10 within the history": Case(
        PRICES.model_copy(update={"closes": {**CLOSES, DAYS[2]: 1272.0}}), (("close 2026-11-16", 1272.0, 129.5),)
    ),
    "a dividend x100": Case(
        PRICES.model_copy(update={"dividends": {DAYS[1]: 195.0}}), (("dividend 2026-11-13", 195.0, 129.5),)
    ),
    # Targets.
    "targets x1000": Case(
        targets(1000),
        (("target_low", 112e3, 131.4), ("target_mean", 188.5e3, 131.4), ("target_high", 255e3, 131.4)),
    ),
    "targets x10": Case(
        targets(10),
        (("target_low", 1120.0, 131.4), ("target_mean", 1885.0, 131.4), ("target_high", 2550.0, 131.4)),
    ),
    "targets /100": Case(
        targets(0.01),
        (("target_low", 1.12, 131.4), ("target_mean", 1.885, 131.4), ("target_high", 2.55, 131.4)),
    ),
    "low target above the high one": Case(
        estimated(target_low=300.0), (("target_low", 300.0, 188.5),), with_last=False
    ),
    "low target above the high one, and far from before": Case(
        estimated(target_low=300.0), (("target_low", 300.0, 112.0),), with_nothing=False
    ),
    "low target above the mean": Case(estimated(target_low=200.0), (("target_low", 200.0, 188.5),), with_nothing=False),
    "high target below the low one": Case(
        estimated(target_high=100.0), (("target_high", 100.0, 112.0),), with_last=False
    ),
    "mean target above the high one": Case(
        estimated(target_mean=290.0), (("target_mean", 290.0, 255.0),), with_nothing=False
    ),
    "targets in another currency": Case(
        estimated(
            currency="HKD",
            price=1023.6,
            pe_trailing=1023.6 / 51.4,
            eps_trailing=51.4,
            eps_forward_listed=68.8,
            target_mean=1468.0,
            target_high=1986.0,
            target_low=872.0,
        ),
        ((ALL, 1468.0, 188.5),),
        with_nothing=False,
        confirmed=True,
    ),
    # Earnings.
    "EPS in CNY under a USD label": Case(estimated(eps_trailing=46.3), (("eps_trailing", 46.3, 6.6),)),
    "estimate in CNY under a USD label": Case(
        estimated(eps_forward_currency="USD"), (("eps_forward", 62.0, 62 / 7.02),), with_last=False
    ),
    "estimate relabelled": Case(
        estimated(eps_forward_currency="USD", eps_forward_listed=62.0),
        (("eps_forward", 62.0, 62.0),),
        with_nothing=False,
    ),
    "estimate that makes a forward P/E of 2.1x": Case(
        estimated(eps_forward_currency="USD", eps_forward_listed=62.0), (("eps_forward", 62.0, 131.4),), with_last=False
    ),
    "estimate in USD under a CNY label": Case(
        estimated(eps_forward=62 / 7.02), (("eps_forward", 62 / 7.02, 62 / 7.02),)
    ),
    "shares x1000": Case(estimated(shares=2.39e12), (("shares", 2.39e12, 2.39e9),), with_nothing=False, confirmed=True),
    # Rates.
    "rate x10": Case(rated(70.2), ((ALL, 70.2, 7.0),)),
    "inverse rate": Case(rated(1 / 7.02), ((ALL, 1 / 7.02, 7.0),)),
    "rate x10 with its closes": Case(rated(70.2, 70.2), ((ALL, 70.2, 7.0),), with_nothing=False),
    "inverse rate with its closes": Case(rated(1 / 7.02, 1 / 7.02), ((ALL, 1 / 7.02, 7.0),), with_nothing=False),
    "devaluation by a third": Case(rated(10.5, 10.5), ((ALL, 10.5, 7.0),), with_nothing=False, confirmed=True),
    # Options.
    "option chain of another share": Case(
        OPTIONS.model_copy(update={"price": 13.1}), ((ALL, 13.1, 131.4),), confirmed=True
    ),
}
WITH = [name for name, case in CASES.items() if case.with_last]
WITHOUT = [name for name, case in CASES.items() if case.with_nothing]


def held_back(found: tuple[HeldBack, ...]) -> list[tuple[str, Any, Any]]:
    """What was held back, to six figures."""
    return [(each.place, pytest.approx(each.value), each.against and pytest.approx(each.against)) for each in found]


@pytest.mark.parametrize("name", WITH)
def test_with_a_last_good_answer_that_one_stays(name: str) -> None:
    case = CASES[name]
    last = YESTERDAY[type(case.said)]
    believed, found = judge(case.said, known(case.said, last=True))
    assert held_back(found) == list(case.held)
    if case.held[0][0] == ALL:
        assert believed is None
        return
    for place, *_ in case.held:
        if hasattr(believed, place):
            assert getattr(believed, place) == getattr(last, place)


@pytest.mark.parametrize("name", WITHOUT)
def test_with_an_empty_store_the_answer_s_own_contradictions_count(name: str) -> None:
    case = CASES[name]
    believed, found = judge(case.said, known(case.said, last=False))
    assert held_back(found) == list(case.held)
    for place, *_ in case.held:
        assert getattr(believed, place, None) is None


@pytest.mark.parametrize("name", WITH)
def test_a_later_answer_confirms_what_does_not_contradict_itself(name: str) -> None:
    case = CASES[name]
    _, before = judge(case.said, known(case.said, last=True, now=EARLIER))
    believed, found = judge(case.said, known(case.said, last=True, held=before))
    assert (found == ()) is case.confirmed
    if case.confirmed:
        assert believed == case.said


@pytest.mark.parametrize("name", CASES)
def test_what_is_held_back_reads_as_it_was_approved(name: str) -> None:
    """Every field of every doubt, its sentence, and what is believed in its place."""
    case = CASES[name]
    seen = {}
    for last in (True, False):
        believed, found = judge(case.said, known(case.said, last))
        doubts = [{**asdict(each), "sentence": each.sentence} for each in found]
        seen["after a good answer" if last else "after none"] = [doubts, believed and believed.model_dump(mode="json")]
    approve_row(APPROVED, name, seen)


def test_each_approved_row_is_a_case() -> None:
    assert rows_of(APPROVED) == set(CASES)


def test_the_sentence_reads_as_it_should() -> None:
    _, found = judge(priced(1314.0), known(PRICES, last=True))
    assert found[0].sentence == (
        "The price of BABA is held back: the service says USD 1,314.00, its own last close is USD 131.40."
    )


def test_a_contradiction_is_believed_when_the_rest_of_the_answer_agrees() -> None:
    # The closes of the next session are on the new level.
    _, before = judge(priced(13.14, 13.14), known(PRICES, last=True))
    closes = {**CLOSES, DAYS[-1]: 13.14, dt.date(2026, 11, 23): 13.2}
    time = dt.datetime(2026, 11, 23, 21, tzinfo=dt.UTC)
    later = PRICES.model_copy(update={"price": 13.2, "time": time, "closes": closes})
    believed, found = judge(later, known(PRICES, last=True, held=before, now=time))
    assert (believed, found) == (later, ())


def test_a_split_is_told_by_its_record_and_the_scale_of_the_history() -> None:
    said = scaled(0.1, splits={DAYS[-1]: 10.0})
    assert judge(said, known(said, last=True)) == (said, ())
    assert judge(said, known(said, last=False)) == (said, ())


def test_a_reverse_split_likewise() -> None:
    said = scaled(5, splits={DAYS[-1]: 0.2})
    assert judge(said, known(said, last=True)) == (said, ())


def test_an_older_quote_does_not_take_the_place_of_a_newer_one() -> None:
    older = PRICES.model_copy(update={"price": 130.9, "time": TIME - dt.timedelta(hours=2)})
    believed, found = judge(older, replace(known(older, last=True), last=PRICES))
    assert isinstance(believed, Prices)
    assert (believed.price, believed.time, found) == (131.4, TIME, ())


def test_a_value_that_is_kept_keeps_its_time() -> None:
    fetched = NOW - dt.timedelta(hours=20)
    believed, _ = judge(targets(1000), known(ANALYSIS, last=True))
    assert isinstance(believed, Analysis)
    assert believed.since == dict.fromkeys(("target_low", "target_mean", "target_high"), fetched)
    again, _ = judge(targets(1000), replace(known(ANALYSIS, last=True), last=believed, last_fetched=NOW))
    assert isinstance(again, Analysis)
    assert again.since == believed.since
