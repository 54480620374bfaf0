"""The store: what goes in comes out, and whatever is wrong with it costs no more than the memory of past runs."""

import datetime as dt
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from data.database import RETRY_S
from data.market.records import Analysis, Answer, Prices, Rate
from data.market.store import CachedAnswer, Store, default_url

FETCHED = dt.datetime(2026, 11, 20, 21, 30, 15, 250_000, dt.UTC)
TIME = dt.datetime(2026, 11, 20, 21, 0, tzinfo=dt.UTC)
PRICES = Prices(
    symbol="BABA",
    currency="USD",
    price=131.4,
    time=TIME,
    closes={dt.date(2026, 11, 19): 130.07, dt.date(2026, 11, 20): 131.4},
    dividends={dt.date(2026, 6, 11): 1.95},
)
RATE = Rate(base="USD", quote="CNY", value=7.02, time=TIME)
ANSWERS: dict[str, Answer] = {
    "prices": PRICES,
    "analysis": Analysis(
        symbol="BABA",
        currency="USD",
        target_mean=188.5,
        target_analysts=40,
        ratings={"strongBuy": 9, "buy": 26, "hold": 5, "sell": 0, "strongSell": 0},
        eps_forward=62.0,
        eps_forward_currency="CNY",
        shares=2.39e9,
    ),
    "rate": RATE,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    # In a folder that is not there yet, like the user's cache folder on the first start.
    return tmp_path / "cache" / "market.sqlite"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_comes_back_as_it_was(url: str, kind: str) -> None:
    kept = CachedAnswer(ANSWERS[kind], FETCHED)
    Store(url).write(kind, "name", kept)
    assert Store(url).read_all() == {(kind, "name"): kept}


def test_a_row_of_an_earlier_release_is_read(url: str, path: Path) -> None:
    Store(url).write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
    execute(path, "update answers set body = substr(body, 18)")
    assert Store(url).read_all() == {("rate", "USD/CNY"): CachedAnswer(RATE, FETCHED)}


def test_the_last_answer_takes_the_place_of_the_one_before(url: str) -> None:
    store = Store(url)
    for price in (130.0, 131.0):
        store.write("prices", "BABA", CachedAnswer(PRICES.model_copy(update={"price": price}), FETCHED))
    store.write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
    kept = store.read_all()
    assert set(kept) == {("prices", "BABA"), ("rate", "USD/CNY")}
    answer = kept["prices", "BABA"].answer
    assert isinstance(answer, Prices)
    assert answer.price == 131.0


def test_times_keep_their_zone(url: str) -> None:
    # A server may run in any zone, and SQLite stores the time without it.
    shanghai = FETCHED.astimezone(dt.timezone(dt.timedelta(hours=8)))
    Store(url).write("prices", "BABA", CachedAnswer(PRICES, shanghai))
    kept = Store(url).read_all()["prices", "BABA"]
    assert kept.fetched == FETCHED
    assert kept.fetched.utcoffset() == kept.answer.time.utcoffset() == dt.timedelta(0)  # type: ignore[union-attr]
    assert kept.fetched.date() == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    "change",
    [
        "update answers set body = '{' where kind = 'prices'",
        "update answers set body = '{\"symbol\": \"BABA\"}' where kind = 'prices'",
        "update answers set body = replace(body, '131.4', 'NaN') where kind = 'prices'",
        "update answers set kind = 'gossip' where kind = 'prices'",
        "update answers set body = replace(body, '131.4', '181.4') where kind = 'prices'",
        "update answers set fetched = '2026-11-21 21:30:15.250000' where kind = 'prices'",
    ],
    ids=["broken", "other fields", "not a number", "unknown kind", "another digit", "another time"],
)
def test_a_row_that_cannot_be_read_is_dropped_and_logged(
    url: str, path: Path, caplog: pytest.LogCaptureFixture, change: str
) -> None:
    store = Store(url)
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    store.write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
    execute(path, change)
    assert set(store.read_all()) == {("rate", "USD/CNY")}
    assert len(lines(caplog)) == 1
    assert "BABA is dropped" in caplog.text


def test_without_an_address_nothing_is_kept_and_nothing_said(caplog: pytest.LogCaptureFixture) -> None:
    store = Store(None)
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    assert store.read_all() == {}
    assert lines(caplog) == []


def under_a_file(folder: Path) -> str:
    (folder / "file").write_text("in the way", encoding="utf-8")
    return f"sqlite:///{folder / 'file' / 'market.sqlite'}"


def a_folder(folder: Path) -> str:
    return f"sqlite:///{folder}"


def another_program_s(folder: Path) -> str:
    execute(folder / "theirs.sqlite", "create table answers (question text)")
    execute(folder / "theirs.sqlite", "create table questions (question text)")
    return f"sqlite:///{folder / 'theirs.sqlite'}"


# What is wrong, and what of it the page's sentence says.
BROKEN: dict[str, tuple[Callable[[Path], str], str]] = {
    "under a file": (under_a_file, "the store's folder cannot be used"),
    "a folder": (a_folder, "the store's file cannot be opened"),
    "unknown dialect": (lambda folder: "gossip://nowhere/market", "the store's address is wrong"),
    "no address": (lambda folder: "market.sqlite", "the store's address is wrong"),
    "no port": (lambda folder: "postgresql://me:secret@nowhere:port/market", "the store's address is wrong"),
    "no driver": (lambda folder: "postgresql+pg8000://me:secret@nowhere/market", "the driver for the store's kind"),
    "another program's": (another_program_s, "the store's tables are not those of this program"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_store_that_cannot_be_used_is_said_and_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    make, reason = BROKEN[kind]
    clock = Seconds()
    store = Store(make(tmp_path), clock)
    assert store.read_all() == {}
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    store.write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
    clock.now += RETRY_S
    assert store.read_all() == {}
    assert len(lines(caplog)) == 1
    assert lines(caplog)[0].startswith(f"Market values are not kept on disk: {reason}")
    assert store.problem is not None
    assert reason in store.problem
    assert "secret" not in caplog.text


def test_another_program_s_file_stays_where_it_is(tmp_path: Path) -> None:
    Store(another_program_s(tmp_path)).read_all()
    assert [file.name for file in tmp_path.iterdir()] == ["theirs.sqlite"]


def test_a_date_that_is_none_does_not_stop_the_start(url: str, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Store(url).write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    execute(path, "update answers set fetched = 'yesterday'")
    assert Store(url).read_all() == {}
    assert len(lines(caplog)) == 1


def test_a_table_that_went_away_is_made_again(url: str, path: Path) -> None:
    store = Store(url)
    store.read_all()
    execute(path, "drop table answers")
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    assert store.problem is None
    store.write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
    assert set(Store(url).read_all()) == {("prices", "BABA"), ("rate", "USD/CNY")}


def test_another_server_that_was_quicker_is_no_reason_to_give_up(
    url: str, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # PostgreSQL lets two servers both delete the old row, and then takes the new one of the first only.
    store = Store(url)
    store.read_all()
    execute(
        path,
        "create trigger quicker after delete on answers begin "
        "insert into answers values (old.kind, old.name, old.fetched, old.body); end",
    )
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    store.write("prices", "BABA", CachedAnswer(PRICES, FETCHED))
    assert lines(caplog) == []
    store.write("rate", "USD/CNY", CachedAnswer(RATE, FETCHED))
    assert set(store.read_all()) == {("prices", "BABA"), ("rate", "USD/CNY")}


def test_the_environment_names_the_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("THESIS_DATABASE_URL", "postgresql://server/market")
    assert default_url() == "postgresql://server/market"
    monkeypatch.delenv("THESIS_DATABASE_URL")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_url().startswith("sqlite:///")
    assert default_url().endswith("market.sqlite")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.0, -1.0])
def test_no_record_takes_a_number_that_is_no_price(value: float) -> None:
    whole = PRICES.model_dump()
    day = dt.date(2026, 11, 20)
    for change in ({"price": value}, {"closes": {day: value}}, {"dividends": {day: value}}):
        with pytest.raises(ValidationError):
            Prices(**(whole | change))
    with pytest.raises(ValidationError):
        Rate(base="USD", quote="CNY", value=value, time=TIME)
    for field in ("target_mean", "target_high", "target_low", "shares"):
        with pytest.raises(ValidationError):
            Analysis(symbol="BABA", currency="USD", **{field: value})


def test_no_record_takes_a_time_without_a_zone() -> None:
    with pytest.raises(ValidationError):
        Rate(base="USD", quote="CNY", value=7.02, time=dt.datetime(2026, 11, 20))
