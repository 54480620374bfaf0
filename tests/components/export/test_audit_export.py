"""The audit as files: complete, numbers as numbers, nothing that a spreadsheet would run."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from components.calculators.audit.audit import audit
from components.export.audit import CLAIM_COLUMNS, INPUT_COLUMNS, as_csv, as_workbook, guarded
from data.dossier import Dossier


def test_one_row_a_claim_with_both_verdicts(dossier: Dossier) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(audit(dossier)).decode("utf-8-sig"))))
    assert len(rows) == 20
    assert tuple(rows[0]) == CLAIM_COLUMNS
    cash = next(row for row in rows if row["claim"] == "net-cash")
    assert (cash["verdict as published"], cash["verdict today"]) == ("outdated", "outdated")
    assert float(cash["tested as published"]) == pytest.approx(41.0584, abs=5e-5)
    assert cash["as of"] == "2025-12-31"


def test_the_workbook_has_the_inputs_on_its_second_sheet(dossier: Dossier) -> None:
    book = load_workbook(io.BytesIO(as_workbook(audit(dossier))))
    assert book.sheetnames == ["Claims", "Inputs"]
    claims, inputs = book["Claims"], book["Inputs"]
    assert claims.max_row == 21
    assert tuple(cell.value for cell in inputs[1]) == INPUT_COLUMNS
    growth = [
        row for row in inputs.iter_rows(min_row=2, values_only=True) if row[:2] == ("cloud-growth", "as published")
    ]
    assert [row[5] for row in growth] == [39824, 29610]
    assert growth[0][7] == dt.datetime(2025, 9, 30)
    assert all(str(row[12]).startswith("https://") for row in growth)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_formula_is_disarmed(text: str) -> None:
    assert guarded(text) == f"'{text}"


@given(st.text())
def test_no_text_starts_a_formula(text: str) -> None:
    assert not str(guarded(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.floats(allow_nan=False))
def test_numbers_stay_numbers(value: float) -> None:
    assert guarded(value) == value


def test_no_cell_of_the_real_files_is_a_formula(dossier: Dossier) -> None:
    book = load_workbook(io.BytesIO(as_workbook(audit(dossier))))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
