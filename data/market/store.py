"""The last good answers of the market service, kept on disk."""

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir
from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, Text, delete, insert, select, type_coerce
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType

from data.database import Database, address_of
from data.market.records import KINDS, Answer

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
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer and when it was fetched (UTC)."""

    answer: Answer
    fetched: dt.datetime


def default_url() -> str:
    """Where answers are kept unless the environment says otherwise."""
    return address_of(Path(user_cache_dir("thesis-dashboard")) / "market.sqlite")


class Store(Database):
    """Reads and writes kept answers by kind and name. For one thread at a time; opened when first needed.

    Parameters
    ----------
    url : the database's address; without one, answers are kept in the process alone.
    monotonic : seconds that only grow, to say when a store that failed is tried again.
    """

    def __init__(self, url: str | None, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(url, _metadata, "Market values", monotonic)
        self._unwritten: dict[Key, CachedAnswer] = {}

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


def _time(stored: Any) -> dt.datetime:
    """A stored time. SQLite keeps text without a zone, and PostgreSQL answers in that of its session."""
    found = stored if isinstance(stored, dt.datetime) else dt.datetime.fromisoformat(stored)
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
