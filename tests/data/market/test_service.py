"""The background service: who is asked, when, and what is said while nobody can be."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited, Refused, TimedOut, Unreachable
from data.market.records import Answer, Prices, Rate
from data.market.service import FRESH, Key, MarketService, market_service
from data.market.store import Store
from tests.data.market.conftest import Clock

BABA, AMZN, USD_CNY = ("prices", "BABA"), ("prices", "AMZN"), ("rate", "USD/CNY")
SECOND = dt.timedelta(seconds=1)


class FakeMarket:
    """Answers at once or fails as told, and remembers what it was asked. `gate` holds every answer back."""

    rate = 7.02

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.asked: list[Key] = []
        self.failures: dict[Key | None, Exception] = {}
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, key: Key) -> Answer:
        self.asked.append(key)
        assert self.gate.wait(10)
        failure = self.failures.get(key) or self.failures.get(None)
        if failure is not None:
            raise failure
        if key[0] == "rate":
            return Rate(base="USD", quote="CNY", value=self.rate, time=self.clock.time)
        # The price tells how often it was asked for.
        price = float(self.asked.count(key))
        return Prices(symbol=key[1], currency="USD", price=price, time=self.clock.time, closes={}, dividends={})


@pytest.fixture
def market(clock: Clock) -> FakeMarket:
    return FakeMarket(clock)


@pytest.fixture
def service(market: FakeMarket, clock: Clock) -> MarketService:
    return MarketService(Store(None), ask=market, now=clock)


def refresh(service: MarketService, *keys: Key) -> None:
    """What a page does, and the wait for its consequences that no page does."""
    service.cached(keys)
    service.wait(10)
    assert not service.status().busy


def price(service: MarketService, key: Key = BABA) -> float | None:
    kept = service.cached([key]).get(key)
    return kept.answer.price if kept is not None and isinstance(kept.answer, Prices) else None


# --- Asking ---


def test_what_is_kept_comes_at_once_however_slow_the_market(service: MarketService, market: FakeMarket) -> None:
    market.gate.clear()
    assert service.cached([BABA]) == {}
    assert service.status().busy
    market.gate.set()
    service.wait(10)
    assert price(service) == 1.0


def test_a_stale_value_is_shown_until_the_new_one_is_there(
    service: MarketService, market: FakeMarket, clock: Clock
) -> None:
    refresh(service, BABA)
    clock.forward(FRESH["prices"])
    market.gate.clear()
    assert price(service) == 1.0
    market.gate.set()
    service.wait(10)
    assert price(service) == 2.0


def test_many_readers_ask_once(service: MarketService, market: FakeMarket) -> None:
    keys = [BABA, AMZN, USD_CNY]
    market.gate.clear()
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(service.cached, [keys] * 64)) == [{}] * 64
        market.gate.set()
    service.wait(10)
    assert sorted(market.asked) == sorted(keys)


def test_prices_come_first(service: MarketService, market: FakeMarket) -> None:
    keys = [("analysis", "BABA"), USD_CNY, BABA, AMZN]
    refresh(service, *keys)
    assert [key[0] for key in market.asked] == ["prices", "prices", "rate", "analysis"]


def test_only_what_is_stale_is_asked_for_again(service: MarketService, market: FakeMarket, clock: Clock) -> None:
    refresh(service, BABA, USD_CNY)
    clock.forward(FRESH["prices"] - SECOND)
    refresh(service, BABA, USD_CNY)
    assert len(market.asked) == 2
    clock.forward(SECOND)
    refresh(service, BABA, USD_CNY)
    assert market.asked[2:] == [BABA]


def test_a_key_that_is_wanted_during_a_refresh_joins_it(service: MarketService, market: FakeMarket) -> None:
    market.gate.clear()
    service.cached([BABA])
    service.cached([AMZN])
    market.gate.set()
    service.wait(10)
    # Which comes first depends on whether the thread had begun.
    assert sorted(market.asked) == [AMZN, BABA]
    assert not service.status().busy


def test_every_change_has_a_new_version(service: MarketService, market: FakeMarket) -> None:
    before = service.status().version
    refresh(service, BABA)
    assert service.status().version == before + 1
    market.failures[None] = Unreachable("gone")
    refresh(service, AMZN)
    assert service.status().version == before + 2


def test_a_disabled_service_asks_nobody(market: FakeMarket, clock: Clock) -> None:
    service = MarketService(Store(None), ask=market, now=clock, enabled=False)
    refresh(service, BABA)
    assert market.asked == []
    assert not service.status().enabled


@pytest.mark.parametrize(("word", "enabled"), [("off", False), ("OFF", False), ("0", False), ("on", True)])
def test_the_environment_turns_the_service_off(monkeypatch: pytest.MonkeyPatch, word: str, enabled: bool) -> None:
    monkeypatch.setenv("THESIS_LIVE", word)
    market_service.cache_clear()
    assert market_service().status().enabled is enabled


# --- Failing ---


@pytest.mark.parametrize("failure", [RateLimited, Unreachable, TimedOut, Refused])
def test_a_failing_service_is_left_alone_until_the_stated_time(
    service: MarketService, market: FakeMarket, clock: Clock, failure: type[MarketFailure]
) -> None:
    market.failures[None] = failure("as told")
    refresh(service, BABA, AMZN, USD_CNY)
    assert market.asked == [AMZN]
    status = service.status()
    assert status.failure == failure.sentence
    assert status.next_try is not None
    clock.time = status.next_try - SECOND
    refresh(service, BABA, AMZN, USD_CNY)
    assert len(market.asked) == 1
    clock.time = status.next_try
    refresh(service, BABA)
    assert len(market.asked) == 2


def waits(service: MarketService, clock: Clock, times: int) -> list[dt.timedelta]:
    """How long the service waits after each of that many failures."""
    found = []
    for _ in range(times):
        refresh(service, BABA)
        until = service.status().next_try
        assert until is not None
        found.append(until - clock.time)
        clock.time = until
    return found


def minutes(*numbers: int) -> list[dt.timedelta]:
    return [dt.timedelta(minutes=number) for number in numbers]


def test_each_rate_limit_doubles_the_wait_up_to_four_hours(
    service: MarketService, market: FakeMarket, clock: Clock
) -> None:
    market.failures[None] = RateLimited("429")
    assert waits(service, clock, 6) == minutes(15, 30, 60, 120, 240, 240)


def test_a_lost_connection_is_tried_again_sooner(service: MarketService, market: FakeMarket, clock: Clock) -> None:
    market.failures[None] = Unreachable("gone")
    assert waits(service, clock, 3) == minutes(1, 2, 4)


def test_a_rate_limit_after_a_lost_connection_waits_its_own_time(
    service: MarketService, market: FakeMarket, clock: Clock
) -> None:
    market.failures[None] = Unreachable("gone")
    waits(service, clock, 2)
    market.failures[None] = RateLimited("429")
    assert waits(service, clock, 2) == minutes(15, 30)


@pytest.mark.parametrize("failure", [BadAnswer, EmptyAnswer])
def test_a_bad_answer_concerns_its_own_key_only(
    service: MarketService, market: FakeMarket, clock: Clock, failure: type[MarketFailure]
) -> None:
    market.failures[AMZN] = failure("as told")
    refresh(service, BABA, AMZN, USD_CNY)
    assert market.asked == [AMZN, BABA, USD_CNY]
    assert price(service) == 1.0
    assert price(service, AMZN) is None
    assert service.status().failure == failure.sentence
    assert waits(service, clock, 1) == minutes(1)
    refresh(service, AMZN)
    assert market.asked.count(AMZN) == 2


def test_a_mistake_in_the_program_costs_one_key_and_not_the_thread(
    service: MarketService, market: FakeMarket, caplog: pytest.LogCaptureFixture
) -> None:
    market.failures[AMZN] = ZeroDivisionError("a mistake")
    refresh(service, BABA, AMZN)
    assert price(service) == 1.0
    assert service.status().failure == BadAnswer.sentence
    assert "ZeroDivisionError" in caplog.text
    refresh(service, AMZN)
    assert market.asked.count(AMZN) == 1


def test_old_values_stay_while_the_service_fails(service: MarketService, market: FakeMarket, clock: Clock) -> None:
    refresh(service, BABA)
    market.failures[None] = Unreachable("gone")
    clock.forward(dt.timedelta(days=3))
    refresh(service, BABA)
    assert price(service) == 1.0


def test_recovery_closes_the_breaker(service: MarketService, market: FakeMarket, clock: Clock) -> None:
    market.failures[None] = RateLimited("429")
    waits(service, clock, 3)
    market.failures.clear()
    refresh(service, BABA, AMZN)
    assert price(service) is not None
    assert price(service, AMZN) is not None
    status = service.status()
    assert status.failure is status.next_try is None
    # The count begins anew.
    market.failures[None] = RateLimited("429")
    clock.forward(FRESH["prices"])
    assert waits(service, clock, 1) == minutes(15)


def test_a_bad_answer_after_a_rate_limit_shows_that_the_service_is_back(
    service: MarketService, market: FakeMarket, clock: Clock
) -> None:
    market.failures[None] = RateLimited("429")
    waits(service, clock, 1)
    market.failures = {BABA: BadAnswer("broken")}
    refresh(service, BABA)
    assert service.status().failure == BadAnswer.sentence


def test_a_failure_is_one_line_in_the_log(
    service: MarketService, market: FakeMarket, caplog: pytest.LogCaptureFixture
) -> None:
    market.failures[None] = RateLimited("too many")
    refresh(service, BABA, AMZN)
    assert [record.getMessage() for record in caplog.records] == [
        "prices AMZN: too many; next try 2026-11-20T21:45:00+00:00"
    ]


# --- Keeping ---


def test_values_survive_a_restart(tmp_path: Path, market: FakeMarket, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path / 'market.sqlite'}"
    refresh(MarketService(Store(url), ask=market, now=clock), BABA, USD_CNY)
    market.gate.clear()
    restarted = MarketService(Store(url), ask=market, now=clock)
    kept = restarted.cached([BABA, USD_CNY])
    assert {key[0] for key in kept} == {"prices", "rate"}
    assert kept[BABA].fetched == clock.time
    assert not restarted.status().busy
    market.gate.set()


def test_a_store_that_breaks_loses_nothing_of_this_process(tmp_path: Path, market: FakeMarket, clock: Clock) -> None:
    path = tmp_path / "market.sqlite"
    service = MarketService(Store(f"sqlite:///{path}"), ask=market, now=clock)
    path.write_bytes(b"this is no database" * 100)
    refresh(service, BABA, AMZN)
    assert price(service) == price(service, AMZN) == 1.0
