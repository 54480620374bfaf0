"""The real yfinance against a stand-in of the market, and a clock that moves when it is told to."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.market import yahoo
from tests.standin import Market, StandIn
from tests.standin.asked import asked

# A Friday with trading, of summer time in neither New York nor London.
TODAY = dt.date(2026, 11, 20)


class Clock:
    """Says the time; a test moves it."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, by: dt.timedelta) -> None:
        self.time += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def stopper() -> Iterator[ThreadPoolExecutor]:
    """Stops what is done with while the next test runs: the proxy takes a moment to notice."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture
def standin(tmp_path: Path, stopper: ThreadPoolExecutor) -> Iterator[StandIn]:
    """A running stand-in that `data.market.yahoo` talks to, as in a process that has asked for nothing yet."""
    with asked(Market(TODAY), tmp_path, lambda running: stopper.submit(running.stop)) as running:
        yield running


@contextmanager
def short_patience(request_s: float = 0.1, call_s: float = 0.4) -> Iterator[None]:
    """Timeouts that a test can wait for; only around the call that hangs, since a busy machine is slow too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yahoo, "REQUEST_TIMEOUT_S", request_s)
        patch.setattr(yahoo, "CALL_TIMEOUT_S", call_s)
        yield
