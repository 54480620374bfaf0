"""What the engine of the pages finds for the claims on the desk, before they are a thesis."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli_w

from components.answers.address import DataVersion
from components.authoring.about import Mention, mentions
from components.authoring.desk import About, Desk, Entry, State, laid_out
from components.authoring.proposals import Setting, propose
from components.authoring.thesis_files import company_of, thesis_tables
from components.calculators.audit.audit import Finding, audit
from data.company import Company, load_company
from data.dossier import Dossier, dossier_of_case, market_keys
from data.errors import DataFileError, UnknownFigure
from data.figures import Figure
from data.files import parse
from data.library import Library, case_of, open_case, thesis_names
from data.market.breakers import Key
from data.market.service import market_service
from data.thesis import Thesis
from data.units import Unit

_OF_CLAIM = re.compile(r"claim “([a-z0-9-]+)”")
_PRICES = ("Price", "Target")
_ALL = (State.ACCEPTED, State.OPEN)


@dataclass(frozen=True)
class Preview:
    """What is found for the claims, by id; `wrong` says of a claim why its test cannot be run.

    `close` is the last close before publication, None where it is not known; `keys` are what the market service is
    asked for.
    """

    findings: Mapping[str, Finding]
    wrong: Mapping[str, str]
    close: Figure | None
    keys: tuple[Key, ...] = ()


def known_companies(library: Library) -> dict[str, str]:
    """Names by symbol of the companies that are stored; one that cannot be read is not among them."""
    return {folder.name: found.profile.short_name for folder in library.company_folders() if (found := _read(folder))}


def usual_peers(symbol: str, version: DataVersion) -> dict[str, str]:
    """Names by symbol of what other articles on that company compare it with."""
    found: dict[str, str] = {}
    for name in thesis_names(version.library):
        with suppress(DataFileError):  # whoever opens that one reads why
            article = open_case(name, version.day, version.library, version.files or None).thesis.article
            if article.company == symbol:
                found |= {peer.symbol: peer.name for peer in article.peer}
    return found


def stored_company(symbol: str, library: Library) -> Company | None:
    """What is stored of a company; None where that is nothing that can be read."""
    folder = next((each for each in library.company_folders() if each.name == symbol), None)
    return None if folder is None else _read(folder)


def _read(folder: Path) -> Company | None:
    try:
        return load_company(folder)
    except DataFileError:
        return None  # whoever opens a thesis on it reads why


def company_on(about: About, library: Library) -> Company:
    """The company of an article: as it is stored, else as far as the reader described it."""
    return stored_company(about.symbol, library) or company_of(about)


def find_claims(text: str, about: About, name: str, library: Library) -> Desk:
    """The desk with what the rules find in a text. Raises NoArticle."""
    company = company_on(about, library)
    others = [each for each in mentions(text, known_companies(library)) if each.symbol != about.symbol]
    stored = {each.symbol: stored_company(each.symbol, library) for each in others}
    related = {symbol: found for symbol, found in stored.items() if found is not None and found.facts}
    about = replace(about, related=tuple(related))
    entries = laid_out(propose(text, Setting.of(company, about.published)), company, list(related.values()))
    remarks = [_of_others(others), _of_currencies(entries, about)]
    return Desk(about, name, text, entries, " ".join(each for each in remarks if each))


def _of_others(others: Sequence[Mention]) -> str:
    """Two companies in one article: which of them the claims are taken to be about."""
    names = [each.name or each.symbol for each in others if each.count > 1]
    if not names:
        return ""
    return f"The text also speaks of {' and '.join(names[:3])}: a claim about another company is to be rejected."


def _of_currencies(entries: Sequence[Entry], about: About) -> str:
    """Prices in more than one currency: those in another one than the listing's are not held against its price."""
    stated = [
        Unit.parse(str(each.stated["unit"])) for each in entries if each.topic in _PRICES and "unit" in each.stated
    ]
    others = sorted({unit.code or "" for unit in stated if unit.per is not None} - {about.quoted_in, about.currency})
    if not others:
        return ""
    return (
        f"The text states prices in {' and '.join(others)}, too. The share is quoted in {about.quoted_in}: a price in "
        "another currency is not tested against it."
    )


def preview(desk: Desk, version: DataVersion) -> Preview:
    """What is found for all claims that are not rejected, by the tests that the pages use."""
    tables = thesis_tables(desk, _ALL)
    if not tables["claim"]:
        return Preview({}, {}, None)
    return _found(tomli_w.dumps(tables), desk.about, version)


def check(desk: Desk, library: Library) -> None:
    """Whether what was accepted is a thesis. Raises DataFileError with all that is wrong."""
    path = library.theses / f"{desk.name}.toml"
    thesis = parse(Thesis, thesis_tables(desk), path, "")
    case_of(thesis, path, library, company_on(desk.about, library))


@lru_cache(maxsize=32)
def _found(tables: str, about: About, version: DataVersion) -> Preview:
    raw = tomllib.loads(tables)
    path, wrong = version.library.theses / "draft.toml", dict[str, str]()
    for _ in range(3):
        thesis = parse(Thesis, raw, path, "")
        try:
            dossier = _dossier(thesis, path, about, version)
            break
        except DataFileError as error:
            if not _without_what_is_wrong(raw, error, wrong):
                raise
    else:
        return Preview({}, wrong, None)
    keys = tuple(market_keys(thesis, dossier.company))
    try:
        close = dossier.price_before_publication()
    except UnknownFigure:
        close = None
    return Preview({finding.claim.id: finding for finding in audit(dossier)}, wrong, close, keys)


def _dossier(thesis: Thesis, path: Path, about: About, version: DataVersion) -> Dossier:
    case = case_of(thesis, path, version.library, company_on(about, version.library))
    return dossier_of_case(case, market_service(), version.day)


def _without_what_is_wrong(raw: dict[str, Any], error: DataFileError, wrong: dict[str, str]) -> bool:
    """Takes the tests away that cannot be run, and notes why; whether there was one."""
    found = False
    for problem in error.problems:
        match = _OF_CLAIM.fullmatch(problem.entry)
        claim = next((each for each in raw["claim"] if match and each["id"] == match[1]), None)
        if claim is not None and claim.pop("test", None) is not None:
            wrong[claim["id"]] = problem.problem
            found = True
        elif claim is not None or problem.entry == "article":
            for field in ("target_range", "target_middle", "upside_range"):
                found = raw["article"].pop(field, None) is not None or found
    return found
