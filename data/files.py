"""Reading the project's files, with a clear message for each thing that is wrong in them."""

import csv
import datetime as dt
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from data.errors import DataFileError, Problem, Problems, known_names

T = TypeVar("T", bound=BaseModel)
MOST = 1e12
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


class Record(BaseModel):
    """Base of all file records: no unknown keys, no silent conversion, no change after loading, no NaN, no infinity."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True, allow_inf_nan=False
    )


def plausible_day(day: dt.date) -> dt.date:
    """The day itself. Raises ValueError for one that no article or filing can mean: calendars end, sums overflow."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} is not between {FIRST_DAY} and {LAST_DAY}")
    return day


def plausible_number(number: float) -> float:
    """The number itself. Raises ValueError for one that no unit of these files can need: sums would lose digits."""
    if not abs(number) <= MOST:
        raise ValueError(f"{number:g} is beyond {MOST:g}; use a larger unit, “CNY bn” say")
    return number


def without_braces(text: str) -> str:
    """The text itself. Raises ValueError for one with braces, between which the pages put numbers that change."""
    if "{" in text or "}" in text:
        raise ValueError("braces cannot stand here: they mark the places of numbers; write ( and )")
    return text


def web_address(text: str) -> str:
    """The address itself. Raises ValueError for one that a browser would not open as a page of the web."""
    try:
        parts = urlsplit(text)
        is_page = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_page = False
    if not is_page or re.search(r"[\s\x00-\x1f\x7f\\]", text):
        raise ValueError(f"“{text[:80]}” is no web address; write one that begins with https://")
    return text


Day = Annotated[dt.date, AfterValidator(plausible_day)]
Amount = Annotated[float, AfterValidator(plausible_number)]
Note = Annotated[str, AfterValidator(without_braces)]
Text = Annotated[str, Field(min_length=1), AfterValidator(without_braces)]
Link = Annotated[str, AfterValidator(web_address)]


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises DataFileError, also for a file without any."""
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file)
    except FileNotFoundError:
        raise DataFileError(path, "", "", "the file is missing") from None
    except OSError as error:
        raise DataFileError(path, "", "", f"the file cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataFileError(path, "", "", f"this is not TOML: {error}") from None
    if not tables:
        raise DataFileError(path, "", "", "the file is empty; fill it in, or remove it where it may be missing")
    return tables


def tables_of(raw: Mapping[str, Any], kind: str, path: Path) -> list[dict[str, Any]]:
    """The ``[[kind]]`` tables of a file. Raises DataFileError where something else bears that name."""
    tables = raw.get(kind, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise DataFileError(path, "", kind, f"write each one below a line [[{kind}]]")
    return tables


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file: where it stands, what a message calls it, and its cells by column."""

    path: Path
    entry: str
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """A cell that must not be empty. Raises DataFileError, as all of these do."""
        if not self.cells[column].strip():
            raise self.wrong(column, "it is missing")
        try:
            return without_braces(self.cells[column])
        except ValueError as error:
            raise self.wrong(column, str(error)) from None

    def day(self, column: str) -> dt.date:
        """A date, written 2025-09-30."""
        text = self.cells[column]
        try:
            # fromisoformat reads 20250930 and 2025-W40-2 too; a file has one way to write a day.
            day = dt.datetime.strptime(text, "%Y-%m-%d").date() if len(text) == 10 else None
        except ValueError:
            day = None
        if day is None:
            raise self.wrong(column, f"“{text}” is no date; write it as 2025-09-30")
        try:
            return plausible_day(day)
        except ValueError as error:
            raise self.wrong(column, str(error)) from None

    def number(self, column: str, lowest: float = -math.inf, above: float = -math.inf) -> float | None:
        """A finite number, at least `lowest` and above `above`; None for an empty cell, which means: not known."""
        text = self.cells[column]
        if text == "":
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or "_" in text:
            raise self.wrong(column, f"“{text}” is no number; write it as 1234.5, or leave it empty: not known")
        if abs(number) > MOST:
            raise self.wrong(column, f"“{text}” is beyond {MOST:g}")
        if number < lowest or number <= above:
            bound = f"at least {lowest:g}" if number < lowest else f"above {above:g}"
            raise self.wrong(column, f"“{text}” cannot be: it must be {bound}")
        return number

    def link(self, column: str) -> str | None:
        """A web address; None for an empty cell."""
        try:
            return web_address(self.cells[column]) if self.cells[column] else None
        except ValueError as error:
            raise self.wrong(column, str(error)) from None

    def one_of(self, column: str, known: Iterable[str]) -> str:
        """One of some known words."""
        word, names = self.cells[column], list(known)
        if word not in names:
            raise self.wrong(column, f"“{word}” is none of {', '.join(names)}")
        return word

    def wrong(self, column: str, problem: str) -> DataFileError:
        """A failure that says where this row stands."""
        return DataFileError(self.path, self.entry, column, problem)


def read_csv(
    path: Path, columns: Iterable[str], called: tuple[str, str] | None = None, more: bool = False
) -> list[Row]:
    """The rows of a CSV file with a header; every row must have every column.

    A row is `called` by a word and its cell of a column, else by its line. `more` allows columns beyond `columns`.
    Raises DataFileError with all that is wrong in the form of the file, and for a file without rows.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            lines = [(reader.line_num, cells) for cells in reader if cells]
    except FileNotFoundError:
        raise DataFileError(path, "", "", "the file is missing") from None
    except OSError as error:
        raise DataFileError(path, "", "", f"the file cannot be read: {error.strerror}") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise DataFileError(path, "", "", f"this is not CSV: {error}") from None
    problems, needed = Problems(), list(columns)
    for column in needed:
        if column not in header:
            problems.add(path, "header", column, f"this column is missing; {known_names(column, header)}")
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            problems.add(path, "header", column, "this column stands twice")
        if column not in needed and not more:
            problems.add(path, "header", column, f"this column is not known here; {known_names(column, needed)}")
    problems.raise_any()
    rows = []
    for line, cells in lines:
        named = dict(zip(header, cells, strict=False))
        entry = f"{called[0]} {named.get(called[1])}" if called else f"line {line}"
        if len(cells) != len(header):
            problems.add(path, f"line {line}", "", "the line has not as many cells as the header")
        rows.append(Row(path, entry, named))
    if not rows:
        problems.add(path, "", "", "the file has no rows; fill it in, or remove it where it may be missing")
    problems.raise_any()
    return rows


def parse(model: type[T], raw: Mapping[str, Any], path: Path, entry: str) -> T:
    """`raw` as a record; raises DataFileError with file, entry and field of everything that is wrong."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        # A misspelt key is reported before the key that it leaves missing.
        found = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        raise DataFileError.of(
            Problem(
                path,
                entry,
                ".".join(str(part) for part in each["loc"] if part != "function-after"),
                _said(model, each["type"], each["loc"], each["msg"]),
            )
            for each in found
        ) from None


def parse_named(
    model: type[T], tables: Iterable[Mapping[str, Any]], path: Path, kind: str, problems: Problems
) -> tuple[list[T], list[str]]:
    """The tables of one kind as records, and the ids of all, those included that cannot be read.

    What is wrong goes to `problems`, an id that stands twice included.
    """
    found: list[T] = []
    ids: list[str] = []
    for number, raw in enumerate(tables, start=1):
        entry = raw.get("id", number)
        ids += [entry] if isinstance(entry, str) else []
        with problems.gathering():
            found.append(parse(model, raw, path, f"{kind} “{entry}”"))
    with problems.gathering():
        refuse_duplicates(ids, path, kind)
    return found, ids


def _said(model: type[BaseModel], kind: str, place: tuple[int | str, ...], message: str) -> str:
    if kind == "extra_forbidden":
        return f"this key is not known here; {known_names(place[-1], _keys(model, place[:-1]))}"
    return "it is missing" if kind == "missing" else message.removeprefix("Value error, ")


def _keys(model: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    """The keys of the record that stands at a place within another."""
    for part in place:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        annotation = model.model_fields[part].annotation
        inner = [each for each in (annotation, *get_args(annotation)) if isinstance(each, type)]
        model = next((each for each in inner if issubclass(each, BaseModel)), model)
    return list(model.model_fields)


def refuse_duplicates(ids: Iterable[str], path: Path, kind: str, field: str = "id") -> None:
    """Raises DataFileError for each id that stands twice."""
    problems = Problems()
    for name, count in Counter(ids).items():
        if count > 1:
            problems.add(path, f"{kind} “{name}”", field, "it is used twice; each stands once")
    problems.raise_any()
