"""The names of files that a reader takes away: share, what the article is about, day, what it is."""

import datetime as dt
import re

from data.dossier import Dossier

_WORDS, _SMALL = 4, frozenset({"to", "of", "the", "an", "and", "in", "on", "for", "at", "is", "its", "by"})


def file_base(dossier: Dossier) -> str:
    """The first part of every file's name: the share, and what the article is about: “tick-turn-something”."""
    named = re.findall(r"\w+", f"{dossier.company.profile.short_name} {dossier.company.profile.name}".lower())
    words = [word for word in re.findall(r"[^\W_]+", dossier.thesis.article.name.lower()) if word not in named]
    told = [word for word in words if word.isascii() and word.isalpha() and len(word) > 1 and word not in _SMALL]
    return "-".join([_plain(dossier.symbol), *(told[:_WORDS] or [_plain(dossier.name)])])


def file_name(dossier: Dossier, what: str, day: dt.date) -> str:
    """A file's name without its ending: “tick-turn-something-2026-11-22-report”."""
    return f"{file_base(dossier)}-{day.isoformat()}-{what}"


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower()).strip("-")
