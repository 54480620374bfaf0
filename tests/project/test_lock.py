"""Everything that is installed is pinned, with digests, and the lock is that of the requirements."""

import datetime as dt
import re

import pytest

from tests import audit_packages
from tests.audit_packages import npm_verdict, verdict
from tests.conftest import ROOT


def pins(name: str) -> dict[str, str]:
    """Package and version of each pin of a file and of the files that it names."""
    found: dict[str, str] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= pins(line.removeprefix("-r ").strip())
        elif match := re.match(r"([A-Za-z0-9_.-]+)==([^\s;\\]+)", line):
            found[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2]
    return found


@pytest.mark.parametrize("name", ["requirements", "requirements-team", "requirements-dev"])
def test_the_lock_holds_what_is_required(name: str) -> None:
    locked = pins(f"{name}.lock")
    assert pins(f"{name}.txt").items() <= locked.items(), "run `make lock`"
    assert len(locked) > len(pins(f"{name}.txt"))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-team.lock", "requirements-dev.lock"])
def test_every_pin_has_its_digests(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_a_known_hole_is_told_and_what_was_not_looked_up_is_not_counted() -> None:
    packages = [
        {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]},
        {"name": "b", "version": "1", "vulns": []},
        {"name": "c", "version": "1", "skip_reason": "not found"},
    ]
    assert verdict(packages) == (["a 1: CVE-1, mended in 2"], 2)
    assert verdict(packages[2:]) == ([], 0)


def test_an_exception_ends_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_packages, "EXCEPTIONS", {"CVE-1": ("not called here", dt.date(2026, 12, 31))})
    packages = [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": []}]}]
    assert verdict(packages, dt.date(2026, 12, 31)) == ([], 1)
    assert verdict(packages, dt.date(2027, 1, 1)) == (["a 1: CVE-1, mended in none yet"], 1)


def test_holes_of_what_npm_gives_are_told_and_a_silent_register_is_none() -> None:
    told = {"vulnerabilities": {"ajv": {"severity": "high", "range": "<9"}}}
    assert npm_verdict(told) == ["ajv <9: high"]
    assert npm_verdict({"vulnerabilities": {}}) == []
    assert npm_verdict({"message": "no network"}) is None
