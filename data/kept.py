"""Keeps what was read from files for as long as those files stay as they are.

A file is looked at by its time and size, not by its content: some microseconds a file. Times have a grain, so what
was read less than `SETTLED_S` after the last change may be older than the file and is read again the next time.
"""

import os
import time
from collections.abc import Callable, Hashable
from functools import wraps
from pathlib import Path
from typing import TypeVar

from data.errors import DataFileError

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int, int], ...]
SETTLED_S = 0.1
_SUFFIXES = (".toml", ".csv")


def stamp(*places: Path) -> Stamp:
    """The state of files and of the data files in folders: name, time of content, time of change, size of each."""
    found = []
    for place in places:
        try:
            if place.suffix in _SUFFIXES:
                found.append((str(place), place.stat()))
                continue
            entries = [entry for entry in os.scandir(place) if entry.name.endswith(_SUFFIXES)]
            found += [(entry.path, entry.stat()) for entry in entries]
        except OSError:  # what is not there has no state; its reader says so
            continue
    return tuple(sorted((path, state.st_mtime_ns, state.st_ctime_ns, state.st_size) for path, state in found))


def kept_by(places: Callable[..., tuple[Path, ...]]) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Calls a reader once for each state of the files in `places`, which gets the reader's own arguments.

    Who knows the state already, of these files or of more, hands it in as `state`, and no file is looked at again.
    A DataFileError is kept like a result: a broken file is not read for every page that cannot open.
    """

    def decorator(read: Callable[..., T]) -> Callable[..., T]:
        held: dict[Hashable, tuple[Stamp, T | DataFileError]] = {}

        @wraps(read)
        def reading(*arguments: Hashable, state: Stamp | None = None) -> T:
            state = stamp(*places(*arguments)) if state is None else state
            entry = held.get(arguments)
            if entry is None or entry[0] != state:
                began = time.time()
                try:
                    entry = (state, read(*arguments))
                except DataFileError as error:
                    entry = (state, error)
                if _settled(state, began):
                    held[arguments] = entry
                else:
                    held.pop(arguments, None)
            if isinstance(entry[1], DataFileError):
                raise DataFileError.of(entry[1].problems)
            return entry[1]

        return reading

    return decorator


def kept(read: Callable[[Path], T]) -> Callable[[Path], T]:
    """The same for a reader of one file or of the files in one folder."""
    return kept_by(lambda path: (path,))(read)


def _settled(state: Stamp, now: float) -> bool:
    newest = max((max(content, change) for _, content, change, _ in state), default=0)
    return abs(now - newest / 1e9) > SETTLED_S
