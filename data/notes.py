"""The reader's notes: plain text on a claim or a chart of a thesis, with the day on which it was written.

There is one note a place, which the reader writes on; emptied, it is deleted.
"""

import hashlib
from contextlib import suppress
from functools import cache
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

from data import clock
from data.own import own_url
from data.own_records import NOTES, NotKept, OwnRecords, OwnStore

MOST, LONGEST = 5000, 4000


class Note(BaseModel):
    """One note.

    Attributes
    ----------
    about : what it is on: `claim:` or `chart:` and its id.
    title : what that was called when the note was written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    thesis: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,80}$")]
    about: Annotated[str, StringConstraints(pattern=r"^(claim|chart):[A-Za-z0-9_.-]{1,120}$")]
    title: Annotated[str, StringConstraints(max_length=400)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
    written: AwareDatetime
    changed: AwareDatetime
    owner: Annotated[str, StringConstraints(max_length=200)] = ""

    @property
    def key(self) -> str:
        """Its id: the same for whatever is written at that place."""
        return key_of(self.thesis, self.about, self.owner)


def key_of(thesis: str, about: str, owner: str = "") -> str:
    """The id of the note at a place."""
    return hashlib.sha256("\n".join((thesis, about, owner)).encode()).hexdigest()[:40]


class OwnNotes(OwnRecords):
    """The notes on all theses."""

    def of(self, thesis: str, owner: str = "") -> dict[str, Note]:
        """Those on one thesis by what they are on, the latest first."""
        return {each.about: each for each in self.all(owner) if each.thesis == thesis}

    def all(self, owner: str = "") -> list[Note]:
        """Those of one person, or of the installation, the latest first; one that cannot be read is left out."""
        mine = (each for each in self.read(Note).values() if each.owner == owner)
        return sorted(mine, key=lambda note: note.changed, reverse=True)

    def write(self, thesis: str, about: str, title: str, text: str, owner: str = "") -> bool:
        """Writes the note at a place; an empty text deletes it. False where it lasts only as long as this process.

        Raises NotKept for a text that is too long, a place that is none, and where there are too many.
        """
        key, now = key_of(thesis, about, owner), clock.now()
        before = self.of(thesis, owner).get(about)
        if not text.strip():
            return self.delete(key) if before is not None else True
        if len(text) > LONGEST:
            raise NotKept(f"A note has at most {LONGEST:,} characters; this one has {len(text):,}.")
        written = now if before is None else before.written
        try:
            note = Note(
                thesis=thesis, about=about, title=title[:400], text=text, written=written, changed=now, owner=owner
            )
        except ValidationError:
            raise NotKept("There is nothing to write a note on.") from None
        return self.keep(note)

    def keep(self, note: Note) -> bool:
        """Keeps a note as it is, in place of the one before. Raises NotKept where there are too many."""
        return self.put(note.key, note.model_dump_json(), MOST)

    def take_back(self, thesis: str, about: str, owner: str = "") -> None:
        """Takes the deletion of a note back; nothing where it is gone for good."""
        with suppress(KeyError):
            self.bring_back(key_of(thesis, about, owner))


@cache
def own_notes() -> OwnNotes:
    """The process's own."""
    return OwnNotes(OwnStore(own_url(), NOTES))
