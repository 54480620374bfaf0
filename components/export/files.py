"""The files that a reader takes away, each built when it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from components.answers.address import DataVersion
from components.answers.answer import Asked
from components.calculators.audit.audit import audit
from components.export.audit import CLAIM_COLUMNS, claim_rows
from components.export.records import as_csv, records
from components.export.report.content import gather
from components.export.report.page import as_html
from components.export.workbook.book import as_workbook
from components.readouts.naming import file_name
from data.notes import Note

HTML, XLSX, CSV = "text/html", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"


@dataclass(frozen=True)
class Taken:
    """A file.

    Attributes
    ----------
    build : makes its content. Raises DataFileError for a file that is wrong.
    """

    label: str
    name: str
    kind: str
    build: Callable[[], bytes]


def report(asked: Asked, version: DataVersion, notes: Sequence[Note] = (), link: str = "") -> Taken:
    """The report; `link` leads to the same settings in the app."""
    return Taken(
        "Report", f"{file_name(asked.dossier, 'report', version.day)}.html", HTML,
        lambda: as_html(gather(asked, version, notes, link)),
    )  # fmt: skip


def workbook(asked: Asked, version: DataVersion, notes: Sequence[Note] = ()) -> Taken:
    """The workbook."""
    name = f"{file_name(asked.dossier, 'workbook', version.day)}.xlsx"
    return Taken("Workbook", name, XLSX, lambda: as_workbook(asked, version, notes))


def claims(asked: Asked, version: DataVersion) -> Taken:
    """All claims, one a row."""
    name = f"{file_name(asked.dossier, 'claims', version.day)}.csv"
    return Taken("Claims as CSV", name, CSV, lambda: as_csv(CLAIM_COLUMNS, claim_rows(audit(asked.dossier))))


def tables(asked: Asked, version: DataVersion) -> list[Taken]:
    """What is known as CSV, one file a table."""
    return [
        Taken(each.name, f"{file_name(asked.dossier, each.name.lower(), version.day)}.csv", CSV,
              partial(as_csv, each.columns, each.rows))
        for each in records(asked.dossier)
    ]  # fmt: skip
