"""Checks a thesis and all files that it rests on: ``python -m data.check FILE``, or all bundled ones without FILE.

Prints everything that is wrong, one problem a line, and exits with 1 where anything is. A FILE in a folder `theses`
rests on the folders `companies` and `snapshots` beside it, any other FILE on the bundled ones.
"""

import argparse
import datetime as dt
import sys
from pathlib import Path

from data.library import Library, case_problems
from data.thesis import thesis_files


def library_of(path: Path) -> Library:
    """The library that a thesis file belongs to."""
    root = path.resolve().parent.parent
    if (root / "companies").is_dir():
        return Library(path.parent, root / "companies", root / "snapshots")
    return Library(theses=path.parent)


def main(arguments: list[str]) -> int:
    """The exit code: 0 where all files can be used, 1 where one cannot."""
    parser = argparse.ArgumentParser(prog="python -m data.check", description="Checks theses and their files.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a thesis; without any, all bundled ones")
    files: list[Path] = parser.parse_args(arguments).files or thesis_files()
    today = dt.datetime.now(dt.UTC).date()
    wrong = 0
    for path in files:
        problems = case_problems(path.stem, today, library_of(path))
        wrong += bool(problems)
        lines = [f"  {problem}" for problem in problems]
        sys.stdout.write("\n".join([f"{path.name}: {len(problems) or 'nothing'} wrong", *lines]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
