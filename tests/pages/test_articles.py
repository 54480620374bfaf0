"""The page of all articles: one row each, a click opens one, a broken one says so."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.answers.address import data_version
from components.answers.shelf import shelf
from components.calculators.shelf import Entry
from data.market.service import market_service
from tests.invented import write_files
from tests.pages.conftest import Open, live, shown_text

PAGE = """
from components.widgets import articles, session
session.sync_address("Articles")
articles.page()
"""


def opened() -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=30)
    app.run()
    assert not app.exception
    return app


def entries() -> dict[str, Entry]:
    return {each.name: each for each in shelf(data_version())}


def test_all_articles_stand_in_a_table_the_newest_first() -> None:
    text = shown_text(live(opened())["articles"])
    places = [text.index(name) for name in ("Alibaba’s turn", "Alphabet’s price", "Rolls-Royce after")]
    assert places == sorted(places)
    assert "1,071.5p" in text
    assert "+43.5%" in text  # 1,537.8 / 1,071.5 - 1


def test_the_score_is_that_of_the_claims_page(open_page: Open) -> None:
    for name, entry in entries().items():
        said = shown_text(live(open_page("claims", thesis=name))["claims-sentence"])
        assert f"Of {entry.tested} claims, {entry.held} held when the article appeared and {entry.hold} hold" in said


def test_the_market_is_asked_about_no_article_that_is_only_listed() -> None:
    market_service.cache_clear()
    shelf.cache_clear()
    entries()
    assert market_service()._wanted == set()


def test_an_article_whose_files_are_wrong_stands_last_with_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path)
    (tmp_path / "theses" / "zz-broken.toml").write_text("[article", encoding="utf-8")
    monkeypatch.setenv("THESIS_DATA", str(tmp_path))
    *_, last = shelf(data_version())
    assert last.name == "zz-broken"
    assert "this is not TOML" in last.problem
    assert "its files are wrong" in shown_text(live(opened())["articles"])
