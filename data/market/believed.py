"""What is believed of the market: the last good answer to each question, and what of later ones is held back.

Each answer is judged (`data.market.plausible`) before it takes the place of the last good one. Nothing here asks,
waits or locks: the service does.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping

from data.market.bounds import AHEAD
from data.market.breakers import Key
from data.market.doubts import HeldBack, Known
from data.market.plausible import judge
from data.market.records import Answer, Prices, Rate
from data.market.store import CachedAnswer

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


class Believed:
    """The last good answers. For one thread at a time: whoever calls holds a lock."""

    def __init__(self) -> None:
        self._good: dict[Key, CachedAnswer] = {}
        self._held: dict[Key, tuple[HeldBack, ...]] = {}
        self._heard: dict[Key, dt.datetime] = {}  # when an answer came, believed or not

    def of(self, keys: Iterable[Key]) -> dict[Key, CachedAnswer]:
        """What there is of these keys, whatever its age."""
        return {key: self._good[key] for key in keys if key in self._good}

    def ages(self, now: dt.datetime) -> dict[Key, float]:
        """The seconds since each answer was fetched."""
        return {key: (now - each.fetched).total_seconds() for key, each in self._good.items()}

    def held_back(self, keys: Iterable[Key] | None) -> tuple[HeldBack, ...]:
        """What is held back of these keys, or of all, in the order of the keys."""
        wanted = set(self._held if keys is None else keys)
        return tuple(each for key, held in sorted(self._held.items()) if key in wanted for each in held)

    def is_stale(self, key: Key, now: dt.datetime) -> bool:
        """Whether it is time to ask again."""
        heard, fresh = self._heard.get(key), FRESH[key[0]]
        if any(not each.contradicts for each in self._held.get(key, ())):
            fresh = min(fresh, CONFIRM_AFTER)
        # A time ahead of now comes from a clock that has been put right, and says nothing about the age.
        return heard is None or not -AHEAD <= now - heard < fresh

    def judged(self, key: Key, answer: Answer, now: dt.datetime) -> CachedAnswer | None:
        """Takes over what of an answer is believed, and notes what is held back; None where nothing is believed."""
        last, prices = self._good.get(key), self._good.get(("prices", key[1]))
        known = Known(
            now,
            None if last is None else last.answer,
            None if last is None else last.fetched,
            self._held.get(key, ()),
            prices.answer if prices is not None and isinstance(prices.answer, Prices) else None,
            {pair: each.answer.value for (_, pair), each in self._good.items() if isinstance(each.answer, Rate)},
        )
        believed, held = judge(answer, known)
        said = {(each.place, each.value) for each in known.held}
        for each in held:
            if (each.place, each.value) not in said:
                _log.warning("%s", each.sentence)
        self._heard[key], self._held[key] = now, held
        if believed is None:
            return None
        self._good[key] = CachedAnswer(believed, now)
        return self._good[key]

    def take_over(self, found: Mapping[Key, CachedAnswer], now: dt.datetime) -> list[Key]:
        """Takes what is newer, of earlier runs or of other processes; the keys of which something was taken."""
        taken = []
        for key, stored in found.items():
            kept, mine = _not_ahead(stored, now), self._good.get(key)
            if kept is None:
                _log.warning("kept answer %s %s is of a time that lies ahead (%s)", *key, stored.fetched)
            elif mine is None or mine.fetched < kept.fetched:
                self._good[key] = kept
                self._heard[key] = max(kept.fetched, self._heard.get(key, kept.fetched))
                self._held.pop(key, None)
                taken.append(key)
        return taken


def _not_ahead(stored: CachedAnswer, now: dt.datetime) -> CachedAnswer | None:
    """A stored answer with a time that can be true; None where it has none, since its age is then unknown."""
    quoted = getattr(stored.answer, "time", None)
    if quoted is not None and quoted > now + AHEAD:
        return None
    if stored.fetched <= now + AHEAD:
        return stored
    # By a clock that was wrong. The market's own time is right, and the answer is not younger than that.
    return None if quoted is None else CachedAnswer(stored.answer, quoted)
