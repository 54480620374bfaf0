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
from components.calculators.audit.effects import EFFECTS as EFFECT_FUNCTIONS
from data import check
from data.claim_tests import EFFECTS, TESTS, Kind
from data.company import load_company
from data.errors import DataFileError, one_slip
from data.library import Library, case_problems, open_case, thesis_names
from data.market.snapshot import load_snapshots
from tests.conftest import ROOT, TODAY

DATA = ROOT / "data"


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


THESIS, FACTS = "theses/alibaba-ai.toml", "companies/BABA/facts.toml"
QUARTERS, SEGMENTS, RELEASES = (f"companies/BABA/{name}.csv" for name in ("quarters", "segments", "releases"))
COMPANY, CLOSES, MOMENT = "companies/BABA/company.toml", "snapshots/closes.csv", "snapshots/2026-07-24.toml"

# (file, what stands there, what is written instead, what the message holds)
FAULTS = [
    # names and arguments of tests and effects
    (THESIS, '"fiscal_year_start"', '"fiscal_year"', "claim “fiscal-year-start”, field “test.name”: there is no test"),
    (THESIS, "alternative = 2, ", "", "field “test.alternative”: it is missing"),
    (THESIS, "quarters = 4, alt", "quarter = 4, alt", "does not take this; known are quarters"),
    (THESIS, "quarters = 4, alt", 'quarters = "4", alt', "is no whole number between 1 and 40"),
    (THESIS, "quarters = 4, alt", "quarters = 0, alt", "is no whole number between 1 and 40"),
    (THESIS, "start = 2024-12-31", 'start = "2024"', "field “test.start”: “2024” is no date"),
    (THESIS, "start = 2024-12-31", "start = 2026-12-31", "is above 2025-12-31"),
    (THESIS, 'name = "money", sign', 'name = "mony", sign', "there is no effect “mony”; known are money"),
    (THESIS, "tax = 25", "tax = 250", "is no number between 0 and 100"),
    # ids, series, metrics, segments, structures, symbols
    (THESIS, 'fact = "minimax-founded"', 'fact = "minimax-foundet"', "no fact “minimax-foundet”; known are minimax-f"),
    (THESIS, 'series = "ratings"', 'series = "rating"', "there is no series “rating”; known are ratings"),
    (THESIS, 'metric = "net_cash"', 'metric = "net_csh"', "no quarterly figure “net_csh”; known are net_cash"),
    (THESIS, '"segment_growth", segment = "Cloud I', '"segment_growth", segment = "Clod I',
     "no segment “Clod Intelligence Group”; known are Cloud Intelligence Group"),
    (THESIS, 'multiple_of = "pe-range"', 'multiple_of = "pe-rnge"', "no claim “pe-rnge”; known are pe-range"),
    (THESIS, 'growing = "cloud"', 'growing = "clod"', "there is no part “clod”; known are cloud"),
    (THESIS, 'family = "cloud"', 'family = "clouds"', "there is no family “clouds”; known are cloud"),
    (THESIS, 'dividend = "dividend-2025"', 'dividend = "capex-plan"', "is in “CNY bn”; allowed are USD per ADS"),
    (THESIS, 'symbol = "AMZN"', 'symbol = "AMNZ"', "no share in the bundled market values “AMNZ”; known are AMZN"),
    (THESIS, 'symbol = "AMZN"', 'symbol = "MSFT"', "“MSFT” stands twice"),
    (THESIS, 'company = "BABA"', 'company = "BABBA"', "there is no folder “BABBA” in companies; known are BABA"),
    (THESIS, '"USD/HKD"', '"USD/HKX"', "nothing here is in “HKX”; known are HKD"),
    (THESIS, 'target_range = "price-targets"', 'target_range = "price-target"', "known are price-targets"),
    (COMPANY, 'A = ["Cloud"]', 'A = ["Clouds"]', "segments.csv has no “Clouds” in structure A; known are Cloud"),
    (COMPANY, 'A = ["Cloud"]', 'A = ["Cloud", "China commerce"]', "is also in “commerce”"),
    (COMPANY, 'A = ["Cloud"], ', "", "“Cloud” of structure A is in segments.csv and in no family"),
    (SEGMENTS, "A,segment,Cloud,revenue,17685", "A,segment,Clod,revenue,17685", "“Clod” of structure A"),
    (SEGMENTS, "Cloud,revenue,17685", "Cloud,revenu,17685", "“revenu” is none of revenue, adjusted_ebita"),
    (FACTS, 'series = "ai-streak"', 'series = "ai-steak"', "is one letter away from “ai-streak”"),
    # forms and units
    (THESIS, 'fact = "minimax-listed"', 'fact = "minimax-stake"', "states a value; a date is needed"),
    (THESIS, 'unit = "USD bn", decimals = 0 }\nplace = "outlook', 'unit = "USD m", decimals = 0 }\nplace = "outlook',
     "is in “USD m”; allowed are USD bn"),
    (THESIS, 'low = 190, high = 205, unit = "USD per ADS"', 'low = 190, high = 205, unit = "HKD per ADS"',
     "the price target is in “HKD per ADS”; allowed are USD per ADS"),
    (FACTS, 'value = 194\nunit = "USD per ADS"', 'value = 194\nunit = "HKD per ADS"', "allowed are USD per ADS"),
    (COMPANY, 'capex = "CNY m"', 'capex = "CNY bn"', "use one for all money"),
    (COMPANY, 'capex = "CNY m"', 'capex = "USD m"', "is no unit of capex here; allowed are CNY"),
    (COMPANY, 'exchange_rate = "CNY per USD"', 'exchange_rate = "USD per CNY"', "allowed are CNY per USD"),
    (COMPANY, 'revenue = "CNY m"', 'revenue = "million"', "is no unit"),
    (COMPANY, 'fiscal_year_starts = "04-01"', 'fiscal_year_starts = "02-29"', "is not a day of every year"),
    (MOMENT, 'share_class = "ADS"', 'share_class = "share"', "“share” here, “ADS” in company.toml"),
    # numbers
    (QUARTERS, "205555,205740", "nan,205740", "field “revenue”: “nan” is no number"),
    (QUARTERS, "205555,205740", "inf,205740", "field “revenue”: “inf” is no number"),
    (QUARTERS, ",6.6981,", ",0,", "field “exchange_rate”: “0” cannot be: it must be above 0"),
    (QUARTERS, ",21384,", ",-21384,", "field “diluted_shares”: “-21384” cannot be: it must be above 0"),
    (FACTS, "value = 380\n", "value = nan\n", "fact “capex-plan”, field “value”: Input should be a finite number"),
    (FACTS, "value = 710\n", "value = -710\n", "“placing-shares” is below zero; a count is not"),
    (FACTS, "value = 2.00\n", "value = -2.00\n", "“dividend-2025” is below zero; a dividend is not"),
    (FACTS, "value = 7.80\n", "value = 0\n", "“hong-kong-band-middle” must be above zero; a rate is"),
    (FACTS, "buy = 17", "bye = 17", "“bye” is none of strongBuy, buy"),
    (CLOSES, "85.06", "-85.06", "line 2, field “close”: “-85.06” cannot be: it must be above 0"),
    (SEGMENTS, "Cloud Intelligence Group,revenue,39824", "Cloud Intelligence Group,revenue,3982", "add up to"),
    # dates, duplicates, gaps
    (THESIS, "published = 2026-01-01", "published = 2026-12-01", "2026-12-01 has not come yet; today is 2026-11-22"),
    (RELEASES, "2026-06-30,FY2027 Q1,2026-08-20", "2026-06-30,FY2027 Q1,2026-12-20", "has not come yet"),
    (RELEASES, "FY2026 Q2,2025-11-25", "FY2026 Q2,2025-07-25", "is not within 400 days after the quarter's end"),
    (QUARTERS, "2025-09-30,", "2025-09-29,", "releases.csv has no release for this quarter"),
    (CLOSES, "2024-12-31,BABA", "2024-12-27,BABA", "close of “BABA on 2024-12-27”, field “date”: it is used twice"),
    (MOMENT, "date = 2026-07-24", "date = 2026-07-23", "is not the day that the file is named after"),
    (CLOSES, "85.06,USD", "85.06,HKD", "in the closes of BABA before"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "part"), FAULTS, ids=[f"{f[0][-14:]}-{f[3][:44]}" for f in FAULTS])
def test_what_is_wrong_is_said_with_what_is_allowed(library: Library, file: str, old: str, new: str, part: str) -> None:
    edit(library.theses.parent / file, old, new)
    assert any(part in message for message in said(library)), said(library)


EMPTY = [FACTS, QUARTERS, SEGMENTS, RELEASES, COMPANY, CLOSES, MOMENT, THESIS, "companies/BABA/events.toml"]


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


@pytest.mark.parametrize(("declared", "functions", "given"), [(TESTS, FUNCTIONS, 2), (EFFECTS, EFFECT_FUNCTIONS, 1)])
def test_what_is_declared_is_what_the_functions_take(declared, functions, given: int) -> None:  # type: ignore[no-untyped-def]
    assert declared.keys() == functions.keys()
    words = {Kind.DATE: "date", Kind.NUMBER: "float", Kind.COUNT: "int"}
    for name, function in functions.items():
        taken = list(inspect.signature(function).parameters.values())[given:]
        assert [each.name for each in taken] == list(declared[name].arguments), name
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
    assert thesis_names(library) == ("alibaba-ai", "other")
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
        text=True,
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
