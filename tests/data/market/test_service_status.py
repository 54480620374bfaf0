"""What the service says of itself: per company, while things hang, with values held back, with a store that fails."""

import datetime as dt
import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.market.believed import CONFIRM_AFTER, FRESH
from data.market.failures import BadAnswer, EmptyAnswer, NoThread, TimedOut, Unreachable
from data.market.records import Prices
from data.market.service import LOOK_EVERY, MarketService
from data.market.store import CachedAnswer, Store
from tests.data.market.conftest import Clock, short_patience
from tests.data.market.test_service import AMZN, BABA, USD_CNY, FakeMarket, market, price, refresh, service
from tests.standin import Fault, StandIn

__all__ = ["market", "service"]
TARGETS, CHAIN = ("analysis", "BABA"), ("options", "BABA")
OWN = [BABA, TARGETS, USD_CNY, CHAIN]


class Moving(FakeMarket):
    """Says a price as told."""

    said = 131.4

    def __call__(self, key: tuple[str, str]) -> Prices:
        super().__call__(key)
        when = self.clock.time
        closes = {when.date() - dt.timedelta(days=1): 130.0, when.date(): 131.4}
        return Prices(symbol=key[1], currency="USD", price=self.said, time=when, closes=closes, dividends={})


@pytest.fixture
def moving(clock: Clock) -> Moving:
    return Moving(clock)


# --- Held back ---


def test_a_value_is_held_back_and_named_until_a_sound_one_comes(
    moving: Moving, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    service = MarketService(Store(None), ask=moving, now=clock)
    refresh(service, BABA)
    moving.said = 1314.0
    for _ in range(2):
        clock.forward(FRESH["prices"])
        refresh(service, BABA)
        assert price(service) == 131.4
    assert [each.sentence for each in service.status(OWN).held_back] == [
        "The price of BABA is held back: the service says USD 1,314.00, its own last close is USD 131.40."
    ]
    assert service.status([AMZN]).held_back == ()
    assert service.status().failure is None
    assert len([record for record in caplog.records if "is held back" in record.getMessage()]) == 1
    moving.said = 132.0
    clock.forward(FRESH["prices"])
    refresh(service, BABA)
    assert price(service) == 132.0
    assert service.status().held_back == ()


def test_an_answer_that_is_held_back_is_not_asked_for_again_at_once(market: FakeMarket, clock: Clock) -> None:
    service = MarketService(Store(None), ask=market, now=clock)
    refresh(service, USD_CNY)
    market.rate = 70.2
    clock.forward(FRESH["rate"])
    refresh(service, USD_CNY)
    refresh(service, USD_CNY)
    assert len(market.asked) == 2
    assert len(service.status(OWN).held_back) == 1


def test_what_another_answer_would_confirm_is_asked_for_sooner(market: FakeMarket, clock: Clock) -> None:
    service = MarketService(Store(None), ask=market, now=clock)
    refresh(service, USD_CNY)
    market.rate = 10.5
    clock.forward(FRESH["rate"])
    refresh(service, USD_CNY)
    assert len(service.status(OWN).held_back) == 1
    clock.forward(CONFIRM_AFTER)
    refresh(service, USD_CNY)
    assert len(market.asked) == 3
    assert service.status(OWN).held_back == ()


# --- Of the company, not of a peer ---


@pytest.mark.parametrize("failure", [BadAnswer, EmptyAnswer])
def test_a_peer_s_failure_is_not_the_company_s(
    service: MarketService, market: FakeMarket, failure: type[Exception]
) -> None:
    market.failures[AMZN] = failure("as told")
    refresh(service, BABA, AMZN)
    assert service.status().failure is not None
    assert service.status([AMZN]).failure is not None
    assert service.status(OWN).failure is None


def test_a_failure_of_the_service_is_everybody_s(service: MarketService, market: FakeMarket) -> None:
    market.failures[None] = Unreachable("gone")
    refresh(service, AMZN)
    assert service.status(OWN).failure == Unreachable.sentence


def test_a_share_without_options_is_no_failure(service: MarketService, market: FakeMarket) -> None:
    market.failures[CHAIN] = EmptyAnswer("the service does not always say that there are none")
    refresh(service, BABA, CHAIN)
    assert service.status(OWN).failure is None


def test_only_what_changes_of_the_company_is_a_new_version(service: MarketService) -> None:
    before = service.status(OWN).version
    refresh(service, AMZN)
    assert service.status(OWN).version == before
    refresh(service, BABA)
    assert service.status(OWN).version == before + 1


# --- Slow and hanging ---


def test_what_has_arrived_is_there_while_the_rest_is_awaited(market: FakeMarket, clock: Clock) -> None:
    hanging = threading.Event()

    def ask(key: tuple[str, str]) -> Prices:
        if key == AMZN or key[0] == "rate":
            return market(key)  # type: ignore[return-value]
        assert hanging.wait(10)
        raise TimedOut("as told")

    service = MarketService(Store(None), ask=ask, now=clock)
    before = service.status([AMZN, BABA]).version
    service.cached([AMZN, BABA])
    arrived = threading.Event()
    for _ in range(1000):
        if service.status([AMZN, BABA]).version != before:
            break
        arrived.wait(0.01)
    assert service.status([AMZN, BABA]).busy
    assert price(service, AMZN) == 1.0
    hanging.set()
    service.wait(10)


def test_an_address_that_hangs_leaves_the_others_alone(service: MarketService, market: FakeMarket) -> None:
    market.failures = {BABA: TimedOut("as told"), AMZN: TimedOut("as told")}
    refresh(service, AMZN, BABA, TARGETS)
    # Prices and rates share an address; the analysis has another.
    assert market.asked == [AMZN, TARGETS]


def test_a_chart_that_hangs_does_not_hold_targets_back(standin: StandIn, clock: Clock) -> None:
    service = MarketService(Store(None), now=clock)
    refresh(service, ("analysis", "AMZN"))  # with a cookie and a crumb
    standin.fault, standin.fault_on = Fault.HANG, "v8/finance/chart"
    with short_patience(request_s=0.3, call_s=0.5):
        refresh(service, BABA, USD_CNY)
    refresh(service, BABA, USD_CNY, TARGETS)
    assert TARGETS in service.cached([TARGETS])
    assert service.status(OWN).failure == TimedOut.sentence


# --- Threads ---


def test_a_thread_that_cannot_start_leaves_nothing_behind(
    service: MarketService, market: FakeMarket, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        assert service.cached([BABA]) == {}
    status = service.status()
    assert not status.busy
    assert status.failure == NoThread.sentence
    assert status.next_try is not None
    clock.time = status.next_try
    refresh(service, BABA)
    assert price(service) == 1.0
    assert service.status().failure is None


# --- Time ---


@pytest.mark.parametrize("ahead", [dt.timedelta(days=3650), dt.timedelta(hours=1)])
def test_a_stored_time_ahead_is_not_believed(tmp_path: Path, moving: Moving, clock: Clock, ahead: dt.timedelta) -> None:
    url = f"sqlite:///{tmp_path / 'market.sqlite'}"
    stored = moving(BABA)
    Store(url).write(*BABA, CachedAnswer(stored, clock.time + ahead))
    later = stored.model_copy(update={"time": clock.time + ahead})
    Store(url).write(*AMZN, CachedAnswer(later, clock.time + ahead))
    service = MarketService(Store(url), ask=moving, now=clock, enabled=False)
    kept = service.cached([BABA, AMZN])
    assert set(kept) == {BABA}
    assert kept[BABA].fetched == stored.time


def test_a_clock_that_is_put_back_does_not_stop_the_refresh(
    service: MarketService, market: FakeMarket, clock: Clock
) -> None:
    refresh(service, BABA)
    clock.forward(-dt.timedelta(days=30))
    refresh(service, BABA)
    assert len(market.asked) == 2


# --- The store ---


def test_other_processes_answers_are_seen_while_running(tmp_path: Path, market: FakeMarket, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path / 'market.sqlite'}"
    here = MarketService(Store(url), ask=market, now=clock, enabled=False)
    there = MarketService(Store(url), ask=market, now=clock)
    assert here.cached([BABA]) == {}
    refresh(there, BABA)
    before = here.status([BABA]).version
    clock.forward(LOOK_EVERY)
    here.cached([BABA])
    here.wait(10)
    assert price(here) == 1.0
    assert here.status([BABA]).version == before + 1


def test_what_another_process_has_just_asked_is_not_asked_again(
    tmp_path: Path, market: FakeMarket, clock: Clock
) -> None:
    url = f"sqlite:///{tmp_path / 'market.sqlite'}"
    here, there = (MarketService(Store(url), ask=market, now=clock) for _ in range(2))
    refresh(there, BABA)
    refresh(here, BABA)
    assert len(market.asked) == 1
    assert price(here) == 1.0


def test_a_store_that_fails_is_said_and_the_data_are_live(tmp_path: Path, market: FakeMarket, clock: Clock) -> None:
    service = MarketService(Store(f"sqlite:///{tmp_path}"), ask=market, now=clock)
    refresh(service, BABA)
    status = service.status(OWN)
    assert price(service) == 1.0
    assert status.failure is None
    assert status.store_problem == "Market values are not kept on disk: the store's file cannot be opened."


@pytest.fixture
def silent_host() -> Iterator[int]:
    """A port where a connection is taken and nothing is ever said."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_silent_host_is_said_within_five_seconds(
    silent_host: int, market: FakeMarket, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    class Silent(Store):
        """A driver of another database, which waits for its server's greeting."""

        def _opened(self):  # type: ignore[no-untyped-def]
            with socket.create_connection(("127.0.0.1", silent_host)) as waiting:
                released.append(waiting)
                waiting.recv(1)
            raise OSError(0, "connection closed")

    released: list[socket.socket] = []
    began = time.monotonic()
    service = MarketService(Silent(f"postgresql://me:secret@127.0.0.1:{silent_host}/market"), ask=market, now=clock)
    assert time.monotonic() - began < 5
    sentence = "Market values are not kept yet: the store at 127.0.0.1 does not answer."
    assert service.status().store_problem == sentence
    assert caplog.messages == [sentence]
    service.cached([BABA])
    while service.status().busy:
        threading.Event().wait(0.01)
    assert price(service) == 1.0
    for each in released:
        each.shutdown(socket.SHUT_RDWR)
    service.wait(10)


def test_a_wrong_address_is_said_at_the_start(
    clock: Clock, market: FakeMarket, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        service = MarketService(Store("gossip://me:secret@nowhere/market"), ask=market, now=clock)
    assert service.status().store_problem == "Market values are not kept on disk: the store's address is wrong."
    assert "secret" not in caplog.text
    refresh(service, BABA)
    assert price(service) == 1.0
