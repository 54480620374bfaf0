"""Every name in a thesis is held against what there is; all that is wrong is said at once; files are read anew."""

import datetime as dt
import inspect
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from components.answers import address
from components.calculators.audit.audit import TESTS as FUNCTIONS
from components.calculators.audit.effects import EFFECTS as ADDITIVE
from components.calculators.audit.effects import SENSITIVITIES
from data import check
from data.claim_tests import EFFECTS, TESTS, Kind
from data.company import load_company
from data.errors import DataFileError, one_slip
from data.library import Library, case_problems, open_case, thesis_names
from data.market.snapshot import load_snapshots
from tests.approving import approve_row, rows_of
from tests.conftest import ROOT, TODAY
from tests.data.faults import CLOSES, COMPANY, EVENTS, FACTS, FAULTS, MOMENT, QUARTERS, RELEASES, SEGMENTS, THESIS

DATA = ROOT / "data"
APPROVED = Path(__file__).parent / "approved" / "faults.json"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for folder in ("theses", "companies", "snapshots"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    return Library(tmp_path / "theses", tmp_path / "companies", tmp_path / "snapshots")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def said(library: Library, today: dt.date = TODAY) -> list[str]:
    return [str(problem) for problem in case_problems("alibaba-ai", today, library)]


@pytest.mark.parametrize(("file", "old", "new", "part"), FAULTS, ids=[f"{f[0][-14:]}-{f[3][:44]}" for f in FAULTS])
def test_what_is_wrong_is_said_with_what_is_allowed(library: Library, file: str, old: str, new: str, part: str) -> None:
    edit(library.theses.parent / file, old, new)
    found = said(library)
    assert any(part in message for message in found), found
    approve_row(APPROVED, f"{file}: {old!r} to {new!r}", [*found[:6], f"{len(found)} in all"])


def test_each_approved_sentence_belongs_to_a_fault() -> None:
    assert rows_of(APPROVED) == {f"{file}: {old!r} to {new!r}" for file, old, new, _ in FAULTS}


EMPTY = [FACTS, QUARTERS, SEGMENTS, RELEASES, COMPANY, CLOSES, MOMENT, THESIS, EVENTS]


@pytest.mark.parametrize("file", EMPTY)
def test_an_empty_file_is_said(library: Library, file: str) -> None:
    path = library.theses.parent / file
    path.write_text("", encoding="utf-8")
    assert any(path.name in message for message in said(library))


def test_the_bundled_files_are_right() -> None:
    assert case_problems("alibaba-ai", TODAY) == ()


def test_everything_wrong_is_said_at_once(library: Library) -> None:
    root = library.theses.parent
    edit(root / THESIS, '"fiscal_year_start"', '"fiscal_year"')
    edit(root / THESIS, "quarters = 4, alt", "quarter = 4, alt")
    edit(root / COMPANY, 'fiscal_year_starts = "04-01"', 'fiscal_year_starts = "02-29"')
    edit(root / QUARTERS, "205555,205740", "nan,inf")
    edit(root / FACTS, "value = 380\n", "value = nan\n")
    edit(root / CLOSES, "85.06", "much")
    found = said(library)
    # Without company.toml there is nothing to hold the thesis against; every file by itself is read all the same.
    for part in ("closes.csv", "fiscal_year_starts", "capex-plan"):
        assert any(part in message for message in found), found
    edit(root / COMPANY, 'fiscal_year_starts = "02-29"', 'fiscal_year_starts = "04-01"')
    found = said(library)
    for part in ("test.name", "test.quarter”", "test.quarters”", "“nan”", "“inf”", "capex-plan", "closes.csv"):
        assert any(part in message for message in found), found


# --- Declared and real arguments ---


@pytest.mark.parametrize(
    ("declared", "functions", "given"), [(TESTS, FUNCTIONS, 2), (EFFECTS, {**ADDITIVE, **SENSITIVITIES}, 1)]
)
def test_what_is_declared_is_what_the_functions_take(declared, functions, given: int) -> None:  # type: ignore[no-untyped-def]
    assert declared.keys() == functions.keys()
    words = {Kind.DATE: "date", Kind.NUMBER: "float", Kind.COUNT: "int", Kind.SWITCH: "bool"}
    for name, function in functions.items():
        first = given + 1 if name in SENSITIVITIES else given  # they take a claim and a dossier
        taken = list(inspect.signature(function).parameters.values())[first:]
        assert {each.name for each in taken} == declared[name].arguments.keys(), name
        for each in taken:
            argument = declared[name].arguments[each.name]
            assert argument.required is (each.default is inspect.Parameter.empty), (name, each.name)
            kind = words.get(argument.kind, "str")
            assert kind in str(each.annotation) or (kind == "float" and "int" in str(each.annotation)), each


# --- One broken thesis, and files that change ---


def test_a_broken_thesis_leaves_the_others_alone(library: Library) -> None:
    other = library.theses / "other.toml"
    shutil.copy(library.theses / "alibaba-ai.toml", other)
    other.write_text(other.read_text(encoding="utf-8")[:5000], encoding="utf-8")
    assert thesis_names(library) == ("alibaba-ai", "alphabet-2026", "other", "rolls-royce-2025")
    assert open_case("alibaba-ai", TODAY, library).thesis.claim
    with pytest.raises(DataFileError, match=r"other\.toml"):
        open_case("other", TODAY, library)


def test_a_file_that_changes_is_read_again(library: Library) -> None:
    path = library.theses / "alibaba-ai.toml"
    before = open_case("alibaba-ai", TODAY, library).thesis.article.name
    for name in ("One name", "Two name", before):  # the same length twice: size alone does not tell them apart
        edit(path, f'name = "{open_case("alibaba-ai", TODAY, library).thesis.article.name}"', f'name = "{name}"')
        assert open_case("alibaba-ai", TODAY, library).thesis.article.name == name
    edit(library.theses.parent / FACTS, "value = 380\n", "value = 390\n")
    assert any(fact.value == 390 for fact in open_case("alibaba-ai", TODAY, library).company.facts)
    path.unlink()
    with pytest.raises(DataFileError, match="the file is missing"):
        open_case("alibaba-ai", TODAY, library)


def test_answers_rest_on_the_state_of_the_files(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_DATA", str(library.theses.parent))
    before = address.data_version()
    assert address.data_version() == before
    edit(library.theses.parent / FACTS, "value = 380\n", "value = 3800\n")
    assert address.data_version() != before


def test_looking_at_the_files_costs_less_than_a_millisecond() -> None:
    library = Library()
    open_case("alibaba-ai", TODAY, library)
    spent = []
    for _ in range(20):
        began = time.perf_counter()
        state = library.state()
        open_case("alibaba-ai", TODAY, library, state)
        spent.append(time.perf_counter() - began)
    assert min(spent) < 0.001


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_a_wrong_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    (tmp_path / "empty" / "theses").mkdir(parents=True)
    monkeypatch.setenv("THESIS_DATA", str(tmp_path / folder))
    address.data_version()
    with pytest.raises(DataFileError, match="THESIS_DATA names the folder"):
        address.theses()


def test_order_of_rows_does_not_matter(library: Library) -> None:
    before = open_case("alibaba-ai", TODAY, library)
    for file in (QUARTERS, SEGMENTS, RELEASES, CLOSES):
        path = library.theses.parent / file
        head, *rows = path.read_text(encoding="utf-8").strip().split("\n")
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    after = load_company(library.companies / "BABA")
    assert after.quarters == before.company.quarters
    assert set(after.segments) == set(before.company.segments)
    assert [value.end for value in after.segments] == sorted(value.end for value in after.segments)
    assert load_snapshots(library.snapshots).closes == before.snapshots.closes


# --- On the command line ---


def test_the_command_line_says_the_same(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    path = library.theses / "alibaba-ai.toml"
    assert check.main([str(path)]) == 0
    edit(path, 'name = "fiscal_year_start"', 'name = "fiscal_year"')
    edit(library.theses.parent / FACTS, "value = 380\n", "value = nan\n")
    assert check.main([str(path)]) == 1
    printed = capsys.readouterr().out
    for message in said(library):
        assert message in printed


@pytest.mark.parametrize(("arguments", "part"), [
    (["nowhere.toml"], "the file is missing"), (["notes.txt"], "a thesis is a .toml file"), ([], "THESIS_DATA names"),
])  # fmt: skip
def test_it_says_what_is_no_thesis(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    part: str,
) -> None:
    monkeypatch.setenv("THESIS_DATA", str(tmp_path))
    assert check.main([str(tmp_path / name) for name in arguments]) == 1
    assert part in capsys.readouterr().out


def test_it_checks_all_bundled_theses_without_a_file() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data.check"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={k: v for k, v in os.environ.items() if k != "THESIS_DATA"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "alibaba-ai.toml: nothing wrong" in done.stdout


@pytest.mark.parametrize(("one", "other", "slip"), [
    ("ai-streak", "ai-steak", True), ("ai-streak", "xai-streak", True), ("ai-streak", "ai-straek", True),
    ("target", "targes", True), ("target-2024", "target-2025", False), ("target", "target-1", False),
    ("ratings", "target", False), ("same", "same", False),
])  # fmt: skip
def test_one_letter_away(one: str, other: str, slip: bool) -> None:
    assert one_slip(one, other) is slip
    assert one_slip(other, one) is slip
