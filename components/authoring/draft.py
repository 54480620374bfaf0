"""Drafts the claims of a thesis from an article's text.

`python -m components.authoring.draft article.txt --company CTS --published 2026-03-02` prints them. They are to
be read and corrected, and checked by `python -m data.check`.
"""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from components.authoring.claims import complete, ids_of
from components.authoring.kinds import Kind
from components.authoring.proposals import NoArticle, Proposal, Setting, propose
from data.company import Company, load_company
from data.errors import DataFileError
from data.library import Library

# Arguments that only a reader can give: what a test needs beside them is not known from the text.
_ASKS = {
    "guidance": "a series of facts",
    "series": "a series of facts",
    "price_change": "the day to start from",
    "target_gap": "a claim with targets",
}


def draft(text: str, setting: Setting) -> str:
    """The claims that a text proposes, as the tables of a thesis file. Raises NoArticle."""
    found = propose(text, setting)
    ids = ids_of(found)
    aims = [name for name, each in zip(ids, found, strict=True) if each.kind is Kind.TARGET and "low" in each.stated]
    claims = [_claim(name, each, aims[0] if aims else None) for name, each in zip(ids, found, strict=True)]
    return "\n\n".join(claims) + "\n" if claims else "# The text states no figure that is understood.\n"


def _claim(name: str, proposal: Proposal, aims: str | None) -> str:
    lines = ["[[claim]]", f"id = {_text(name)}", f"topic = {_text(str(proposal.kind).capitalize())}"]
    lines += [f"statement = {_text(' '.join(proposal.sentence.split()))}", f"stated = {_table(proposal.stated)}"]
    if proposal.period is not None:
        guess = "  # by the day of publication" if proposal.resolved else ""
        lines.append(f"period = {proposal.period}{guess}")
    lines.append(f"place = {_text(f'“{proposal.said}”')}")
    tests = complete(proposal, aims)
    if tests:
        lines.append(f"test = {_table(tests[0])}")
    elif proposal.tests:
        first = proposal.tests[0]["name"]
        lines.append(f"# the test {first} needs {_ASKS.get(first, 'more than the text says')}")
    return "\n".join(lines)


def _table(values: dict[str, Any]) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in values.items()) + " }"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}" if value == int(value) and abs(value) < 1e15 else repr(value)
    return str(value) if isinstance(value, (int, dt.date)) else _text(str(value))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _setting(published: dt.date, folder: Path | None) -> Setting:
    company: Company | None = load_company(folder) if folder is not None else None
    return Setting(published) if company is None else Setting.of(company, published)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the draft; what is wrong goes to standard error, and the exit code is 1."""
    parser = argparse.ArgumentParser(prog="python -m components.authoring.draft", description="Claims of an article.")
    parser.add_argument("text", type=Path, help="a text file in UTF-8")
    parser.add_argument("--published", type=dt.date.fromisoformat, required=True, help="2026-01-31")
    parser.add_argument("--company", help="the folder of the company: its symbol")
    given = parser.parse_args(arguments)
    try:
        folder = Library().companies / given.company if given.company else None
        sys.stdout.write(draft(given.text.read_text(encoding="utf-8"), _setting(given.published, folder)))
    except (NoArticle, DataFileError, OSError, UnicodeDecodeError) as problem:
        sys.stderr.write(f"{given.text}: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
