"""A store that is damaged is set aside; one that is locked, full or read-only is used again when that is over."""

import datetime as dt
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from data import database
from data.database import RETRY_S
from data.market.store import CachedAnswer, Store
from tests.data.market.test_store import ANSWERS, FETCHED, PRICES, RATE, Seconds

KEYS = [(kind, f"name {number}") for kind in ANSWERS for number in range(12)]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store's file with many answers."""
    path = tmp_path_factory.mktemp("sound") / "market.sqlite"
    store = Store(f"sqlite:///{path}")
    for kind, name in KEYS:
        store.write(kind, name, CachedAnswer(ANSWERS[kind], FETCHED))
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, sound: bytes) -> Path:
    """A copy of it."""
    copy = tmp_path / "market.sqlite"
    copy.write_bytes(sound)
    return copy


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


# --- Damage ---


def overwritten(raw: bytearray, chance: random.Random) -> None:
    at, length = chance.randrange(len(raw)), chance.choice([1, 8, 100, 3000])
    raw[at : at + length] = chance.randbytes(length)


def in_the_first_page(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(600)
    raw[at : at + 4] = chance.randbytes(4)


def in_the_schema(raw: bytearray, chance: random.Random) -> None:
    # SQLite's own text of the table: a column gets another name, and no check of SQLite's finds that.
    at = raw.index(b"CREATE TABLE answers") + chance.randrange(160)
    raw[at] = chance.randrange(33, 127)


def cut_short(raw: bytearray, chance: random.Random) -> None:
    del raw[chance.randrange(len(raw)) :]


def zeroed(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw))
    raw[at : at + 4096] = bytes(len(raw[at : at + 4096]))


def no_database(raw: bytearray, chance: random.Random) -> None:
    raw[:] = b"this is no database" * 100


DAMAGES: list[Callable[[bytearray, random.Random], None]] = [
    overwritten,
    in_the_first_page,
    in_the_schema,
    cut_short,
    zeroed,
    no_database,
]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_costs_answers_and_nothing_else(
    path: Path, url: str, damage: Callable[[bytearray, random.Random], None], seed: int
) -> None:
    raw = bytearray(path.read_bytes())
    damage(raw, random.Random(f"{damage.__name__} {seed}"))
    path.write_bytes(raw)
    store = Store(url)
    for key, cached in store.read_all().items():
        assert cached.answer == ANSWERS.get(key[0], cached.answer)
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    store.write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
    assert store.problem is None
    kept = Store(url).read_all()
    assert kept["prices", "BABA"].answer == PRICES
    assert kept["rate", "USD/CNY"].answer == RATE
    # Nothing is thrown away: what was replaced lies beside it, as it was.
    aside = list(path.parent.glob("market.sqlite.damaged-*"))
    assert len(aside) <= 1
    assert not aside or aside[0].read_bytes() == bytes(raw)


def test_a_file_that_is_damaged_while_it_is_used_is_replaced(
    path: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(url)
    assert len(store.read_all()) == len(KEYS)
    path.write_bytes(b"this is no database" * 100)
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    assert set(store.read_all()) == {("prices", "BABA")}
    assert "is set aside as" in caplog.text


# --- What passes ---


@contextmanager
def locked(path: Path, _patch: pytest.MonkeyPatch) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin exclusive")
    yield
    other.execute("rollback")
    other.close()


@contextmanager
def refusing(setting: str, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite refuses to write. A test can neither fill a disk nor, as root, lose the right to a folder."""

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"pragma {setting}")

    with patch.context() as inner:
        inner.setattr(database, "_read_any_text", connected)
        yield


def full(_path: Path, patch: pytest.MonkeyPatch) -> AbstractContextManager[None]:
    return refusing("max_page_count = 1", patch)


def read_only(_path: Path, patch: pytest.MonkeyPatch) -> AbstractContextManager[None]:
    return refusing("query_only = 1", patch)


Condition = Callable[[Path, pytest.MonkeyPatch], AbstractContextManager[None]]
PASSING: dict[str, tuple[Condition, str]] = {
    "locked": (locked, "locked by another"),
    "full": (full, "disk is full"),
    "read-only": (read_only, "may not be written to"),
}
# So many that the file must grow.
LONG = PRICES.model_copy(update={"closes": {dt.date(2018, 1, 1) + dt.timedelta(days=n): 100.0 for n in range(3000)}})


@pytest.mark.parametrize("kind", PASSING)
def test_what_passes_ends_keeping_only_as_long_as_it_lasts(
    path: Path, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    make, words = PASSING[kind]
    monkeypatch.setattr(database, "_PATIENCE_S", 0)
    clock = Seconds()
    store = Store(url, clock)
    with make(path, monkeypatch):
        store.write("prices", "BABA", CachedAnswer(LONG, FETCHED))
        clock.now += RETRY_S
        store.write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
        clock.now += RETRY_S
        store.read_all()
        assert store.problem is not None
        assert words in store.problem
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 1
    clock.now += RETRY_S
    newer = CachedAnswer(PRICES, FETCHED + dt.timedelta(hours=1))
    store.write("prices", "AMZN", newer)
    assert store.problem is None
    kept = Store(url).read_all()
    assert {("prices", "BABA"), ("rate", "USD/CNY"), ("prices", "AMZN")} <= set(kept)
    assert list(path.parent.glob("*damaged*")) == []
