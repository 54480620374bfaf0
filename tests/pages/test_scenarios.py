"""The page of scenarios: saved, named, opened, deleted with a way back; notes, and everything as one file."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.widgets import scenarios as page
from components.widgets import session
from data.notes import own_notes
from data.scenarios import SavedScenario, own_scenarios
from tests.pages.conftest import Open, live, shown_text


def saved() -> list[SavedScenario]:
    return list(own_scenarios().of("alibaba-ai").values())


def save(app: AppTest, name: str) -> AppTest:
    field = next(each for each in app.text_input if each.label == "Save these settings as")
    field.set_value(name)
    return next(each for each in app.button if each.label == "Save").click().run()


def heads(app: AppTest) -> list[str]:
    return [head["name"] for head in live(app)["scenarios"]["blocks"][0]["heads"]]


def said(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.info, *app.warning, *app.error)).replace("\\", "")


def act(app: AppTest, monkeypatch: pytest.MonkeyPatch, **sent: Any) -> AppTest:
    """As the browser would: the runner of tests cannot press a button inside the component."""
    real = page.session.take_problems

    def once() -> list[str]:
        monkeypatch.setattr(session, "take_problems", real)
        page._act({"at": len(saved()), "sent": hash(str(sent)), **sent})
        return real()

    monkeypatch.setattr(session, "take_problems", once)
    app.run()
    return app.run()


def test_what_is_set_is_saved_with_its_price_and_stands_beside_the_article_s_case(open_page: Open) -> None:
    app = open_page("scenarios", v="3", base_target="230")
    assert heads(app) == ["The article’s own case", "Your settings now"]
    app = save(app, "Base at 230")
    assert not app.exception
    assert heads(app) == ["The article’s own case", "Base at 230"]
    assert "“Base at 230” is saved." in said(app)
    (one,) = saved()
    assert one.query["base_target"] == "230"
    assert one.query["price"] == "111.37"
    assert one.seen["price"].value == 111.37
    assert len(one.verdicts) == 20
    assert "saved as “Base at 230”" in " ".join(each.value for each in app.caption).replace("\\", "")


def test_from_any_page_and_opened_on_it_again(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = save(open_page("capex", v="3", payouts="9"), "More is paid out")
    assert "“More is paid out” is saved." in said(app)
    assert saved()[0].page == "capex"
    app = open_page("scenarios")
    key = next(iter(own_scenarios().of("alibaba-ai")))
    act(app, monkeypatch, do="open", id=key)
    assert app.session_state["_scenario"].number("payouts") == 9


def test_it_is_renamed_duplicated_deleted_and_brought_back(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = save(open_page("scenarios", v="3", base_target="230"), "One")
    key = next(iter(own_scenarios().of("alibaba-ai")))
    assert heads(act(app, monkeypatch, do="rename", id=key, name="Another")) == ["The article’s own case", "Another"]
    act(app, monkeypatch, do="duplicate", id=key)
    assert sorted(each.name for each in saved()) == ["Another", "Another (copy)"]
    app = act(app, monkeypatch, do="delete", id=key)
    assert [each.name for each in saved()] == ["Another (copy)"]
    app = next(each for each in app.button if each.label == "Undo").click().run()
    assert sorted(each.name for each in saved()) == ["Another", "Another (copy)"]


@pytest.mark.parametrize(
    "sent",
    [
        None, 7, [], {}, {"do": "delete"}, {"do": "delete", "id": 3}, {"do": "delete", "id": "none such"},
        {"do": "rename", "id": "KEY"}, {"do": "rename", "id": "KEY", "name": ""}, {"do": "fly", "id": "KEY"},
    ],
)  # fmt: skip
def test_whatever_a_browser_sends_loses_nothing(open_page: Open, monkeypatch: pytest.MonkeyPatch, sent: Any) -> None:
    app = save(open_page("scenarios", v="3", base_target="230"), "One")
    before = saved()
    if isinstance(sent, dict):
        key = next(iter(own_scenarios().of("alibaba-ai")))
        act(app, monkeypatch, **{name: key if value == "KEY" else value for name, value in sent.items()})
    else:
        page._act(sent)
    assert not app.exception
    assert saved() == before


def test_a_name_is_text_wherever_it_stands(open_page: Open) -> None:
    app = save(open_page("scenarios", v="3", base_target="230"), ":red[**x**] <b>")
    assert not app.exception
    assert heads(app)[1] == ":red[**x**] <b>"
    assert "\\:red\\[\\*\\*x" in " ".join(each.value for each in app.caption)


def test_four_can_be_chosen_among_more(open_page: Open) -> None:
    for number in range(5):
        app = save(open_page("upside", v="3", base_target=str(201 + number)), f"No {number}")
    app = open_page("scenarios")
    assert len(heads(app)) == 4
    keys = list(own_scenarios().of("alibaba-ai"))
    app.multiselect(key="beside").set_value([keys[0], keys[2]]).run()
    assert not app.exception
    assert len(heads(app)) == 3
    assert set(app.query_params["beside"].split(",")) == {keys[0], keys[2]}


def test_notes_are_written_on_a_claim_and_a_chart_and_stand_on_one_page(open_page: Open) -> None:
    app = open_page("claims", v="3", claim="cloud-growth")
    field = next(each for each in app.text_area if each.label == "Your note")
    field.set_value("Ask about the =placing")
    app = next(each for each in app.button if each.label == "Save the note").click().run()
    assert not app.exception
    own_notes().write("alibaba-ai", "chart:upside", "Cases", "Too steep")
    assert live(open_page("upside"))["upside"]["note"]["text"] == "Too steep"
    notes = shown_text(live(open_page("scenarios"))["notes"])
    assert "Ask about the =placing" in notes
    assert "Too steep" in notes


def test_a_copied_link_leads_to_where_readers_elsewhere_find_the_app(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THESIS_PUBLIC_URL", "https://thesis.example/desk/")
    assert live(open_page("scenarios"))["scenarios"]["blocks"][0]["base"] == "https://thesis.example/desk"


def test_without_notes_the_page_says_how_one_is_written(open_page: Open) -> None:
    app = open_page("scenarios")
    assert "Your notes: none yet." in " ".join(each.value for each in app.caption)
