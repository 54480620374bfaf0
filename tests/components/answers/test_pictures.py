"""Every chart of every page as a picture: its values, its texts, and what stands below it."""

import re

import pytest

from components.answers import address
from components.answers.pictures import moved, pictures
from components.answers.registry import PAGES
from components.answers.scenarios import answer as side_by_side
from components.readouts.naming import file_name
from data.library import thesis_names
from tests.components.answers.contents import charts as all_charts
from tests.conftest import TODAY


def asked(thesis: str = "alibaba-ai", **query: str):  # type: ignore[no-untyped-def]
    return address.asked_at({"thesis": thesis, **query}, address.data_version())


@pytest.mark.parametrize("thesis", thesis_names())
def test_no_chart_of_a_page_is_left_out(thesis: str) -> None:
    question, version = asked(thesis), address.data_version()
    found = {(each.page, each.chart.id) for each in pictures(question, version)}
    shown = {(name, chart.id) for name, page in PAGES.items() for chart in all_charts(page.answer(question))}
    beside = side_by_side(question, version).chart()
    assert beside is not None
    assert found == shown | {("scenarios", beside.id)}


def test_each_has_its_values_and_no_gap_in_its_texts() -> None:
    for each in pictures(asked(v="3", base_target="231"), address.data_version()):
        texts = [note.get("text", "") for note in each.figure()["layout"].get("annotations", [])]
        assert not [text for text in texts if re.search(r"\{[\w.]+\}", text)], each.name
        if each.chart.id == "upside":
            assert 231 in each.figure()["data"][2]["x"]


def test_below_it_stand_source_dates_and_what_was_moved() -> None:
    (first, *_) = pictures(asked(v="3", base_target="231", months="18"), address.data_version(), ["upside"])
    (note,) = first.options["layout"]["annotations"]
    lines = note["text"].replace("\u00a0", " ").split("<br>")
    assert lines[1] == "Moved by the reader: Base target 231.00, Months to the target 18"
    assert re.fullmatch(r"Alibaba’s .* · made on \d+ \w+ \d{4}, prices of 9 Oct 2026 · not investment advice", lines[2])
    plain = next(pictures(asked(), address.data_version(), ["upside"])).options["layout"]
    assert len(plain["annotations"][0]["text"].split("<br>")) == 2
    assert first.options["layout"]["margin"]["b"] > plain["margin"]["b"]


def test_many_settings_are_counted() -> None:
    scenario = asked(
        v="3", bear_target="180", base_target="231", bull_target="290", months="18", dividend="3", interest="5"
    )
    assert moved(scenario.scenario).endswith(" and 2 more")


def test_files_are_named_by_share_subject_day_and_kind() -> None:
    names = [file_name(asked(thesis).dossier, "report", TODAY) for thesis in thesis_names()]
    assert names[0] == "baba-turn-ai-infrastructure-2026-11-22-report"
    for name in names:
        assert re.fullmatch(r"[a-z0-9-]+-2026-11-22-report", name)
