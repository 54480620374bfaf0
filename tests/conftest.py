"""What all tests share: no live market, no writing into the user's cache, the bundled thesis as it stood on one day."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything of the project is imported: a test never asks the real market and never writes outside its folders.
os.environ["THESIS_LIVE"] = "off"
os.environ["THESIS_DATABASE_URL"] = f"sqlite:///{Path(tempfile.mkdtemp()) / 'market.sqlite'}"

from data import notes, scenarios
from data.dossier import Dossier, open_dossier
from data.market.service import MarketService, market_service
from data.market.store import Store
from data.notes import own_notes
from data.scenarios import own_scenarios

# How long an example takes says something of the machine and nothing of the code.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 22)


def bundled() -> Dossier:
    """The bundled thesis on the bundled snapshot, as known on one fixed day."""
    return open_dossier("alibaba-ai", MarketService(Store(None), enabled=False), TODAY)


@pytest.fixture
def dossier() -> Dossier:
    """The bundled thesis, anew for each test."""
    return bundled()


@pytest.fixture
def published(dossier: Dossier) -> Dossier:
    """The same as it stood when the article appeared."""
    return dossier.as_published()


@pytest.fixture(autouse=True)
def nothing_of_the_reader_s(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test begins without saved scenarios and notes, and keeps its own in memory alone."""
    for module, kept in ((scenarios, own_scenarios), (notes, own_notes)):
        monkeypatch.setattr(module, "own_url", lambda: None)
        kept.cache_clear()
    yield
    own_scenarios.cache_clear()
    own_notes.cache_clear()


@pytest.fixture(autouse=True)
def fresh_service() -> Iterator[None]:
    """Each test has a market service of its own."""
    market_service.cache_clear()
    yield
    market_service.cache_clear()
