"""Reads and writes addresses: the thesis, settings and view that a link names, with the data as they are today."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from components.answers.answer import Asked
from components.answers.reference import far_from_close, reference_now
from components.answers.registry import PAGES, choices_of, inputs_of
from components.scenario.address import Reading, read_address, write_address
from components.scenario.inputs.upside import OF_START, STARTS
from components.scenario.migrations import migrate
from components.scenario.record import Scenario, View
from components.scenario.types import Choices, Input, Inputs, NumberInput
from data import clock
from data.dossier import Dossier, open_dossier
from data.errors import DataFileError
from data.figures import Origin
from data.kept import Stamp
from data.library import Library, library_in_use, open_case, thesis_names
from data.market.service import market_service
from data.notes import own_notes
from data.own import own_theses
from data.scenarios import own_scenarios


@dataclass(frozen=True)
class DataVersion:
    """Everything besides the address that an answer depends on.

    Attributes
    ----------
    library : the folders of the data files.
    day : the present day (UTC).
    market : a number that grows whenever the market service has new values or another state.
    files : the state of the data files.
    scenarios : a number that grows whenever a saved scenario changes.
    """

    library: Library
    day: dt.date
    market: int
    files: Stamp = ()
    scenarios: int = 0


def library() -> Library:
    """The files that are in use, with the theses that readers made. Never waits for what other processes changed."""
    own = own_theses()
    own.refresh()
    return library_in_use(own.folder)


def data_version() -> DataVersion:
    """The data as they are now. Never waits for the market."""
    files, scenarios = library(), own_scenarios()
    scenarios.refresh()
    own_notes().refresh()
    return DataVersion(files, clock.today(), market_service().status().version, files.state(), scenarios.version)


def theses() -> tuple[str, ...]:
    """The names of all theses. The first is the default: an address without a name means it."""
    return thesis_names(library())


def dossier_of(thesis: str, version: DataVersion) -> Dossier:
    """All that is known of a thesis. Raises DataFileError."""
    return open_dossier(thesis, market_service(), version.day, version.library, version.files or None)


def title_of(thesis: str, version: DataVersion) -> str:
    """The title of an article; its file's name where the file is wrong. The market is not asked about it."""
    try:
        return open_case(thesis, version.day, version.library, version.files or None).thesis.article.name
    except DataFileError:
        return thesis


def read(thesis: str, query: Mapping[str, str], version: DataVersion) -> Reading:
    """What the parameters of an address set for a thesis, and what of them cannot be used."""
    current, _ = migrate(query)
    start = current.get("start", "")
    found = read_address(query, *_inputs_and_choices(thesis, version, start if start in STARTS else ""), version.day)
    problem = far_from_close(dossier_of(thesis, version), found.scenario.reference)
    if not problem:
        return found
    return replace(found, scenario=replace(found.scenario, reference=None), problems=(*found.problems, problem))


def write(thesis: str, scenario: Scenario, view: View) -> dict[str, str]:
    """The address of settings and view. With neither, the default thesis has an empty address.

    Where returns start from a price of today, what came with it is written too, so that a link means the same when
    the market has moved on; and so is whatever starts from the market's own figures.
    """
    pinned = [key for key, each in scenario.inputs.items() if _is_of_market(each)]
    if scenario.has("start") and scenario.choice("start") != "published":
        pinned += OF_START
    return write_address(scenario, view, thesis, pinned) or ({} if thesis == theses()[0] else {"thesis": thesis})


def link(dossier: Dossier, scenario: Scenario, view: View) -> dict[str, str]:
    """The address of settings and view with today's market price, even where nothing is set: what is handed on.

    It is also the address as it will be after the reader's next change, but without that change.
    """
    return {**write(dossier.name, scenario.pinned(reference_now(dossier)), view), "thesis": dossier.name}


def asked_at(query: Mapping[str, str], version: DataVersion) -> Asked:
    """The question that an address asks, read outside a session.

    Parameters that cannot be used are ignored; an unknown thesis means the default one. Raises what `read` raises.
    """
    names = thesis_names(version.library)
    name = query.get("thesis", names[0])
    name = name if name in names else names[0]
    reading = read(name, query, version)
    return Asked(dossier_of(name, version), reading.scenario, reading.view)


def _is_of_market(each: Input) -> bool:
    """Whether a default comes from the market. The reader's own price counts only where he chose to type one."""
    return isinstance(each, NumberInput) and each.key != "own_price" and each.origin in (Origin.MARKET, Origin.SNAPSHOT)


@lru_cache(maxsize=64)
def page_keys(page: str, thesis: str, version: DataVersion, start: str) -> tuple[str, ...]:
    """The keys of the settings that stand on a page, where returns start from a price of that kind."""
    own = [each.key for each in PAGES[page].inputs(dossier_of(thesis, version), start)]
    return (*own, *(key for key in PAGES[page].shared if key not in own))


@lru_cache(maxsize=16)
def _inputs_and_choices(thesis: str, version: DataVersion, start: str) -> tuple[Inputs, Choices]:
    """They depend on filings and market values only, so all readers share them."""
    dossier = dossier_of(thesis, version)
    return inputs_of(dossier, start), choices_of(dossier)
