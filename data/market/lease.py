"""Which of many processes asks the market service: the one that holds a lease in their database.

The holder renews it with each question. Where it dies, the lease ends after `LEASE`, and the next process that wants
something takes it over. What the others want stands in the same database, so that the holder asks for it too; they read
the answers from the store. While the database is out of order the roles stay as they were; a process that finds it so
for longer than `LEASE` asks for itself, for readers' figures count more than one question too many.
"""

import datetime as dt
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable

from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from data.database import Database

LEASE = dt.timedelta(seconds=45)
WANTED_FOR = dt.timedelta(minutes=10)  # how long what another process has asked for counts as wanted
_NAME = "market"
_log = logging.getLogger(__name__)
_metadata = MetaData()
_leases = Table(
    "leases",
    _metadata,
    Column("name", String(16), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)
_wanted = Table(
    "wanted",
    _metadata,
    Column("kind", String(16), primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("asked", DateTime(timezone=True), nullable=False),
)
Key = tuple[str, str]


class Lease(Database):
    """The lease of one process. For one thread at a time.

    Attributes
    ----------
    holder : the name under which this process holds it.
    """

    def __init__(self, url: str | None, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(url, _metadata, "The lease of the market service", monotonic)
        self.holder = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._holds = False
        self._silent_since: dt.datetime | None = None

    def hold(self, now: dt.datetime) -> bool:
        """Takes or renews the lease; whether this process is the one that asks."""
        if not self.is_kept:
            return True
        done: bool | None = None

        def take(engine: Engine) -> None:
            nonlocal done
            mine = or_(_leases.c.holder == self.holder, _leases.c.until < now)
            values = {"holder": self.holder, "until": now + LEASE}
            try:
                with engine.begin() as connection:
                    if connection.execute(
                        update(_leases).where(_leases.c.name == _NAME, mine).values(**values)
                    ).rowcount:
                        done = True
                    elif connection.execute(select(_leases.c.name).where(_leases.c.name == _NAME)).first() is None:
                        connection.execute(insert(_leases).values(name=_NAME, **values))
                        done = True
                    else:
                        done = False
            except IntegrityError:
                done = False  # another process was a moment faster

        self._attempt(take)
        if done is None:
            self._silent_since = self._silent_since or now
            return self._holds or now - self._silent_since > LEASE
        self._silent_since = None
        if done != self._holds:
            _log.info("%s %s the market service", self.holder, "asks" if done else "leaves it to another to ask")
        self._holds = done
        return done

    def give_back(self) -> None:
        """Ends the lease, where this process holds it: the next one need not wait."""

        def end(engine: Engine) -> None:
            with engine.begin() as connection:
                connection.execute(delete(_leases).where(_leases.c.name == _NAME, _leases.c.holder == self.holder))

        if self._holds:
            self._attempt(end)
            self._holds = False

    def want(self, keys: Iterable[Key], now: dt.datetime) -> None:
        """Says what this process wants, for the holder to ask for."""
        wanted = list(keys)

        def write(engine: Engine) -> None:
            for kind, name in wanted:
                place = (_wanted.c.kind == kind, _wanted.c.name == name)
                try:
                    with engine.begin() as connection:
                        if not connection.execute(update(_wanted).where(*place).values(asked=now)).rowcount:
                            connection.execute(insert(_wanted).values(kind=kind, name=name, asked=now))
                except IntegrityError:
                    continue  # another process wants it as well

        self._attempt(write)

    def wanted(self, now: dt.datetime) -> set[Key]:
        """What other processes want; nothing while the database is out of order."""
        found: set[Key] = set()

        def read(engine: Engine) -> None:
            with engine.begin() as connection:
                connection.execute(delete(_wanted).where(_wanted.c.asked < now - WANTED_FOR))
                found.update((row.kind, row.name) for row in connection.execute(select(_wanted)))

        self._attempt(read)
        return found
