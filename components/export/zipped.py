"""Texts in a ZIP, written and read within bounds."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from data.own_records import NotKept

# Those that Python unpacks piece by piece: of the others a few bytes would become gigabytes at once.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNREADABLE = (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, OSError, EOFError, ValueError, zlib.error)


def zipped(texts: Mapping[str, str]) -> bytes:
    """A ZIP of texts by their places. The same texts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for place, text in texts.items():
            archive.writestr(zipfile.ZipInfo(place), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unzipped(content: bytes, most_files: int, most_bytes: int, too_much: str, not_one: str) -> dict[str, str]:
    """The texts in a ZIP by their places.

    Raises NotKept: with `too_much` where it holds more than so many files or bytes, unpacked, whatever it says of
    itself; with `not_one` where it cannot be read, or holds what is no text.
    """
    texts: dict[str, str] = {}
    left = most_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if len(entries) > most_files:
                raise NotKept(too_much)
            for entry in entries:
                if entry.compress_type not in _METHODS:
                    raise NotKept(not_one)
                with archive.open(entry) as opened:
                    text = opened.read(left + 1)  # bounds the unpacking, too, whatever size the entry says it has
                left -= len(text)
                if left < 0:
                    raise NotKept(too_much)
                texts[entry.filename] = text.decode()
    except _UNREADABLE:
        raise NotKept(not_one) from None
    return texts
