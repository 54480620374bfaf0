"""The theses that readers made of their own articles: kept in a database, laid out as files for the library.

A thesis is a few small files, those that are bundled for the first articles too: its own in `theses/`, and that of
its company in `companies/` where nothing else has one. The database keeps them as they are; each process lays them out
in a folder of its own, which the library reads beside the bundled one. What another process has changed is found
within `LOOK_EVERY_S`. What is deleted can be taken back for `UNDO_FOR`.
"""

import atexit
import datetime as dt
import json
import logging
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from platformdirs import user_data_dir
from sqlalchemy import Column, Engine, Float, MetaData, String, Table, Text, delete, insert, select, update

from data import clock
from data.database import Database, address_of

LOOK_EVERY_S, PATIENCE_S = 15.0, 4.0
UNDO_FOR = dt.timedelta(days=7)
MOST_BYTES, MOST_THESES = 500_000, 500  # of one thesis; and how many are kept
# A name of a thesis, and the places of its files: nothing else is ever written.
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_PLACE = re.compile(r"theses/[a-z0-9][a-z0-9-]{0,59}\.toml|companies/[A-Za-z0-9][A-Za-z0-9.^=-]{0,19}/company\.toml")
_log = logging.getLogger(__name__)
_metadata = MetaData()
_theses = Table(
    "own_theses",
    _metadata,
    Column("name", String(60), primary_key=True),
    Column("files", Text, nullable=False),
    Column("changed", Float, nullable=False),  # seconds since 1970
    Column("deleted", Float, nullable=False),  # the same; 0 for one that is not
)
Files = Mapping[str, str]


class NotKept(Exception):
    """A thesis that cannot be kept; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A thesis as it is kept: its files by place, and when it was changed."""

    files: Files
    changed: float
    deleted: float = 0.0


def own_url() -> str:
    """Where they are kept, unless the environment says otherwise."""
    return address_of(Path(user_data_dir("thesis-dashboard")) / "own.sqlite")


class OwnStore(Database):
    """Reads and writes them in the database."""

    def __init__(self, url: str | None, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(url, _metadata, "Your articles", monotonic)

    def read(self) -> dict[str, Kept] | None:
        """All of them by name; None while the database is out of order."""
        found: dict[str, Kept] | None = None

        def read(engine: Engine) -> None:
            nonlocal found
            with engine.connect() as connection:
                rows = connection.execute(select(_theses)).all()
            found = {}
            for row in rows:
                try:
                    found[str(row.name)] = Kept(checked(json.loads(row.files)), float(row.changed), float(row.deleted))
                except (NotKept, TypeError, ValueError, RecursionError) as error:
                    _log.warning("the kept thesis %s cannot be read: %s", row.name, error)

        self._attempt(read)
        return found

    def write(self, name: str, kept: Kept, oldest: float) -> bool:
        """Keeps one in place of the one before, and drops what was deleted before `oldest`; whether it is kept."""
        done = False

        def write(engine: Engine) -> None:
            nonlocal done
            values = {"files": json.dumps(dict(kept.files)), "changed": kept.changed, "deleted": kept.deleted}
            with engine.begin() as connection:
                connection.execute(delete(_theses).where(_theses.c.deleted > 0, _theses.c.deleted < oldest))
                if not connection.execute(update(_theses).where(_theses.c.name == name).values(**values)).rowcount:
                    connection.execute(insert(_theses).values(name=name, **values))
            done = True

        self._attempt(write)
        return done


def checked(files: object) -> dict[str, str]:
    """The files of one thesis. Raises NotKept where they are none: a place that is not allowed, too much, no thesis."""
    if not isinstance(files, dict) or not all(isinstance(text, str) for text in files.values()):
        raise NotKept("These are not the files of a thesis.")
    for place in files:
        if not isinstance(place, str) or not _PLACE.fullmatch(place):
            raise NotKept(f"A thesis has no file “{str(place)[:60]}”.")
    if sum(place.startswith("theses/") for place in files) != 1:
        raise NotKept("There must be one file in theses/, and there is not.")
    if sum(len(text.encode()) for text in files.values()) > MOST_BYTES:
        raise NotKept(f"The files are larger than {MOST_BYTES // 1000} kB together.")
    return dict(files)


class OwnTheses:
    """The readers' theses: kept, laid out as files, and found again.

    Parameters
    ----------
    store : the database.
    folder : where they are laid out; a folder of the process's own without one.
    """

    def __init__(self, store: OwnStore, folder: Path | None = None) -> None:
        self._store = store
        self._lock = threading.Lock()  # of what is known and laid out; never held while the database is asked
        self._asking = threading.Lock()  # of the database, which one thread asks at a time
        self._known: dict[str, Kept] = {}
        self._unwritten: set[str] = set()
        self._looked = time.monotonic()
        self._is_silent = False
        self.folder = folder or _folder_of_process()
        self._within(self._look)

    @property
    def problem(self) -> str | None:
        """Why they are not kept at present, as a sentence."""
        silent = f"Your articles are not kept yet: the store at {self._store.place} does not answer."
        return silent if self._is_silent else self._store.problem

    def refresh(self) -> None:
        """Looks in the background for what other processes have changed, if that is due. Never waits."""
        if not self._store.is_kept or time.monotonic() - self._looked < LOOK_EVERY_S:
            return
        self._looked = time.monotonic()
        self._within(self._look, waits=False)

    def names(self) -> list[str]:
        """The names of all that are not deleted."""
        with self._lock:
            return sorted(name for name, kept in self._known.items() if not kept.deleted)

    def files(self, name: str) -> Files:
        """The files of one, by place. Raises KeyError."""
        with self._lock:
            return self._known[name].files

    def keep(self, name: str, files: Files) -> bool:
        """Keeps one under that name, in place of one before; False where it lasts only as long as this process.

        Raises NotKept for what is no thesis, and where there are too many.
        """
        if not NAME.fullmatch(name) or f"theses/{name}.toml" not in files:
            raise NotKept(f"“{name[:60]}” is no name of a thesis: letters, digits and hyphens.")
        if name not in self._known and len(self._known) >= MOST_THESES:
            raise NotKept(f"There are {MOST_THESES} articles of your own already. Delete one first.")
        return self._write(name, Kept(checked(dict(files)), clock.now().timestamp()))

    def delete(self, name: str) -> bool:
        """Takes one away, so that it can be brought back for a while. Raises KeyError."""
        now = clock.now().timestamp()
        return self._write(name, Kept(self.files(name), now, now))

    def bring_back(self, name: str) -> bool:
        """Takes a deletion back. Raises KeyError where it is gone for good."""
        return self._write(name, Kept(self.files(name), clock.now().timestamp()))

    def _write(self, name: str, kept: Kept) -> bool:
        with self._lock:
            self._known[name] = kept
            self._unwritten.add(name)
            self._lay_out()
        self._within(self._catch_up)
        with self._lock:
            return name not in self._unwritten

    def _within(self, work: Callable[[], None], waits: bool = True) -> None:
        """Does something with the database on a thread, so that nobody waits long for a host that says nothing."""
        if not self._store.is_kept:
            return
        thread = threading.Thread(target=self._alone, args=(work,), name="own-theses", daemon=True)
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

    def _look(self) -> None:
        found = self._store.read()
        if found is None:
            return
        with self._lock:
            mine = {name: self._known[name] for name in self._unwritten}
            known = found | {name: kept for name, kept in mine.items() if _is_newer(kept, found.get(name))}
            if self._known != known:
                self._known = known
                self._lay_out()
        self._catch_up()

    def _catch_up(self) -> None:
        """Writes what could not be written yet."""
        with self._lock:
            waiting = {name: self._known[name] for name in self._unwritten if name in self._known}
        for name, kept in waiting.items():
            if self._store.write(name, kept, kept.changed - UNDO_FOR.total_seconds()):
                with self._lock:
                    if self._known.get(name) == kept:
                        self._unwritten.discard(name)

    def _lay_out(self) -> None:
        """Makes the folder hold what is known, and nothing else. A file that is right already is not touched."""
        wanted: dict[Path, str] = {}
        for kept in self._known.values():
            for place, text in () if kept.deleted else kept.files.items():
                wanted.setdefault(self.folder.joinpath(*PurePosixPath(place).parts), text)
        for path, text in wanted.items():
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                new = path.with_name(f"{path.name}.new")
                new.write_text(text, encoding="utf-8")
                new.replace(path)
        for path in self.folder.rglob("*.toml"):
            if path not in wanted:
                path.unlink()
        for folder in self.folder.glob("companies/*"):
            if not any(folder.iterdir()):
                folder.rmdir()


def _is_newer(kept: Kept, other: Kept | None) -> bool:
    return other is None or kept.changed > other.changed


def _folder_of_process() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="thesis-own-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def own_theses() -> OwnTheses:
    """The process's own."""
    return OwnTheses(OwnStore(own_url()))
