"""One of many processes asks for all: by a lease that another takes over when its holder dies."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from data.market.believed import FRESH
from data.market.failures import RateLimited
from data.market.lease import LEASE, WANTED_FOR, Lease
from data.market.service import ASK_AGAIN, LOOK_EVERY, MarketService
from data.market.store import Store
from tests.data.market.conftest import Clock
from tests.data.market.test_service import AMZN, BABA, SECOND, USD_CNY, FakeMarket, price, refresh


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/market.sqlite"


def process(url: str, market: FakeMarket, clock: Clock) -> MarketService:
    """A server process on the shared database."""
    return MarketService(Store(url), ask=market, now=clock, lease=Lease(url))


def test_it_is_one_process_s_at_a_time_until_it_is_not_renewed(url: str, clock: Clock) -> None:
    one, other = Lease(url), Lease(url)
    assert one.hold(clock())
    assert not other.hold(clock())
    clock.forward(LEASE - SECOND)
    assert one.hold(clock())  # renewed
    clock.forward(LEASE - SECOND)
    assert not other.hold(clock())
    clock.forward(2 * SECOND)
    assert other.hold(clock())  # its holder has died
    assert not one.hold(clock())
    other.give_back()
    assert one.hold(clock())


def test_without_a_database_each_process_asks_for_itself(clock: Clock) -> None:
    assert Lease(None).hold(clock())


def test_one_process_asks_and_both_have_the_answer(url: str, clock: Clock) -> None:
    market = FakeMarket(clock)
    first, second = process(url, market, clock), process(url, market, clock)
    refresh(first, BABA)
    clock.forward(LOOK_EVERY)
    refresh(second, BABA)
    assert market.asked == [BABA]
    assert price(second) == price(first) == 1.0
    # Grown old in both: still one asks.
    clock.forward(FRESH["prices"])
    refresh(first, BABA)
    refresh(second, BABA)
    clock.forward(LOOK_EVERY)
    refresh(second, BABA)
    assert market.asked == [BABA, BABA]
    assert price(second) == 2.0


def test_the_holder_asks_for_what_others_want(url: str, clock: Clock) -> None:
    market = FakeMarket(clock)
    first, second = process(url, market, clock), process(url, market, clock)
    holder = Lease(url)
    assert holder.hold(clock())  # a third process is at work
    refresh(second, AMZN)  # left to that one
    assert market.asked == []
    holder.give_back()
    refresh(first, BABA)
    assert set(market.asked) == {BABA, AMZN}
    clock.forward(LOOK_EVERY)
    refresh(second, AMZN)
    assert set(second.kept([AMZN])) == {AMZN}
    assert len(market.asked) == 2


def test_one_with_nothing_to_ask_lets_another_at_once(url: str, clock: Clock) -> None:
    market = FakeMarket(clock)
    first, second = process(url, market, clock), process(url, market, clock)
    refresh(first, BABA)
    refresh(second, AMZN)
    assert market.asked == [BABA, AMZN]


def test_one_that_waits_out_a_failure_keeps_the_others_from_asking(url: str, clock: Clock) -> None:
    market = FakeMarket(clock)
    market.failures[None] = RateLimited("429")
    first, second = process(url, market, clock), process(url, market, clock)
    refresh(first, BABA)
    refresh(second, AMZN)
    assert market.asked == [BABA]


def test_what_nobody_wants_any_more_is_forgotten(url: str, clock: Clock) -> None:
    lease = Lease(url)
    lease.want([BABA, USD_CNY], clock())
    clock.forward(WANTED_FOR / 2)
    lease.want([BABA], clock())
    clock.forward(WANTED_FOR / 2 + SECOND)
    assert lease.wanted(clock()) == {BABA}


def test_when_the_holder_dies_another_takes_over_in_time(url: str, clock: Clock) -> None:
    market = FakeMarket(clock)
    second, killed = process(url, market, clock), Lease(url)
    assert killed.hold(clock())  # and gives nothing back
    refresh(second, AMZN)
    assert market.asked == []
    clock.forward(LEASE + ASK_AGAIN)
    refresh(second, AMZN)
    assert market.asked == [AMZN]
    assert set(second.kept([AMZN])) == {AMZN}


def test_one_that_ends_in_order_leaves_no_time_to_wait(url: str, clock: Clock) -> None:
    market = FakeMarket(clock)
    first, second = process(url, market, clock), process(url, market, clock)
    refresh(first, BABA)
    first.stop()
    refresh(second, AMZN)
    assert market.asked == [BABA, AMZN]


def test_while_the_database_is_out_of_order_the_roles_stay_for_the_length_of_a_lease(
    url: str, clock: Clock, tmp_path: Path
) -> None:
    seconds = [0.0]
    one, other = Lease(url, lambda: seconds[0]), Lease(url, lambda: seconds[0])
    assert one.hold(clock())
    assert not other.hold(clock())
    locked = sqlite3.connect(tmp_path / "market.sqlite", isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")
    assert one.hold(clock())
    assert not other.hold(clock())
    clock.forward(LEASE + SECOND)
    seconds[0] += 60
    assert one.hold(clock())
    assert other.hold(clock())  # readers' figures count more than one question too many
    locked.execute("ROLLBACK")
    locked.close()
    seconds[0] += 60
    clock.forward(dt.timedelta(seconds=1))
    assert other.hold(clock())
    assert not one.hold(clock())
