"""What readers make themselves, kept in a database and at hand in memory: theses, scenarios, notes.

Each record is a text under a name. A process holds all of them, so that no page waits for the database; what another
process has changed is found within `LOOK_EVERY_S`. What is deleted can be taken back for `UNDO_FOR`. What the database
cannot take at present is kept in memory, said (`problem`), and written later.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError
from sqlalchemy import Column, Engine, Float, MetaData, String, Table, Text, delete, insert, select, type_coerce, update
from sqlalchemy.types import NullType

from data import clock
from data.database import RETRY_S, Database

LOOK_EVERY_S, PATIENCE_S = 15.0, 4.0
UNDO_FOR = dt.timedelta(days=7)
Model = TypeVar("Model", bound=BaseModel)
_log = logging.getLogger(__name__)
_metadata = MetaData()


def _table(name: str, content: str) -> Table:
    return Table(
        name,
        _metadata,
        Column("name", String(60), primary_key=True),
        Column(content, Text, nullable=False),
        Column("changed", Float, nullable=False),  # seconds since 1970
        Column("deleted", Float, nullable=False),  # the same; 0 for one that is not
    )


@dataclass(frozen=True)
class Kind:
    """One kind of record: its table, the column of the content, and what it is called as the subject of a sentence."""

    table: Table
    column: str
    what: str


THESES = Kind(_table("own_theses", "files"), "files", "Your articles")
SCENARIOS = Kind(_table("own_scenarios", "content"), "content", "Your scenarios")
NOTES = Kind(_table("own_notes", "content"), "content", "Your notes")


class NotKept(Exception):
    """A record that cannot be kept; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is kept: its content, and when it was changed."""

    content: str
    changed: float
    deleted: float = 0.0


class OwnStore(Database):
    """Reads and writes the records of one kind in the database."""

    def __init__(self, url: str | None, kind: Kind, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(url, _metadata, kind.what, monotonic)
        self.kind = kind

    def read(self) -> dict[str, Record] | None:
        """All of them by name; None while the database is out of order."""
        found: dict[str, Record] | None = None
        table, column = self.kind.table, self.kind.column

        def read(engine: Engine) -> None:
            nonlocal found
            times = [type_coerce(table.c[name], NullType()).label(name) for name in ("changed", "deleted")]
            with engine.connect() as connection:
                rows = connection.execute(select(table.c.name, table.c[column], *times)).all()
            found = {}
            for row in rows:
                try:
                    record = Record(str(getattr(row, column)), float(row.changed), float(row.deleted))
                except (TypeError, ValueError) as error:
                    _log.warning("%s: %s cannot be read: %s", self.kind.what, row.name, error)
                else:
                    found[str(row.name)] = record

        self._attempt(read)
        return found

    def write(self, name: str, record: Record, oldest: float) -> bool:
        """Keeps one in place of the one before, and drops what was deleted before `oldest`; whether it is kept."""
        done, table = False, self.kind.table

        def write(engine: Engine) -> None:
            nonlocal done
            values = {self.kind.column: record.content, "changed": record.changed, "deleted": record.deleted}
            with engine.begin() as connection:
                connection.execute(delete(table).where(table.c.deleted > 0, table.c.deleted < oldest))
                if not connection.execute(update(table).where(table.c.name == name).values(**values)).rowcount:
                    connection.execute(insert(table).values(name=name, **values))
            done = True

        self._attempt(write)
        return done


class OwnRecords:
    """The records of one kind: kept, and found again.

    Attributes
    ----------
    version : a number that grows with each change that this process learns of.
    """

    def __init__(self, store: OwnStore) -> None:
        self._store = store
        self._lock = threading.Lock()  # of what is known; never held while the database is asked
        self._asking = threading.Lock()  # of the database, which one thread asks at a time
        self._known: dict[str, Record] = {}
        self._unwritten: set[str] = set()
        self._looked = time.monotonic()
        self._is_silent = self._is_waiting = False
        self._found_at: float | None = None  # when the store was last read, by the clock that only grows
        self.version = 0
        self._read: tuple[int, Mapping[str, BaseModel]] = (-1, {})
        self._within(self._look)

    @property
    def problem(self) -> str | None:
        """Why they are not kept at present, as a sentence."""
        store = self._store
        if self._is_silent:
            return f"{store.kind.what} are not kept yet: the store at {store.place} does not answer."
        if store.problem is None and store.set_aside is not None:
            return f"{store.kind.what}: the store was damaged. It is set aside as {store.set_aside}; a new one is used."
        return store.problem

    def refresh(self) -> None:
        """Looks in the background for what other processes have changed, if that is due. Never waits."""
        if not self._store.is_kept or time.monotonic() - self._looked < LOOK_EVERY_S:
            return
        self._looked = time.monotonic()
        self._within(self._look, waits=False)

    def names(self) -> list[str]:
        """The names of all that are not deleted."""
        return sorted(self.contents())

    def contents(self) -> dict[str, str]:
        """The contents of all that are not deleted, by name."""
        with self._lock:
            return {name: record.content for name, record in self._known.items() if not record.deleted}

    def read(self, model: type[Model]) -> dict[str, Model]:
        """All that are not deleted as records of a kind, by name; read anew when something has changed.

        One that cannot be read is left out, and logged.
        """
        version, known = self._read
        if version == self.version:
            return cast("dict[str, Model]", known)
        version, found = self.version, {}
        for name, content in self.contents().items():
            try:
                found[name] = model.model_validate_json(content)
            except ValidationError as error:
                _log.warning("%s: %s cannot be read: %s", self._store.kind.what, name, error.errors()[0]["msg"])
        self._read = version, found
        return found

    def content(self, name: str) -> str:
        """The content of one, of a deleted one too. Raises KeyError."""
        with self._lock:
            return self._known[name].content

    def put(self, name: str, content: str, most: int) -> bool:
        """Keeps one under that name, in place of one before; False where it lasts only as long as this process.

        Raises NotKept where there are `most` of them already.
        """
        if name not in self._known and len(self.names()) >= most:
            raise NotKept(f"{self._store.kind.what}: there are {most} already. Delete one first.")
        return self._write(name, Record(content, clock.now().timestamp()))

    def delete(self, name: str) -> bool:
        """Takes one away, so that it can be brought back for a while. Raises KeyError."""
        now = clock.now().timestamp()
        return self._write(name, Record(self.content(name), now, now))

    def bring_back(self, name: str) -> bool:
        """Takes a deletion back. Raises KeyError where it is gone for good."""
        return self._write(name, Record(self.content(name), clock.now().timestamp()))

    def _sound(self, known: Mapping[str, Record]) -> dict[str, Record]:
        """Those of the records that can be used; the others are logged, and cost only themselves."""
        return dict(known)

    def _has_changed(self) -> None:
        """Called with each change of what is known, while nobody else can change it."""
        self.version += 1

    def _write(self, name: str, record: Record) -> bool:
        with self._lock:
            self._known[name] = record
            self._unwritten.add(name)
            self._has_changed()
        self._within(self._catch_up)
        with self._lock:
            return name not in self._unwritten

    def _within(self, work: Callable[[], None], waits: bool = True) -> None:
        """Does something with the database on a thread, so that nobody waits long for a host that says nothing."""
        if not self._store.is_kept:
            return
        thread = threading.Thread(target=self._alone, args=(work,), name=self._store.kind.table.name, daemon=True)
        thread.start()
        if waits:
            thread.join(PATIENCE_S)
            self._is_silent = thread.is_alive()
            if self._is_silent:
                _log.warning("%s", self.problem)

    def _alone(self, work: Callable[[], None]) -> None:
        with self._asking:
            work()
            self._is_silent = False
        self._try_again_later()

    def _try_again_later(self) -> None:
        """Sees to it that what waits is written though nobody comes: after the pause that a store out of order gets."""
        with self._lock:
            if not self._unwritten or self._is_waiting:
                return
            self._is_waiting = True
        timer = threading.Timer(RETRY_S + 1, self._try_again)
        timer.daemon = True
        timer.start()

    def _try_again(self) -> None:
        with self._lock:
            self._is_waiting = False
        self._alone(self._catch_up)

    def stop(self) -> None:
        """Tries once more to write what waits. For a process that ends."""
        if self._unwritten:
            self._store.try_now()
            self._within(self._catch_up)

    def _look(self) -> None:
        read = self._store.read()
        if read is None:
            return
        found = self._sound(read)
        now = time.monotonic()
        with self._lock:
            if self._found_at is not None and now - self._found_at < UNDO_FOR.total_seconds() / 2:
                # A deletion leaves its mark for `UNDO_FOR`. What is gone without one has been lost with the file.
                lost = {name for name, record in self._known.items() if name not in read and not record.deleted}
                if lost - self._unwritten:
                    _log.warning("%s: %d are not in the store any more, and are written again", self._store.kind.what,
                                 len(lost - self._unwritten))  # fmt: skip
                self._unwritten |= lost
            self._found_at = now
            mine = {name: self._known[name] for name in self._unwritten}
            known = found | {name: record for name, record in mine.items() if _is_newer(record, found.get(name))}
            if self._known != known:
                self._known = known
                self._has_changed()
        self._catch_up()

    def _catch_up(self) -> None:
        """Writes what could not be written yet."""
        with self._lock:
            waiting = {name: self._known[name] for name in self._unwritten if name in self._known}
        for name, record in waiting.items():
            if self._store.write(name, record, record.changed - UNDO_FOR.total_seconds()):
                with self._lock:
                    if self._known.get(name) == record:
                        self._unwritten.discard(name)


def _is_newer(record: Record, other: Record | None) -> bool:
    return other is None or record.changed > other.changed
