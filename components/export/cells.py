"""Cells of files for a spreadsheet: numbers stay numbers, and no text is run as a formula.

What counts as the start of a formula follows OWASP's page on CSV injection, with the full-width signs that spreadsheets
read as their narrow ones, and with blanks before any of them, which some take off first.
"""

import datetime as dt
import re

from openpyxl.cell import Cell as SheetCell

Cell = str | float | dt.date | None

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠﹢﹣﹦]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_767  # characters in a cell; a spreadsheet refuses to open a file with more


def csv_cell(value: Cell) -> Cell:
    """The value as CSV can hold it: a text that a spreadsheet would run gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    text = _sound(value)
    return f"'{text}" if _FORMULA.match(text) else text


def write(cell: SheetCell, value: Cell) -> None:
    """Puts a value into a workbook's cell. Text is text there, whatever it begins with, and stays so when edited."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = _sound(value)[:LONGEST]
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = bool(_FORMULA.match(text))


def _sound(text: str) -> str:
    """Without the control characters and halves of characters that neither file format can hold."""
    return _CONTROL.sub("", text)
