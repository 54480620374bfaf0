"""Writes report, workbook and CSV files without a browser, for a nightly job.

    python -m components.export THESIS --out reports

The exit code is 0 where all files are written, 1 where one could not be, and 2 for a wrong command.
"""

import argparse
import io
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from components.answers import address
from components.export import files
from components.export.browser import NotPrinted, print_pdf
from data.errors import DataFileError
from data.market.service import market_service
from data.notes import own_notes
from data.scenarios import own_scenarios

WAIT_S, _POLL_S = 30.0, 0.2


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the files that the command asks for; the exit code."""
    asked = _command().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a name that the terminal cannot write ends nothing
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        return _write(asked)
    except (DataFileError, _Wrong, OSError) as wrong:
        return _fail(str(wrong))


def _write(asked: argparse.Namespace) -> int:
    names = address.theses()
    if asked.thesis not in names:
        raise _Wrong(f"there is no thesis “{asked.thesis}”; there are {', '.join(names)}")
    query = {**_settings(asked.thesis, asked.scenario, asked.link), "thesis": asked.thesis}
    address.asked_at(query, address.data_version())  # asks the market service, which answers in the background
    _wait_for_market(asked.wait)
    version = address.data_version()
    problems = address.read(asked.thesis, query, version).problems
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    wanted = address.asked_at(query, version)
    notes = list(own_notes().of(asked.thesis).values())
    asked.out.mkdir(parents=True, exist_ok=True)
    failed = 0
    for taken in (
        files.report(wanted, version, notes),
        files.workbook(wanted, version, notes),
        files.claims(wanted, version),
        *files.tables(wanted, version),
    ):
        try:
            content = taken.build()
        except (DataFileError, ArithmeticError, ValueError) as wrong:
            failed = _fail(f"{taken.name}: {wrong}")
            continue
        path = asked.out / taken.name
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.replace(path)
        sys.stdout.write(f"{path}\n")
        if asked.pdf and taken.kind == files.HTML:
            failed = _print(path) or failed
    return failed


def _print(report: Path) -> int:
    pdf = report.with_suffix(".pdf")
    try:
        print_pdf(report, pdf)
    except NotPrinted as why:
        return _fail(str(why))
    sys.stdout.write(f"{pdf}\n")
    return 0


class _Wrong(Exception):
    """Something that was asked for and is not there."""


def _settings(thesis: str, scenario: str | None, link: str | None) -> dict[str, str]:
    """The settings of a saved scenario, by its name, or of a link; none for the article's own case."""
    if scenario is not None:
        saved = own_scenarios().of(thesis).values()
        found = [each for each in saved if each.name == scenario]
        if not found:
            known = ", ".join(f"“{each.name}”" for each in saved) or "none"
            raise _Wrong(f"no scenario “{scenario}” is saved on {thesis}; there are {known}")
        return dict(found[-1].query)
    if link is not None:
        return _of_link(thesis, link)
    return {}


def _of_link(thesis: str, link: str) -> dict[str, str]:
    try:
        found = dict(parse_qsl(urlsplit(link).query or link.removeprefix("?")))
    except ValueError:
        found = {}
    if not found:
        raise _Wrong(f"“{link[:80]}” is no link of the dashboard: it sets nothing")
    if found.get("thesis", thesis) != thesis:
        raise _Wrong(f"the link is of “{found['thesis'][:80]}”, and not of {thesis}")
    return found


def _wait_for_market(longest: float) -> None:
    """Waits until the market service has answered, or fails, or the time is over."""
    end = time.monotonic() + longest
    while market_service().status().busy and time.monotonic() < end:
        time.sleep(_POLL_S)


def _command() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m components.export", description="Writes report, workbook and CSV files of a thesis."
    )
    parser.add_argument("thesis", help="the name of the thesis: its file without the ending")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where they are written")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--scenario", metavar="NAME", help="a saved scenario in place of the article's own case")
    which.add_argument("--link", metavar="LINK", help="a copied link in place of the article's own case")
    parser.add_argument("--pdf", action="store_true", help="the report as PDF too, printed by the installed browser")
    parser.add_argument(
        "--wait", type=_seconds, default=WAIT_S, metavar="SECONDS", help="how long the market service is waited for"
    )
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
