"""The workbook: every formula is what the app says, and follows when a number in it changes."""

import io
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from components.answers import address
from components.answers.registry import work_out
from components.answers.upside import UpsideAnswer
from components.answers.valuation import ValuationAnswer
from components.calculators.audit import audit as auditing
from components.calculators.audit.audit import audit
from components.export.audit import CLAIM_COLUMNS, claim_rows
from components.export.workbook import book as making
from components.export.workbook.book import as_workbook
from components.export.workbook.sheets import Book, Given, Link, Sum, named
from components.readouts.claims import VERDICTS
from components.scenario.types import NumberInput
from data import clock
from data.dossier import Dossier
from data.library import thesis_names
from data.notes import Note
from tests.components.export.conftest import asked
from tests.components.export.libreoffice import recalculated
from tests.components.export.test_cells import HOSTILE

CENT = 0.005
MOVED = {
    "alibaba-ai": {
        "base_target": "231",
        "months": "18",
        "multiple_cloud": "7.5",
        "model_growth": "14",
        "interest": "5",
    },
    "alphabet-2026": {"bull_target": "420", "months": "24", "model_discount": "9", "start": "published"},
    "rolls-royce-2025": {"bear_target": "700", "bull_probability": "60", "model_roic": "25"},
}


def made(thesis: str = "alibaba-ai", notes: tuple[Note, ...] = (), **query: str) -> bytes:
    return as_workbook(asked(thesis, **query), address.data_version(), notes)


def formulas(content: bytes) -> list[tuple[str, str]]:
    return [
        (sheet.title, cell.coordinate)
        for sheet in load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def is_same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return (one or "") == (other or "")


def cell_of(book: Workbook, name: str) -> Any:
    sheet, place = book.defined_names[name].attr_text.replace("'", "").replace("$", "").split("!")
    return book[sheet][place]


def row_of(sheet: Any, label: str) -> list[Any]:
    return next([cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if row[0].value == label)


@pytest.mark.parametrize("thesis", thesis_names())
def test_each_formula_gives_what_is_stored_and_what_the_app_says(thesis: str, tmp_path: Path) -> None:
    moved = MOVED[thesis]
    content = made(thesis, **moved)
    stored, anew = load_workbook(io.BytesIO(content), data_only=True), recalculated(content, tmp_path)
    wrong = [
        (sheet, place, stored[sheet][place].value, anew[sheet][place].value)
        for sheet, place in formulas(content)
        if not is_same(stored[sheet][place].value, anew[sheet][place].value)
    ]
    assert wrong == []
    assert len(formulas(content)) > 1_000
    question = asked(thesis, **moved)
    says(anew, work_out("upside", question), audit(question.dossier))
    worth = work_out("valuation", question)
    if isinstance(worth, ValuationAnswer):
        inputs = question.scenario.inputs
        values = {key: question.scenario.number(key) for key in inputs if isinstance(inputs[key], NumberInput)}
        assert cell_of(anew, "parts_value").value == pytest.approx(float(worth.summed.worth(values)), abs=CENT)
    if "model_value" in worth.slots:
        shown = str(worth.slots["model_value"]).replace("\u00a0", " ").removeprefix("USD ").removesuffix("p")
        assert cell_of(anew, "model_value").value == pytest.approx(float(shown.replace(",", "")), abs=0.06)


def says(book: Workbook, found: Any, findings: Any) -> None:
    assert isinstance(found, UpsideAnswer)
    sheet, outcome = book["Upside"], found.outcome
    for label, attribute in (("Price target", "target"), ("Upside", "upside"), ("Total return", "total")):
        row = row_of(sheet, label)
        for place, case in enumerate(outcome.cases.values(), start=1):
            assert row[place] == pytest.approx(float(getattr(case, attribute)), abs=1e-9)
    assert row_of(sheet, "Total return")[4] == pytest.approx(float(outcome.expected_total), abs=1e-9)
    assert row_of(sheet, "Expected price")[4] == pytest.approx(float(outcome.expected_target), abs=CENT)
    assert row_of(sheet, "Value of the position")[4] == pytest.approx(float(outcome.expected_position), abs=CENT)
    shown = {row[0].value: row for row in book["Claims"].iter_rows(min_row=5)}
    for finding in findings:
        row = shown[finding.claim.label]
        assert (row[11].value, row[16].value) == (str(finding.published.verdict), str(finding.today.verdict))


def test_results_and_verdicts_follow_when_a_number_is_changed(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(made()))
    for name, value in (("in_base_target", 250.0), ("in_months", 24.0), ("in_multiple_cloud", 9.0),
                        ("in_model_growth", 15.0), ("start_price", 100.0)):  # fmt: skip
        cell_of(book, name).value = value
    figures = {row[0].value: row[1] for row in book["Figures"].iter_rows(min_row=5)}
    revenue = next(cell for label, cell in figures.items() if "September 2025" in label and cell.value == 39824)
    revenue.value = 35_000  # was 39,824 against 29,610 a year before: +34.5%; now +18.2%
    changed = io.BytesIO()
    book.save(changed)
    anew = recalculated(changed.getvalue(), tmp_path)
    # (250 + 1.05 × 2) ÷ 100 − 1
    assert row_of(anew["Upside"], "Total return")[2] == pytest.approx(1.521, abs=1e-9)
    assert row_of(anew["Upside"], "Annualised")[2] == pytest.approx(2.521**0.5 - 1, abs=1e-9)
    worth = work_out("valuation", asked(multiple_cloud="9", model_growth="15"))
    assert isinstance(worth, ValuationAnswer)
    facts = worth.facts
    # The quarter that was changed is one of the four in the cloud's year: 4.824bn less, at 9 times, less the discount.
    less = (39.824 - 35) * 9 * (1 - worth.scenario.number("holding_discount") / 100)
    less *= 1000 / facts.rate.value / facts.per_share_conversion.shares_m
    shown = float(str(worth.slots["value"]).split("\u00a0")[1])
    assert cell_of(anew, "parts_value").value == pytest.approx(shown - less, abs=CENT)
    # The price stands once: in the upside, under the sum of the parts, in the growth model and in the P/E of the claim.
    assert row_of(anew["Sum of the parts"], "Price")[5] == row_of(anew["Growth model"], "Price")[1] == 100
    pe, eps = row_of(anew["Claims"], "Price to earnings"), anew["Growth model"]["B5"].value
    assert pe[12] == pytest.approx(100 / eps, abs=1e-9)
    assert f"{cell_of(anew, 'model_value').value:.2f}" == str(worth.slots["model_value"]).split("\u00a0")[1]
    growth = row_of(anew["Claims"], "Cloud growth")
    assert growth[7] == pytest.approx((35_000 / 29_610 - 1) * 100, abs=1e-9)
    assert growth[11] == "contradicted"
    assert row_of(load_workbook(io.BytesIO(made()), data_only=True)["Claims"], "Cloud growth")[11] == "supported"


def test_without_probabilities_or_above_the_later_growth_there_is_no_number(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(made()))
    for name in ("in_bear_probability", "in_base_probability", "in_bull_probability"):
        cell_of(book, name).value = 0
    cell_of(book, "in_model_discount").value = 2
    changed = io.BytesIO()
    book.save(changed)
    anew = recalculated(changed.getvalue(), tmp_path)
    for label in ("Total return", "Expected price", "Value of the position"):
        assert row_of(anew["Upside"], label)[4] == "n/a", label
    assert cell_of(anew, "model_value").value == "n/a"


def test_the_growth_that_the_price_implies_is_solved_in_the_sheet(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(made(model_growth="12")))
    label = "Growth that the price implies"
    stored = load_workbook(io.BytesIO(made(model_growth="12")), data_only=True)["Growth model"]
    implied = row_of(stored, label)[1]
    cell_of(book, "in_model_growth").value = implied * 100
    changed = io.BytesIO()
    book.save(changed)
    sheet = recalculated(changed.getvalue(), tmp_path)["Growth model"]
    assert row_of(sheet, "Value by the model")[1] == pytest.approx(row_of(sheet, "Price")[1], abs=CENT)


def test_each_number_stands_with_unit_and_source(dossier: Dossier) -> None:
    book = load_workbook(io.BytesIO(made()), data_only=True)
    for name in ("Quarters", "Segments", "Figures"):
        columns = [cell.value for cell in book[name][4]]
        place = {column: columns.index(column) for column in ("Value", "Unit", "Source", "Origin")}
        rows = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=5)]
        assert rows
        for row in rows:
            assert all(row[at] not in (None, "") for at in place.values()), (name, row)
    closes = [[cell.value for cell in row] for row in book["Closes"].iter_rows(min_row=5)]
    assert len(closes) == len(dossier.market.closes(dossier.symbol))
    assert {(row[1], row[3]) for row in closes} == {("BABA", "USD per ADS")}


def test_sheets_are_set_up_to_be_read() -> None:
    book = load_workbook(io.BytesIO(made()))
    assert book.sheetnames[:6] == ["About", "Inputs", "Upside", "Sum of the parts", "Growth model", "Claims"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes is not None, sheet.title
    assert book["Upside"]["B7"].number_format == "0.0%"
    assert cell_of(book, "in_base_target").fill.fgColor.rgb.endswith("EEF4FF")  # what can be changed is marked


def test_what_cannot_be_worked_out_is_named_and_the_rest_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        making, "_answers", lambda asked: ({}, ["The upside cannot be worked out; not known: a price."])
    )
    book = load_workbook(io.BytesIO(made()))
    assert "Upside" not in book.sheetnames
    assert "not known: a price" in " ".join(str(row[0].value) for row in book["About"].iter_rows())
    assert "Claims" in book.sheetnames


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_workbook_a_text_is_text_and_stays_so_when_edited(text: str) -> None:
    book = Book()
    book.sheet("A", (10,)).line(text)
    cell = load_workbook(io.BytesIO(book.finished())).worksheets[0].cell(1, 1)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert not str(cell.value).startswith("'"), "the apostrophe would be shown"


def test_texts_of_files_links_and_notes_are_never_formulas(monkeypatch: pytest.MonkeyPatch) -> None:
    payloads = itertools.cycle(["=1+1", "@SUM(A1)", "＝cmd|' /C calc'!A0", "-2+3", '=HYPERLINK("http://x","y")'])

    def hostile(dossier: Dossier) -> Any:
        return [
            replace(each, claim=each.claim.model_copy(update={"statement": text, "short": text, "place": text}))
            for each, text in zip(auditing.audit(dossier), payloads, strict=False)
        ]

    monkeypatch.setattr(making, "audit", hostile)
    moment = clock.now()
    note = Note(thesis="alibaba-ai", about="claim:x", title="=1+1", text="@SUM(A1)", written=moment, changed=moment)
    content = made(notes=(note,))
    book = load_workbook(io.BytesIO(content))
    for sheet, place in formulas(content):
        assert sheet in ("Upside", "Sum of the parts", "Growth model", "Claims", "Calculations", "Figures"), (
            sheet,
            place,
        )
        assert "cmd" not in book[sheet][place].value
        assert "HYPERLINK" not in book[sheet][place].value
    for row in book["Claims"].iter_rows(min_row=5, max_col=2):
        assert [(cell.data_type, cell.quotePrefix) for cell in row] == [("s", True), ("s", True)], [
            cell.value for cell in row
        ]
    assert [cell.data_type for cell in book["Notes"][5]][1:] == ["s", "s"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http:", "https://x/" + "a" * 3000])
def test_a_link_leads_to_the_web_or_is_text(url: str) -> None:
    book = Book()
    book.sheet("A", (10,)).line(Link(url, "text"))
    cell = load_workbook(io.BytesIO(book.finished())).worksheets[0].cell(1, 1)
    assert cell.value == "text"
    assert cell.hyperlink is None


def test_a_number_that_is_none_is_an_empty_text_and_a_name_leads_to_its_cell() -> None:
    book = Book()
    book.sheet("A", (10,)).line(Sum("1/0", float("nan")), Given(2.5, name="in_x"))
    again = load_workbook(io.BytesIO(book.finished()), data_only=True)
    assert again["A"]["A1"].value in (None, "")
    assert cell_of(again, "in_x").value == 2.5


def test_one_row_a_claim_with_both_verdicts(dossier: Dossier) -> None:
    rows = {row[0]: row for row in claim_rows(audit(dossier))}
    assert len(rows) == 20
    cash = rows["net-cash"]
    assert (cash[6], cash[15]) == ("outdated", "outdated")
    assert cash[7] == pytest.approx(41.0584, abs=5e-5)
    assert {row[6] for row in rows.values()} <= {str(verdict) for verdict in VERDICTS}


@settings(max_examples=6)
@given(st.data())
def test_every_setting_stands_in_the_workbook_as_it_was_saved(data: st.DataObject) -> None:
    question = asked()
    scenario = question.scenario
    for key, each in scenario.inputs.items():
        if isinstance(each, NumberInput):
            value = data.draw(st.floats(each.low, each.high).map(each.taken))
            scenario = scenario.set(key, value if key != "interest" else each.default)
    content = as_workbook(replace(question, scenario=scenario), address.data_version())
    book = load_workbook(io.BytesIO(content), data_only=True)
    for key, each in scenario.inputs.items():
        if isinstance(each, NumberInput):
            assert cell_of(book, named(key)).value == scenario.number(key)


def test_claims_as_a_table_say_unit_day_and_source(dossier: Dossier) -> None:
    rows = [dict(zip(CLAIM_COLUMNS, row, strict=True)) for row in claim_rows(audit(dossier))]
    for row in rows:
        if row["tested today"] is not None:
            assert row["unit, today"] and row["as of, today"] and row["source, today"], row["claim"]
        if row["tested as published"] is not None:
            assert row["unit, as published"] and row["as of, as published"], row["claim"]
            assert row["source, as published"], row["claim"]
    growth = next(row for row in rows if row["claim"] == "cloud-growth")
    assert str(growth["link, today"]).startswith("https://")
