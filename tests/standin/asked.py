"""The stand-in as what this process asks: `data.market.yahoo`, as in a process that has asked for nothing yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.market import yahoo

from .client import fresh_yfinance
from .market import Market
from .service import StandIn


def forget(folder: Path) -> None:
    """Make the process forget session, caches and cookies; new ones go to `folder`."""
    yahoo._session.cache_clear()
    yahoo._yfinance.cache_clear()
    fresh_yfinance(folder)


@contextmanager
def asked(market: Market, folder: Path, stop: Callable[[StandIn], object] = StandIn.stop) -> Iterator[StandIn]:
    """A running stand-in of `market` that all requests of this process go to; `stop` ends it."""
    running = StandIn(market).start()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in running.environment().items():
            patch.setenv(name, value)
        forget(folder / "yfinance")
        try:
            yield running
        finally:
            # A call that still hangs must be over before the next test begins.
            running.fault = None
            with yahoo._one_at_a_time:
                pass
            stop(running)
            # The session would lead later tests to a proxy that is gone.
            forget(folder / "yfinance-after")
