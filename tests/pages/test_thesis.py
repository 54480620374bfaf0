"""The page of one's own article: what is handed in, what it is about, and what comes of the decisions."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.answers.registry import PAGES
from components.authoring.desk import Desk
from data.market.records import Identity
from data.market.service import market_service
from data.market.store import CachedAnswer
from data.own import own_theses
from tests.pages.conftest import NOON, Open, live, shown_text

TEXT = """Havel Robotics has more to give
15 September 2026

Havel Robotics (NYSE: HAV) sells more. Revenue rose 8 percent in the quarter to June 2026.
Analysts see the stock between $80 and $150. It plans to spend $2 billion on a plant."""


@pytest.fixture(autouse=True)
def _own_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("THESIS_DATABASE_URL", f"sqlite:///{tmp_path}/own.sqlite")
    own_theses.cache_clear()
    market_service.cache_clear()
    yield
    own_theses.cache_clear()
    market_service.cache_clear()


def warnings(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.warning, *app.info)).replace("\\", "")


def captions(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def handed_in(open_page: Open, text: str = TEXT) -> AppTest:
    app = open_page("thesis")
    app.text_area(key="own-text").set_value(text)
    return press(app, "Find its figures")


def on_desk(open_page: Open, text: str = TEXT) -> AppTest:
    app = handed_in(open_page, text)
    app.text_input(key="own-name-HAV").set_value("Havel Robotics Inc.").run()
    return press(app, "Find its claims")


def desk(app: AppTest) -> Desk:
    found = app.session_state["_desk"]
    assert isinstance(found, Desk)
    return found


def decide(app: AppTest, what: str, *ids: str) -> AppTest:
    """As the browser's component says it: there is none here, so its handler is called in a run of its own."""
    from components.authoring.desk import State

    app.session_state["_desk"] = desk(app).decided(ids, State(what))
    return app.run()


def test_a_text_suggests_its_ticker_day_and_title(open_page: Open) -> None:
    app = handed_in(open_page)
    assert app.text_input(key="own-symbol").value == "HAV"
    assert app.date_input(key="own-day").value.isoformat() == "2026-09-15"
    assert app.text_input(key="own-title").value == "Havel Robotics has more to give"
    assert "Live market data is switched off, so the ticker is not looked up" in captions(app)
    assert next(each for each in app.button if each.label == "Find its claims").disabled
    assert not app.exception


def test_a_stored_company_needs_no_description(open_page: Open) -> None:
    app = handed_in(open_page, "Alibaba's cloud grew by 34% in the September 2025 quarter.\n\n5 January 2026")
    assert app.text_input(key="own-symbol").value == "BABA"
    assert "its filings are stored here" in captions(app)
    app = press(app, "Find its claims")
    (entry,) = desk(app).entries
    assert entry.test == {"name": "growth", "segment": "Cloud Intelligence Group"}
    (row,) = live(app)["desk"]["rows"]
    assert [each["origin"] for each in row["verdicts"]] == ["supported", "supported"]
    assert (row["found"], row["chip"]["origin"]) == ("34.495%", "filing")


def test_the_desk_shows_the_text_in_pieces_and_every_claim(open_page: Open) -> None:
    app = on_desk(open_page)
    sent = live(app)["desk"]
    assert "".join(piece[0] for piece in sent["text"]) == TEXT
    marked = [piece for piece in sent["text"] if len(piece) > 1]
    assert [piece[0] for piece in marked] == ["8 percent", "between $80 and $150", "$2 billion"]
    assert sent["counts"] == {"open": 3, "accepted": 0, "rejected": 0}
    assert [row["likely"] for row in sent["rows"]] == [[], ["growth"], ["target"]]
    assert [row["short"] for row in sent["rows"]] == ["Plan", "Revenue growth", "Price target"]
    assert next(each for each in app.button if each.label == "Open the dashboard").disabled
    assert "paste a text" in shown_text(live(app)["head"])


def test_what_is_accepted_opens_as_a_dashboard_and_comes_back_to_the_desk(open_page: Open) -> None:
    app = on_desk(open_page)
    ids = [each.id for each in desk(app).entries]
    app = decide(app, "accepted", *ids[:2])
    app = press(app, "Open the dashboard")
    assert not app.exception
    assert own_theses().names() == ["havel-robotics-2026-09"]
    for name in PAGES:
        page = open_page(name, thesis="havel-robotics-2026-09")
        assert not page.exception, name
        assert not page.error, name
    # Later edits keep the rest, in another session too, where the text is gone.
    app = open_page("thesis")
    app = press(app, "Edit")
    assert [each.id for each in desk(app).entries] == ids[:2]
    assert desk(app).text == ""
    app = press(decide(app, "open", ids[1]), "Open the dashboard")
    claims = open_page("claims", thesis="havel-robotics-2026-09")
    assert len(live(claims)["claims-table"]["blocks"][0]["rows"]) == 1


def test_articles_are_listed_taken_along_deleted_and_brought_back(open_page: Open) -> None:
    app = on_desk(open_page)
    press(decide(app, "accepted", desk(app).entries[0].id), "Open the dashboard")
    app = press(open_page("thesis"), "Delete")
    assert own_theses().names() == []
    app = press(app, "Undo")
    assert own_theses().names() == ["havel-robotics-2026-09"]
    assert not app.exception


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for place, text in files.items():
            archive.writestr(place, text)
    return out.getvalue()


WRONG_FILES = [
    (b"nothing", "a.zip", "This is no ZIP of text files."),
    (packed({"theses/../../x.toml": "a = 1"}), "a.zip", "A thesis has no file"),
    (packed({"theses/a.toml": "this is = = no toml"}), "a.zip", "this is not TOML"),
    (packed({f"theses/{n}.toml": "" for n in range(20)}), "a.zip", "more than the files of one article"),
    (packed({"theses/alibaba-ai.toml": "a = 1"}), "a.zip", "There is an article “alibaba-ai” here already."),
    (b"\xff\xfe", "a.toml", "The file is no text in UTF-8."),
    (b"a = 1", "Not A Name.toml", "A thesis has no file"),
]


@pytest.mark.parametrize(("content", "name", "said"), WRONG_FILES, ids=[said for *_, said in WRONG_FILES])
def test_files_that_are_no_thesis_are_said_and_not_kept(open_page: Open, content: bytes, name: str, said: str) -> None:
    app = open_page("thesis")
    app.file_uploader(key="own-import").upload(name, content).run()
    assert said in warnings(app)
    assert own_theses().names() == []
    assert not app.exception


BAD_TEXTS = [("", "There is no text in it yet"), ("x" * 300_001, "300,001 characters, and 300,000 is the most")]


@pytest.mark.parametrize(("text", "said"), BAD_TEXTS, ids=["empty", "long"])
def test_a_text_that_is_none_is_said(open_page: Open, text: str, said: str) -> None:
    assert said in warnings(handed_in(open_page, text))


def test_a_text_without_figures_opens_an_empty_desk(open_page: Open) -> None:
    app = on_desk(open_page, "Havel (NYSE: HAV) is a fine company.\n\n15 September 2026")
    assert "No figure is found in this text." in warnings(app)
    assert not app.exception


def test_several_companies_are_named(open_page: Open) -> None:
    app = handed_in(open_page, "Alibaba and Alphabet. Alibaba rose 8%, Alphabet fell 3%.\n\n5 January 2026")
    assert "The text speaks of several companies: Alibaba (2 times), Alphabet (2 times)." in warnings(app)


def test_a_ticker_that_is_none_is_said(open_page: Open) -> None:
    app = handed_in(open_page)
    app.text_input(key="own-symbol").set_value("H A V!").run()
    assert "is no ticker" in warnings(app)
    app.text_input(key="own-symbol").set_value("").run()
    assert "Which share is it about?" in captions(app)


def test_a_currency_that_is_none_is_said(open_page: Open) -> None:
    app = handed_in(open_page)
    app.text_input(key="own-name-HAV").set_value("Havel").run()
    app.text_input(key="own-book-HAV").set_value("9").run()
    assert "A currency has three letters" in warnings(app)


def test_what_the_market_service_says_of_a_ticker_is_filled_in(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Identity(
        symbol="HAV", name="Havel Robotics Inc.", exchange="NYSE", kind="EQUITY", currency="USD", accounts="CZK",
        year_end=NOON.date().replace(month=3, day=31),
    )  # fmt: skip
    service = market_service()
    service._take_over({("identity", "HAV"): CachedAnswer(told, NOON)})
    app = handed_in(open_page)
    assert "Havel Robotics Inc., NYSE: prices in USD, accounts in CZK. Is that the share?" in captions(app)
    assert app.text_input(key="own-name-HAV-known").value == "Havel Robotics Inc."
    assert app.selectbox(key="own-class-HAV-known").value == "ADS"
    assert app.selectbox(key="own-month-HAV-known").value == 4
    app.number_input(key="own-ratio-HAV-known").set_value(2).run()
    app = press(app, "Find its claims")
    about = desk(app).about
    assert (about.accounts, about.share_class, about.ordinary_shares, about.year_starts) == ("CZK", "ADS", 2, "04-01")


def test_day_title_and_peers_change_and_decisions_stay(open_page: Open) -> None:
    app = on_desk(open_page)
    app = decide(app, "rejected", desk(app).entries[0].id)
    title, peers = (
        next(each for each in app.text_input if each.label == label) for label in ("Title", "Compared with")
    )
    title.set_value("Another title")
    peers.set_value("goog, NOR.DE")
    app = press(app, "Take over")
    assert desk(app).about.title == "Another title"
    assert [symbol for symbol, _ in desk(app).about.peers] == ["GOOG", "NOR.DE"]
    assert str(desk(app).entries[0].state) == "rejected"


def test_a_model_is_asked_only_where_one_is_configured_and_its_silence_costs_nothing(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = "Ask the model for more claims"
    app = on_desk(open_page)
    assert ask not in [each.label for each in app.button]
    monkeypatch.setenv("THESIS_MODEL_URL", "http://127.0.0.1:9/v1")
    app = press(app.run(), ask)
    assert "The model gave no answer that can be used. The rules’ claims are all there." in warnings(app)
    assert len(desk(app).entries) == 3
    assert not app.exception


def test_what_is_put_aside_can_be_taken_back(open_page: Open) -> None:
    app = on_desk(open_page)
    before = desk(app)
    app = press(app, "Put aside")
    assert app.text_area(key="own-text") is not None
    assert desk(press(app, "Take it back")) == before


ODD: list[Any] = [
    None, 5, {}, {"do": "accept"}, {"do": "accept", "ids": [5, None]}, {"do": "save", "id": "nothing"},
    {"do": "add", "start": -1, "end": 10**9}, {"do": "add", "start": "0", "end": None}, {"do": "burn"},
]  # fmt: skip


def _told_something_odd(sent: object) -> None:
    import datetime as dt

    import streamlit as st

    from components.authoring.desk import About, Desk, Entry
    from components.widgets import desk as work

    entry = Entry("a", "Growth", "It rose.", {"value": 1.0, "unit": "%"})
    if work.on_desk() is None:
        work.put(Desk(About("HAV", "Havel", dt.date(2026, 1, 1)), "havel", "It rose.", (entry,)))
    work.act(sent)
    found = work.on_desk()
    assert found is not None
    st.markdown(",".join(f"{each.id}:{each.state}" for each in found.entries))


@pytest.mark.parametrize("sent", ODD, ids=[str(each)[:30] for each in ODD])
def test_what_a_browser_sends_that_makes_no_sense_decides_nothing(sent: object) -> None:
    app = AppTest.from_function(_told_something_odd, kwargs={"sent": sent}).run()
    assert not app.exception
    assert app.markdown[0].value.startswith("a:open")
