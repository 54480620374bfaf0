"""Everything of the reader's as one file, and back: nothing is lost, nothing overwritten."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from components.answers import address, saving
from components.export.everything import bring_in, mine, packed, unpacked
from data import notes as notes_module
from data import own as own_module
from data import scenarios as scenarios_module
from data.library import Library
from data.notes import own_notes
from data.own import own_theses
from data.own_records import NotKept
from data.scenarios import SavedScenario, own_scenarios
from tests.components.export.conftest import asked

THESIS = {"theses/mine.toml": (Library().theses / "alphabet-2026.toml").read_text(encoding="utf-8")}


@pytest.fixture(autouse=True)
def own_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    fresh(monkeypatch, tmp_path / "one.sqlite")
    yield
    own_theses.cache_clear()


def fresh(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """As on another machine."""
    for module in (own_module, scenarios_module, notes_module):
        monkeypatch.setattr(module, "own_url", lambda: f"sqlite:///{file}")
    for kept in (own_theses, own_scenarios, own_notes):
        kept.cache_clear()


def something() -> None:
    own_theses().keep("mine", THESIS)
    own_scenarios().save(saving.saved(asked(base_target="230"), "Base at 230", "upside"))
    own_scenarios().save(saving.saved(asked("alphabet-2026"), "Another share", "overview"))
    own_notes().write("alibaba-ai", "claim:growth", "Growth", "Ask again.")
    own_notes().write("mine", "chart:price", "Price", "=1+1 <b>")


def test_all_of_it_is_there_on_another_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    something()
    before, file = mine(), packed(mine())
    fresh(monkeypatch, tmp_path / "two.sqlite")
    assert (mine().theses, mine().scenarios, mine().notes) == ({}, {}, ())
    said = bring_in(unpacked(file), address.library())
    assert said == "Brought in: 1 article, 2 scenarios, 2 notes."
    after = mine()
    assert after.theses == before.theses
    assert _by_name(after.scenarios) == _by_name(before.scenarios)
    assert set(after.notes) == set(before.notes)


def _by_name(scenarios: Mapping[str, SavedScenario]) -> list[SavedScenario]:
    return sorted(scenarios.values(), key=lambda each: each.name)


def test_brought_in_twice_it_is_there_once() -> None:
    something()
    file = packed(mine())
    before = mine()
    assert bring_in(unpacked(file), address.library()) == "Brought in: 1 article, 0 scenarios, 0 notes."
    assert mine() == before


def test_what_has_another_content_gets_another_name_and_what_names_it_follows() -> None:
    something()
    file = packed(mine())
    own_theses().keep("mine", {"theses/mine.toml": THESIS["theses/mine.toml"] + "\n# mine is another by now\n"})
    own_notes().write("alibaba-ai", "claim:growth", "Growth", "Something else.")
    bring_in(unpacked(file), address.library())
    assert set(own_theses().names()) == {"mine", "mine-2"}
    assert "another by now" in own_theses().files("mine")["theses/mine.toml"]
    assert own_notes().of("mine-2")["chart:price"].text == "=1+1 <b>"
    both = own_notes().of("alibaba-ai")["claim:growth"].text
    assert "Ask again." in both
    assert "Something else." in both


def test_a_bundled_name_is_never_taken() -> None:
    text = THESIS["theses/mine.toml"]
    bring_in(unpacked(packed(mine())), address.library())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("theses/alibaba-ai/theses/alibaba-ai.toml", text)
    bring_in(unpacked(made.getvalue()), address.library())
    assert own_theses().names() == ["alibaba-ai-2"]


def zipped(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip", "no ZIP"),
        (zipped(**{"holiday.txt": "sun"}), "neither articles nor scenarios"),
        (zipped(**{"scenarios.json": '{"a": {"name": ""}}'}), "cannot be read"),
        (zipped(**{"notes.json": "[1]"}), "cannot be read"),
        (zipped(**{"notes.json": "{"}), "cannot be read"),
        (zipped(**{"theses/x/theses/../../etc/passwd.toml": "a"}), "has no file"),
        (zipped(**{"notes.json": "[" + " " * 21_000_000 + "]"}), "more than 20 MB"),
        (zipped(**{f"{n}.txt": "" for n in range(2_001)}), "2000 files"),
    ],
)
def test_what_is_no_such_file_changes_nothing_and_says_so(content: bytes, said: str) -> None:
    something()
    before = mine()
    with pytest.raises(NotKept, match=said):
        bring_in(unpacked(content), address.library())
    assert mine() == before
