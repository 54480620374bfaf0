"""The audit as CSV and as a workbook: one row per claim, and the inputs of the calculations separately.

Numbers remain numbers, and text remains text (see `cells`).
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import Reading
from components.export.cells import Cell, csv_cell, write
from components.readouts import claims as texts
from data.figures import Figure

CLAIM_COLUMNS = (
    "claim", "topic", "statement", "place in the article", "stated", "unit",
    "verdict as published", "tested as published", "to, as published", "unit, as published", "why, as published",
    "verdict today", "tested today", "to, today", "unit, today", "as of", "why, today", "sum, today", "remark",
)  # fmt: skip
INPUT_COLUMNS = (
    "claim", "moment", "reading", "gives the verdict", "input", "value", "unit", "as of", "known since", "origin",
    "confidence", "source", "link",
)  # fmt: skip


def claim_rows(findings: Sequence[Finding]) -> Iterator[tuple[Cell, ...]]:
    """One row per claim, in the article's order."""
    for finding in findings:
        claim, then, now = finding.claim, finding.published, finding.today
        first, last = then.evidence.deciding, now.evidence.deciding
        yield (
            claim.id,
            claim.topic,
            claim.statement,
            claim.place,
            texts.stated(claim),
            claim.stated.unit,
            str(then.verdict),
            _value(first),
            first.upper if first else None,
            first.figure.unit.text if first else None,
            texts.explain(claim, then),
            str(now.verdict),
            _value(last),
            last.upper if last else None,
            last.figure.unit.text if last else None,
            last.figure.as_of if last else None,
            texts.explain(claim, now),
            last.working if last else None,
            now.evidence.note,
        )


def _value(reading: Reading | None) -> Cell:
    if reading is None:
        return None
    return _plain(reading.figure)


def _plain(figure: Figure) -> Cell:
    """The number; a date where the figure is one."""
    return dt.date.fromordinal(round(figure.value)) if figure.unit.text == "date" else figure.value


def input_rows(findings: Sequence[Finding]) -> Iterator[tuple[Cell, ...]]:
    """One row for each figure that entered a calculation."""
    for finding in findings:
        for moment, judgement in (("as published", finding.published), ("today", finding.today)):
            yield from _inputs(finding.claim.id, moment, judgement)


def _inputs(claim: str, moment: str, judgement: Judgement) -> Iterator[tuple[Cell, ...]]:
    for place, reading in enumerate(judgement.evidence.readings):
        for term in reading.terms:
            yield (
                claim,
                moment,
                reading.label,
                "yes" if place == 0 else "no",
                term.label,
                _plain(term),
                term.unit.text,
                term.as_of,
                term.known,
                str(term.origin),
                str(term.confidence),
                term.source,
                term.url,
            )


def as_csv(findings: Sequence[Finding]) -> bytes:
    """One row per claim, in UTF-8 with a byte order mark, without which spreadsheets misread some signs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CLAIM_COLUMNS)
    for row in claim_rows(findings):
        writer.writerow([csv_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(findings: Sequence[Finding]) -> bytes:
    """An Excel file: claims on the first sheet, inputs on the second."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Claims"
    _fill(first, CLAIM_COLUMNS, claim_rows(findings))
    _fill(book.create_sheet("Inputs"), INPUT_COLUMNS, input_rows(findings))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, columns: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> None:
    for number, row in enumerate((columns, *rows), start=1):
        for place, value in enumerate(row, start=1):
            write(sheet.cell(number, place), value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 8), 60)
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=longest > 58)
    sheet.freeze_panes = "B2"
