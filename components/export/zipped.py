"""Texts in a ZIP, written and read within bounds."""

import io
import zipfile
from collections.abc import Mapping

from data.own_records import NotKept


def zipped(texts: Mapping[str, str]) -> bytes:
    """A ZIP of texts by their places. The same texts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for place, text in texts.items():
            archive.writestr(zipfile.ZipInfo(place), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unzipped(content: bytes, most_files: int, most_bytes: int, too_much: str, not_one: str) -> dict[str, str]:
    """The texts in a ZIP by their places.

    Raises NotKept: with `too_much` where it holds more than so many files or bytes, unpacked; with `not_one` where it
    cannot be read, or holds what is no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if len(entries) > most_files or sum(each.file_size for each in entries) > most_bytes:
                raise NotKept(too_much)
            return {each.filename: archive.read(each).decode() for each in entries}
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, OSError, EOFError, NotImplementedError, ValueError):
        raise NotKept(not_one) from None
