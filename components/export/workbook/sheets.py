"""Sheets of a workbook: text as text, numbers as numbers, and formulas with the value that the app has.

A text is written as a string whatever it begins with, so that no spreadsheet runs it. What a reader may change is blue
on a pale ground; what follows is black.
"""

import datetime as dt
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from components.export.cells import LONGEST, is_risky, sound

_EPOCH = 693594  # the ordinal of day nought of a spreadsheet
_SETTING = re.compile(r"\bin_\w+")
_LINK = re.compile(r"https?://\w")
MONEY, NUMBER, WHOLE, PERCENT, MULTIPLE, RATE, PLAIN = (
    "#,##0.00", "#,##0.0###", "#,##0", "0.0%", '0.0"x"', "0.0000", "General",
)  # fmt: skip
_LINE_HEIGHT, _MOST_LINES, _WRAPS = 15, 20, 60  # points; lines; characters of a text that is not wrapped
NONE = "n/a"  # where there is no number
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "risky title": {"bold": True, "font_size": 14, "quote_prefix": True},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "indent": 1},
    "strong": {"bold": True},
    "remark": {"valign": "top", "text_wrap": True},
    "text": {"valign": "top", "align": "left", "indent": 1},
    "wrap": {"valign": "top", "text_wrap": True, "align": "left", "indent": 1},
    "risky": {"valign": "top", "quote_prefix": True, "align": "left", "indent": 1},
    "date": {"num_format": "d mmm yyyy", "align": "left", "valign": "top", "indent": 1},
    "link": {"font_color": "#0b5f85", "underline": 1, "valign": "top"},
}


@dataclass(frozen=True)
class Sum:
    """A formula without its equals sign, and the value that the app has for it: a number, or words."""

    formula: str
    value: Any
    form: str = MONEY


@dataclass(frozen=True)
class Given:
    """A number that a reader may change."""

    value: float
    form: str = NUMBER
    name: str = ""


@dataclass(frozen=True)
class Link:
    """An address of the web with its text."""

    url: str
    text: str


Cell = str | float | int | dt.date | Sum | Given | Link | None


@dataclass
class Book:
    """A workbook in the making."""

    file: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        }  # fmt: skip
        self.book = xlsxwriter.Workbook(self.file, options)
        self.book.set_calc_mode("auto")
        self._formats: dict[tuple[str, str, bool], Any] = {}
        self.used: set[str] = set()  # the names of settings that formulas calculate with

    def sheet(self, name: str, widths: Sequence[int], freeze: tuple[int, int] = (0, 0)) -> "Sheet":
        """A new sheet with columns of these widths, in characters."""
        made = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            made.set_column(place, place, width)
        made.freeze_panes(*freeze)
        made.hide_gridlines(2)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        return Sheet(self, made, name, tuple(widths))

    def name(self, name: str, reference: str) -> None:
        """Gives a cell a name of its own."""
        self.book.define_name(name, f"={reference}")

    def form(self, number: str, kind: str = "", is_input: bool = False) -> Any:
        """The look of a cell."""
        key = (number, kind, is_input)
        if key not in self._formats:
            look = dict(_FORMATS.get(kind, {"valign": "top"}))
            if number:
                look["num_format"] = number
            if is_input:
                look |= {"font_color": "#0b4fb3", "bg_color": "#eef4ff"}
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]

    def order(self, names: Sequence[str]) -> None:
        """Puts sheets in this order, before all others: they are written in another, since some refer to others."""
        places = {name: place for place, name in enumerate(names)}
        self.book.worksheets_objs.sort(key=lambda sheet: places.get(sheet.name, len(places)))

    def finished(self) -> bytes:
        """The file."""
        self.book.close()
        return self.file.getvalue()


@dataclass
class Sheet:
    """One sheet, written from top to bottom; `row` is the next row, from nought."""

    book: Book
    sheet: Any
    name: str
    widths: Sequence[int] = ()
    row: int = 0

    def title(self, text: str, remark: str = "") -> None:
        """The sheet's title, and what is to be known about it."""
        title = sound(text)[:LONGEST]
        self.sheet.write_string(self.row, 0, title, self.book.form("", "risky title" if is_risky(title) else "title"))
        self.row += 1
        if remark:
            self._remark(sound(remark)[:LONGEST])
            self.row += 1
        self.row += 1

    def _remark(self, text: str) -> None:
        """Across all columns, in as many lines as it takes: a text that runs on would make the printed sheet tiny."""
        across, form = sum(self.widths), self.book.form("", "remark")
        if len(self.widths) > 1:
            self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", form)
        self.sheet.write_string(self.row, 0, text, form)
        self.sheet.set_row(self.row, _LINE_HEIGHT * min(_MOST_LINES, 1 + len(text) // max(1, across)))

    def head(self, *names: str) -> None:
        """Headings of columns."""
        for place, name in enumerate(names):
            self.sheet.write_string(self.row, place, name, self.book.form("", "head"))
        self.row += 1

    def line(self, *cells: Cell, strong: bool = False) -> int:
        """A row of cells; its number, from nought."""
        for place, cell in enumerate(cells):
            self._write(self.row, place, cell, strong)
        lines = max((self._lines_of(place, cell) for place, cell in enumerate(cells)), default=1)
        if lines > 1:  # not every program makes room for wrapped text by itself
            self.sheet.set_row(self.row, _LINE_HEIGHT * min(lines, _MOST_LINES))
        self.row += 1
        return self.row - 1

    def _lines_of(self, place: int, cell: Cell) -> int:
        if not isinstance(cell, str) or len(cell) <= _WRAPS or place >= len(self.widths):
            return 1
        width = max(1, int(self.widths[place] * 1.1))  # small letters are narrower than the figures of a width
        return sum(1 + (len(part) - 1) // width for part in cell[:LONGEST].split("\n"))

    def at(self, row: int, column: int) -> str:
        """The reference of a cell from any sheet."""
        return f"'{self.name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def here(self, row: int, column: int) -> str:
        """The reference of a cell from this sheet."""
        return str(xl_rowcol_to_cell(row, column))

    def _write(self, row: int, column: int, cell: Cell, strong: bool) -> None:
        book, kind = self.book, "strong" if strong else ""
        match cell:
            case None:
                return
            case Sum():
                self.put(row, column, cell, strong)
            case Given():
                self.sheet.write_number(row, column, cell.value, book.form(cell.form, kind, True))
                if cell.name:
                    book.name(cell.name, self.at(row, column))
            case Link():
                self._write_link(row, column, cell)
            case dt.date():
                when = dt.datetime.combine(cell, dt.time())
                self.sheet.write_datetime(row, column, when, book.form("", "date"))
            case str():
                text = _lines(sound(cell))[:LONGEST]
                look = "risky" if is_risky(text) else kind or ("wrap" if len(text) > _WRAPS else "text")
                self.sheet.write_string(row, column, text, book.form("", look))
            case _:
                form = WHOLE if isinstance(cell, int) else NUMBER
                self.sheet.write_number(row, column, cell, book.form(form, kind))

    def put(self, row: int, column: int, cell: Sum, strong: bool = False) -> None:
        """A formula at a place of its own. A number that is none becomes an empty text."""
        self.book.used.update(_SETTING.findall(cell.formula))
        value = cell.value if isinstance(cell.value, str) else float(cell.value)
        value = "" if isinstance(value, float) and not math.isfinite(value) else value
        look = self.book.form(cell.form, "strong" if strong else "")
        self.sheet.write_formula(row, column, f"={cell.formula}", look, value)

    def _write_link(self, row: int, column: int, link: Link) -> None:
        """A link where it leads to the web and a spreadsheet can hold it; its text alone otherwise."""
        if _LINK.match(link.url) and len(link.url) < 2000 and link.url.isprintable():
            text = sound(link.text or link.url)[:250]
            self.sheet.write_url(row, column, link.url, self.book.form("", "link"), string=text)
        else:
            self._write(row, column, link.text, False)


def _lines(text: str) -> str:
    """With line breaks of one kind, which the file can hold as they are."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def serial(ordinal: float) -> float:
    """A day as a spreadsheet counts it, from its ordinal number."""
    return float(round(ordinal) - _EPOCH)


def named(key: str) -> str:
    """The name of the cell of a setting: `in_bear_target`."""
    return "in_" + re.sub(r"\W", "_", key)
