"""Mutations of a thesis's files: small damages of every kind, the same ones in every run.

`all_mutations` reads the bundled files and gives one `Mutation` for each damage: which file, what was done, the new
text (None: the file is removed), and what may come of it. A kind is one entry in TOML_KINDS, CSV_KINDS or FILE_KINDS.
"""

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent / "data"
SEED = 20260101


class May(Enum):
    """What a mutation may do, besides ending in a failure with a name."""

    CHANGE = "a plain figure is another one: the numbers that rest on it may change"
    LOSE = "something is gone: numbers may go, none may come that was not there"
    NOTHING = "the files say the same: nothing changes"
    FAIL = "the file is wrong: it must be said"


@dataclass(frozen=True)
class Mutation:
    """One damage to one file."""

    file: str
    kind: str
    where: str
    text: str | None
    may: May

    @property
    def id(self) -> str:
        return f"{self.file.split('/')[-1]}:{self.kind}:{self.where}"


# --- Lines of TOML: (kind, pattern, replacement, what may come of it, how many places) ---

_NUMBER = r"^((?:.*[{,]\s*)?[a-z_]+ = )(-?\d+(?:\.\d+)?)(\s*(?:[,}#].*)?)$"
TOML_KINDS: list[tuple[str, str, str, May, int]] = [
    ("nan", _NUMBER, r"\1nan\3", May.FAIL, 9),
    ("inf", _NUMBER, r"\1inf\3", May.FAIL, 9),
    ("zero", _NUMBER, r"\g<1>0\3", May.CHANGE, 14),
    ("negative", _NUMBER, r"\1-\2\3", May.CHANGE, 14),
    ("huge", _NUMBER, r"\g<1>1e30\3", May.FAIL, 9),
    ("tiny", _NUMBER, r"\g<1>0.0001\3", May.CHANGE, 9),
    ("times 1.01", _NUMBER, r"\1\g<2>1\3", May.CHANGE, 9),
    ("word for number", _NUMBER, r'\1"much"\3', May.FAIL, 7),
    ("misspelt key", r"^([a-z_]+)( = )", r"\1x\2", May.FAIL, 14),
    ("wrong unit", r'(unit = ")[^"]+(")', r"\1parsecs\2", May.FAIL, 6),
    ("another currency", r'(unit = ")(?:USD|CNY|HKD)', r"\1EUR", May.CHANGE, 8),
    ("another scale", r'(unit = "[A-Z]{3}) bn"', r'\1 m"', May.CHANGE, 6),
    ("unit of units", r'^([a-z_]+ = ")CNY m(")', r"\1CNY bn\2", May.FAIL, 5),
    ("no date", r"(= )\d{4}-\d\d-\d\d", r'\1"soon"', May.FAIL, 6),
    ("impossible date", r"(= )\d{4}-\d\d-\d\d", r"\g<1>2025-02-30", May.FAIL, 5),
    ("date of no calendar", r"(= )\d{4}-\d\d-\d\d", r"\g<1>9999-12-31", May.FAIL, 8),
    ("misspelt id", r'^(id = ")([a-z])', r"\1x\2", May.LOSE, 14),
    ("misspelt name", r'((?:fact|series|segment|successor|predecessor|metric|of|multiple_of|name) = ")(\w)', r"\1x\2",
     May.LOSE, 16),
    ("misspelt reference", r'^((?:plan|target_range|upside_range|dividend|forward_eps|new_money|new_shares|growing|held'
     r'|growth_claim|new_money_rate|rate|family|segment|company|symbol) = ")(\w)', r"\1x\2", May.LOSE, 20),
    ("empty text", r'^([a-z_]+ = )"[^"]+"', r'\1""', May.LOSE, 14),
    ("no leap day", r'(fiscal_year_starts = ")[^"]+', r"\g<1>02-29", May.FAIL, 1),
    ("bracket", r"^\[\[(\w+)\]\]$", r"[\1]", May.FAIL, 4),
]  # fmt: skip


def _toml_lines(text: str, chance: random.Random) -> Iterator[tuple[str, str, str, May]]:
    lines = text.split("\n")
    for kind, pattern, replacement, may, count in TOML_KINDS:
        places = [n for n, line in enumerate(lines) if not line.startswith("#") and re.search(pattern, line)]
        for n in sorted(chance.sample(places, min(count, len(places)))):
            changed = [*lines[:n], re.sub(pattern, replacement, lines[n], count=1), *lines[n + 1 :]]
            yield kind, f"line {n + 1}", "\n".join(changed), may


def _toml_entries(text: str, chance: random.Random) -> Iterator[tuple[str, str, str, May]]:
    head, *entries = re.split(r"(?m)^(?=\[\[)", text)
    for n in sorted(chance.sample(range(len(entries)), min(12, len(entries)))):
        # Which parts, stakes and peers an article has is what its file says; another list is another case.
        may = May.CHANGE if entries[n].startswith("[[article") else May.LOSE
        yield "entry dropped", f"entry {n + 1}", head + "".join(entries[:n] + entries[n + 1 :]), may
    for n in sorted(chance.sample(range(len(entries)), min(4, len(entries)))):
        twice = head + "".join([*entries[: n + 1], "\n", entries[n], *entries[n + 1 :]])
        # Two events of one day are two events.
        yield "entry twice", f"entry {n + 1}", twice, May.CHANGE if entries[n].startswith("[[event") else May.FAIL


# --- Cells and rows of CSV ---

Cells = list[list[str]]


def _cell(row: int, column: int, value: str) -> Callable[[Cells], Cells]:
    return lambda table: [
        [value if (r, c) == (row, column) else cell for c, cell in enumerate(cells)] for r, cells in enumerate(table)
    ]


CSV_KINDS: list[tuple[str, str, May]] = [
    ("nan", "nan", May.FAIL),
    ("inf", "inf", May.FAIL),
    ("a word", "much", May.FAIL),
    ("zero", "0", May.CHANGE),
    ("negative", "-{}", May.CHANGE),
    ("huge", "1e30", May.FAIL),
    ("emptied", "", May.LOSE),
    ("a digit more", "{}1", May.CHANGE),
]


def _csv(text: str, chance: random.Random) -> Iterator[tuple[str, str, str, May]]:
    table = list(csv.reader(io.StringIO(text)))

    def written(changed: Cells) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(changed)
        return out.getvalue()

    numeric = [
        (r, c)
        for r, cells in enumerate(table[1:], start=1)
        for c, cell in enumerate(cells)
        if re.fullmatch(r"-?\d+(\.\d+)?", cell)
    ]
    for kind, value, may in CSV_KINDS:
        for r, c in sorted(chance.sample(numeric, min(8, len(numeric)))):
            changed = _cell(r, c, value.format(table[r][c]))(table)
            yield kind, f"line {r + 1}, {table[0][c]}", written(changed), may
    rows = range(1, len(table))
    for r in sorted(chance.sample(rows, min(8, len(rows)))):
        yield "row dropped", f"line {r + 1}", written(table[:r] + table[r + 1 :]), May.LOSE
        yield "row twice", f"line {r + 1}", written([*table, table[r]]), May.FAIL
    for r in sorted(chance.sample(rows, min(4, len(rows)))):
        yield "row cut", f"line {r + 1}", written([*table[:r], table[r][:-1], *table[r + 1 :]]), May.FAIL
    words = [(r, c) for r, cells in enumerate(table[1:], start=1) for c, cell in enumerate(cells) if cell.isalpha()]
    for r, c in sorted(chance.sample(words, min(8, len(words)))):
        yield "misspelt word", f"line {r + 1}, {table[0][c]}", written(_cell(r, c, table[r][c] + "x")(table)), May.LOSE
    days = [(r, c) for r, cells in enumerate(table) for c, cell in enumerate(cells) if re.fullmatch(r"\d{4}-.*", cell)]
    for kind, value in (("no date", "soon"), ("impossible date", "2025-02-30"), ("future", "2031-06-30"),
                        ("short date", "20250630")):  # fmt: skip
        for r, c in sorted(chance.sample(days, min(3, len(days)))):
            yield kind, f"line {r + 1}, {table[0][c]}", written(_cell(r, c, value)(table)), May.FAIL
    for seed in range(3):
        mixed = table[1:]
        random.Random(seed).shuffle(mixed)
        yield "rows shuffled", f"seed {seed}", written([table[0], *mixed]), May.NOTHING
    yield "columns turned", "all", written([list(reversed(cells)) for cells in table]), May.NOTHING
    for c, name in enumerate(table[0]):
        yield "column misspelt", name, written(_cell(0, c, name + "x")(table)), May.FAIL
        yield "column dropped", name, written([cells[:c] + cells[c + 1 :] for cells in table]), May.LOSE


# --- Whole files ---

FILE_KINDS: list[tuple[str, Callable[[str], str | None], May]] = [
    ("missing", lambda text: None, May.LOSE),
    ("empty", lambda text: "", May.FAIL),
    ("only a header", lambda text: text.split("\n")[0] + "\n", May.LOSE),
    ("half", lambda text: text[: len(text) // 2], May.LOSE),
    ("no text", lambda text: "\x00\x01\x02", May.FAIL),
    ("line ends of Windows", lambda text: text.replace("\n", "\r\n"), May.NOTHING),
    ("blank lines at the end", lambda text: text + "\n\n", May.NOTHING),
]


def all_mutations(root: Path = ROOT) -> list[Mutation]:
    """Every mutation of every file of the bundled thesis."""
    found: list[Mutation] = []
    files = [path for path in sorted(root.glob("*/**/*")) if path.suffix in (".toml", ".csv")]
    for path in files:
        name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        chance = random.Random(f"{SEED} {name}")
        made = [*_csv(text, chance)] if path.suffix == ".csv" else [*_toml_lines(text, chance)]
        made += [*_toml_entries(text, chance)] if path.suffix == ".toml" else []
        found += [Mutation(name, kind, where, changed, may) for kind, where, changed, may in made if changed != text]
        found += [Mutation(name, kind, "file", change(text), may) for kind, change, may in FILE_KINDS]
    return found
