"""Which articles are here: all of them, as entries of a list."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from components.answers.address import DataVersion
from components.calculators.shelf import Entry, entry_of
from data.dossier import open_dossier
from data.errors import DataFileError
from data.library import thesis_names
from data.market.service import market_service


@lru_cache(maxsize=4)
def shelf(version: DataVersion) -> Sequence[Entry]:
    """All articles, the newest first; those whose files are wrong last. The market is not asked about them."""
    found = [_entry(name, version) for name in thesis_names(version.library)]
    return sorted(found, key=lambda each: (each.published is None, -(each.published or dt.date.min).toordinal()))


def _entry(name: str, version: DataVersion) -> Entry:
    service, files = market_service(), version.files or None
    try:
        return entry_of(open_dossier(name, service, version.day, version.library, files, asks=False))
    except DataFileError as error:
        return Entry(name, name, problem=str(error.problems[0]))
