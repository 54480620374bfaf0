"""The named failures of the data layer."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

_LISTED = 12  # names in one message; the nearest come first


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: which file, entry and field, and what would be right."""

    file: Path
    entry: str
    field: str
    problem: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.entry, f"field “{self.field}”" if self.field else "") if part)
        return f"{self.file.parent.name}/{self.file.name}{', ' + place if place else ''}: {self.problem}"


class DataFileError(Exception):
    """Bundled or supplied files do not hold what they must. `problems` are all that was found, one at least."""

    def __init__(self, file: Path | str, entry: str, field: str, problem: str) -> None:
        self.problems: tuple[Problem, ...] = (Problem(Path(file), entry, field, problem),)
        super().__init__(file, entry, field, problem)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "DataFileError":
        """One failure for several problems."""
        found = tuple(dict.fromkeys(problems))
        error = cls(found[0].file, found[0].entry, found[0].field, found[0].problem)
        error.problems = found
        return error

    def __str__(self) -> str:
        return "; ".join(str(problem) for problem in self.problems)


class Problems:
    """Gathers what is wrong in several places, so that a reader gets all of it at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, file: Path, entry: str, field: str, problem: str) -> None:
        """One more."""
        self.found.append(Problem(file, entry, field, problem))

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Takes the problems of a DataFileError in and goes on; they are raised by `raise_any`."""
        try:
            yield
        except DataFileError as error:
            self.found.extend(error.problems)

    def raise_any(self) -> None:
        """Raises DataFileError with all problems, if there are any."""
        if self.found:
            raise DataFileError.of(self.found)


def known_names(name: object, known: Iterable[str]) -> str:
    """“known are b, a”: the names that there are, those most like `name` first."""
    ordered = sorted(
        set(known), key=lambda each: (-SequenceMatcher(None, str(name).lower(), each.lower()).ratio(), each)
    )
    if not ordered:
        return "none is known"
    more = f" and {len(ordered) - _LISTED} more" if len(ordered) > _LISTED else ""
    return f"known are {', '.join(ordered[:_LISTED])}{more}"


def one_slip(one: str, other: str) -> bool:
    """Whether two names differ by one letter: one more, another, or two that changed places; digits are meant."""
    short, long = sorted((one, other), key=len)
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    a, b = short[start:], long[start:]
    if len(a) == len(b):
        slip = a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
    else:
        slip = len(b) == len(a) + 1 and b[1:] == a
    return bool(b) and slip and not b[0].isdigit() and not a[:1].isdigit()


class UnknownFigure(Exception):
    """A figure that a calculation needs is not known.

    `what` names it for the reader, `where` the file and field that would fill it, if there is one.
    """

    def __init__(self, what: str, where: str = "") -> None:
        self.what, self.where = what, where
        super().__init__(f"not known: {what}")


class Loss(UnknownFigure):
    """Earnings are known to be negative, but not in a currency that can be relied on: there is no ratio of them."""


class UnitMismatch(Exception):
    """Two figures differ in currency, share class or scale where they must agree."""
