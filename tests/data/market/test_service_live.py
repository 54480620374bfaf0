"""The background service with the real client, against a stand-in of the market."""

import datetime as dt
import os
import subprocess
import sys
import time

from data.market.failures import RateLimited
from data.market.service import MarketService
from data.market.store import Store
from tests.data.market.conftest import Clock
from tests.data.market.test_service import AMZN, BABA, USD_CNY, price, refresh
from tests.standin import Fault, StandIn


def test_a_page_never_waits_for_a_market_that_hangs(standin: StandIn, clock: Clock) -> None:
    service = MarketService(Store(None), now=clock)
    standin.fault = Fault.HANG
    keys = [BABA, ("analysis", "BABA"), USD_CNY]
    began = time.monotonic()
    for _ in range(20):
        assert service.cached(keys) == {}
    assert time.monotonic() - began < 0.5
    assert service.status().busy
    standin.fault = None
    service.wait(20)
    kept = service.cached(keys)
    assert set(kept) == set(keys)
    assert price(service) == 131.4


def test_a_rate_limited_market_is_asked_for_one_thing_only(standin: StandIn, clock: Clock) -> None:
    service = MarketService(Store(None), now=clock)
    standin.fault = Fault.RATE_LIMITED
    refresh(service, BABA, AMZN, USD_CNY)
    assert standin.count("chart/AMZN") > 0
    assert standin.count("chart/BABA") == standin.count("chart/CNY=X") == 0
    status = service.status()
    assert status.failure == RateLimited.sentence
    assert status.next_try == clock.time + dt.timedelta(minutes=15)
    standin.fault = None
    clock.time = status.next_try
    refresh(service, BABA, AMZN, USD_CNY)
    assert price(service) == 131.4
    assert service.status().failure is None


def test_pandas_is_whole_before_the_worker_loads_what_needs_it() -> None:
    # plotly takes a half-loaded pandas for the real one, and the first visitor's chart would fail.
    script = (
        "import sys; from data.market.service import market_service; market_service(); print('pandas' in sys.modules)"
    )
    settings = {**os.environ, "THESIS_LIVE": "on", "THESIS_DATABASE_URL": "sqlite://"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=settings, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "True"
