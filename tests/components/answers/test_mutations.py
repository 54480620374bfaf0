"""Damaged files end in a failure with a name, or in right figures: never in a traceback, never silently in others.

An ordinary run takes a sample by a fixed seed; `THESIS_ALL_MUTATIONS=1` takes all of them.
"""

import os
import random
import shutil

import pytest

from data.dossier import Dossier, open_dossier
from data.errors import DataFileError
from data.library import Library, thesis_names
from data.market.service import MarketService
from data.market.store import Store
from tests.components.answers.shown import numbers, shown
from tests.conftest import TODAY
from tests.data.mutations import ROOT, SEED, May, Mutation, all_mutations

ALL = all_mutations()
SAMPLE = 260
CHOSEN = ALL if os.environ.get("THESIS_ALL_MUTATIONS") else random.Random(SEED).sample(ALL, SAMPLE)
# Where something that is gone leaves another number right: by the end of the file's name, and the kinds of damage.
MOMENTS = sorted(path.stem for path in (ROOT / "snapshots").glob("*.toml"))
ANOTHER_IS_RIGHT = [
    ("closes.csv", "*", "a volatility is that of the closes that there are; a change starts from the close before"),
    ("rates.csv", "*", "the rate of another day, or of the latest release, stands with its own date and source"),
    ("quarters.csv", "emptied", "the last known figure stands with its own quarter, or is said to be missing"),
    ("quarters.csv", "column dropped", "the same for a figure that is nowhere known"),
    ("segments.csv", "missing", "of the claims that move the upside most, the next ones take the places"),
    ("halves.csv", "emptied", "twelve months are told from a stated year where a half-year is not known"),
    ("halves.csv", "column dropped", "the same for a figure that is nowhere known by half-year"),
    ("years.csv", "*", "twelve months are told from two half-years where no year is stated"),
    ("GOOG/facts.toml", "*", "of a series the fact before stands with its own date"),
    ("RR.L/facts.toml", "*", "the same; without a dividend there is none to count"),
    *((f"{day}.toml", "missing", "the values of the moment before stand with their own date") for day in MOMENTS),
    ("2026-07-24.toml", "half", "the same for the shares of the second half"),
]


# Which theses show what a file holds; the market's files and what the first one rests on are seen in all of them.
THESES = {"GOOG": "alphabet-2026", "META": "alphabet-2026", "RR.L": "rolls-royce-2025"}


def _thesis(mutation: Mutation) -> str:
    folder, name = mutation.file.split("/")[:2]
    return name.removesuffix(".toml") if folder == "theses" else THESES.get(name, _of_market(mutation))


def _of_market(mutation: Mutation) -> str:
    """The thesis that shows the line of a market file, by the share that stands in it."""
    held = [thesis for symbol, thesis in THESES.items() if mutation.file in _MOMENTS.get(symbol, ())]
    return held[0] if held else "alibaba-ai"


_MOMENTS = {
    symbol: {
        f"snapshots/{path.name}"
        for path in (ROOT / "snapshots").glob("*.toml")
        if f'quotes."{symbol}"' in path.read_text(encoding="utf-8")
    }
    for symbol in THESES
}


@pytest.fixture(scope="module")
def before() -> dict[str, dict[str, str]]:
    return {name: shown(_opened(name, Library())) for name in thesis_names(Library())}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("library")
    for folder in ("theses", "companies", "snapshots"):
        shutil.copytree(ROOT / folder, root / folder)
    return Library(root / "theses", root / "companies", root / "snapshots")


def test_there_are_enough_of_them_and_each_is_itself() -> None:
    assert len(ALL) >= 233
    assert {mutation.may for mutation in ALL} == set(May)
    assert [mutation.id for mutation in all_mutations()] == [mutation.id for mutation in ALL]


@pytest.mark.parametrize("mutation", CHOSEN, ids=[mutation.id for mutation in CHOSEN])
def test_a_damage_is_said_or_does_no_harm(
    mutation: Mutation, library: Library, before: dict[str, dict[str, str]]
) -> None:
    path, sound_pages = library.theses.parent / mutation.file, before[_thesis(mutation)]
    sound = path.read_bytes()
    try:
        if mutation.text is None:
            path.unlink()
        else:
            path.write_text(mutation.text, encoding="utf-8", newline="")
        after = _outcome(_thesis(mutation), library)
    finally:
        path.write_bytes(sound)
    if isinstance(after, DataFileError):
        assert mutation.may is not May.NOTHING, after
        assert all(problem.file.suffix and problem.problem for problem in after.problems)
        return
    assert mutation.may is not May.FAIL, "a file that is wrong went unnoticed"
    if mutation.may is May.NOTHING:
        assert after == sound_pages
    if mutation.may is May.LOSE and not _another_is_right(mutation):
        assert numbers(" ".join(after.values())) <= numbers(" ".join(sound_pages.values()))


def _another_is_right(mutation: Mutation) -> bool:
    return any(mutation.file.endswith(end) and kind in ("*", mutation.kind) for end, kind, _ in ANOTHER_IS_RIGHT)


def _outcome(thesis: str, library: Library) -> dict[str, str] | DataFileError:
    try:
        return shown(_opened(thesis, library))
    except DataFileError as error:
        return error


def _opened(thesis: str, library: Library) -> Dossier:
    return open_dossier(thesis, MarketService(Store(None), enabled=False), TODAY, library)
