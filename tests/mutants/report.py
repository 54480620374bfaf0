"""The score of `make mutants`, by folder, and the mutants that no test noticed, each with the reason why.

mutmut keeps what it found below `mutants/`: a copy of the code with all mutants in it, and a result for each.
"""

import difflib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOUND = Path("mutants")
SURVIVORS = Path(__file__).parent / "survivors.txt"
JUDGED = Path(__file__).parent / "judged.toml"  # one by one, by name
KILLED, SURVIVED, UNTESTED = (1, 3), 0, 33

# Kinds of change that a test could only notice by testing what no reader and no caller depends on.
REASONS = (
    (r"strict=", "zip(strict=) guards against a mistake of ours: its sides have one length by construction"),
    (r"_log\.|getLogger", "a line for the log, read by people"),
    (r"raise (Value|Key|Type)Error|ValueError\(", "the words of an error that only a programmer sees"),
    (
        r"raise (UnknownFigure|UnitMismatch|EmptyAnswer|BadAnswer|DataFileError|_misnamed)|problems\.add|\.wrong\(|"
        r"_no_thread|\"XX|XX\"|'XX|label=|\bNone, (self|known|claim|price)",
        "words of a failure, a label or a sentence: tests ask for its sense",
    ),
    (r"encoding=|newline=", "an encoding that is the machine's own here"),
    (r"maxsize=|lru_cache|compresslevel|timeout", "a size or a time: slower or larger, not other"),
    (r"errstate|casting|dtype=float", "numpy's remarks on the way; the result is the same"),
    (r"xtol=|1e-\d+", "a tolerance far below what is shown"),
    (r"assert ", "an assertion for the type checker"),
    (r"hovertemplate|hoverinfo|cliponaxis|bargap|width\"|size\"|dash\"|nticks|margin|height=", "a matter of looks"),
    (r"help=|\bhelp\b", "a tooltip's words"),
    (r"default=", "a default that no caller leaves to it"),
    (r"round\(", "a rounding far below what is shown"),
)
UNREAD = "not looked at yet"


@dataclass(frozen=True)
class Mutant:
    """One small change: where it is, what it changes, and how its tests ended."""

    name: str
    folder: str
    ended: int
    change: str

    @property
    def reason(self) -> str:
        """Why no test noticed it."""
        judged = tomllib.loads(JUDGED.read_text(encoding="utf-8")).get(self.name)
        return judged or next((why for pattern, why in REASONS if re.search(pattern, self.change)), UNREAD)


def mutants() -> Iterator[Mutant]:
    """The mutants that were tried (all, or a sample) with their results, in order of their files."""
    for path in sorted(FOUND.rglob("*.py.meta")):
        source = path.with_suffix("")
        functions = _functions(source.read_text(encoding="utf-8"))
        parts = source.relative_to(FOUND).parts
        folder = "/".join(parts[:2] if parts[0] == "components" else parts[:1])
        for name, ended in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            if ended is None:
                continue
            short = name.split(".")[-1]
            yield Mutant(name, folder, ended, _change(short, functions) if ended == SURVIVED else "")


def _functions(source: str) -> dict[str, list[str]]:
    """The lines of each function of a mutated file, by name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in source.splitlines():
        if start := re.match(r"\s*(?:async )?def (\w+)\(", line):
            name = start[1]
        if not line.lstrip().startswith(("mutants_x", "@_mutmut", "#")):
            found.setdefault(name, []).append(line.strip())
    return found


def _change(name: str, functions: dict[str, list[str]]) -> str:
    """The lines that a mutant writes otherwise, before and after."""
    before = functions.get(re.sub(r"__mutmut_\d+$", "__mutmut_orig", name), [])[1:]
    after = functions.get(name, [])[1:]
    lines = difflib.unified_diff(before, after, lineterm="", n=0)
    changed = (line[1:] for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---")))
    return " → ".join(line for line in changed if line)


def main() -> None:
    """Prints the score and writes the list of survivors."""
    everything = list(mutants())
    scores: Counter[tuple[str, str]] = Counter()
    for mutant in everything:
        kind = "killed" if mutant.ended in KILLED else "survived" if mutant.ended == SURVIVED else "other"
        scores[mutant.folder, "untested" if mutant.ended == UNTESTED else kind] += 1
    folders = sorted({folder for folder, _ in scores})
    print(f"{'folder':30}{'mutants':>9}{'killed':>9}{'survived':>9}{'untested':>9}{'score':>8}")
    for folder in [*folders, "all"]:
        picked = {kind: sum(n for (f, k), n in scores.items() if k == kind and folder in (f, "all"))
                  for kind in ("killed", "survived", "untested", "other")}  # fmt: skip
        count = sum(picked.values())
        # One that ran out of time or crashed was noticed too.
        noticed = picked["killed"] + picked["other"]
        numbers = f"{count:9}{noticed:9}{picked['survived']:9}{picked['untested']:9}{noticed / count:8.1%}"
        print(f"{folder:30}{numbers}")
    survivors = [mutant for mutant in everything if mutant.ended == SURVIVED]
    lines = [f"{mutant.name}\n    {mutant.change[:300]}\n    {mutant.reason}" for mutant in survivors]
    SURVIVORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(survivors)} survivors with their reasons in {SURVIVORS}")
    for why, count in Counter(mutant.reason for mutant in survivors).most_common():
        print(f"{count:6}  {why}")


if __name__ == "__main__":
    main()
