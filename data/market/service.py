"""Keeps market values fresh in the background. A page only ever reads what is there already.

One thread asks for whatever is due, one request at a time, for the whole process, however many readers. Each answer
is judged before it takes the place of the last good one (`data.market.believed`), and shown as soon as it is there,
whatever else is still awaited. After a failure something is left alone for a while (`data.market.breakers`).
"""

import datetime as dt
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from data import clock
from data.market import yahoo
from data.market.believed import FRESH, Believed
from data.market.breakers import Breakers, Key, Scope
from data.market.doubts import HeldBack
from data.market.failures import BadAnswer, MarketFailure, NoThread
from data.market.keeper import Keeper
from data.market.lease import Lease
from data.market.records import Answer
from data.market.store import CachedAnswer, Store, default_url

_log = logging.getLogger(__name__)

# How often the store is looked through for what other processes have fetched, and how long a refresh waits for that.
LOOK_EVERY = dt.timedelta(seconds=15)
_LOOK_WAIT_S = 1.0
# How long after another process was found to ask, the lease is tried for again.
ASK_AGAIN = dt.timedelta(seconds=5)

Clock = Callable[[], dt.datetime]


def _ask(key: Key) -> Answer:
    asked: dict[str, Callable[[str], Answer]] = {
        "prices": yahoo.prices,
        "analysis": yahoo.analysis,
        "rate": yahoo.rate,
        "options": yahoo.options,
        "statements": yahoo.statements,
        "reports": yahoo.reports,
        "identity": yahoo.identity,
    }
    return asked[key[0]](key[1])


@dataclass(frozen=True, slots=True)
class Status:
    """How some of the market data stands, for the freshness line.

    Attributes
    ----------
    enabled : whether anyone is asked at all.
    busy : whether an answer is awaited.
    failure, next_try : a sentence, and when the service is asked again; None while all is well.
    version : grows with each change.
    held_back : what the service said and is not shown as true.
    store_problem : why answers are not kept on disk, as a sentence.
    """

    enabled: bool
    busy: bool
    failure: str | None
    next_try: dt.datetime | None
    version: int
    held_back: tuple[HeldBack, ...] = ()
    store_problem: str | None = None


class MarketService:
    """The last good answers of all symbols that anyone asked for, refreshed in the background."""

    def __init__(
        self,
        store: Store,
        ask: Callable[[Key], Answer] = _ask,
        now: Clock = lambda: clock.now(),
        enabled: bool = True,
        lease: Lease | None = None,
    ) -> None:
        self._ask, self._now, self._enabled, self._lease = ask, now, enabled, lease
        self._left_to_others: dt.datetime | None = None  # when another process was last found to be the one that asks
        self._elsewhere: set[Key] = set()  # what other processes want
        self._lock = threading.Lock()
        self._believed = Believed()
        self._wanted: set[Key] = set()
        self._asking: Key | None = None
        self._worker: threading.Thread | None = None
        self._breakers = Breakers()
        self._changes: Counter[Scope] = Counter()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._looked = now()
        self._keeper = Keeper(store, self._take_over)
        self._keeper.first_look()

    def cached(self, keys: Iterable[Key]) -> dict[Key, CachedAnswer]:
        """What is there of these keys, at once; what is stale or missing is asked for in the background."""
        wanted = set(keys)
        with self._lock:
            self._wanted |= wanted
            present = self._believed.of(wanted)
            looks = not dt.timedelta() <= self._now() - self._looked < LOOK_EVERY
            if looks:
                self._looked = self._now()
        if looks:
            self._keeper.look(0)
        self._refresh()
        return present

    def kept(self, keys: Iterable[Key]) -> dict[Key, CachedAnswer]:
        """What is there of these keys, whatever its age; nothing is asked for."""
        with self._lock:
            return self._believed.of(keys)

    def status(self, keys: Collection[Key] | None = None) -> Status:
        """How the market data of these keys stands, or all of it: a failure or a change of others does not count."""
        problem = self._keeper.problem
        with self._lock:
            mine = None if keys is None else set(keys)
            busy = self._worker is not None and (
                mine is None or self._asking in mine or any(key in mine for key in self._due())
            )
            changes = [
                n for scope, n in self._changes.items() if mine is None or not isinstance(scope, tuple) or scope in mine
            ]
            held = self._believed.held_back(mine)
            worst = self._breakers.worst(keys)
            failure, until = (None, None) if worst is None else (worst.failure.sentence, worst.until)
            return Status(self._enabled, busy, failure, until, sum(changes), held, problem)

    def stop(self) -> None:
        """Waits for the question under way, and leaves the next to another process. For a process that ends."""
        self.wait(yahoo.CALL_TIMEOUT_S)
        if self._lease is not None:
            self._lease.give_back()

    def wait(self, timeout_s: float) -> None:
        """Waits for a refresh that is under way, and until it is kept. For tests; no page calls it."""
        with self._lock:
            worker = self._worker
        if worker is not None:
            worker.join(timeout_s)
        self._keeper.settle(timeout_s)

    def _due(self) -> list[Key]:
        now = self._now()
        if not self._enabled:
            return []
        due = [
            key
            for key in self._wanted | self._elsewhere
            if self._believed.is_stale(key, now) and not self._breakers.waits(key, now)
        ]
        if self._left_to_others is not None and dt.timedelta() <= now - self._left_to_others < ASK_AGAIN:
            return []
        # Prices first: they are what a reader waits for.
        return sorted(due, key=lambda key: (list(FRESH).index(key[0]), key[1]))

    def _refresh(self) -> None:
        with self._lock:
            due = self._due()
            if self._worker is not None or not due:
                return
            worker = threading.Thread(target=self._work, name="market", daemon=True)
            try:
                worker.start()
            except RuntimeError as error:  # the system has none left
                self._failed(due[0], NoThread(str(error)))
                return
            self._worker = worker

    def _work(self) -> None:
        try:
            self._keeper.look(_LOOK_WAIT_S)
            while True:
                is_ours = self._is_ours()
                with self._lock:
                    due = self._due() if is_ours else []
                    self._asking = due[0] if due else None
                if due:
                    self._fetch(due[0])
                    continue
                if is_ours:
                    self._rest()
                with self._lock:
                    if not is_ours or not self._due():
                        # Under the same lock: a key wanted after this look finds no worker and starts one.
                        self._worker = None
                        return
        except BaseException:
            with self._lock:
                self._worker = self._asking = None
            raise

    def _rest(self) -> None:
        """Lets another process ask while there is nothing to ask here; not while a failure is waited out."""
        with self._lock:
            waits = self._breakers.worst(None) is not None
        if self._lease is not None and not waits:
            self._lease.give_back()

    def _is_ours(self) -> bool:
        """Whether this process is the one that asks; where another is, that one is told what is wanted here."""
        lease, now = self._lease, self._now()
        if lease is None:
            return True
        with self._lock:
            due = self._due()
        if not due:
            return True
        if lease.hold(now):
            elsewhere = lease.wanted(now)
            with self._lock:
                self._left_to_others = None
                self._elsewhere = {key for key in elsewhere if key[0] in FRESH}
            return True
        lease.want(due, now)
        with self._lock:
            self._left_to_others = now
        self._keeper.look(_LOOK_WAIT_S)
        return False

    def ages(self) -> dict[Key, float]:
        """The seconds since each answer was fetched."""
        now = self._now()
        with self._lock:
            return self._believed.ages(now)

    def counts(self) -> dict[tuple[str, str], int]:
        """How many questions of a kind ended how, since the process began."""
        with self._lock:
            return dict(self._counts)

    def _note(self, key: Key, outcome: str, began: float) -> None:
        """One line for each question, that a program can read."""
        took = (time.monotonic() - began) * 1000
        _log.info("fetch what=%s symbol=%s ms=%.0f outcome=%s", *key, took, outcome)
        with self._lock:
            self._counts[key[0], outcome] += 1

    def _fetch(self, key: Key) -> None:
        began = time.monotonic()
        try:
            answer = self._ask(key)
        except MarketFailure as failure:
            self._note(key, type(failure).__name__, began)
            with self._lock:
                self._failed(key, failure)
            return
        except Exception as error:
            # A mistake of ours with one key must not end the thread that asks for all the others.
            _log.exception("%s %s", *key)
            self._note(key, "mistake", began)
            with self._lock:
                self._failed(key, BadAnswer(f"{type(error).__name__}: {error}"))
            return
        with self._lock:
            believed = self._believed.judged(key, answer, self._now())
            self._breakers.succeeded(key)
            self._changes[key] += 1
        self._note(key, "held-back" if believed is None else "ok", began)
        if believed is not None:
            self._keeper.keep(key, believed)

    def _failed(self, key: Key, failure: MarketFailure) -> None:
        scope, until = self._breakers.failed(key, failure, self._now())
        self._changes[scope] += 1
        _log.warning("%s %s: %s; next try %s", *key, failure, until.isoformat(timespec="seconds"))

    def _take_over(self, found: dict[Key, CachedAnswer]) -> None:
        """Takes what the store has that is newer: of earlier runs, or of other processes."""
        with self._lock:
            self._changes.update(self._believed.take_over(found, self._now()))


@cache
def market_service() -> MarketService:
    """The process's one service. `THESIS_LIVE=off` keeps it from asking anyone."""
    enabled = os.environ.get("THESIS_LIVE", "on").lower() not in ("off", "0", "false")
    if enabled:
        # Whole before the worker's first question loads it with yfinance: a chart that is made meanwhile would find it
        # half loaded, and plotly fails on that.
        import_module("pandas")
    return MarketService(Store(default_url()), enabled=enabled, lease=Lease(default_url()))
