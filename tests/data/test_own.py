"""The readers' own theses: kept, laid out, shared by processes, and never where they do not belong."""

import datetime as dt
import sqlite3
import threading
from pathlib import Path

import pytest

from data import clock, own_records
from data.library import Library, thesis_names
from data.own import MOST_BYTES, OwnTheses, checked
from data.own_records import THESES, NotKept, OwnStore

FILES = {"theses/my-article.toml": "a = 1\n", "companies/NOR.DE/company.toml": "b = 2\n"}
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Time:
    """A clock that tests move on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def pass_by(self, **how_long: float) -> None:
        self.now += dt.timedelta(**how_long)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


def opened(folder: Path, number: int = 0) -> OwnTheses:
    """As a process finds them."""
    out = folder / f"process-{number}"
    out.mkdir(exist_ok=True)
    return OwnTheses(OwnStore(f"sqlite:///{folder}/own.sqlite", THESES), out)


def laid_out(own: OwnTheses) -> dict[str, str]:
    return {
        str(each.relative_to(own.folder)): each.read_text(encoding="utf-8")
        for each in own.folder.rglob("*")
        if each.is_file()
    }


def test_one_that_is_kept_is_there_for_the_library_and_for_the_next_process(tmp_path: Path, time: Time) -> None:
    own = opened(tmp_path)
    assert own.names() == []
    assert own.keep("my-article", FILES)
    assert laid_out(own) == FILES
    library = Library(own=own.folder)
    assert thesis_names(library)[-1] == "my-article"
    assert library.thesis_file("my-article") == own.folder / "theses/my-article.toml"
    assert library.thesis_file("alibaba-ai") == Library().theses / "alibaba-ai.toml"
    assert library.company_folders()[-1].name == "NOR.DE"
    assert laid_out(opened(tmp_path, 1)) == FILES


def test_the_library_s_state_changes_with_each_change(tmp_path: Path, time: Time) -> None:
    own = opened(tmp_path)
    library = Library(own=own.folder)
    states = [library.state()]
    own.keep("my-article", FILES)
    states.append(library.state())
    own.keep("my-article", {**FILES, "theses/my-article.toml": "a = 12\n"})
    states.append(library.state())
    own.delete("my-article")
    states.append(library.state())
    assert len(set(states[:3])) == 3
    assert states[3] == states[0]


def test_a_stored_company_stands_before_one_that_a_thesis_brings(tmp_path: Path, time: Time) -> None:
    own = opened(tmp_path)
    own.keep("my-article", {"theses/my-article.toml": "", "companies/BABA/company.toml": "x = 1"})
    found = [each for each in Library(own=own.folder).company_folders() if each.name == "BABA"]
    assert found == [Library().companies / "BABA"]


def test_one_that_is_deleted_can_be_brought_back_for_a_week(tmp_path: Path, time: Time) -> None:
    own = opened(tmp_path)
    own.keep("my-article", FILES)
    time.pass_by(seconds=1)
    own.delete("my-article")
    assert own.names() == []
    assert laid_out(own) == {}
    time.pass_by(days=6)
    own.bring_back("my-article")
    assert laid_out(own) == FILES
    own.delete("my-article")
    time.pass_by(days=8)
    own.keep("another", {"theses/another.toml": "c = 3"})
    with pytest.raises(KeyError):
        opened(tmp_path, 1).bring_back("my-article")


def test_two_processes_see_each_other_s(tmp_path: Path, time: Time) -> None:
    one, other = opened(tmp_path, 1), opened(tmp_path, 2)
    one.keep("my-article", FILES)
    other._look()
    assert laid_out(other) == FILES
    time.pass_by(seconds=1)
    other.delete("my-article")
    one._look()
    assert one.names() == []


def test_without_a_database_they_last_as_long_as_the_process(tmp_path: Path, time: Time) -> None:
    own = OwnTheses(OwnStore(None, THESES), tmp_path)
    assert not own.keep("my-article", FILES)
    assert laid_out(own) == FILES
    own.refresh()
    assert own.names() == ["my-article"]


def test_what_could_not_be_written_is_said_and_written_later(tmp_path: Path, time: Time) -> None:
    monotonic = [0.0]
    file = tmp_path / "own.sqlite"
    out = tmp_path / "out"
    own = OwnTheses(OwnStore(f"sqlite:///{file}", THESES, lambda: monotonic[0]), out)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert not own.keep("my-article", FILES)
    assert own.problem == "Your articles are not kept on disk: the store is locked by another program."
    assert laid_out(own) == FILES
    other.execute("ROLLBACK")
    other.close()
    monotonic[0] += 60
    own._look()
    assert own.problem is None
    assert laid_out(opened(tmp_path, 1)) == FILES


def test_a_silent_database_holds_nobody_up(tmp_path: Path, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_records, "PATIENCE_S", 0.05)
    ends = threading.Event()

    class Silent(OwnStore):
        def _attempt(self, action: object) -> None:
            ends.wait(10)

    own = OwnTheses(Silent("postgresql://me:secret@127.0.0.1/own", THESES), tmp_path)
    assert own.problem == "Your articles are not kept yet: the store at 127.0.0.1 does not answer."
    assert not own.keep("my-article", FILES)
    assert laid_out(own) == FILES
    assert own.names() == ["my-article"]
    ends.set()


WRONG = [
    ({}, "one file in theses/"),
    ({"theses/a.toml": "", "theses/b.toml": ""}, "one file in theses/"),
    ({"theses/../a.toml": ""}, "no file “theses/../a.toml”"),
    ({"theses/a.toml": "", "companies/../../etc/company.toml": ""}, "no file “companies/../../etc"),
    ({"theses/a.toml": "", "companies/X/quarters.csv": ""}, "no file “companies/X/quarters.csv”"),
    ({"theses/a.toml": "x" * (MOST_BYTES + 1)}, "larger than 500 kB"),
    ({"theses/a.toml": 1}, "not the files"),
    ("theses", "not the files"),
]


@pytest.mark.parametrize(("files", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_no_thesis_is_not_kept(files: object, said: str) -> None:
    with pytest.raises(NotKept, match=said.replace(".", r"\.")):
        checked(files)


@pytest.mark.parametrize("name", ["", "../x", "A b", "x" * 61, "other"])
def test_a_name_is_that_of_its_file(name: str, tmp_path: Path, time: Time) -> None:
    with pytest.raises(NotKept):
        opened(tmp_path).keep(name, FILES)


def test_a_row_that_cannot_be_read_costs_only_itself(tmp_path: Path, time: Time) -> None:
    own = opened(tmp_path)
    own.keep("my-article", FILES)
    own.keep("another", {"theses/another.toml": "c = 3"})
    with sqlite3.connect(tmp_path / "own.sqlite") as connection:
        connection.execute("UPDATE own_theses SET files = '{' WHERE name = 'another'")
    assert opened(tmp_path, 1).names() == ["my-article"]


@pytest.mark.parametrize("how", ["deleted", "damaged"])
def test_what_the_store_has_lost_is_written_again(tmp_path: Path, time: Time, how: str) -> None:
    own, file = opened(tmp_path), tmp_path / "own.sqlite"
    own.keep("my-article", FILES)
    own.keep("gone", {"theses/gone.toml": "c = 3\n"})
    own.delete("gone")
    if how == "deleted":
        file.unlink()
    else:
        file.write_bytes(b"no database at all" * 100)
    assert own.keep("another", {"theses/another.toml": "d = 4\n"})
    own._look()
    assert own.names() == ["another", "my-article"]
    assert opened(tmp_path, 1).names() == ["another", "my-article"]
    said = own.problem
    assert (said is None) is (how == "deleted")
    if said is not None:  # the file lies where the sentence says
        assert str(next(tmp_path.glob("own.sqlite.damaged-*"))) in said


def test_a_deletion_by_another_process_is_no_loss(tmp_path: Path, time: Time) -> None:
    one, other = opened(tmp_path), opened(tmp_path, 1)
    one.keep("my-article", FILES)
    other._look()
    one.delete("my-article")
    other._look()
    assert other.names() == []


def test_a_store_of_a_later_version_is_left_alone_and_said(tmp_path: Path, time: Time) -> None:
    opened(tmp_path).keep("my-article", FILES)
    connection = sqlite3.connect(tmp_path / "own.sqlite")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    later = opened(tmp_path, 1)
    assert (
        later.problem == "Your articles are not kept on disk: the store is of a later version of this program (9999)."
    )
    assert not later.keep("another", {"theses/another.toml": "d = 4\n"})
    assert later.names() == ["another"]


def test_a_row_without_a_time_costs_only_itself(tmp_path: Path, time: Time) -> None:
    own = opened(tmp_path)
    own.keep("my-article", FILES)
    own.keep("another", {"theses/another.toml": "d = 4\n"})
    connection = sqlite3.connect(tmp_path / "own.sqlite")
    connection.execute("UPDATE own_theses SET changed = 'abc' WHERE name = 'another'")
    connection.commit()
    connection.close()
    found = opened(tmp_path, 1)
    assert (found.names(), found.problem) == (["my-article"], None)


def test_the_files_of_a_deleted_one_are_there_until_it_is_gone_for_good(tmp_path: Path, time: Time) -> None:
    own = opened(tmp_path)
    assert own.taken_away("my-article") is None
    own.keep("my-article", FILES)
    assert own.taken_away("my-article") is None
    own.delete("my-article")
    assert own.taken_away("my-article") == FILES


def test_what_waits_is_written_though_nobody_comes(tmp_path: Path, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[threading.Timer] = []
    monkeypatch.setattr(threading.Timer, "start", lambda timer: waits.append(timer))
    monotonic, file = [0.0], tmp_path / "own.sqlite"
    own = OwnTheses(OwnStore(f"sqlite:///{file}", THESES, lambda: monotonic[0]), tmp_path / "out")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert not own.keep("my-article", FILES)
    assert len(waits) == 1  # one, however much waits
    assert not own.keep("another", {"theses/another.toml": "d = 4\n"})
    assert len(waits) == 1
    other.execute("ROLLBACK")
    other.close()
    monotonic[0] += waits[0].interval
    waits[0].function()
    assert own.problem is None
    assert opened(tmp_path, 1).names() == ["another", "my-article"]


def test_a_process_that_ends_writes_what_waits(tmp_path: Path, time: Time) -> None:
    file = tmp_path / "own.sqlite"
    own = OwnTheses(OwnStore(f"sqlite:///{file}", THESES, lambda: 0.0), tmp_path / "out")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert not own.keep("my-article", FILES)
    other.execute("ROLLBACK")
    other.close()
    own.stop()
    assert opened(tmp_path, 1).names() == ["my-article"]
