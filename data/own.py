"""The theses that readers made of their own articles: kept as records, laid out as files for the library.

A thesis is a few small files, those that are bundled for the first articles too: its own in `theses/`, and that of
its company in `companies/` where nothing else has one. The database keeps them as they are; each process lays them out
in a folder of its own, which the library reads beside the bundled one.
"""

import atexit
import json
import logging
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from platformdirs import user_data_dir

from data.database import address_of
from data.own_records import THESES, NotKept, OwnRecords, OwnStore, Record

MOST_BYTES, MOST_THESES = 500_000, 500  # of one thesis; and how many are kept
# A name of a thesis, and the places of its files: nothing else is ever written.
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_PLACE = re.compile(r"theses/[a-z0-9][a-z0-9-]{0,59}\.toml|companies/[A-Za-z0-9][A-Za-z0-9.^=-]{0,19}/company\.toml")
_log = logging.getLogger(__name__)
Files = Mapping[str, str]


def own_url() -> str:
    """Where what readers make is kept, unless the environment says otherwise."""
    return address_of(Path(user_data_dir("thesis-dashboard")) / "own.sqlite")


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


class OwnTheses(OwnRecords):
    """The readers' theses: kept, laid out as files, and found again.

    Parameters
    ----------
    store : the database.
    folder : where they are laid out; a folder of the process's own without one.
    """

    def __init__(self, store: OwnStore, folder: Path | None = None) -> None:
        self.folder = folder or _folder_of_process()
        super().__init__(store)

    def files(self, name: str) -> Files:
        """The files of one, by place. Raises KeyError."""
        return _files(self.content(name))

    def taken_away(self, name: str) -> Files | None:
        """The files of one that was deleted and can be brought back; None where none was."""
        with self._lock:
            record = self._known.get(name)
        return _files(record.content) if record is not None and record.deleted else None

    def keep(self, name: str, files: Files) -> bool:
        """Keeps one under that name, in place of one before; False where it lasts only as long as this process.

        Raises NotKept for what is no thesis, and where there are too many.
        """
        if not NAME.fullmatch(name) or f"theses/{name}.toml" not in files:
            raise NotKept(f"“{name[:60]}” is no name of a thesis: letters, digits and hyphens.")
        return self.put(name, json.dumps(checked(dict(files))), MOST_THESES)

    def _sound(self, known: Mapping[str, Record]) -> dict[str, Record]:
        sound = {}
        for name, record in known.items():
            try:
                _files(record.content)
            except (NotKept, TypeError, ValueError, RecursionError) as error:
                _log.warning("the kept thesis %s cannot be read: %s", name, error)
            else:
                sound[name] = record
        return sound

    def _has_changed(self) -> None:
        """Makes the folder hold what is known, and nothing else. A file that is right already is not touched."""
        super()._has_changed()
        wanted: dict[Path, str] = {}
        for record in self._known.values():
            for place, text in () if record.deleted else _files(record.content).items():
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


def _files(content: str) -> dict[str, str]:
    return checked(json.loads(content))


def _folder_of_process() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="thesis-own-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def own_theses() -> OwnTheses:
    """The process's own."""
    return OwnTheses(OwnStore(own_url(), THESES))
