"""Everything of the reader's as one file, and back: nothing is lost, nothing overwritten."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from components.answers import address, saving
from components.export import everything
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


def bomb(method: int, size: int) -> bytes:
    """A ZIP that says that it holds ten bytes, and holds many."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("notes.json", b" " * size)
    return made.getvalue().replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_lies_about_its_size_is_unpacked_within_bounds(method: int) -> None:
    content = bomb(method, 200_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(NotKept):
            unpacked(content)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_damaged_zip_is_said(method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("notes.json", "[]" + " " * 5_000)
    content = bytearray(made.getvalue())
    at = 30 + len("notes.json")
    content[at : at + 8] = b"\xff" * 8
    with pytest.raises(NotKept, match="no ZIP"):
        unpacked(bytes(content))


def test_a_note_that_is_part_of_another_is_not_lost_and_one_without_room_is_said() -> None:
    own_notes().write("alibaba-ai", "claim:growth", "Growth", "buy")
    own_notes().write("alibaba-ai", "claim:margin", "Margin", "B" * 3_000)
    file = packed(mine())
    own_notes().write("alibaba-ai", "claim:growth", "Growth", "Do not buy now")
    own_notes().write("alibaba-ai", "claim:margin", "Margin", "A" * 3_000)
    said = bring_in(unpacked(file), address.library())
    assert said == (
        "Brought in: 0 articles, 0 scenarios, 1 note. "
        "The note on “Margin” is left out: there is one here, and no room for both."
    )
    notes = own_notes().of("alibaba-ai")
    assert sorted(notes["claim:growth"].text.split("\n\n")) == ["Do not buy now", "buy"]
    assert notes["claim:margin"].text == "A" * 3_000
    assert bring_in(unpacked(file), address.library()).startswith("Brought in: 0 articles, 0 scenarios, 0 notes.")


def test_what_is_too_much_is_said_before_anything_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    something()
    file = packed(mine())
    own_notes().write("alibaba-ai", "claim:other", "Other", "Mine.")
    monkeypatch.setattr(everything, "MOST_SCENARIOS", 3)
    before = mine()
    with pytest.raises(NotKept, match="4 scenarios, and 3 are kept at most"):
        bring_in(unpacked(file), address.library())
    assert mine() == before


def test_what_belongs_to_no_article_here_or_cannot_be_opened_is_left_out_and_said() -> None:
    one = saving.saved(asked(base_target="230"), "Stray", "upside").model_copy(update={"thesis": "nowhere"})
    own_scenarios().save(one)
    own_notes().write("nowhere", "claim:x", "X", "Lost?")
    file = packed(mine())
    made = io.BytesIO(file)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("theses/broke/theses/broke.toml", "not toml [")
    said = bring_in(unpacked(made.getvalue()), address.library())
    assert said.startswith("Brought in: 0 articles, 0 scenarios, 0 notes. The article “broke” is left out: ")
    assert "The scenario “Stray” is left out: its article is not here." in said
    assert "The note on “X” is left out: its article is not here." in said
    assert own_theses().names() == []
