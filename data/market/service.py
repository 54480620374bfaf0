"""Keeps market values fresh in the background. A page only ever reads what is there already.

One thread asks for whatever is due, one request at a time, for the whole process, however many readers. A failure
of the service (a rate limit, no connection, no answer) opens a breaker: nothing is asked before the time that the
status names. A bad answer to one question makes only that question wait. Each further failure doubles the wait.
"""

import datetime as dt
import logging
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from data.market import yahoo
from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited
from data.market.records import Answer
from data.market.store import CachedAnswer, Store, default_url

_log = logging.getLogger(__name__)

FRESH = {
    "prices": dt.timedelta(minutes=5),
    "rate": dt.timedelta(hours=1),
    "analysis": dt.timedelta(hours=6),
    "options": dt.timedelta(hours=1),
}
_FIRST_WAIT = dt.timedelta(minutes=1)
_FIRST_WAIT_LIMITED = dt.timedelta(minutes=15)
_LONGEST_WAIT = dt.timedelta(hours=4)

Key = tuple[str, str]
Clock = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _ask(key: Key) -> Answer:
    asked: dict[str, Callable[[str], Answer]] = {
        "prices": yahoo.prices,
        "analysis": yahoo.analysis,
        "rate": yahoo.rate,
        "options": yahoo.options,
    }
    return asked[key[0]](key[1])


@dataclass(frozen=True, slots=True)
class Breaker:
    """Nothing is asked before `until`; the next failure waits twice as long."""

    failure: MarketFailure
    wait: dt.timedelta
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Status:
    """How the market data stands, for the freshness line. `failure` is a sentence; `next_try` is set while it waits."""

    enabled: bool
    busy: bool
    failure: str | None
    next_try: dt.datetime | None
    version: int


class MarketService:
    """The last good answers of all symbols that anyone asked for, refreshed in the background."""

    def __init__(
        self, store: Store, ask: Callable[[Key], Answer] = _ask, now: Clock = _now, enabled: bool = True
    ) -> None:
        self._store, self._ask, self._now, self._enabled = store, ask, now, enabled
        self._lock = threading.Lock()
        self._cached: dict[Key, CachedAnswer] = store.read_all()
        self._wanted: set[Key] = set()
        self._worker: threading.Thread | None = None
        self._breakers: dict[Key | None, Breaker] = {}  # None: the whole service
        self._version = 0

    def cached(self, keys: Iterable[Key]) -> dict[Key, CachedAnswer]:
        """What is there of these keys, at once; what is stale or missing is asked for in the background."""
        wanted = set(keys)
        with self._lock:
            self._wanted |= wanted
            present = {key: self._cached[key] for key in wanted if key in self._cached}
        self._refresh()
        return present

    def status(self) -> Status:
        """How the market data stands."""
        with self._lock:
            busy = self._worker is not None
            worst = self._breakers.get(None) or next(iter(self._breakers.values()), None)
            if worst is None:
                return Status(self._enabled, busy, None, None, self._version)
            return Status(self._enabled, busy, worst.failure.sentence, worst.until, self._version)

    def wait(self, timeout_s: float) -> None:
        """Waits for a refresh that is under way. For tests; no page calls it."""
        with self._lock:
            worker = self._worker
        if worker is not None:
            worker.join(timeout_s)

    def _due(self) -> list[Key]:
        now = self._now()

        def waits(key: Key | None) -> bool:
            return key in self._breakers and now < self._breakers[key].until

        def stale(key: Key) -> bool:
            return key not in self._cached or now - self._cached[key].fetched >= FRESH[key[0]]

        if not self._enabled or waits(None):
            return []
        due = [key for key in self._wanted if stale(key) and not waits(key)]
        # Prices first: they are what a reader waits for.
        return sorted(due, key=lambda key: (list(FRESH).index(key[0]), key[1]))

    def _refresh(self) -> None:
        with self._lock:
            if self._worker is not None or not self._due():
                return
            self._worker = threading.Thread(target=self._work, name="market", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        try:
            while True:
                with self._lock:
                    due = self._due()
                    if not due:
                        # Under the same lock: a key wanted after this look finds no worker and starts one.
                        self._worker = None
                        return
                self._fetch(due[0])
        except BaseException:
            with self._lock:
                self._worker = None
            raise

    def _fetch(self, key: Key) -> None:
        try:
            answer = CachedAnswer(self._ask(key), self._now())
        except MarketFailure as failure:
            self._open_breaker(key, failure)
            return
        except Exception as error:
            # A mistake of ours with one key must not end the thread that asks for all the others.
            _log.exception("%s %s", *key)
            self._open_breaker(key, BadAnswer(f"{type(error).__name__}: {error}"))
            return
        with self._lock:
            self._cached[key] = answer
            self._breakers.pop(None, None)
            self._breakers.pop(key, None)
            self._version += 1
        self._store.write(*key, answer)

    def _open_breaker(self, key: Key, failure: MarketFailure) -> None:
        scope = key if isinstance(failure, (BadAnswer, EmptyAnswer)) else None
        first = _FIRST_WAIT_LIMITED if isinstance(failure, RateLimited) else _FIRST_WAIT
        with self._lock:
            before = self._breakers.get(scope)
            wait = min(max(before.wait * 2 if before else first, first), _LONGEST_WAIT)
            until = self._now() + wait
            self._breakers[scope] = Breaker(failure, wait, until)
            if scope is not None:
                # Even a bad answer shows that the service is there.
                self._breakers.pop(None, None)
            self._version += 1
        _log.warning("%s %s: %s; next try %s", *key, failure, until.isoformat(timespec="seconds"))


@cache
def market_service() -> MarketService:
    """The process's one service. `THESIS_LIVE=off` keeps it from asking anyone."""
    enabled = os.environ.get("THESIS_LIVE", "on").lower() not in ("off", "0", "false")
    if enabled:
        # Whole before the worker's first question loads it with yfinance: a chart that is made meanwhile would find it
        # half loaded, and plotly fails on that.
        import_module("pandas")
    return MarketService(Store(default_url()), enabled=enabled)
