"""Damaged files end in a failure with a name, or in right figures: never in a traceback, never silently in others.

An ordinary run takes a sample by a fixed seed; `THESIS_ALL_MUTATIONS=1` takes all of them.
"""

import os
import random
import shutil

import pytest

from data.dossier import open_dossier
from data.errors import DataFileError
from data.library import Library
from data.market.service import MarketService
from data.market.store import Store
from tests.components.answers.shown import numbers, shown
from tests.conftest import TODAY, bundled
from tests.data.mutations import ROOT, SEED, May, Mutation, all_mutations

ALL = all_mutations()
SAMPLE = 260
CHOSEN = ALL if os.environ.get("THESIS_ALL_MUTATIONS") else random.Random(SEED).sample(ALL, SAMPLE)
# Where something that is gone leaves another number right: by the end of the file's name, and the kinds of damage.
ANOTHER_IS_RIGHT = [
    ("closes.csv", "*", "a volatility is that of the closes that there are; a change starts from the close before"),
    ("rates.csv", "*", "the rate of another day, or of the latest release, stands with its own date and source"),
    ("quarters.csv", "emptied", "the last known figure stands with its own quarter, or is said to be missing"),
    ("quarters.csv", "column dropped", "the same for a figure that is nowhere known"),
    ("segments.csv", "missing", "of the claims that move the upside most, the next ones take the places"),
    ("2026-07-24.toml", "missing", "the values of the moment before stand with their own date"),
    ("2026-07-24.toml", "half", "the same for the shares of the second half"),
]


@pytest.fixture(scope="module")
def before() -> dict[str, str]:
    return shown(bundled())


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
def test_a_damage_is_said_or_does_no_harm(mutation: Mutation, library: Library, before: dict[str, str]) -> None:
    path = library.theses.parent / mutation.file
    sound = path.read_bytes()
    try:
        if mutation.text is None:
            path.unlink()
        else:
            path.write_text(mutation.text, encoding="utf-8", newline="")
        after = _outcome(library)
    finally:
        path.write_bytes(sound)
    if isinstance(after, DataFileError):
        assert mutation.may is not May.NOTHING, after
        assert all(problem.file.suffix and problem.problem for problem in after.problems)
        return
    assert mutation.may is not May.FAIL, "a file that is wrong went unnoticed"
    if mutation.may is May.NOTHING:
        assert after == before
    if mutation.may is May.LOSE and not _another_is_right(mutation):
        assert numbers(" ".join(after.values())) <= numbers(" ".join(before.values()))


def _another_is_right(mutation: Mutation) -> bool:
    return any(mutation.file.endswith(end) and kind in ("*", mutation.kind) for end, kind, _ in ANOTHER_IS_RIGHT)


def _outcome(library: Library) -> dict[str, str] | DataFileError:
    try:
        return shown(open_dossier("alibaba-ai", MarketService(Store(None), enabled=False), TODAY, library))
    except DataFileError as error:
        return error
