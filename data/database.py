"""A database that never stops anyone: how a store opens it, and what is wrong with it.

SQLite in a folder of the user's by default; `THESIS_DATABASE_URL` (a `postgresql://` address, say) lets many servers
share one. A damaged SQLite file is set aside and replaced, and whatever else fails (a lock, a full disk, a read-only
folder, a silent host) is tried again after a while. `problem` is the sentence for the page meanwhile; each is logged
once.
"""

import logging
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event, text
from sqlalchemy import inspect as examine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from data import clock
from data.migrations.upgrade import TABLES, TooNew, bring_up_to_date

# How long a store that failed is left alone.
RETRY_S = 30.0
# How long another program's lock, and another host, is waited for.
_PATIENCE_S = 2
_log = logging.getLogger(__name__)
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


def address_of(file: Path) -> str:
    """Where something is kept: the database that the environment names, else SQLite in that file."""
    return os.environ.get("THESIS_DATABASE_URL") or f"sqlite:///{file}"


class Damaged(Exception):
    """The file is no database of ours any more."""


class Database:
    """A database of some tables. For one thread at a time; opened when first needed.

    Parameters
    ----------
    url : its address; without one, nothing is kept.
    tables : what it holds.
    kept : what it keeps, as the subject of a sentence: “Market values”.
    monotonic : seconds that only grow, to say when a database that failed is tried again.
    """

    def __init__(
        self, url: str | None, tables: MetaData, kept: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        # A database in memory would be gone with each connection.
        self._url = None if url in ("sqlite://", "sqlite:///:memory:") else url
        self._tables, self._what, self._clock = tables, kept, monotonic
        self._engine: Engine | None = None
        self._retry_at = 0.0
        self.problem: str | None = None
        self.set_aside: Path | None = None  # where a damaged file of this run lies now

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

    def try_now(self) -> None:
        """Ends the pause after a failure."""
        self._retry_at = 0.0

    def _attempt(self, action: Callable[[Engine], None]) -> None:
        """Does something with the open store; a failure is named, logged once, and keeps from the store for a while."""
        if not self._url or self._clock() < self._retry_at:
            return
        try:
            was_open = self._engine is not None
            try:
                action(self._opened())
            except (Damaged, SQLAlchemyError) as error:
                if _is_damaged(error):
                    self._set_aside(error)
                elif was_open and _code(error) == sqlite3.SQLITE_ERROR:
                    self._engine = None  # the file was taken away, and the connection made an empty one
                else:
                    raise
                action(self._opened())
        except (Damaged, TooNew, SQLAlchemyError, OSError, ImportError, ValueError) as error:
            self._failed(error)
            return
        if self.problem is not None:
            _log.info("%s are kept again in %s", self._what, self.place)
            self.problem = None

    def _failed(self, error: Exception) -> None:
        problem = f"{self._what} are not kept on disk: {_reason(error)}."
        if problem != self.problem:
            _log.warning("%s (%s; %s)", problem, self.place, _said(error))
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
        bring_up_to_date(engine)
        self._tables.create_all(engine)  # one that went away is made again
        self._engine = engine
        return engine

    def _check(self, engine: Engine) -> None:
        """Raises Damaged where SQLite finds faults in the file, or one of our tables is another than ours."""
        with engine.connect() as connection:
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
            tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        if found != "ok":
            raise Damaged(str(found))
        for name, table in self._tables.tables.items():
            if name not in tables:
                continue
            columns = {column["name"] for column in examine(engine).get_columns(name)}
            # A file with other tables is another program's, and stays where it is.
            if not columns >= set(table.c.keys()) and tables <= TABLES:
                raise Damaged(f"the table {name} has the columns {', '.join(sorted(map(str, columns)))}")

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
        self.set_aside = new
        _log.warning("%s: the store was damaged (%s); it is set aside as %s", self._what, _said(error), new)


def _said(error: Exception) -> str:
    """The first line of an error. One on the address may hold a password, and says its kind alone."""
    is_address = isinstance(error, (ArgumentError, ValueError)) and not hasattr(error, "orig")
    return type(error).__name__ if is_address else str(getattr(error, "orig", None) or error).split("\n")[0]


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
    if isinstance(error, TooNew):
        return f"the store is of a later version of this program ({error})"
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
