"""Checks theses and all files that they rest on: ``python -m data.check FILE``, or every thesis without FILE.

Prints everything that is wrong, one problem a line, and exits with 1 where anything is. A FILE in a folder `theses`
rests on the folders `companies` and `snapshots` beside it, any other FILE on the bundled ones.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from data import clock
from data.errors import DataFileError, Problem
from data.library import Library, case_problems, library_in_use, thesis_names


def library_of(path: Path) -> Library:
    """The library that a thesis file belongs to."""
    root = path.resolve().parent.parent
    if (root / "companies").is_dir():
        return Library(path.parent, root / "companies", root / "snapshots")
    return Library(theses=path.parent)


def main(arguments: list[str]) -> int:
    """The exit code: 0 where all files can be used, 1 where one cannot."""
    parser = argparse.ArgumentParser(prog="python -m data.check", description="Checks theses and their files.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a thesis; without any, all of them")
    files: list[Path] = parser.parse_args(arguments).files
    found: dict[Path, Sequence[Problem]] = {}
    if not files:
        library = library_in_use()
        try:
            files = [library.theses / f"{name}.toml" for name in thesis_names(library)]
        except DataFileError as error:
            found[library.theses] = error.problems
    today = clock.today()
    for path in files:
        if path.suffix != ".toml":
            found[path] = (Problem(path, "", "", "a thesis is a .toml file"),)
        else:
            found[path] = case_problems(path.stem, today, library_of(path))
    for path, problems in found.items():
        lines = [f"  {problem}" for problem in problems]
        sys.stdout.write("\n".join([f"{path.name}: {len(problems) or 'nothing'} wrong", *lines]) + "\n")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
