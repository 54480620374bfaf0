"""Texts in files for a spreadsheet: shown to the letter, run never.

What counts as the start of a formula follows OWASP's page on CSV injection, with the full-width signs that spreadsheets
read as their narrow ones, and with blanks before any of them, which some take off first.
"""

import datetime as dt
import re

Cell = str | float | dt.date | None

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠﹢﹣﹦]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_767  # characters in a cell; a spreadsheet refuses to open a file with more


def csv_cell(value: Cell) -> Cell:
    """The value as CSV can hold it: a text that a spreadsheet would run gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    text = sound(value)
    return f"'{text}" if is_risky(text) else text


def is_risky(text: str) -> bool:
    """Whether a spreadsheet that is given this text to read would run it."""
    return bool(_FORMULA.match(text))


def sound(text: str) -> str:
    """Without the control characters and halves of characters that neither file format can hold."""
    return _CONTROL.sub("", text)
