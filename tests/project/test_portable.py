"""What runs on one machine only: date formats, encodings, paths and file names that another system reads otherwise."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from tests.conftest import ROOT

FOLDERS = ("components", "data", "pages", "tests")
SOURCES = [ROOT / "app.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
# Day or month without a leading zero is `%-d` to glibc and `%#d` to Windows; neither knows the other's. plotly's
# formats are d3's, which are the same everywhere; they are texts of their own, never handed to `strftime`.
ONE_SYSTEM_S = re.compile(r"%[-#_^][a-zA-Z]|%[eklPsDFTRrhn](?![a-zA-Z(])")
TEXT_FILES = ("open", "read_text", "write_text")
# It names where each system keeps its programs.
OF_EACH_SYSTEM = ROOT / "components" / "export" / "browser.py"


def places(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and fault of each thing that another system would do otherwise."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            for part in ast.walk(node.format_spec):
                if isinstance(part, ast.Constant) and ONE_SYSTEM_S.search(str(part.value)):
                    yield node.lineno, f"a date format of one system: {part.value}"
        if isinstance(node, ast.Call):
            yield from calls(node)
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(text, str) and re.match(r"(/tmp|/home|/usr|/var|[A-Z]:\\)", text):
            yield node.lineno, f"a path of one machine: {text}"


def calls(node: ast.Call) -> Iterator[tuple[int, str]]:
    """Faults of one call."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = [each.value for each in node.args if isinstance(each, ast.Constant)]
    named = {each.arg: each.value for each in node.keywords}
    if name in ("strftime", "strptime") and any(ONE_SYSTEM_S.search(str(each)) for each in given):
        yield node.lineno, f"a date format of one system: {given}"
    if name in TEXT_FILES and not (name == "open" and _is_other_open(node)):
        mode = str(getattr(named.get("mode"), "value", next((each for each in given if _is_mode(each)), "")))
        if "b" not in mode and "encoding" not in named and "utf-8" not in given:
            yield node.lineno, f"{name} without an encoding"
    runs = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "subprocess"
    if runs and name in ("run", "Popen", "check_output") and "text" in named and "encoding" not in named:
        yield node.lineno, "a program's output read without an encoding"


def _is_mode(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[rwax][bt]?\+?", value) is not None


def _is_other_open(node: ast.Call) -> bool:
    """`open` of something that is no text file: an archive, or a page, which is given an address and no mode."""
    if not isinstance(node.func, ast.Attribute):
        return False
    is_known = isinstance(node.func.value, ast.Name) and node.func.value.id in ("tarfile", "visit")
    return is_known or (bool(node.args) and not _is_mode(getattr(node.args[0], "value", 0)))


@pytest.mark.parametrize("path", SOURCES, ids=[path.relative_to(ROOT).as_posix() for path in SOURCES])
def test_the_code_means_the_same_on_every_system(path: Path) -> None:
    found = [f"line {line}: {fault}" for line, fault in places(ast.parse(path.read_text(encoding="utf-8")))]
    assert found == [] or path == OF_EACH_SYSTEM


@pytest.mark.parametrize("code", [
    'day.strftime("%-d %b")', 'day.strftime("%#d")', 'f"{day:%-d %B}"', 'dt.datetime.strptime(text, "%e")',
    'path.read_text()', 'path.write_text("a")', 'path.open()', 'path.open("w")', 'open(path)', 'open(path, mode="r")',
    'open("/tmp/a", "rb")', 'subprocess.run(["git"], text=True)', 'Path("C:\\\\Users")',
])  # fmt: skip
def test_such_things_are_found(code: str) -> None:
    assert list(places(ast.parse(code)))


@pytest.mark.parametrize("code", [
    'day.strftime("%d %b")', 'f"{day.day} {day:%b %Y}"', 'path.read_text(encoding="utf-8")', 'path.open("rb")',
    'path.read_text("utf-8")', 'open(path, "wb")', 'f"{share:.1%}"', 'f"{x}<br>%{{x|%-d %b %Y}}"',
])  # fmt: skip
def test_other_things_are_not(code: str) -> None:
    assert list(places(ast.parse(code))) == []


def test_file_names_can_be_written_everywhere() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    ).stdout
    names = [name for name in listed.split("\0") if name] or [path.relative_to(ROOT).as_posix() for path in SOURCES]
    assert len({name.lower() for name in names}) == len(names), "two names that differ in case only"
    for name in names:
        assert not re.search(r'[<>:"|?*\\]', name), name
        for part in PureWindowsPath(name).parts:
            reserved = re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part)
            assert reserved is None, name
            assert not part.endswith((".", " ")), name
