"""A second thesis and company, from files alone: every page opens on them, with their own numbers."""

from pathlib import Path

import pytest

from components.answers.registry import PAGES
from tests.conftest import ROOT
from tests.invented import write_files
from tests.pages.conftest import Open, inputs, live, shown_text


@pytest.fixture(autouse=True)
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THESIS_DATA", str(write_files(tmp_path)))
    return tmp_path


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens(open_page: Open, name: str) -> None:
    app = open_page(name)
    assert not app.exception
    assert not app.error
    assert "Alibaba" not in " ".join(shown_text(data) for data in live(app).values())


def test_its_numbers(open_page: Open) -> None:
    text = shown_text(live(open_page())["overview-lead"])
    assert "Nordlicht traded at EUR 44.00 per share on 3 Apr 2026, up 10.0%" in text
    assert "+25.0% to +50.0%" in text  # 50 / 40, 60 / 40
    key = shown_text(live(open_page())["key-figures"])
    assert "20.0%" in key  # 600 / 500
    assert "not known" in key
    assert "needed: net cash" in shown_text(live(open_page("claims", claim="cash"))["finding-cash"])


def test_where_there_are_two_articles_the_reader_chooses(open_page: Open, invented: Path) -> None:
    assert not open_page().selectbox
    text = (invented / "theses" / "nordlicht.toml").read_text(encoding="utf-8")
    changed = text.replace("low = 50, high = 60", "low = 70, high = 80").replace('name = "', 'name = "Second: ', 1)
    (invented / "theses" / "zweite.toml").write_text(changed, encoding="utf-8")
    app = open_page()
    choice = app.selectbox(key="thesis")
    assert choice.value == "nordlicht"
    assert len(choice.options) == 2
    choice.set_value("zweite").run()
    assert not app.exception
    assert app.query_params == {"thesis": "zweite"}
    assert "70 to 80" in shown_text(live(app)["overview-lead"])


def test_what_is_not_known_is_left_out(open_page: Open) -> None:
    app = open_page("upside")
    assert "bull_target" in inputs(app)
    assert "eps_trailing" not in inputs(app)
    assert "Implied P/E" not in shown_text(live(app)["upside-table"])
    assert any("No earnings per share are known" in info.value for info in app.info)


def test_a_broken_thesis_file_is_a_sentence(open_page: Open, invented: Path) -> None:
    path = invented / "theses" / "nordlicht.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("low = 50", "low = 70"), encoding="utf-8")
    app = open_page()
    assert not app.exception
    assert "nordlicht.toml, claim “goals”" in app.error[0].value.replace("\\", "")
    assert "is above high" in app.error[0].value


def test_everything_that_is_wrong_is_listed_as_text(open_page: Open, invented: Path) -> None:
    path = invented / "theses" / "nordlicht.toml"
    text = path.read_text(encoding="utf-8").replace("low = 50", "low = 70")
    path.write_text(text.replace('segment = "Wind"', 'segment = "![W](http://w.example/x.png)"'), encoding="utf-8")
    quarters = invented / "companies" / "NLT" / "quarters.csv"
    quarters.write_text(quarters.read_text(encoding="utf-8").replace("900", "nan"), encoding="utf-8")
    app = open_page()  # the front door holds the failures of every page
    assert not app.exception
    said = app.error[0].value
    for part in ("is above high", "quarters.csv, quarter 2025", "there is no segment"):
        assert part in said.replace("\\", "")
    assert "![W](" not in said


def test_a_broken_thesis_leaves_the_others_open(open_page: Open, invented: Path) -> None:
    (invented / "theses" / "zz-broken.toml").write_text("[article", encoding="utf-8")
    assert not open_page("overview", thesis="nordlicht").error
    app = open_page("overview", thesis="zz-broken")
    assert not app.exception
    assert "zz-broken.toml: this is not TOML" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_wrong_folder_is_a_sentence(
    open_page: Open, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("THESIS_DATA", str(tmp_path_factory.mktemp("empty") / folder))
    app = open_page()
    assert not app.exception
    assert "THESIS_DATA names the folder" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("name", PAGES)
def test_without_a_close_before_publication_the_pages_stand(open_page: Open, invented: Path, name: str) -> None:
    path = invented / "snapshots" / "closes.csv"
    path.write_text("date,symbol,close,currency\n2026-03-06,NLT,41.0,EUR\n2026-04-03,NLT,44.0,EUR\n", encoding="utf-8")
    app = open_page(name)
    assert not app.exception
    assert not app.error


def test_no_code_names_the_company() -> None:
    names = ("alibaba", "baba", "minimax", "taobao", "amzn", "msft")
    for path in [
        *ROOT.glob("*.py"),
        *ROOT.glob("pages/*.py"),
        *ROOT.glob("components/**/*.py"),
        *ROOT.glob("data/**/*.py"),
    ]:
        text = path.read_text(encoding="utf-8").lower()
        assert not [name for name in names if name in text], path
