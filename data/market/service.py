"""Keeps market values fresh in the background. A page only ever reads what is there already.

One thread asks for whatever is due, one request at a time, for the whole process, however many readers. Each answer
is judged before it takes the place of the last good one (`data.market.plausible`), and shown as soon as it is there,
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
from data.market.bounds import AHEAD
from data.market.breakers import Breakers, Key, Scope
from data.market.doubts import HeldBack, Known
from data.market.failures import BadAnswer, MarketFailure, NoThread
from data.market.keeper import Keeper
from data.market.lease import Lease
from data.market.plausible import judge
from data.market.records import Answer, Prices, Rate
from data.market.store import CachedAnswer, Store, default_url

_log = logging.getLogger(__name__)

FRESH = {
    "prices": dt.timedelta(minutes=5),
    "rate": dt.timedelta(hours=1),
    "analysis": dt.timedelta(hours=6),
    "options": dt.timedelta(hours=1),
    "statements": dt.timedelta(hours=24),
    "reports": dt.timedelta(hours=24),
    "identity": dt.timedelta(days=7),
}
# What another answer would confirm is asked for again after this time.
CONFIRM_AFTER = dt.timedelta(minutes=15)
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
        self._cached: dict[Key, CachedAnswer] = {}
        self._held: dict[Key, tuple[HeldBack, ...]] = {}
        self._heard: dict[Key, dt.datetime] = {}  # when an answer came, believed or not
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
            present = {key: self._cached[key] for key in wanted if key in self._cached}
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
            return {key: self._cached[key] for key in keys if key in self._cached}

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
            held = tuple(
                each for key, held in sorted(self._held.items()) if mine is None or key in mine for each in held
            )
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

        def stale(key: Key) -> bool:
            heard, fresh = self._heard.get(key), FRESH[key[0]]
            if any(not each.contradicts for each in self._held.get(key, ())):
                fresh = min(fresh, CONFIRM_AFTER)
            # A time ahead of now comes from a clock that has been put right, and says nothing about the age.
            return heard is None or not -AHEAD <= now - heard < fresh

        if not self._enabled:
            return []
        due = [key for key in self._wanted | self._elsewhere if stale(key) and not self._breakers.waits(key, now)]
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
                    if not due:
                        # Under the same lock: a key wanted after this look finds no worker and starts one.
                        self._worker = None
                        return
                self._fetch(due[0])
        except BaseException:
            with self._lock:
                self._worker = self._asking = None
            raise

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
            return {key: (now - each.fetched).total_seconds() for key, each in self._cached.items()}

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
            believed = self._judged(key, answer)
            self._breakers.succeeded(key)
            self._changes[key] += 1
        self._note(key, "held-back" if believed is None else "ok", began)
        if believed is not None:
            self._keeper.keep(key, believed)

    def _judged(self, key: Key, answer: Answer) -> CachedAnswer | None:
        """Takes over what of an answer is believed, and notes what is held back."""
        now, last = self._now(), self._cached.get(key)
        prices = self._cached.get(("prices", key[1]))
        rates = {pair: each.answer.value for (_, pair), each in self._cached.items() if isinstance(each.answer, Rate)}
        known = Known(
            now,
            None if last is None else last.answer,
            None if last is None else last.fetched,
            self._held.get(key, ()),
            prices.answer if prices is not None and isinstance(prices.answer, Prices) else None,
            rates,
        )
        believed, held = judge(answer, known)
        said = {(each.place, each.value) for each in known.held}
        for each in held:
            if (each.place, each.value) not in said:
                _log.warning("%s", each.sentence)
        self._heard[key], self._held[key] = now, held
        if believed is None:
            return None
        self._cached[key] = CachedAnswer(believed, now)
        return self._cached[key]

    def _failed(self, key: Key, failure: MarketFailure) -> None:
        scope, until = self._breakers.failed(key, failure, self._now())
        self._changes[scope] += 1
        _log.warning("%s %s: %s; next try %s", *key, failure, until.isoformat(timespec="seconds"))

    def _take_over(self, found: dict[Key, CachedAnswer]) -> None:
        """Takes what the store has that is newer: of earlier runs, or of other processes."""
        now = self._now()
        with self._lock:
            for key, stored in found.items():
                kept, mine = _not_ahead(stored, now), self._cached.get(key)
                if kept is None:
                    _log.warning("kept answer %s %s is of a time that lies ahead (%s)", *key, stored.fetched)
                elif mine is None or mine.fetched < kept.fetched:
                    self._cached[key] = kept
                    self._heard[key] = max(kept.fetched, self._heard.get(key, kept.fetched))
                    self._held.pop(key, None)
                    self._changes[key] += 1


def _not_ahead(stored: CachedAnswer, now: dt.datetime) -> CachedAnswer | None:
    """A stored answer with a time that can be true; None where it has none, since its age is then unknown."""
    quoted = getattr(stored.answer, "time", None)
    if quoted is not None and quoted > now + AHEAD:
        return None
    if stored.fetched <= now + AHEAD:
        return stored
    # By a clock that was wrong. The market's own time is right, and the answer is not younger than that.
    return None if quoted is None else CachedAnswer(stored.answer, quoted)


@cache
def market_service() -> MarketService:
    """The process's one service. `THESIS_LIVE=off` keeps it from asking anyone."""
    enabled = os.environ.get("THESIS_LIVE", "on").lower() not in ("off", "0", "false")
    if enabled:
        # Whole before the worker's first question loads it with yfinance: a chart that is made meanwhile would find it
        # half loaded, and plotly fails on that.
        import_module("pandas")
    return MarketService(Store(default_url()), enabled=enabled, lease=Lease(default_url()))
