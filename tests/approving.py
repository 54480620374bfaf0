"""Contents that a person has read and approved, kept in files beside the tests; `make approve` writes them anew."""

import json
import os
from pathlib import Path
from typing import Any

APPROVING = os.environ.get("APPROVE") == "1"


def approve(path: Path, found: Any) -> None:
    """Compares with the approved file, or writes it where that is asked for."""
    text = json.dumps(found, indent=1, ensure_ascii=False, default=str, sort_keys=True) + "\n"
    if APPROVING:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    approved = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    assert json.loads(text) == approved, f"{path.name}: read the difference; `make approve` accepts it"


def approve_row(path: Path, row: str, found: Any) -> None:
    """The same for one row of a table, whose file has an entry for each."""
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if APPROVING:
        approve(path, {**rows, row: found})
        return
    assert row in rows, f"{path.name} has no row “{row}”; `make approve` adds it"
    assert json.loads(json.dumps(found, default=str)) == rows[row], f"{row}: `make approve` accepts the difference"


def rows_of(path: Path) -> set[str]:
    """The rows that a file has an approved entry for."""
    return set(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else set()
