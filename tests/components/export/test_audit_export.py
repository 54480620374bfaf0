"""The audit as files: complete, numbers as numbers, nothing that a spreadsheet would run."""

import csv
import datetime as dt
import io
import itertools
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from components.calculators.audit.audit import audit
from components.export.audit import CLAIM_COLUMNS, INPUT_COLUMNS, as_csv, as_workbook
from data.dossier import Dossier


def test_one_row_a_claim_with_both_verdicts(dossier: Dossier) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(audit(dossier)).decode("utf-8-sig"))))
    assert len(rows) == 20
    assert tuple(rows[0]) == CLAIM_COLUMNS
    cash = next(row for row in rows if row["claim"] == "net-cash")
    assert (cash["verdict as published"], cash["verdict today"]) == ("outdated", "outdated")
    assert float(cash["tested as published"]) == pytest.approx(41.0584, abs=5e-5)
    assert cash["as of"] == "2026-03-31"


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


def test_no_cell_of_the_real_files_is_a_formula(dossier: Dossier) -> None:
    book = load_workbook(io.BytesIO(as_workbook(audit(dossier))))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_what_a_file_says_cannot_become_a_formula(dossier: Dossier) -> None:
    findings = audit(dossier)
    hostile = [
        replace(each, claim=each.claim.model_copy(update={"statement": text, "topic": text}))
        for each, text in zip(
            findings, itertools.cycle(["=1+1", " @SUM(A1)", "＝cmd|' /C calc'!A0", "\x07-2+3"]), strict=False
        )
    ]
    for row in csv.DictReader(io.StringIO(as_csv(hostile).decode("utf-8-sig"))):
        assert row["statement"].startswith("'")
        assert row["topic"].startswith("'")
    sheet = load_workbook(io.BytesIO(as_workbook(hostile)))["Claims"]
    for row in sheet.iter_rows(min_row=2, min_col=2, max_col=3):
        assert [(cell.data_type, cell.quotePrefix) for cell in row] == [("s", True), ("s", True)]
