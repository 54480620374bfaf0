"""What is known as tables, one figure a row with its unit, date and source: periods, businesses, closes."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from components.export.cells import Cell, csv_cell
from components.readouts.findings import SOURCE_KINDS
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure
from data.filings import Quarter

_FIGURE = ("Figure", "Value", "Unit", "Known since", "Origin", "Confidence", "Source", "Link")


@dataclass(frozen=True)
class Records:
    """One table.

    Attributes
    ----------
    name : that of its file and sheet.
    remark : what is to be known about it.
    rows : as long as `columns` each.
    """

    name: str
    remark: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def records(dossier: Dossier) -> list[Records]:
    """All tables that have rows, the latest figures first."""
    reported = "As the company reported them; one figure a row."
    found = [
        Records("Quarters", reported, ("Period to", *_FIGURE), tuple(_periods(dossier.quarters()))),
        Records(
            "Years", "What the company states of whole years; one figure a row.", ("Period to", *_FIGURE),
            tuple(_periods(dossier.years())),
        ),
        Records("Segments", reported, ("Period to", "Segment", *_FIGURE), tuple(_businesses(dossier))),
        Records(
            "Closes", f"Of {dossier.symbol}, not adjusted for dividends.",
            ("Day", "Share", "Close", "Unit", "Origin", "Source"),
            tuple(_closes(dossier)),
        ),
    ]  # fmt: skip
    return [each for each in found if each.rows]


def as_csv(columns: Iterable[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows in UTF-8 with a byte order mark, without which spreadsheets misread some signs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _periods(periods: Sequence[Quarter]) -> Iterator[tuple[Cell, ...]]:
    for quarter in reversed(periods):
        for metric in quarter.values:
            figure = quarter.figure(metric)
            yield figure.as_of, *_told(figure)


def _businesses(dossier: Dossier) -> Iterator[tuple[Cell, ...]]:
    """With the year before as that release restated it."""
    for value in reversed(dossier.segments()):
        for prior in (False, True):
            with suppress(UnknownFigure):
                figure = value.figure(prior)
                yield figure.as_of, value.segment, *_told(figure)


def _closes(dossier: Dossier) -> Iterator[tuple[Cell, ...]]:
    for close, origin in reversed(dossier.market.closes(dossier.symbol)):
        yield (
            close.date,
            dossier.symbol,
            float(close.price),
            dossier.listed_unit.text,
            str(origin),
            SOURCE_KINDS[origin],
        )


def _told(figure: Figure) -> tuple[Cell, ...]:
    return (
        figure.label, float(figure.value), figure.unit.text, figure.known, str(figure.origin),
        str(figure.confidence), figure.source, figure.url,
    )  # fmt: skip
