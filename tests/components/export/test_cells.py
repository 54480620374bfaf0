"""Texts from outside in a spreadsheet: shown to the letter, run never."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from components.export.cells import LONGEST, Cell, csv_cell
from components.export.workbook.sheets import Book

HOSTILE = [
    "=1+1", " =1+1", "\u00a0=1+1", "＝1+1", "　＝1+1", "+1", "＋1", "-1", "－1", "@SUM(A1)", "＠SUM(A1)", "\t=1",
    "\r=1", "\n=1", "\ttext", "\x00=1", "\x1b\x7f=1", "\ufeff=1", "﹦1",
]  # fmt: skip
HARMLESS = ["", "Alibaba", "1 = 1", "a+b", "−22.7%", "'quoted'", "2026-01-01"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_disarmed_in_csv(text: str) -> None:
    assert str(csv_cell(text)).startswith("'")


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert csv_cell(text) == text


@given(st.text())
def test_no_text_starts_a_formula(text: str) -> None:
    shown = str(csv_cell(text))
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not shown.startswith(("\t", "\r", "\n"))


@given(st.floats(allow_nan=False) | st.dates() | st.none())
def test_numbers_and_dates_stay_what_they_are(value: Cell) -> None:
    assert csv_cell(value) == value


def in_a_workbook(value: Cell) -> bytes:
    book = Book()
    book.sheet("A", (10,)).line(value)
    return book.finished()


@given(st.text(max_size=50))
def test_no_text_breaks_a_workbook(text: str) -> None:
    cell = load_workbook(io.BytesIO(in_a_workbook(text))).worksheets[0].cell(1, 1)
    assert cell.data_type in ("s", "n", "inlineStr")
    kept = str(cell.value or "")
    assert [sign for sign in kept if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


@given(st.text(max_size=50))
def test_no_text_breaks_a_row_of_csv(text: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerow(["before", csv_cell(text), "after"])
    file.getvalue().encode("utf-8")
    rows = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert [row[0] for row in rows] == ["before"]
    assert [row[-1] for row in rows] == ["after"]


def test_what_a_cell_cannot_hold_is_cut() -> None:
    cell = load_workbook(io.BytesIO(in_a_workbook("a" * 40_000))).worksheets[0].cell(1, 1)
    assert len(str(cell.value)) == LONGEST


@pytest.mark.parametrize("value", [1.5, -3, None, dt.date(2026, 1, 1)])
def test_a_workbook_holds_numbers_and_dates_as_such(value: Cell) -> None:
    found = load_workbook(io.BytesIO(in_a_workbook(value))).worksheets[0].cell(1, 1).value
    assert (found.date() if isinstance(found, dt.datetime) else found) == value
