"""Who is left alone after a failure, and until when.

A failure of the service (a rate limit, no connection) concerns all questions, a timeout those that go to the same
address, and a bad answer its own question only. Each further failure doubles the wait.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited, TimedOut

FIRST_WAIT = dt.timedelta(minutes=1)
FIRST_WAIT_LIMITED = dt.timedelta(minutes=15)
LONGEST_WAIT = dt.timedelta(hours=4)
LONGEST_ASKED = dt.timedelta(hours=24)
# Which of the service's addresses answers a kind of question: one may hang while the others are well.
ADDRESSES = {
    "prices": "chart", "rate": "chart", "analysis": "summary", "options": "options", "statements": "statements",
    "reports": "calendar", "identity": "summary",
}  # fmt: skip
MAY_BE_EMPTY = ("options", "statements", "reports", "identity")

Key = tuple[str, str]
Scope = Key | str | None  # a question, an address, or the whole service


@dataclass(frozen=True, slots=True)
class Breaker:
    """Nothing is asked before `until`; the next failure waits twice as long."""

    failure: MarketFailure
    wait: dt.timedelta
    until: dt.datetime


class Breakers:
    """The open breakers by what they concern. Not safe by itself for several threads."""

    def __init__(self) -> None:
        self._open: dict[Scope, Breaker] = {}

    def waits(self, key: Key, now: dt.datetime) -> bool:
        """Whether a question must not be asked yet."""
        return any(now < self._open[scope].until for scope in _scopes(key) if scope in self._open)

    def failed(self, key: Key, failure: MarketFailure, now: dt.datetime) -> tuple[Scope, dt.datetime]:
        """Notes a failure; says what it concerns and until when that is left alone."""
        scope = _scope(key, failure)
        before = self._open.get(scope)
        first = FIRST_WAIT_LIMITED if isinstance(failure, RateLimited) else FIRST_WAIT
        wait = min(max(before.wait * 2 if before else first, first), LONGEST_WAIT)
        asked = getattr(failure, "after_s", None) or 0.0
        # The service's own word counts where it is longer, within reason.
        pause = max(wait, min(dt.timedelta(seconds=asked), LONGEST_ASKED))
        self._open[scope] = Breaker(failure, wait, now + pause)
        if isinstance(scope, tuple):
            # Even a bad answer shows that the service and its address are there.
            self._closed(None, ADDRESSES[key[0]])
        return scope, now + pause

    def succeeded(self, key: Key) -> None:
        """Notes a good answer."""
        self._closed(*_scopes(key))

    def worst(self, keys: Collection[Key] | None) -> Breaker | None:
        """What stands in the way of those questions, or of any: the widest first."""
        if keys is None:
            return self._open.get(None) or next(iter(self._open.values()), None)
        order: list[Scope] = [None, *dict.fromkeys(ADDRESSES[kind] for kind, _ in keys), *keys]
        found = [self._open[scope] for scope in order if scope in self._open and not self._is_no_matter(scope)]
        return found[0] if found else None

    def _is_no_matter(self, scope: Scope) -> bool:
        # A share without options, without statements or without results days is no failure, and the service does not
        # always say so in so many words.
        empty = isinstance(self._open[scope].failure, EmptyAnswer)
        return isinstance(scope, tuple) and scope[0] in MAY_BE_EMPTY and empty

    def _closed(self, *scopes: Scope) -> None:
        for scope in scopes:
            self._open.pop(scope, None)


def _scope(key: Key, failure: MarketFailure) -> Scope:
    if isinstance(failure, (BadAnswer, EmptyAnswer)):
        return key
    return ADDRESSES[key[0]] if isinstance(failure, TimedOut) else None


def _scopes(key: Key) -> tuple[Scope, ...]:
    return None, ADDRESSES[key[0]], key
