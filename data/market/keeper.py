"""Reads and writes the store on a thread of its own, so that nobody waits for a disk that is full or a silent host."""

import logging
import threading
import time
from collections.abc import Callable

from data.market.store import CachedAnswer, Key, Store

# How long the start waits for what was kept; and after how long a store counts as silent.
START_WAIT_S = 2.0
_log = logging.getLogger(__name__)


class Keeper:
    """A store behind a thread that runs while there is something to do.

    Parameters
    ----------
    store : the store.
    take_over : told on that thread what was found each time the store is read.
    """

    def __init__(self, store: Store, take_over: Callable[[dict[Key, CachedAnswer]], None]) -> None:
        self._store, self._take_over = store, take_over
        self._changed = threading.Condition()
        self._writes: dict[Key, CachedAnswer] = {}
        self._reads = False
        self._thread: threading.Thread | None = None
        self._began = 0.0
        self._was_silent = False  # for the whole wait at the start, whenever the thread came to its work
        self._no_thread: str | None = None

    @property
    def problem(self) -> str | None:
        """Why answers are not kept at present, as a sentence."""
        with self._changed:
            took = time.monotonic() - self._began
            if self._thread is not None and (self._was_silent or took > START_WAIT_S):
                return self._silence
        return self._no_thread or self._store.problem

    @property
    def _silence(self) -> str:
        return f"Market values are not kept yet: the store at {self._store.place} does not answer."

    def look(self, wait_s: float) -> bool:
        """Reads the store; waits for it that long at most, and says whether it is done."""
        if not self._store.is_kept:
            return True
        with self._changed:
            self._reads = True
        self._start()
        return self.settle(wait_s)

    def first_look(self) -> None:
        """The look at the start: a store that is silent is said, and does not hold the start up."""
        if self.look(START_WAIT_S):
            return
        with self._changed:
            self._was_silent = self._thread is not None
        _log.warning("%s", self._silence)

    def keep(self, key: Key, cached: CachedAnswer) -> None:
        """Writes an answer, in the background."""
        if self._store.is_kept:
            with self._changed:
                self._writes[key] = cached
            self._start()

    def settle(self, timeout_s: float) -> bool:
        """Waits until there is nothing left to do, that long at most; says whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._thread is None, timeout_s)

    def _start(self) -> None:
        with self._changed:
            if self._thread is not None:
                return
            self._began = time.monotonic()
            thread = threading.Thread(target=self._work, name="market-store", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:  # the system has none left
                if self._no_thread is None:
                    _log.warning("market answers are not kept: %s", error)
                self._no_thread = "Market values are not kept on disk: this server is too busy."
                return
            self._thread, self._no_thread = thread, None

    def _work(self) -> None:
        try:
            while True:
                with self._changed:
                    self._was_silent = False
                    if not self._reads and not self._writes:
                        # Under the same lock: what is wanted after this look finds no thread and starts one.
                        self._thread = None
                        self._changed.notify_all()
                        return
                    reads, self._reads = self._reads, False
                    writes, self._writes = self._writes, {}
                    self._began = time.monotonic()
                if reads:
                    self._take_over(self._store.read_all())
                for key, cached in writes.items():
                    self._store.write(*key, cached)
        except BaseException as error:
            with self._changed:
                self._thread = None
                self._changed.notify_all()
            if not isinstance(error, Exception):
                raise
            # Nobody waits for this thread; a mistake of ours here must not end unseen.
            _log.exception("the store of market answers")
