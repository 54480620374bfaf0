"""A running stand-in and a client that knows nothing yet."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .client import fresh_yfinance
from .market import Market
from .service import StandIn

TODAY = date(2026, 11, 20)


@pytest.fixture
def service() -> Iterator[StandIn]:
    """Run a stand-in of a fixed day."""
    with StandIn(Market(TODAY)) as running:
        yield running


@pytest.fixture
def yf(service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return the yfinance module, sent to the stand-in."""
    for name, value in service.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(logging.getLogger("yfinance"), "disabled", True)
    yield fresh_yfinance(tmp_path / "before")
    # The session of this test would lead later ones to a proxy that is gone.
    fresh_yfinance(tmp_path / "after")
