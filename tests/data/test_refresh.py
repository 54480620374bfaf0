"""A refresh without a visitor: what all theses need, once, and an exit code that says whether it is fresh."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import refresh
from data.market.lease import LEASE, Lease
from data.market.records import Answer
from data.market.service import Key, MarketService, market_service
from data.market.store import Store
from tests.data.market.conftest import Clock
from tests.data.market.test_service import FakeMarket


class Service(FakeMarket):
    """The market, asked by the command."""

    def __call__(self, key: Key) -> Answer:
        return super().__call__(("prices", key[1]) if key[0] not in ("rate", "prices") else key)


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    now = Clock()
    market, url = Service(now), f"sqlite:///{tmp_path}/market.sqlite"
    service = MarketService(Store(url), ask=market, now=now, lease=Lease(url))
    monkeypatch.setattr(refresh, "market_service", lambda: service)
    monkeypatch.setattr(refresh.clock, "now", now)
    monkeypatch.setattr(refresh, "_POLL_S", 0.01)
    market.service, market.url, market.time = service, url, now  # type: ignore[attr-defined]
    yield market
    service.wait(10)


def test_all_that_the_theses_need_is_asked_for_once(market: Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert refresh.main(["--wait", "20"]) == 0
    symbols = {name for _, name in market.asked}
    assert {"BABA", "GOOG", "RR.L", "USD/CNY"} <= symbols
    count = len(market.asked)
    assert f"{count} of {count} answers are fresh." in capsys.readouterr().out
    assert refresh.main(["--wait", "20"]) == 0
    assert len(market.asked) == count  # nothing has grown old


def test_what_could_not_be_had_is_named(market: Service, capsys: pytest.CaptureFixture[str]) -> None:
    from data.market.failures import EmptyAnswer

    market.failures["prices", "GOOG"] = EmptyAnswer("nothing")
    assert refresh.main(["--wait", "3"]) == 1
    told = capsys.readouterr()
    assert "not fresh: prices of GOOG" in told.err
    assert "not fresh: prices of BABA" not in told.err


def test_it_gives_the_lease_back_so_that_a_server_need_not_wait(market: Service) -> None:
    assert refresh.main(["--wait", "20"]) == 0
    other = Lease(market.url)  # type: ignore[attr-defined]
    assert other.hold(market.time())  # type: ignore[attr-defined]


def test_where_a_server_asks_it_leaves_the_asking_to_that_one(
    market: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    server = Lease(market.url)  # type: ignore[attr-defined]
    assert server.hold(market.time())  # type: ignore[attr-defined]
    assert refresh.main(["--wait", "1"]) == 1
    assert market.asked == []
    wanted = server.wanted(market.time())  # type: ignore[attr-defined]
    assert ("prices", "BABA") in wanted
    assert LEASE.total_seconds() < 60


def test_switched_off_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    market_service.cache_clear()
    assert refresh.main(["--wait", "0"]) == 1
    assert "switched off" in capsys.readouterr().err
