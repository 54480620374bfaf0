"""Saved scenarios and notes: kept, named, taken back, and never read as what they are not."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import clock
from data.notes import LONGEST, Note, OwnNotes
from data.own_records import NOTES, SCENARIOS, THESES, NotKept, OwnRecords, OwnStore
from data.scenarios import _UNSEEN, OwnScenarios, SavedScenario, Seen

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
ONE = SavedScenario(
    name="Bull at 230",
    thesis="alibaba-ai",
    page="upside",
    query={"v": "3", "bull_target": "230", "price": "113.24", "price_day": "2026-09-04"},
    saved=NOW,
    seen={"price": Seen(value=113.24, unit="USD per ADS", day=dt.date(2026, 9, 4), source="closing price")},
    verdicts={"growth": ("supported", "outdated")},
)


@pytest.fixture
def scenarios(tmp_path: Path) -> OwnScenarios:
    return OwnScenarios(OwnStore(f"sqlite:///{tmp_path}/own.sqlite", SCENARIOS))


@pytest.fixture
def notes(tmp_path: Path) -> OwnNotes:
    return OwnNotes(OwnStore(f"sqlite:///{tmp_path}/own.sqlite", NOTES))


def test_one_is_there_as_it_was_for_the_next_process(scenarios: OwnScenarios, tmp_path: Path) -> None:
    key, is_kept = scenarios.save(ONE)
    assert is_kept
    again = OwnScenarios(OwnStore(f"sqlite:///{tmp_path}/own.sqlite", SCENARIOS))
    assert again.of("alibaba-ai") == {key: ONE}
    assert again.of("another") == {}
    assert again.of("alibaba-ai", "somebody else") == {}


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
numbers = st.floats(allow_nan=False, allow_infinity=False)
moments = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))


@given(
    st.builds(
        SavedScenario,
        name=texts.map(lambda name: _UNSEEN.sub("", name).strip()).filter(bool),
        thesis=st.just("alibaba-ai"),
        page=st.sampled_from(["", "upside", "capex"]),
        query=st.dictionaries(texts, texts, max_size=12),
        saved=moments,
        seen=st.dictionaries(
            texts, st.builds(Seen, value=numbers, unit=texts, day=st.dates(), source=texts), max_size=3
        ),
        verdicts=st.dictionaries(texts, st.tuples(texts, texts), max_size=3),
        owner=texts,
    )
)
def test_every_field_comes_back_from_the_store_as_it_was(one: SavedScenario) -> None:
    kept = OwnScenarios(OwnStore(None, SCENARIOS))
    key, _ = kept.save(one)
    assert kept.one(key) == one
    assert kept.of("alibaba-ai", one.owner) == {key: one}


def test_it_is_renamed_duplicated_and_deleted_with_a_way_back(
    scenarios: OwnScenarios, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOW + dt.timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    key, _ = scenarios.save(ONE)
    scenarios.rename(key, "  Another name ")
    assert scenarios.one(key).name == "Another name"
    copy = scenarios.duplicate(key)
    assert list(scenarios.of("alibaba-ai")) == [key, copy]  # the oldest first
    assert scenarios.one(copy) == scenarios.one(key).model_copy(update={"name": "Another name (copy)", "saved": later})
    scenarios.delete(key)
    assert list(scenarios.of("alibaba-ai")) == [copy]
    scenarios.bring_back(key)
    assert set(scenarios.of("alibaba-ai")) == {key, copy}


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\u200b\u200b", "\u202e"])
def test_a_name_that_cannot_be_one_changes_nothing(scenarios: OwnScenarios, name: str) -> None:
    key, _ = scenarios.save(ONE)
    with pytest.raises(NotKept, match="1 to 60 characters"):
        scenarios.rename(key, name)
    assert scenarios.one(key) == ONE


def test_one_that_cannot_be_read_costs_only_itself(scenarios: OwnScenarios) -> None:
    scenarios.put("broken", '{"name": 1}', 10)
    key, _ = scenarios.save(ONE)
    assert list(scenarios.all()) == [key]
    with pytest.raises(KeyError):
        scenarios.one("broken")


def test_there_are_not_more_than_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    few = OwnRecords(OwnStore(None, SCENARIOS))
    few.put("one", "1", 1)
    few.put("one", "2", 1)  # in place of the one before
    with pytest.raises(NotKept, match="Your scenarios: there are 1 already"):
        few.put("two", "2", 1)
    few.delete("one")
    few.put("two", "2", 1)


def test_the_version_grows_with_every_change_so_that_pages_follow(scenarios: OwnScenarios) -> None:
    versions = [scenarios.version]
    key, _ = scenarios.save(ONE)
    versions.append(scenarios.version)
    scenarios.rename(key, "B")
    versions.append(scenarios.version)
    scenarios.delete(key)
    versions.append(scenarios.version)
    assert versions == sorted(set(versions))


def test_three_kinds_share_one_file(tmp_path: Path, scenarios: OwnScenarios, notes: OwnNotes) -> None:
    scenarios.save(ONE)
    notes.write("alibaba-ai", "claim:growth", "Growth", "Ask again.")
    theses = OwnRecords(OwnStore(f"sqlite:///{tmp_path}/own.sqlite", THESES))
    assert theses.names() == []
    assert theses.problem is None and scenarios.problem is None and notes.problem is None


def test_a_note_is_written_on_and_keeps_its_first_day(notes: OwnNotes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    notes.write("alibaba-ai", "claim:growth", "Growth", "  Ask again. ")
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=3))
    notes.write("alibaba-ai", "claim:growth", "Cloud growth", "Asked.")
    notes.write("alibaba-ai", "chart:cases", "Cases", "<b>bold</b>")
    found = notes.of("alibaba-ai")
    assert found["claim:growth"] == Note(
        thesis="alibaba-ai", about="claim:growth", title="Cloud growth", text="Asked.",
        written=NOW, changed=NOW + dt.timedelta(days=3),
    )  # fmt: skip
    assert [each.about for each in notes.all("somebody else")] == []
    notes.write("alibaba-ai", "claim:growth", "Growth", "   ")
    assert list(notes.of("alibaba-ai")) == ["chart:cases"]
    notes.take_back("alibaba-ai", "claim:growth")
    assert set(notes.of("alibaba-ai")) == {"chart:cases", "claim:growth"}
    assert notes.write("alibaba-ai", "claim:nothing", "Nothing", "")  # nothing to delete


@pytest.mark.parametrize(
    ("about", "text", "said"),
    [
        ("claim:growth", "x" * (LONGEST + 1), "at most 4,000 characters"),
        ("nowhere", "text", "nothing to write a note on"),
    ],
)
def test_what_is_no_note_is_refused(notes: OwnNotes, about: str, text: str, said: str) -> None:
    with pytest.raises(NotKept, match=said):
        notes.write("alibaba-ai", about, "Title", text)
    assert notes.all() == []


def test_two_scenarios_of_one_thesis_never_have_the_same_name() -> None:
    scenarios = OwnScenarios(OwnStore(None, SCENARIOS))
    first, _ = scenarios.save(ONE)
    second, _ = scenarios.save(ONE)
    other, _ = scenarios.save(ONE.model_copy(update={"thesis": "another"}))
    assert [scenarios.one(key).name for key in (first, second, other)] == [ONE.name, f"{ONE.name} (2)", ONE.name]
    scenarios.rename(second, ONE.name)
    assert scenarios.one(second).name == f"{ONE.name} (2)"
    scenarios.rename(first, ONE.name)
    assert scenarios.one(first).name == ONE.name  # its own name is not another's
    long, _ = scenarios.save(ONE.model_copy(update={"name": "n" * 60}))
    again, _ = scenarios.save(ONE.model_copy(update={"name": "n" * 60}))
    assert scenarios.one(long).name != scenarios.one(again).name
    assert len(scenarios.one(again).name) == 60


def test_a_name_is_read_as_it_is_written(scenarios: OwnScenarios) -> None:
    key, _ = scenarios.save(ONE)
    scenarios.rename(key, " Bull\u202e esac\u200b ")
    assert scenarios.one(key).name == "Bull esac"
