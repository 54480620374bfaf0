"""The desk: decisions and edits; and the thesis files made of it, which read back the same."""

import datetime as dt
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.authoring.desk import About, Desk, Entry, State, Typed, in_order, laid_out, statement_of
from components.authoring.edits import NotUnderstood, edited, number_of, typed
from components.authoring.proposals import Setting, propose
from components.authoring.sentences import Span
from components.authoring.thesis_files import (
    company_tables,
    desk_of,
    files_of,
    name_for,
    short,
    thesis_tables,
)
from data.company import Profile
from data.thesis import Stated, Thesis

TEXT = """Havel Robotics sold more. Revenue rose 12 percent to $3.4 billion in the quarter to June 2026.
The shares trade at 18 times earnings. Analysts' targets of USD 40 to USD 50 mean an upside of 20% to 50%.
It plans to spend about $2 billion on {robots}."""
ABOUT = About("HAV", "Havel Robotics Inc.", dt.date(2026, 9, 1), title="Robots", peers=(("ABC", "ABC Corp."),))


@pytest.fixture
def desk() -> Desk:
    return Desk(ABOUT, "havel-2026-09", TEXT, laid_out(propose(TEXT, Setting(ABOUT.published))))


def accepted(desk: Desk) -> Desk:
    return desk.decided([each.id for each in desk.entries], State.ACCEPTED)


def test_each_claim_has_its_passage_a_name_and_the_likeliest_test(desk: Desk) -> None:
    found = {each.short: each for each in desk.entries}
    assert found["Revenue growth"].said == "12 percent"
    assert found["Revenue growth"].test == {"name": "growth", "measure": "revenue"}
    assert found["Revenue"].stated == {"value": 3.4, "unit": "USD bn", "decimals": 1}
    assert found["Price target"].stated["low"] == 40
    assert found["Upside to the target"].test == {"name": "target_gap", "of": found["Price target"].id}
    assert found["Plan"].doubts == "nothing here tests it yet"
    assert found["Plan"].statement == "Plan: about $2 billion"
    assert found["Plan"].sentence == "It plans to spend about $2 billion on (robots)."
    assert found["Revenue growth"].statement == "Revenue growth: 12 percent, June 2026"
    for each in desk.entries:
        assert each.passage is not None
        assert each.passage.of(TEXT) == each.said
        assert each.state is State.OPEN


def test_nothing_counts_until_it_is_accepted(desk: Desk) -> None:
    assert thesis_tables(desk)["claim"] == []
    one = desk.decided([desk.entries[0].id, "no such claim"], State.ACCEPTED)
    assert [each["id"] for each in thesis_tables(one)["claim"]] == [desk.entries[0].id]
    assert (one.count(State.ACCEPTED), one.count(State.OPEN)) == (1, len(desk.entries) - 1)
    again = one.decided([desk.entries[0].id], State.REJECTED)
    assert thesis_tables(again)["claim"] == []


def test_doubtful_ones_come_first_and_decided_ones_last(desk: Desk) -> None:
    queue = in_order(desk.decided([desk.entries[0].id], State.ACCEPTED).entries)
    assert queue[0].doubts
    assert queue[-1].id == desk.entries[0].id
    doubtful = [bool(each.doubts) for each in queue if each.state is State.OPEN]
    assert doubtful == sorted(doubtful, reverse=True)


def test_the_article_names_its_targets_and_what_they_promise(desk: Desk) -> None:
    article = thesis_tables(accepted(desk))["article"]
    names = {each.short: each.id for each in desk.entries}
    assert article["target_range"] == names["Price target"]
    assert article["upside_range"] == names["Upside to the target"]
    assert article["peer"] == [{"symbol": "ABC", "name": "ABC Corp."}]
    assert "rates" not in article


def test_a_claim_of_a_claim_that_is_rejected_loses_its_test(desk: Desk) -> None:
    names = {each.short: each.id for each in desk.entries}
    tables = thesis_tables(accepted(desk).decided([names["Price target"]], State.REJECTED))
    upside = next(each for each in tables["claim"] if each["id"] == names["Upside to the target"])
    assert "test" not in upside
    assert "target_range" not in tables["article"]


def test_rates_lead_from_the_listing_to_the_accounts_and_to_what_is_stated(desk: Desk) -> None:
    about = replace(ABOUT, accounts="CNY", share_class="ADS", ordinary_shares=8)
    entries = (replace(desk.entries[0], stated={"value": 3.0, "unit": "EUR bn"}, state=State.ACCEPTED),)
    assert thesis_tables(replace(desk, about=about, entries=entries))["article"]["rates"] == ["USD/CNY", "USD/EUR"]


def test_the_files_read_back_as_the_same_desk(desk: Desk) -> None:
    entry = replace(
        desk.entries[0], typed=Typed(11.6, "%", dt.date(2026, 6, 30), "the release", "https://havel.example")
    )
    before = accepted(desk.changed(entry))
    files = files_of(before, is_stored=False)
    assert list(files) == ["theses/havel-2026-09.toml", "companies/HAV/company.toml"]
    thesis = Thesis.model_validate(tomllib.loads(files["theses/havel-2026-09.toml"]))
    profile = Profile.model_validate(tomllib.loads(files["companies/HAV/company.toml"]))
    after = desk_of("havel-2026-09", thesis, profile)
    assert after.about == ABOUT
    assert thesis_tables(after) == thesis_tables(before)
    assert files_of(after, is_stored=True) == {"theses/havel-2026-09.toml": files["theses/havel-2026-09.toml"]}
    assert after.entries[0].typed == entry.typed


def test_a_typed_figure_becomes_a_fact_and_its_claim_says_so(desk: Desk) -> None:
    entry = replace(desk.entries[0], typed=Typed(11.6, "%", dt.date(2026, 6, 30), "the release"), state=State.ACCEPTED)
    tables = thesis_tables(desk.changed(entry))
    assert tables["claim"][0]["test"] == {"name": "fact", "fact": f"own-{entry.id}"}
    assert tables["fact"][0] | {"value": 11.6, "origin": "yours", "source": "the release"} == tables["fact"][0]


def test_a_company_of_which_nothing_is_stored_takes_the_service_s_lines() -> None:
    tables = company_tables(replace(ABOUT, quoted="", accounts="EUR", year_starts="04-01"))
    assert tables["measures"]["revenue"] == {"unit": "EUR m", "row": "Total Revenue"}
    assert tables["measures"]["diluted_eps"]["unit"] == "EUR per share"
    pence = company_tables(replace(ABOUT, currency="GBP", quoted="GBp", accounts="GBP"))
    assert pence["listing"] == {"currency": "GBP", "quoted": "GBp", "share_class": "share", "ordinary_shares": 1}
    assert Profile.model_validate(pence).listing.quoted_in == "GBp"


def test_a_passage_that_the_reader_marks_becomes_a_claim_in_its_place(desk: Desk) -> None:
    start = TEXT.index("sold more")
    grown, entry = desk.with_own(Span(start, start + 9))
    assert grown.entries[0] == entry
    assert entry.statement == "Havel Robotics sold more."
    assert entry.stated == {"words": "sold more"}
    twice, other = grown.with_own()
    assert (entry.id, other.id) == ("own-1", "own-2")
    assert twice.entries[-1] == other
    Stated.model_validate(other.stated)


def test_a_passage_that_has_a_claim_leads_to_it(desk: Desk) -> None:
    place = TEXT.index("12 percent")
    found = desk.at(Span(place - 5, place + 2))
    assert found is not None
    assert found.short == "Revenue growth"
    assert desk.at(Span(0, 5)) is None


def test_the_article_s_own_value_is_no_analyst_s_target() -> None:
    text = "Our fair value is $250, which would mean a fall of 21%. Analysts' mean target is $320."
    entries = laid_out(propose(text, Setting(ABOUT.published)))
    assert [(each.topic, each.short, each.test and each.test["name"]) for each in entries] == [
        ("Value", "Fair value", None), ("Upside", "Upside to the target", "target_gap"),
        ("Target", "Price target", "target"),
    ]  # fmt: skip
    assert entries[1].stated["value"] == -21
    assert entries[1].test == {"name": "target_gap", "of": entries[0].id}
    article = thesis_tables(accepted(Desk(ABOUT, "x", text, entries)))["article"]
    assert (article["house_value"], article["target_range"]) == (entries[0].id, entries[2].id)


def test_what_the_form_does_not_offer_is_kept_when_it_is_saved() -> None:
    entry = replace(ENTRY, test={"name": "series", "series": "ai-streak"})
    assert edited(entry, {**SENT, "test": {"name": "(kept)"}}).test == entry.test
    change = {"name": "price_change", "start": dt.date(2025, 1, 1), "dividend": "dividend-2025"}
    sent = {"name": "price_change", "start": "2024-12-31", "end": ""}
    assert edited(replace(ENTRY, test=change), {**SENT, "test": sent}).test == {
        **change,
        "start": dt.date(2024, 12, 31),
    }
    level = edited(replace(ENTRY, topic="Guidance"), {**SENT, "test": {"name": "level", "measure": "revenue"}})
    assert level.topic == "Level"


NAMES = [
    ("Havel Robotics Inc.", "havel-robotics-2026-09"), ("Nordlicht AG & Co. KGaA", "nordlicht-ag-2026-09"),
    ("阿里巴巴", "2026-09"), ("..", "2026-09"), ("A" * 200, "a" * 50),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file"), NAMES, ids=[name[:20] for name, _ in NAMES])
def test_a_thesis_is_named_by_company_and_month(name: str, file: str) -> None:
    about = replace(ABOUT, name=name)
    assert name_for(about, []) == file
    assert name_for(about, [file, f"{file}-2"]) == f"{file}-3"


def test_a_company_s_short_name_is_without_its_legal_form() -> None:
    assert [short(each) for each in ("Alphabet Inc.", "Rolls-Royce Holdings plc", "SAP SE", "Inc")] == [
        "Alphabet", "Rolls-Royce", "SAP", "Inc"
    ]  # fmt: skip


def test_a_statement_is_on_one_line_and_of_bounded_length() -> None:
    assert statement_of(" It\n rose  {much}. ") == "It rose (much)."
    long = statement_of("word " * 100)
    assert len(long) <= 240
    assert long.endswith("word…")


# --- Edits --------------------------------------------------------------------------------------------------------

ENTRY = Entry("a", "Growth", "Revenue rose 12%.", {"value": 12.0, "unit": "%", "decimals": 0}, doubts="a guess")
SENT: dict[str, Any] = {
    "statement": "It rose.",
    "short": "Growth",
    "form": "value",
    "value": "12",
    "unit": "%",
    "test": None,
}

NONE = {"decimals": 0}
IN_POINTS = {"unit": "%", "decimals": 0}
FORMS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"value": "1,234.50", "unit": "USD m"}, {"value": 1234.5, "unit": "USD m", "decimals": 2}),
    ({"value": "−3%"}, {"value": -3.0, **IN_POINTS}),
    ({"value": "3", "approximate": True}, {"value": 3.0, **IN_POINTS, "approximate": True}),
    ({"form": "range", "value": "40", "high": "30"}, {"low": 30.0, "high": 40.0, **IN_POINTS}),
    ({"form": "minimum", "value": "50", "unit": "USD bn"}, {"minimum": 50.0, "unit": "USD bn", "decimals": 0}),
    ({"form": "times", "value": "2"}, {"times": 2.0, **IN_POINTS}),
    ({"form": "words", "value": " more than its\npeers "}, {"words": "more than its peers"}),
    ({"form": "date", "value": "2026-01-09"}, {"date": dt.date(2026, 1, 9)}),
    ({"form": "year", "value": "2027"}, {"year": 2027}),
    ({"form": "happens"}, {"happens": True}),
]


@pytest.mark.parametrize(("sent", "stated"), FORMS, ids=[str(stated) for _, stated in FORMS])
def test_what_is_typed_is_stated(sent: dict[str, Any], stated: dict[str, Any]) -> None:
    found = edited(ENTRY, {**SENT, **sent})
    assert found.stated == stated
    assert found.doubts == ""
    Stated.model_validate(found.stated)


WRONG = [
    ({"value": "twelve"}, "“twelve” is no number"),
    ({"value": "1e400"}, "is no number"),
    ({"unit": "bananas per"}, "The unit “bananas per” is not known"),
    ({"form": "guess"}, "Say how it is stated"),
    ({"period": "soon"}, "“soon” is no period"),
    ({"period": "2926-01-01"}, "is no period"),
    ({"statement": "  "}, "A claim needs a statement"),
    ({"test": {"name": "astrology"}}, "This test is not known"),
    ({"test": {"name": "level"}}, "needs “measure”"),
    ({"test": {"name": "price_change"}}, "the day that it counts from"),
    ({"test": {"name": "price_change", "start": "May"}}, "“May” is no date"),
    ({"form": "times", "value": "-2"}, "greater than 0"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_cannot_be_used_is_said(sent: dict[str, Any], said: str) -> None:
    with pytest.raises(NotUnderstood) as found:
        edited(ENTRY, {**SENT, **sent})
    assert said in str(found.value)


def test_a_chosen_test_is_a_call_with_typed_arguments() -> None:
    test = {"name": "price_change", "start": "2025-12-31", "end": ""}
    assert edited(ENTRY, {**SENT, "test": test}).test == {"name": "price_change", "start": dt.date(2025, 12, 31)}
    years = {"name": "growth", "measure": "revenue", "years": "3", "over": "", "segment": ""}
    assert edited(ENTRY, {**SENT, "test": years}).test == {"name": "growth", "measure": "revenue", "years": 3}


FIGURE = {"value": "11.6", "unit": "%", "day": "2026-06-30", "source": "release", "url": ""}


def test_a_figure_is_typed_and_taken_away() -> None:
    found = typed(ENTRY, FIGURE)
    assert found.typed == Typed(11.6, "%", dt.date(2026, 6, 30), "release")
    assert typed(found, {**FIGURE, "value": " "}).typed is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"source": ""}, "Say where the figure stands"),
        ({"day": ""}, "is no day of the figure"),
        ({"url": "javascript:alert(1)"}, "is no web address"),
        ({"unit": "per"}, "The unit “per” is not known"),
    ],
)
def test_a_figure_needs_its_day_and_source(sent: dict[str, str], said: str) -> None:
    with pytest.raises(NotUnderstood) as found:
        typed(ENTRY, {**FIGURE, **sent})
    assert said in str(found.value)


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda each: round(each, 4)))
def test_a_number_is_read_as_it_is_written(number: float) -> None:
    assert number_of(f"{number:,.4f}", "value") == pytest.approx(number)


@given(
    st.dictionaries(st.text(max_size=8), st.none() | st.text(max_size=20) | st.booleans() | st.integers(), max_size=6)
)
def test_whatever_is_sent_is_taken_or_said(sent: dict[str, Any]) -> None:
    try:
        found = edited(ENTRY, {**SENT, **sent})
    except NotUnderstood:
        return
    Stated.model_validate(found.stated)
