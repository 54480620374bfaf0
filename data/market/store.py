"""The last good answers, kept on disk. The only file that knows the database.

SQLite in the user's cache folder by default; `THESIS_DATABASE_URL` (a `postgresql://` address, say) lets many
servers share one store. A store that cannot be opened or written costs nothing but the memory of past runs: it is
logged once and the answers stay in the process.
"""

import datetime as dt
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_dir
from pydantic import ValidationError
from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, Text, create_engine, delete, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import NullPool

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


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer and when it was fetched (UTC)."""

    answer: Answer
    fetched: dt.datetime


def default_url() -> str:
    """Where answers are kept unless the environment says otherwise."""
    if url := os.environ.get("THESIS_DATABASE_URL"):
        return url
    return f"sqlite:///{Path(user_cache_dir('thesis-dashboard')) / 'market.sqlite'}"


class Store:
    """Reads and writes kept answers by kind and name."""

    def __init__(self, url: str | None) -> None:
        """Opens the store; without an address answers are kept in the process alone."""
        self._engine: Engine | None = None
        if not url:
            return
        try:
            if url.startswith("sqlite:///"):
                Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            # No pool: the one background thread writes a few times an hour, and a closed file is never locked.
            self._engine = create_engine(url, poolclass=NullPool)
            _metadata.create_all(self._engine)
        except (SQLAlchemyError, OSError, ImportError) as error:
            self._give_up("opened", error)

    def _give_up(self, what: str, error: Exception) -> None:
        _log.warning("market answers are not kept on disk: the store cannot be %s: %s", what, error)
        self._engine = None

    def read_all(self) -> dict[tuple[str, str], CachedAnswer]:
        """All kept answers that can still be read, by (kind, name)."""
        if self._engine is None:
            return {}
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(select(_answers)).all()
        except (SQLAlchemyError, ValueError) as error:  # ValueError: a date that is none
            self._give_up("read", error)
            return {}
        cached = {}
        for row in rows:
            try:
                answer = KINDS[row.kind].model_validate_json(row.body)
            except (KeyError, ValidationError) as error:
                _log.warning("kept answer %s %s is dropped, it cannot be read: %s", row.kind, row.name, error)
                continue
            # SQLite forgets the zone, and PostgreSQL answers in that of its session.
            zoned = row.fetched if row.fetched.tzinfo else row.fetched.replace(tzinfo=dt.UTC)
            cached[row.kind, row.name] = CachedAnswer(answer, zoned.astimezone(dt.UTC))
        return cached

    def write(self, kind: str, name: str, cached: CachedAnswer) -> None:
        """Keeps an answer in place of the one before."""
        if self._engine is None:
            return
        fetched = cached.fetched.astimezone(dt.UTC)
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(_answers).where(_answers.c.kind == kind, _answers.c.name == name))
                connection.execute(
                    insert(_answers).values(kind=kind, name=name, fetched=fetched, body=cached.answer.model_dump_json())
                )
        except IntegrityError:
            _log.info("another server has just kept %s %s", kind, name)
        except SQLAlchemyError as error:
            self._give_up("written", error)
