"""The text of what a reader hands in: pasted text, or a saved HTML, PDF or text file."""

import datetime as dt
import io
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from components.authoring.proposals import MOST_TEXT, NoArticle

MOST_BYTES, MOST_PAGES = 10_000_000, 100
_log = logging.getLogger(__name__)
# Signs that no reader sees and that can hide or turn round what stands beside them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # what word processors save
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Source:
    """An article's text as it was handed in, with what its file says of it; `remark` is for the reader."""

    text: str
    title: str = ""
    published: dt.date | None = None
    remark: str = ""


def pasted(text: str) -> Source:
    """A pasted text. Raises NoArticle for one that is empty or too long."""
    clean = _cleaned(text)
    if not clean:
        raise NoArticle("There is no text in it yet: paste the article, or drop a file.")
    if len(clean) > MOST_TEXT:
        raise NoArticle(
            f"The text has {len(clean):,} characters, and {MOST_TEXT:,} is the most. Paste the article alone."
        )
    remark = ""
    letters = _LETTER.findall(clean)
    if len(_RIGHT_TO_LEFT.findall(clean)) > len(letters) / 2:
        remark = "The text is written from right to left; figures are only found in English sentences."
    return Source(clean, remark=remark)


def from_file(name: str, content: bytes) -> Source:
    """A saved file, by its content rather than its name. Raises NoArticle with a sentence that says why not."""
    if not content:
        raise NoArticle(f"{_short(name)} is empty.")
    if len(content) > MOST_BYTES:
        raise NoArticle(f"{_short(name)} is larger than {MOST_BYTES // 1_000_000} MB.")
    if content.lstrip()[:5] == b"%PDF-":
        return _pdf(name, content)
    text = None if content[:4] in _OFFICE else _decoded(content)
    if text is None:
        raise NoArticle(f"{_short(name)} is neither text, HTML nor PDF. Save it as one of these, or paste the text.")
    if PurePath(name).suffix.lower() in (".html", ".htm", ".xhtml") or _is_html(text):
        return _html(name, text)
    return pasted(text)


def _short(name: str) -> str:
    return f"“{_UNSEEN.sub('', PurePath(name).name)[:60]}”"


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _is_html(text: str) -> bool:
    return re.match(r"\s*(?:<!doctype html|<html\b|<\?xml[^>]*>\s*<html\b)", text, re.IGNORECASE) is not None


def _html(name: str, text: str) -> Source:
    """The article in a saved page, without menus, scripts and comments."""
    # Imported on first use: it costs a second, and most readers paste.
    import trafilatura

    try:
        found = trafilatura.bare_extraction(text, include_comments=False, include_tables=False, with_metadata=True)
    except Exception as error:  # a parser of foreign pages fails in ways of its own; the page says that it did
        _log.warning("the page %s cannot be read: %s: %s", name, type(error).__name__, error)
        found = None
    body = getattr(found, "text", None) or ""
    if not body.strip():
        raise NoArticle(f"No article is found in {_short(name)}. Mark the text on the page and paste it.")
    source = pasted(body)
    published = None
    with suppress(ValueError):
        published = dt.date.fromisoformat(str(getattr(found, "date", "") or ""))
    return Source(source.text, _cleaned(str(getattr(found, "title", "") or ""))[:120], published, source.remark)


def _pdf(name: str, content: bytes) -> Source:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoArticle(f"{_short(name)} is locked with a password.")
        if len(reader.pages) > MOST_PAGES:
            raise NoArticle(f"{_short(name)} has {len(reader.pages)} pages, and {MOST_PAGES} is the most.")
        text, length = [], 0
        for page in reader.pages:
            text.append(page.extract_text())
            length += len(text[-1])
            if length > MOST_TEXT:
                break
    except NoArticle:
        raise
    except Exception as error:  # damaged files fail in many ways; the page says that this one did
        _log.warning("the file %s cannot be read: %s: %s", name, type(error).__name__, error)
        raise NoArticle(f"{_short(name)} is damaged: it cannot be read as PDF.") from None
    body = _joined("\n\n".join(text))
    if not body.strip():
        raise NoArticle(f"{_short(name)} holds pictures of text, and no text. Paste the text.")
    title = str((reader.metadata.title if reader.metadata else "") or "")
    source = pasted(body)
    return Source(source.text, _cleaned(title)[:120], None, source.remark)


def _joined(text: str) -> str:
    """Lines of a printed page as running text: a word that was cut is whole again, a paragraph is one line."""
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return re.sub(r"(?<=[^\n.!?:])\n(?=[^\n])", " ", text)


def _cleaned(text: str) -> str:
    lines = _UNSEEN.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines.split("\n"))).strip()
