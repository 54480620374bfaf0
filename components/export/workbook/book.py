"""Puts the workbook together."""

from collections.abc import Sequence

from components import formats
from components.answers.address import DataVersion
from components.answers.answer import Answer, Asked
from components.answers.pictures import moved
from components.answers.reference import market_price
from components.answers.registry import work_out
from components.answers.upside import UpsideAnswer
from components.answers.valuation import ValuationAnswer
from components.answers.whole import WholeAnswer
from components.calculators.audit.audit import audit
from components.export.records import Records, records
from components.export.workbook import growth, parts, upside
from components.export.workbook.claims import Claims
from components.export.workbook.sheets import Book, Cell, Link
from data.errors import UnknownFigure
from data.notes import Note

_ORDER = ("About", "Inputs", "Upside", "Sum of the parts", "Growth model", "Claims", "Calculations", "Figures")
_WIDTHS = {"Figure": 46, "Segment": 30, "Source": 60, "Link": 40, "Value": 16, "Unit": 16}


def as_workbook(asked: Asked, version: DataVersion, notes: Sequence[Note] = ()) -> bytes:
    """The workbook at one reader's settings. Raises DataFileError, ValueError as `audit` does.

    A calculator that cannot be worked out has no sheet; the first one says which, and what is missing.
    """
    book, dossier = Book(), asked.dossier
    found, missing = _answers(asked)
    first = book.sheet("About", (120,))
    article = dossier.thesis.article
    first.title(article.name)
    price = market_price(dossier, asked.scenario)
    about = [
        article.sentence,
        f"{dossier.company.profile.name} ({dossier.symbol}); article of {formats.day(article.published)}.",
        f"Made on {formats.day(version.day)}"
        + ("." if price is None else f", at {formats.figure(price)} of {formats.day(price.as_of)}, {price.source}."),
        moved(asked.scenario) or "The article’s own case: nothing is moved.",
        "Blue numbers on a pale ground can be changed; black ones are formulas, and follow.",
        "Each figure stands with its unit, its date and where it comes from.",
        *missing,
        "For study and discussion, not investment advice.",
    ]
    for line in about:
        first.line(line)
    up, worth = found.get("upside"), found.get("valuation")
    claims = Claims(book)
    if isinstance(up, UpsideAnswer):
        claims.follows(up.start, "start_price")
    claims.write(audit(dossier))
    if isinstance(up, UpsideAnswer):
        upside.cases(book, up)
    if isinstance(worth, ValuationAnswer):
        parts.sum_of_parts(book, worth, claims)
    if isinstance(worth, (ValuationAnswer, WholeAnswer)):
        growth.growth_model(book, worth, claims)
    upside.inputs(book, asked.scenario, up.start if isinstance(up, UpsideAnswer) else None)
    for table in records(dossier):
        _records(book, table)
    _notes(book, notes)
    book.order(_ORDER)
    return book.finished()


def _records(book: Book, table: Records) -> None:
    sheet = book.sheet(table.name, [_WIDTHS.get(name, 14) for name in table.columns], (4, 1))
    sheet.title(table.name, table.remark)
    sheet.head(*table.columns)
    for row in table.rows:
        *cells, last = row
        link: Cell = Link(last, last) if table.columns[-1] == "Link" and isinstance(last, str) else last
        sheet.line(*cells, link)


def _notes(book: Book, notes: Sequence[Note]) -> None:
    if not notes:
        return
    sheet = book.sheet("Notes", (14, 44, 120), (4, 1))
    sheet.title("Notes", "The reader’s own.")
    sheet.head("Written", "On", "Note")
    for note in notes:
        sheet.line(note.changed.date(), note.title, note.text)


def _answers(asked: Asked) -> tuple[dict[str, Answer], list[str]]:
    found: dict[str, Answer] = {}
    missing = []
    for name in ("upside", "valuation"):
        try:
            found[name] = work_out(name, asked)
        except UnknownFigure as unknown:
            missing.append(f"The {name} cannot be worked out; not known: {unknown.what}.")
    return found, missing
