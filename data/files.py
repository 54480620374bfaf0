"""Reading the project's files, with one clear message for whatever is wrong in them."""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from data.errors import DataFileError

T = TypeVar("T", bound=BaseModel)


class Record(BaseModel):
    """Base of all file records: no unknown keys, no silent conversion, no change after loading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise DataFileError(path, "", "", "the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(path, "", "", f"this is not TOML: {error}") from None


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header; every row must have every column."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except FileNotFoundError:
        raise DataFileError(path, "", "", "the file is missing") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise DataFileError(path, "", "", f"this is not CSV: {error}") from None
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise DataFileError(path, f"line {number}", "", "the line has not as many cells as the header")
    return rows


def parse(model: type[T], raw: Mapping[str, Any], path: Path, entry: str, *, strict: bool = True) -> T:
    """`raw` as a record; raises DataFileError with file, entry and field of the first thing that is wrong."""
    try:
        return model.model_validate(dict(raw), strict=strict)
    except ValidationError as error:
        # A misspelt key is reported before the key that it leaves missing.
        first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"] if part != "function-after")
        problems = {"extra_forbidden": "this key is not known here", "missing": "it is missing"}
        message = problems.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise DataFileError(path, entry, field, message) from None


def refuse_duplicates(ids: Iterable[str], path: Path, kind: str) -> None:
    """Raises DataFileError if one id stands twice."""
    seen: set[str] = set()
    for entry in ids:
        if entry in seen:
            raise DataFileError(path, f"{kind} “{entry}”", "id", "this id is used twice")
        seen.add(entry)
