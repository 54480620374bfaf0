"""The readers' scenarios: settings under a name, with what was known when they were saved.

What is kept is the content of a link, its version and its market price included, so that the same code reads both. With
it stand the figures and verdicts that the reader saw, to say later what has moved since.
"""

import datetime as dt
import re
import secrets
from collections.abc import Collection
from functools import cache
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from data import clock
from data.own import own_url
from data.own_records import SCENARIOS, NotKept, OwnRecords, OwnStore

MOST = 500
LONGEST_NAME = 60
# Signs without width, and those that turn the direction of writing: a name must be seen, and read as it is.
_UNSEEN = re.compile("[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    BeforeValidator(lambda name: _UNSEEN.sub("", name) if isinstance(name, str) else name),
]
Short = Annotated[str, StringConstraints(max_length=200)]
Written = Annotated[str, StringConstraints(max_length=2000)]


class Seen(BaseModel):
    """A figure as it was seen: value, unit, day and source."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    value: float
    unit: Short
    day: dt.date
    source: Written


class SavedScenario(BaseModel):
    """One scenario.

    Attributes
    ----------
    query : what a link to it holds, by parameter.
    page : the page on which it was saved, the last part of its path.
    seen : the figures that it was made on by name: price, rates, earnings.
    verdicts : by claim, the verdicts as published and on that day.
    owner : whose it is, where there is a login; empty otherwise.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    thesis: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,80}$")]
    page: Annotated[str, StringConstraints(pattern=r"^[a-z]{0,40}$")] = ""
    query: Annotated[dict[Short, Short], Field(max_length=200)]
    saved: AwareDatetime
    seen: Annotated[dict[Short, Seen], Field(max_length=50)] = {}
    verdicts: Annotated[dict[Short, tuple[Short, Short]], Field(max_length=500)] = {}
    owner: Short = ""


class OwnScenarios(OwnRecords):
    """The scenarios of all theses."""

    def of(self, thesis: str, owner: str = "") -> dict[str, SavedScenario]:
        """Those of one person, or of the installation, on one thesis by id, the oldest first."""
        return {key: each for key, each in self.of_all(thesis).items() if each.owner == owner}

    def of_all(self, thesis: str) -> dict[str, SavedScenario]:
        """Those of all persons on one thesis by id, the oldest first."""
        return {key: each for key, each in self.all().items() if each.thesis == thesis}

    def all(self) -> dict[str, SavedScenario]:
        """All of them by id, the oldest first; one that cannot be read is left out."""
        return dict(sorted(self.read(SavedScenario).items(), key=lambda entry: (entry[1].saved, entry[0])))

    def save(self, scenario: SavedScenario, key: str = "") -> tuple[str, bool]:
        """Keeps one, under a new id or in place of that with `key`; its id, and whether it outlasts the process.

        A name that another one of the same person and thesis has gets a number. Raises NotKept where there are too
        many.
        """
        key = key or secrets.token_hex(6)
        others = {each.name for other, each in self.of(scenario.thesis, scenario.owner).items() if other != key}
        scenario = scenario.model_copy(update={"name": _free(scenario.name, others)})
        return key, self.put(key, scenario.model_dump_json(), MOST)

    def rename(self, key: str, name: str) -> None:
        """Gives one another name. Raises NotKept for a name that cannot be one, KeyError where it is gone."""
        self.save(named(self.one(key), name), key)

    def duplicate(self, key: str) -> str:
        """A copy with the same content, saved now; its id. Raises KeyError, NotKept."""
        one = self.one(key)
        copy = one.model_copy(update={"name": f"{one.name[: LONGEST_NAME - 8]} (copy)", "saved": clock.now()})
        return self.save(copy)[0]

    def one(self, key: str) -> SavedScenario:
        """One by its id. Raises KeyError where it is gone or cannot be read."""
        try:
            return SavedScenario.model_validate_json(self.content(key))
        except ValidationError:
            raise KeyError(key) from None


def _free(name: str, taken: Collection[str]) -> str:
    """The name, with the first number that makes it one of its own."""
    free, number = name, 1
    while free in taken:
        number += 1
        tail = f" ({number})"
        free = f"{name[: LONGEST_NAME - len(tail)]}{tail}"
    return free


def named(scenario: SavedScenario, name: str) -> SavedScenario:
    """The same under another name. Raises NotKept for a name that cannot be one."""
    try:
        return SavedScenario.model_validate({**scenario.model_dump(), "name": name})
    except ValidationError:
        raise NotKept(f"A name has 1 to {LONGEST_NAME} characters.") from None


@cache
def own_scenarios() -> OwnScenarios:
    """The process's own."""
    return OwnScenarios(OwnStore(own_url(), SCENARIOS))
