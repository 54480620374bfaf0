"""When the company reports next: not known to the day, but between its own shortest and longest delays so far."""

import datetime as dt
from dataclasses import dataclass

from data.dossier import Dossier


@dataclass(frozen=True)
class NextRelease:
    """The next quarter to be reported, and the days between which its release lies by the company's habit.

    The habit is that of the releases of the same quarter in earlier years; of all, where there is none of them.
    """

    quarter: dt.date
    earliest: dt.date
    latest: dt.date
    noun: str = "quarter"

    def is_late(self, day: dt.date) -> bool:
        """Whether the release is not known by a day on which it should have been out."""
        return day > self.latest


def next_release(dossier: Dossier) -> NextRelease | None:
    """The release that comes next; None where none is known before it."""
    releases = dossier.releases(dossier.symbol)
    if not releases:
        return None
    end = dossier.rhythm.after(max(release.period_end for release in releases))
    same = [each for each in releases if each.period_end.month == end.month] or list(releases)
    delays = [each.released - each.period_end for each in same]
    return NextRelease(end, end + min(delays), end + max(delays), dossier.rhythm.noun)
