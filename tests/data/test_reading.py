"""The readers of files, piece by piece: exactly what is said, and where."""

import datetime as dt
from pathlib import Path

import pytest

from data.company import Company, load_company
from data.errors import DataFileError, Problem, Problems, known_names
from data.facts import read_facts
from data.files import FIRST_DAY, LAST_DAY, MOST, Row, read_csv, read_toml, web_address
from data.library import Library, case_problems, library_in_use, thesis_names
from tests.conftest import TODAY
from tests.invented_full import files, library_at


def failure_of(path: Path) -> Problem:
    with pytest.raises(DataFileError) as failure:
        read_csv(path, ("a", "b")) if path.suffix == ".csv" else read_toml(path)
    return failure.value.problems[0]


MISSING = "the file is missing"
EMPTY = "fill it in, or remove it where it may be missing"
FORMS = [
    ("none.csv", None, MISSING), ("none.toml", None, MISSING),
    ("folder.csv", "", "the file cannot be read: Is a directory"),
    ("folder.toml", "", "the file cannot be read: Is a directory"),
    ("quote.csv", 'a,b\n"1,2', "this is not CSV: unexpected end of data"),
    ("bytes.csv", b"a,b\n\xff,1", "this is not CSV: 'utf-8' codec can't decode byte 0xff"),
    ("bytes.toml", b"a = '\xff'", "this is not TOML: 'utf-8' codec can't decode byte 0xff"),
    ("bad.toml", "a = ", "this is not TOML: Invalid value (at end of document)"),
    ("empty.toml", "", f"the file is empty; {EMPTY}"),
    ("head.csv", "a,b\n", f"the file has no rows; {EMPTY}"),
    ("one.csv", "a\n1\n", "this column is missing; known are a"),
    ("three.csv", "a,b,c\n1,2,3\n", "this column is not known here; known are a, b"),
    ("twice.csv", "a,b,b\n1,2,3\n", "this column stands twice"),
    ("short.csv", "a,b\n1\n", "the line has not as many cells as the header"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), FORMS, ids=[each[0] for each in FORMS])
def test_what_is_wrong_with_the_form_of_a_file(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    path = tmp_path / name
    if name.startswith("folder"):
        path.mkdir()
    elif content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = failure_of(path)
    assert found.file == path
    assert found.problem.startswith(said)


def row(text: str) -> Row:
    return Row(Path("rows.csv"), "line 2", {"cell": text})


@pytest.mark.parametrize(("text", "day"), [
    ("2025-09-30", dt.date(2025, 9, 30)), (FIRST_DAY.isoformat(), FIRST_DAY), (LAST_DAY.isoformat(), LAST_DAY),
])  # fmt: skip
def test_a_day(text: str, day: dt.date) -> None:
    assert row(text).day("cell") == day


@pytest.mark.parametrize(("text", "said"), [
    ("1899-12-31", "1899-12-31 is not between 1900-01-01 and 2100-12-31"),
    ("2101-01-01", "2101-01-01 is not between 1900-01-01 and 2100-12-31"),
    ("2025-9-30", "“2025-9-30” is no date; write it as 2025-09-30"),
    ("2025-02-30", "“2025-02-30” is no date; write it as 2025-09-30"),
    ("2025-W40-2", "“2025-W40-2” is no date; write it as 2025-09-30"),
])  # fmt: skip
def test_no_day(text: str, said: str) -> None:
    with pytest.raises(DataFileError) as failure:
        row(text).day("cell")
    assert failure.value.problems == (Problem(Path("rows.csv"), "line 2", "cell", said),)


@pytest.mark.parametrize(("text", "number"), [("1", 1.0), ("-2.5", -2.5), ("1e12", MOST), ("", None)])
def test_a_number(text: str, number: float | None) -> None:
    assert row(text).number("cell") == number


@pytest.mark.parametrize(("text", "bounds", "said"), [
    ("1.1e12", {}, "“1.1e12” is beyond 1e+12"), ("-1.1e12", {}, "“-1.1e12” is beyond 1e+12"),
    ("-1", {"lowest": 0.0}, "“-1” cannot be: it must be at least 0"),
    ("0", {"above": 0.0}, "“0” cannot be: it must be above 0"),
    ("1_000", {}, "“1_000” is no number; write it as 1234.5, or leave it empty: not known"),
])  # fmt: skip
def test_no_number(text: str, bounds: dict[str, float], said: str) -> None:
    with pytest.raises(DataFileError) as failure:
        row(text).number("cell", **bounds)
    assert failure.value.problems[0].problem == said
    assert row("0").number("cell", lowest=0.0) == 0.0


@pytest.mark.parametrize("text", [
    "https://data.alibabagroup.com/a%20b.pdf", "http://example.org", "https://example.org:8080/a?b=c#d",
])  # fmt: skip
def test_a_web_address(text: str) -> None:
    assert web_address(text) == text


@pytest.mark.parametrize("text", [
    "", "example.org", "//example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https:///a",
    "https://user@example.org", "https://example.org/a b", "https://example.org/\x00", "https://example.org\\a",
    "data:text/html,https://example.org", "https://[1",
])  # fmt: skip
def test_no_web_address(text: str) -> None:
    with pytest.raises(ValueError, match="is no web address; write one that begins with https://"):
        web_address(text)


@pytest.mark.parametrize(("names", "said"), [
    ([], "none is known"), (["b", "a"], "known are a, b"), (["cloud", "sea", "clouds"], "known are cloud, clouds, sea"),
    ([f"name-{n:02}" for n in range(12)], "known are " + ", ".join(f"name-{n:02}" for n in range(12))),
    ([f"name-{n:02}" for n in range(14)], "known are " + ", ".join(f"name-{n:02}" for n in range(12)) + " and 2 more"),
])  # fmt: skip
def test_names_that_there_are(names: list[str], said: str) -> None:
    assert known_names("cloud", names) == said


FACT = """
[[fact]]
id = "{id}"
label = "A fact"
series = "{series}"
{stated}
as_of = 2025-01-15
known = 2025-01-15
source = "the company"
"""


@pytest.mark.parametrize(("facts", "said"), [
    ([("a", "s", 'value = 1\nunit = "%"'), ("b", "s", 'value = 1\nunit = "x"')],
     ["fact “b”, field “unit”: the series “s” has % in “a” and x here"]),
    ([("a", "s", 'value = 1\nunit = "%"'), ("c", "", "date = 2025-01-01"), ("b", "s", "date = 2025-01-01")],
     ["fact “b”, field “unit”: the series “s” has % in “a” and no unit here",
      "fact “b”: the series “s” has value in “a” and date here"]),
    ([("a", "targets", 'value = 1\nunit = "%"'), ("b", "target", 'value = 1\nunit = "%"'),
      ("c", "target", 'value = 1\nunit = "%"')],
     ["fact “a”, field “series”: “targets” is one letter away from “target”; use one name"]),
    ([("a", "target", 'value = 1\nunit = "%"'), ("b", "targets", 'value = 1\nunit = "%"'),
      ("c", "target", 'value = 1\nunit = "%"')],
     ["fact “b”, field “series”: “targets” is one letter away from “target”; use one name"]),
    ([("a", "s", 'value = 1\nunit = "%"'), ("b", "s", 'value = 2\nunit = "%"')], []),
])  # fmt: skip
def test_a_series_is_one_measure(tmp_path: Path, facts: list[tuple[str, str, str]], said: list[str]) -> None:
    path, problems = tmp_path / "facts.toml", Problems()
    written = "".join(FACT.format(id=name, series=series, stated=stated) for name, series, stated in facts)
    path.write_text(written.replace('series = ""\n', ""), encoding="utf-8")
    found, ids = read_facts(path, problems)
    assert [str(each).split("facts.toml, ")[1] for each in problems.found] == said
    assert {fact.id for fact in found} == ids == {name for name, *_ in facts}


# --- The library ---


def test_two_companies_share_no_fact_id(tmp_path: Path) -> None:
    written = files()
    written["theses/werft.toml"] = written["theses/werft.toml"].replace(
        'company = "WRF"', 'company = "WRF"\nrelated = ["SIS"]'
    )
    for name in ("company.toml", "facts.toml"):
        written[f"companies/SIS/{name}"] = written[f"companies/WRF/{name}"]
    library = library_at(tmp_path, written)
    said = [problem for problem in case_problems("werft", TODAY, library) if "fact id" in problem.problem]
    path = library.theses / "werft.toml"
    assert said == [
        Problem(path, "article", "related", f"the fact id “{name}” is used by two companies")
        for name in ("plan", "targets-1")
    ]


@pytest.mark.parametrize(("made", "said"), [(True, "there is no thesis in it"), (False, "there is no such folder")])
def test_a_library_without_a_thesis(tmp_path: Path, made: bool, said: str) -> None:
    library = Library(tmp_path / "theses", tmp_path, tmp_path)
    if made:
        library.theses.mkdir()
    with pytest.raises(DataFileError) as failure:
        thesis_names(library)
    where = "THESIS_DATA names the folder that holds theses, companies and snapshots"
    assert failure.value.problems == (
        Problem(library.theses, "", "", f"{said}; {where}. A thesis is a file such as my-article.toml"),
    )


def test_the_library_is_the_folder_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_DATA", str(tmp_path))
    assert library_in_use() == Library(tmp_path / "theses", tmp_path / "companies", tmp_path / "snapshots")
    monkeypatch.setenv("THESIS_DATA", "")
    assert library_in_use() == Library()


def test_a_company_needs_its_profile_only(tmp_path: Path) -> None:
    library = library_at(tmp_path, {"companies/WRF/company.toml": files()["companies/WRF/company.toml"]})
    company = load_company(library.companies / "WRF")
    assert isinstance(company, Company)
    assert (company.quarters, company.segments, company.facts, company.events) == ((), (), (), ())
