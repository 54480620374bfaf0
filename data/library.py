"""Where the files lie, which theses there are, and a thesis with all that it rests on, checked as a whole."""

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from data.company import COMPANIES, Company, read_company
from data.errors import DataFileError, Problem, Problems, known_names
from data.kept import Stamp, kept_by, stamp
from data.market.snapshot import SNAPSHOTS, Snapshots, read_snapshots
from data.references import References
from data.thesis import THESES, Thesis, read_thesis, thesis_files
from data.thesis_check import check_thesis


@dataclass(frozen=True)
class Library:
    """Where the files lie. Tests point it at files of their own. `own` holds the theses that a reader made."""

    theses: Path = THESES
    companies: Path = COMPANIES
    snapshots: Path = SNAPSHOTS
    own: Path | None = None

    def state(self) -> Stamp:
        """The state of all files: another one where any of them has changed. Never fails."""
        own = [self.own / "theses"] if self.own else []
        return stamp(self.theses, self.snapshots, *own, *self.company_folders())

    def thesis_file(self, name: str) -> Path:
        """The file of a thesis: among the reader's own, where it is one of them."""
        mine = self.own / "theses" / f"{name}.toml" if self.own else None
        return mine if mine is not None and mine.is_file() else self.theses / f"{name}.toml"

    def company_folders(self) -> list[Path]:
        """The folders of all companies; none where they cannot be listed, which the reader of one says.

        What a reader's own theses bring along stands behind what is stored: a company is known by one folder.
        """
        stored = _folders(self.companies)
        names = {folder.name for folder in stored}
        mine = _folders(self.own / "companies") if self.own else []
        return [*stored, *(folder for folder in mine if folder.name not in names)]


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(place.iterdir())
    except OSError:
        return []


def library_in_use(own: Path | None = None) -> Library:
    """The bundled files, or those of the folder that `THESIS_DATA` names, with the reader's `own`."""
    folder = os.environ.get("THESIS_DATA")
    if not folder:
        return Library(own=own)
    root = Path(folder)
    return Library(root / "theses", root / "companies", root / "snapshots", own)


@dataclass(frozen=True)
class CaseFile:
    """A thesis with the companies and market values that it rests on, all of them checked.

    `peers` are those of the article's peers of which filings are stored.
    """

    path: Path
    thesis: Thesis
    company: Company
    related: tuple[Company, ...]
    snapshots: Snapshots
    peers: tuple[Company, ...] = ()


def thesis_names(library: Library = Library()) -> tuple[str, ...]:
    """The names of all theses, broken ones included. Raises DataFileError where there is none."""
    stored = [path.stem for path in thesis_files(library.theses)]
    mine = [path.stem for path in thesis_files(library.own / "theses")] if library.own else []
    names = tuple(dict.fromkeys([*stored, *mine]))
    if not names:
        said = "there is no such folder" if not library.theses.is_dir() else "there is no thesis in it"
        where = "THESIS_DATA names the folder that holds theses, companies and snapshots"
        raise DataFileError(library.theses, "", "", f"{said}; {where}. A thesis is a file such as my-article.toml")
    return names


def open_case(name: str, today: dt.date, library: Library = Library(), files: Stamp | None = None) -> CaseFile:
    """The thesis of that name (its file's stem). Raises DataFileError with all that is wrong in all of its files.

    `files` is the library's state where the caller has just looked. What lies
    after `today` (a publication, a release, a close) is wrong too: nobody can know it.
    """
    case = _read_case(library, name, state=files)
    problems = Problems()
    _check_days(case, library, today, problems)
    problems.raise_any()
    return case


def case_problems(name: str, today: dt.date, library: Library = Library()) -> tuple[Problem, ...]:
    """All that is wrong with a thesis; nothing, where it can be used."""
    try:
        open_case(name, today, library)
    except DataFileError as error:
        return error.problems
    return ()


def _places(library: Library, name: str) -> tuple[Path, ...]:
    return (library.thesis_file(name), library.snapshots, *library.company_folders())


@kept_by(_places)
def _read_case(library: Library, name: str) -> CaseFile:
    problems, path = Problems(), library.thesis_file(name)
    thesis, claim_ids = read_thesis(path, problems)
    snapshots = read_snapshots(library.snapshots, problems)
    if thesis is None:
        problems.raise_any()
        raise AssertionError("a thesis that cannot be read has problems")
    case = _put_together(library, path, thesis, claim_ids, snapshots, problems)
    problems.raise_any()
    assert case is not None
    return case


def case_of(thesis: Thesis, path: Path, library: Library, company: Company | None = None) -> CaseFile:
    """A thesis that is in no file yet, with all that it rests on. Raises DataFileError with all that is wrong.

    `path` is where it would stand, `company` what is known of a company that has no folder yet.
    """
    problems = Problems()
    snapshots = read_snapshots(library.snapshots, problems)
    ids = frozenset(claim.id for claim in thesis.claim)
    case = _put_together(library, path, thesis, ids, snapshots, problems, company)
    problems.raise_any()
    assert case is not None
    return case


def _put_together(
    library: Library,
    path: Path,
    thesis: Thesis,
    claim_ids: frozenset[str],
    snapshots: Snapshots,
    problems: Problems,
    company: Company | None = None,
) -> CaseFile | None:
    article = thesis.article
    company = company or _company(library, path, "company", article.company, problems)
    others = [_company(library, path, "related", symbol, problems) for symbol in article.related]
    related = tuple(each for each in others if each is not None)
    stored = {folder.name for folder in library.company_folders()}
    compared = [peer.symbol for peer in article.peer if peer.symbol in stored - {article.company}]
    read = [_company(library, path, "peer.symbol", symbol, problems) for symbol in compared]
    peers = tuple(each for each in read if each is not None)
    if company is None:
        return None
    _check_fact_ids(path, company, related, thesis, problems)
    company = company.with_facts(thesis.fact)
    references = References(path, thesis, claim_ids, company, related, snapshots, problems)
    if len(related) == len(others):  # else every fact of the missing one would be said to be missing
        check_thesis(references, library.snapshots)
    return CaseFile(path, thesis, company, related, snapshots, peers)


def _company(library: Library, path: Path, field: str, symbol: str, problems: Problems) -> Company | None:
    folders = {folder.name: folder for folder in library.company_folders()}
    if symbol not in folders:
        problems.add(
            path, "article", field, f"there is no folder “{symbol}” in companies; {known_names(symbol, folders)}"
        )
        return None
    return read_company(folders[symbol], problems)


def _check_fact_ids(
    path: Path, company: Company, related: tuple[Company, ...], thesis: Thesis, problems: Problems
) -> None:
    ids = [name for each in (company, *related) for name in sorted(each.fact_ids)]
    for name in dict.fromkeys(each for each in ids if ids.count(each) > 1):
        problems.add(path, "article", "related", f"the fact id “{name}” is used by two companies")
    for fact in thesis.fact:
        if fact.id in ids:
            problems.add(path, f"fact “{fact.id}”", "id", "a company's file has a fact of this id")


def _check_days(case: CaseFile, library: Library, today: dt.date, problems: Problems) -> None:
    """Days are those of the place that they come from, so one day more than today's (UTC) is no future."""
    latest, article = today + dt.timedelta(days=1), case.thesis.article
    if article.published > latest:
        problems.add(case.path, "article", "published", f"{article.published} has not come yet; today is {today}")
    for company in (case.company, *case.peers):
        folder = library.companies / company.profile.symbol
        for release in company.filings.releases:
            if release.released > latest:
                said = f"{release.released} has not come yet; today is {today}"
                problems.add(folder / "releases.csv", f"quarter {release.period_end}", "released", said)
        for event in company.events:
            if event.date > latest:
                said = f"{event.date} has not come yet; today is {today}"
                problems.add(folder / "events.toml", f"event “{event.short}”", "date", said)
    for symbol, closes in case.snapshots.closes.items():
        if closes[-1].date > latest:
            said = f"{closes[-1].date} has not come yet; today is {today}"
            problems.add(library.snapshots / "closes.csv", symbol, "date", said)
    for pair, rates in case.snapshots.rates.items():
        if rates[-1].date > latest:
            said = f"{rates[-1].date} has not come yet; today is {today}"
            problems.add(library.snapshots / "rates.csv", pair, "date", said)
    for moment in case.snapshots.moments:
        if moment.date > latest:
            said = f"{moment.date} has not come yet; today is {today}"
            problems.add(library.snapshots / f"{moment.date}.toml", "", "date", said)
