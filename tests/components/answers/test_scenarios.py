"""Scenarios side by side: the figures of each are those of its own page, and what has moved since is told."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.answers import address, saving
from components.answers.address import DataVersion
from components.answers.answer import Asked
from components.answers.registry import inputs_of, work_out
from components.answers.scenarios import NOW, answer
from components.readouts.scenarios import suggested_name
from components.scenario.inputs.upside import STARTS
from components.scenario.record import Scenario, View
from components.scenario.types import ChoiceInput, NumberInput
from data import clock
from data.scenarios import Seen, own_scenarios
from tests.conftest import TODAY, bundled


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.combine(TODAY, dt.time(12), dt.UTC))


def version() -> DataVersion:
    return address.data_version()


def asked(**query: str) -> Asked:
    return address.asked_at({"thesis": "alibaba-ai", **query}, version())


def rows(table: Any) -> dict[str, list[str]]:
    """The cells of the table by the label of their row, as text."""
    (block,) = table.blocks
    return {
        row["label"]: [" ".join(bit["text"] for bit in cell["bits"]) for cell in row["cells"]]
        for group in block["groups"]
        for row in group["rows"]
    }


def test_without_saved_ones_the_article_stands_alone() -> None:
    found = answer(asked(), version())
    assert [side.name for side in found.sides] == ["The article’s own case"]
    assert found.lead.as_text().startswith("Nothing is saved yet")
    assert found.chart() is not None
    assert found.chart().title == "One case on one price axis"  # type: ignore[union-attr]


def test_present_settings_stand_beside_it_until_they_are_saved() -> None:
    before = answer(asked(v="3", base_target="230"), version())
    assert [side.key for side in before.sides] == ["", NOW]
    assert before.is_saved == ""
    own_scenarios().save(saving.saved(before.asked, "Base at 230", "upside"))
    after = answer(asked(v="3", base_target="230"), version())
    assert [side.name for side in after.sides] == ["The article’s own case", "Base at 230"]
    assert after.is_saved == "Base at 230"


def test_each_column_shows_what_its_own_page_shows() -> None:
    one = asked(v="3", start="published", base_target="230", months="24", bull_probability="40", model_growth="14")
    own_scenarios().save(saving.saved(one, "One", "upside"))
    table = rows(answer(asked(), version()).table())
    page = work_out("upside", one).slots
    assert table["Total return, base"][1] == page["base.total"] == "+59.6%"  # (230 + 2 × 2.00) ÷ 146.58 − 1
    assert table["Expected, by probability"][1].startswith(str(page["expected.total"]))
    assert table["Base case, a year"][1] == page["base.annualised"]
    assert (
        table["Implied P/E of base, trailing · forward"][1] == f"{page['base.pe_trailing']} · {page['base.pe_forward']}"
    )
    assert table["Months to the target"] == ["12", "24"]
    assert table["Probabilities, bear · base · bull, %"][1] == "25% 50% 40%"
    worth = work_out("valuation", one).slots["model_value"]
    assert table["Growth model, per ADS"][1] == worth != table["Growth model, per ADS"][0]


def test_the_article_s_own_case_is_worked_out_from_the_close_before_it() -> None:
    table = rows(answer(asked(), version()).table())
    # (197.5 + 2) ÷ 146.58 − 1 = 36.1%; 197.5 ÷ 7.345 = 26.9; published to the snapshot's last price of 111.37
    assert table["Total return, base"] == ["+36.1%"]
    assert table["Implied P/E of base, trailing · forward"] == ["26.9x · 30.8x"]
    assert table["Price, to 9 Oct 2026".replace(" 9 ", " 9\u00a0").replace("Oct ", "Oct\u00a0")] == ["−24.0%"]
    assert table["Still to go to the base target"] == ["+77.3%"]


def test_what_has_moved_since_is_told_and_what_has_not_is_not() -> None:
    kept = saving.saved(asked(v="3", base_target="230"), "June", "upside")
    seen = kept.seen | {"rate": Seen(value=7.0, unit="CNY per USD", day=TODAY, source="x")}
    verdicts = {claim: (then, "supported") for claim, (then, _) in kept.verdicts.items()}
    then = {"query": {**kept.query, "price": "100", "price_day": "2026-06-02"}, "seen": seen, "verdicts": verdicts}
    own_scenarios().save(kept.model_copy(update=then))
    found = answer(asked(), version())
    table = rows(found.table())
    assert table[next(label for label in table if label.startswith("Price, to"))][1] == "+11.4%"
    assert table["Exchange rate"][1].startswith("7.0000 → ")
    assert "Trailing EPS" not in table  # unchanged
    now = saving.verdicts(found.dossier)
    assert table["Verdicts that changed"][1] == str(sum(verdict != "supported" for _, verdict in now.values()))
    assert "Since it was saved the price moved +11.4%." in found.lead.as_text()


def test_the_sentence_says_which_base_cases_are_reached() -> None:
    def said(*targets: str) -> str:
        for key in own_scenarios().of("alibaba-ai"):
            own_scenarios().delete(key)
        for target in targets:
            one = saving.saved(asked(v="3", start="published", base_target=target), target, "upside")
            own_scenarios().save(one)
        return answer(asked(), version()).lead.as_text()

    # From 146.58 to 111.37: a target of 120 was reached on the way down, one of 100 was not, nor those above.
    # 230 ÷ 111.37 − 1 = 106.5%; 150 ÷ 111.37 − 1 = 34.7%; 120 ÷ 111.37 − 1 = 7.7%; 100 ÷ 111.37 − 1 = −10.2%
    assert said("230") == "Your base case is not reached yet: it lies +106.5% away."
    assert said("100") == "Your base case is not reached yet: it lies −10.2% away."
    assert said("230", "150") == "None of your base cases is reached yet: they lie +34.7% to +106.5% away."
    assert said("230", "120") == "1 of your 2 base cases is reached; they lie +7.7% to +106.5% away."
    assert said("120", "125", "100") == "2 of your 3 base cases are reached; they lie −10.2% to +12.2% away."
    assert said("120") == "Your base case is reached."


def test_no_more_than_four_and_those_that_the_reader_chose() -> None:
    keys = [
        own_scenarios().save(saving.saved(asked(v="3", base_target=str(200 + n)), f"No {n}", "upside"))[0]
        for n in range(1, 6)
    ]
    shown = answer(asked(), version()).sides
    assert len(shown) == 4
    assert {side.key for side in shown[1:]} <= set(keys)
    chosen = answer(asked(v="3", beside=f"{keys[0]},{keys[4]}"), version()).sides
    assert [side.key for side in chosen] == [
        "",
        *sorted((keys[0], keys[4]), key=list(own_scenarios().of("alibaba-ai")).index),
    ]


def test_one_whose_link_is_damaged_shows_what_could_be_read() -> None:
    kept = saving.saved(asked(v="3", base_target="230"), "Damaged", "upside")
    broken = {**kept.query, "months": "soon", "no_such": "1"}
    own_scenarios().save(kept.model_copy(update={"query": broken}))
    side = answer(asked(), version()).sides[1]
    assert side.scenario.number("base_target") == 230
    assert len(side.problems) == 2
    head = answer(asked(), version()).table().blocks[0]["heads"][1]
    assert "“soon” is no number" in head["note"]


DOSSIER = bundled()
INPUTS = {start: inputs_of(DOSSIER, start) for start in STARTS}


@given(st.data())
def test_every_setting_comes_back_from_what_is_saved(data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(list(STARTS)))
    inputs = INPUTS[start]  # the start brings defaults and bounds of its own
    scenario = Scenario.of_article(inputs).set("start", (start,))
    for key, each in inputs.items():
        if key == "start":
            continue
        if isinstance(each, NumberInput):
            value: Any = data.draw(st.floats(each.low, each.high).map(each.taken))
        else:
            value = _choice(data, each)
        scenario = scenario.set(key, value)
    record = saving.saved(Asked(DOSSIER, scenario, View({})), "All of them", "upside")
    again = address.read("alibaba-ai", json.loads(json.dumps(record.query)), version())
    assert again.problems == ()
    assert {key: again.scenario.changed.get(key, again.scenario.inputs[key].default) for key in inputs} == {
        key: scenario.changed.get(key, each.default) for key, each in inputs.items()
    }
    assert again.scenario.reference is not None


def _choice(data: st.DataObject, each: ChoiceInput) -> tuple[str, ...]:
    if not each.several:
        return (data.draw(st.sampled_from(list(each.options))),)
    taken = data.draw(st.sets(st.sampled_from(list(each.options))))
    return tuple(option for option in each.options if option in taken)


def test_a_name_is_suggested_from_what_was_set() -> None:
    one = asked(v="3", base_target="230", months="24", interest="5")
    assert suggested_name(one.scenario, TODAY) == "Base target 230.00, Months to the target 24 and 1 more"
    assert suggested_name(asked().scenario, TODAY) == "The article’s case, 22 Nov 2026"
