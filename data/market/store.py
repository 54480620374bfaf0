"""The last good answers, kept on disk. The only file that knows the database.

SQLite in the user's cache folder by default; `THESIS_DATABASE_URL` (a `postgresql://` address, say) lets many
servers share one store. What is wrong with a store never stops anyone: a damaged SQLite file is set aside and
replaced, and whatever else fails (a lock, a full disk, a read-only folder, a silent host) is tried again after a
while. `problem` is the sentence for the page meanwhile; each is logged once.
"""

import datetime as dt
import hashlib
import logging
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir
from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
    type_coerce,
)
from sqlalchemy import inspect as examine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import NullType

from data import clock
from data.market.records import KINDS, Answer

# How long a store that failed is left alone.
RETRY_S = 30.0
# How long another program's lock, and another host, is waited for.
_PATIENCE_S = 2
_log = logging.getLogger(__name__)
_metadata = MetaData()
_answers = Table(
    "answers",
    _metadata,
    Column("kind", String(16), primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("fetched", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False),
)
# By SQLite's primary result code. They pass, but for the first two.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REASONS = {
    sqlite3.SQLITE_BUSY: "the store is locked by another program",
    sqlite3.SQLITE_LOCKED: "the store is locked by another program",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the store may not be written to",
    sqlite3.SQLITE_PERM: "the store may not be written to",
    sqlite3.SQLITE_CANTOPEN: "the store's file cannot be opened",
    sqlite3.SQLITE_IOERR: "the store's disk fails",
    sqlite3.SQLITE_ERROR: "the store's tables are not those of this program",
}
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer and when it was fetched (UTC)."""

    answer: Answer
    fetched: dt.datetime


class Damaged(Exception):
    """The file is no database of ours any more."""


def default_url() -> str:
    """Where answers are kept unless the environment says otherwise."""
    if url := os.environ.get("THESIS_DATABASE_URL"):
        return url
    return f"sqlite:///{Path(user_cache_dir('thesis-dashboard')) / 'market.sqlite'}"


class Store:
    """Reads and writes kept answers by kind and name. For one thread at a time; opened when first needed.

    Parameters
    ----------
    url : the database's address; without one, answers are kept in the process alone.
    clock : seconds that only grow, to say when a store that failed is tried again.
    """

    def __init__(self, url: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        # A database in memory would be gone with each connection.
        self._url, self._clock = None if url in ("sqlite://", "sqlite:///:memory:") else url, clock
        self._engine: Engine | None = None
        self._retry_at = 0.0
        self._unwritten: dict[Key, CachedAnswer] = {}
        self.problem: str | None = None

    @property
    def is_kept(self) -> bool:
        """Whether there is anything to read from and write to."""
        return bool(self._url)

    @property
    def place(self) -> str:
        """Where it is, for a sentence: the file, or the host; never a password."""
        try:
            url = make_url(self._url or "")
        except (ArgumentError, ValueError):
            return "its address"
        return url.host or str(url.database or "memory")

    def read_all(self) -> dict[Key, CachedAnswer]:
        """All kept answers that can still be read, by (kind, name); none while the store is out of order."""
        found: dict[Key, CachedAnswer] = {}

        def read_and_catch_up(engine: Engine) -> None:
            found.update(self._read(engine))
            # A store that can be read and not written to is not in order again.
            self._write_all(engine)

        self._attempt(read_and_catch_up)
        return found

    def write(self, kind: str, name: str, cached: CachedAnswer) -> None:
        """Keeps an answer in place of the one before; what cannot be written now is written with the next."""
        if self._url:
            self._unwritten[kind, name] = cached
            self._attempt(self._write_all)

    def _attempt(self, action: Callable[[Engine], None]) -> None:
        """Does something with the open store; a failure is named, logged once, and keeps from the store for a while."""
        if not self._url or self._clock() < self._retry_at:
            return
        try:
            try:
                action(self._opened())
            except (Damaged, SQLAlchemyError) as error:
                if not _is_damaged(error):
                    raise
                self._set_aside(error)
                action(self._opened())
        except (Damaged, SQLAlchemyError, OSError, ImportError, ValueError) as error:
            self._failed(error)
            return
        if self.problem is not None:
            _log.info("market answers are kept again in %s", self.place)
            self.problem = None

    def _failed(self, error: Exception) -> None:
        problem = f"Market values are not kept on disk: {_reason(error)}."
        if problem != self.problem:
            _log.warning("%s (%s; %s)", problem, self.place, str(getattr(error, "orig", None) or error).split("\n")[0])
        self.problem, self._engine, self._retry_at = problem, None, self._clock() + RETRY_S

    def _opened(self) -> Engine:
        if self._engine is not None:
            return self._engine
        url = make_url(str(self._url))
        file, settings = _file(str(self._url)), {}
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            settings = {"timeout": _PATIENCE_S}
        elif url.drivername in ("postgresql", "postgresql+psycopg", "postgresql+psycopg2"):
            settings = {"connect_timeout": _PATIENCE_S}
        # No pool: answers are written a few times an hour, and a closed file is never locked.
        engine = create_engine(url, poolclass=NullPool, connect_args=settings)
        if url.get_backend_name() == "sqlite":
            # Text that a damage left without sense must cost its own row, not all of them.
            event.listen(engine, "connect", _read_any_text)
            self._check(engine)
        _metadata.create_all(engine)
        self._engine = engine
        return engine

    def _check(self, engine: Engine) -> None:
        """Raises Damaged where SQLite finds faults in the file, or our table is another than ours."""
        with engine.connect() as connection:
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
            tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        if found != "ok":
            raise Damaged(str(found))
        if "answers" in tables:
            columns = {column["name"] for column in examine(engine).get_columns("answers")}
            # A file with other tables is another program's, and stays where it is.
            if not columns >= set(_answers.c.keys()) and tables == {"answers"}:
                raise Damaged(f"the table has the columns {', '.join(sorted(map(str, columns)))}")

    def _set_aside(self, error: Exception) -> None:
        """Renames a damaged file, so that a new one takes its place and nothing of it is lost. Raises OSError."""
        self._engine = None
        file = _file(str(self._url))
        if file is None:
            raise error
        new = file.with_name(f"{file.name}.damaged-{clock.now():%Y%m%dT%H%M%S%f}")
        file.replace(new)
        for ending in ("-wal", "-shm", "-journal"):
            side = file.with_name(file.name + ending)
            if side.exists():
                side.replace(new.with_name(new.name + ending))
        cause = str(getattr(error, "orig", None) or error).split("\n")[0]
        _log.warning("the store of market answers was damaged (%s); it is set aside as %s", cause, new)

    def _read(self, engine: Engine) -> dict[Key, CachedAnswer]:
        fetched = type_coerce(_answers.c.fetched, NullType()).label("fetched")
        with engine.connect() as connection:
            rows = connection.execute(select(_answers.c.kind, _answers.c.name, fetched, _answers.c.body)).all()
        cached = {}
        for row in rows:
            try:
                key, when = (row.kind, str(row.name)), _time(row.fetched)
                answer = KINDS[row.kind].model_validate_json(_unsealed(key, when, row.body))
                cached[key] = CachedAnswer(answer, when)
            except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
                _log.warning("kept answer %s %s is dropped, it cannot be read: %s", row.kind, row.name, error)
        return cached

    def _write_all(self, engine: Engine) -> None:
        for (kind, name), cached in list(self._unwritten.items()):
            fetched = cached.fetched.astimezone(dt.UTC)
            body = _sealed((kind, name), fetched, cached.answer.model_dump_json())
            try:
                with engine.begin() as connection:
                    connection.execute(delete(_answers).where(_answers.c.kind == kind, _answers.c.name == name))
                    connection.execute(insert(_answers).values(kind=kind, name=name, fetched=fetched, body=body))
            except IntegrityError:
                _log.info("another server has just kept %s %s", kind, name)
            self._unwritten.pop((kind, name), None)


def _sealed(key: Key, fetched: dt.datetime, content: str) -> str:
    """A row's content behind a digest of the row: a damaged disk can change a digit, which nothing else would show."""
    digest = hashlib.sha256("|".join((*key, fetched.isoformat(), content)).encode()).hexdigest()
    return f"{digest[:16]} {content}"


def _unsealed(key: Key, fetched: dt.datetime, body: str) -> str:
    """The content, if it is as it was written. Raises ValueError. An earlier release wrote it without a digest."""
    content = body if body.startswith("{") else body[17:]
    if content != body and _sealed(key, fetched, content) != body:
        raise ValueError("the row is not as it was written")
    return content


def _file(url: str) -> Path | None:
    """The file of an SQLite address, if it has one."""
    found = make_url(url)
    on_disk = found.get_backend_name() == "sqlite" and found.database and found.database != ":memory:"
    return Path(str(found.database)) if on_disk else None


def _read_any_text(connection: Any, _record: Any) -> None:
    connection.text_factory = lambda raw: raw.decode(errors="replace")


def _code(error: Exception) -> int | None:
    """SQLite's primary result code of an error."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _is_damaged(error: Exception) -> bool:
    return isinstance(error, Damaged) or _code(error) in _DAMAGED


def _reason(error: Exception) -> str:
    if (known := _REASONS.get(_code(error) or 0)) is not None:
        return known
    if isinstance(error, ImportError):
        return "the driver for the store's kind of database is not installed"
    # ArgumentError is SQLAlchemy's word for a dialect that it does not know, too, and ValueError that for a port.
    if isinstance(error, (ArgumentError, ValueError)):
        return "the store's address is wrong"
    if isinstance(error, OSError):
        return f"the store's folder cannot be used ({error.strerror or error})"
    return (
        "the store cannot be reached" if isinstance(error, DBAPIError) else f"the store fails ({type(error).__name__})"
    )


def _time(stored: Any) -> dt.datetime:
    """A stored time. SQLite keeps text without a zone, and PostgreSQL answers in that of its session."""
    found = stored if isinstance(stored, dt.datetime) else dt.datetime.fromisoformat(stored)
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
