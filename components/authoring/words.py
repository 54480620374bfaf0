"""The words of a language, read from `words/`: what an amount, a bound, a direction, a period and a kind are called."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"


def either(phrases: Iterable[str]) -> str:
    """A pattern for any of these phrases, the longest first; blanks stand for any white space."""
    ordered = sorted(phrases, key=lambda each: (-len(each), each))
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in ordered)


def bounded(pattern: str) -> str:
    """The pattern where no letter or digit stands next to a letter or digit of it."""
    return rf"(?<![\w])(?:{pattern})(?![\w])"


@dataclass(frozen=True, eq=False)
class Words:
    """One language. `groups` are its phrases by what they mean."""

    groups: Mapping[str, Any]

    def __getitem__(self, group: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.groups[group]
        return found

    @cached_property
    def _cues(self) -> dict[tuple[str, str], re.Pattern[str]]:
        return {
            (group, name): re.compile(bounded(either(phrases)), re.IGNORECASE)
            for group, named in self.groups.items()
            for name, phrases in named.items()
            if isinstance(phrases, list)
        }

    def find(self, group: str, name: str, text: str) -> list[re.Match[str]]:
        """Every place in a text in which one of the phrases stands."""
        return list(self._cues[group, name].finditer(text))

    def has(self, group: str, name: str, text: str) -> bool:
        """Whether one of the phrases stands in a text."""
        return self._cues[group, name].search(text) is not None

    def meaning(self, group: str, phrase: str) -> str | None:
        """What a phrase stands for in a group; None for one that is not in it."""
        said = " ".join(phrase.lower().split())
        return next((name for name, phrases in self[group].items() if said in phrases), None)

    def all_of(self, group: str) -> list[str]:
        """All phrases of a group."""
        return [phrase for phrases in self[group].values() for phrase in phrases]


@cache
def words(language: str = "en") -> Words:
    """The words of a language. Raises KeyError for one that there is no file of."""
    path = _FOLDER / f"{language}.toml"
    if not path.exists():
        raise KeyError(language)
    return Words(tomllib.loads(path.read_text(encoding="utf-8")))
