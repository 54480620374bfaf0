"""The link carries the whole scenario, and survives whatever a reader does to it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.answers.registry import choices_of, inputs_of
from components.scenario.address import read_address, write_address
from components.scenario.migrations import VERSION, migrate
from components.scenario.record import PriceReference, Scenario, View
from components.scenario.types import ChoiceInput, Choices, Inputs, NumberInput
from data.dossier import Dossier
from tests.conftest import bundled

INPUTS: Inputs = inputs_of(bundled())
CHOICES: Choices = choices_of(bundled())
UNCHANGED = View(CHOICES)
SEEN = PriceReference(113.24, dt.date(2026, 9, 4))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    scenario = Scenario.of_article(INPUTS)
    for key in draw(st.lists(st.sampled_from(sorted(INPUTS)), unique=True)):
        each = INPUTS[key]
        if isinstance(each, ChoiceInput):
            options = list(each.options)
            scenario = scenario.set(key, (draw(st.sampled_from(options)),), SEEN)
        else:
            value = draw(st.sampled_from(each.stops().tolist()) if each.slides else st.floats(each.low, each.high))
            scenario = scenario.set(key, each.taken(value), SEEN)
    return scenario


@st.composite
def views(draw: st.DrawFn) -> View:
    view = UNCHANGED
    for key in draw(st.lists(st.sampled_from(sorted(CHOICES)), unique=True)):
        each = CHOICES[key]
        options = list(each.options)
        least, most = (0, len(options)) if each.several else (1, 1)
        chosen = draw(st.lists(st.sampled_from(options), min_size=least, max_size=most, unique=True))
        view = view.set(key, tuple(option for option in options if option in chosen))
    return view


@given(scenarios(), views())
def test_an_address_gives_the_same_again(scenario: Scenario, view: View) -> None:
    again = read_address(write_address(scenario, view, "any"), INPUTS, CHOICES)
    assert again.problems == ()
    assert again.scenario == scenario
    assert again.view == view


def test_the_article_s_case_needs_no_parameters() -> None:
    assert write_address(Scenario.of_article(INPUTS), UNCHANGED, "alibaba-ai") == {}


def test_an_address_names_thesis_and_the_market_price_it_was_made_on() -> None:
    link = write_address(Scenario.of_article(INPUTS).set("bull_target", 230.0, SEEN), UNCHANGED, "alibaba-ai")
    assert link == {
        "v": "3",
        "bull_target": "230",
        "price": "113.24",
        "price_day": "2026-09-04",
        "thesis": "alibaba-ai",
    }


def test_a_price_keeps_all_its_digits() -> None:
    seen = PriceReference(131.39999389648438, dt.date(2026, 11, 20))
    link = write_address(Scenario.of_article(INPUTS).set("bull_target", 230.0, seen), UNCHANGED)
    assert read_address(link, INPUTS, CHOICES).scenario.reference == seen


def test_what_the_reader_looks_at_is_no_part_of_the_scenario() -> None:
    link = write_address(Scenario.of_article(INPUTS), UNCHANGED.set("families", ()), "alibaba-ai")
    assert link == {"v": "3", "families": "", "thesis": "alibaba-ai"}
    read = read_address(link, INPUTS, CHOICES)
    assert read.view.all("families") == ()
    assert read.scenario == Scenario.of_article(INPUTS)
    assert read.problems == ()


def test_lists_survive_commas() -> None:
    options = {"Fish, chips": "Fish, chips", "Fish": "Fish", 'say "no"': "quoted"}
    choices = {"topics": ChoiceInput("topics", "Topic", options, (), several=True)}
    for chosen in ((), ("Fish, chips",), ("Fish",), ("Fish, chips", 'say "no"')):
        link = write_address(Scenario({}, {}), View(choices).set("topics", chosen))
        assert read_address(link, {}, choices).view.all("topics") == chosen


def test_an_old_link_still_means_the_same() -> None:
    old = {"v": "1", "bear_odds": "40", "base_odds": "41", "bull_odds": "19", "families": "cloud,commerce"}
    read = read_address(old, INPUTS, CHOICES)
    assert [read.scenario.number(f"{case}_probability") for case in ("bear", "base", "bull")] == [40, 41, 19]
    assert set(read.view.all("families")) == {"cloud", "commerce"}
    assert read.problems == ()


def test_a_link_without_a_version_is_read_as_the_present_one() -> None:
    assert migrate({"bear_odds": "40"}) == ({"bear_odds": "40"}, [])
    assert migrate({"v": str(VERSION), "months": "6"}) == ({"v": str(VERSION), "months": "6"}, [])


@pytest.mark.parametrize("version", ["0", "4", "99999", "-1", "one", "²", ""])
def test_a_version_that_is_not_known_is_said(version: str) -> None:
    query, problems = migrate({"v": version, "months": "6"})
    assert query["months"] == "6"
    assert len(problems) == 1
    assert "reads versions 1 to 3" in problems[0]


def test_the_price_of_the_first_change_is_kept() -> None:
    later = PriceReference(150.0, dt.date(2026, 12, 1))
    scenario = Scenario.of_article(INPUTS).set("bull_target", 230.0, SEEN).set("months", 24.0, later)
    assert scenario.reference == SEEN
    assert scenario.against(later).reference == later
    assert Scenario.of_article(INPUTS).against(later).reference is None


def test_setting_the_default_back_removes_it() -> None:
    scenario = Scenario.of_article(INPUTS).set("bull_target", 230.0, SEEN).set("bull_target", 205.0, SEEN)
    assert scenario == Scenario.of_article(INPUTS)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"bull_target": "a lot"}, "“a lot” is no number for “Bull target”"),
        ({"bull_target": "9999"}, "lies outside 40 to 360"),
        ({"bull_target": "nan"}, "lies outside"),
        ({"start": "moon"}, "is no choice for “Price to start from”"),
        ({"colour": "red"}, "which this dashboard does not have"),
        ({"v": "7", "bull_target": "230"}, "version “7”"),
        ({"families": "cloud,"}, "is no choice for “Businesses”"),
        ({"claim": ""}, "is no choice for “Claim”"),
        ({"claim": "net-cash,ai-streak"}, "is no choice for “Claim”"),
        ({"topics": '"broken'}, "is no choice for “Topic”"),
        ({"bull_target": "230", "price": "-1", "price_day": "2026-01-01"}, "not a positive number"),
        ({"bull_target": "230", "price": "113.24"}, "market price cannot be read"),
        ({"bull_target": "230", "price": "113.24", "price_day": "later"}, "market price cannot be read"),
        ({"start": "market", "price": "100", "price_day": "9999-12-31"}, "is of 9999-12-31, which cannot be"),
        ({"start": "market", "price": "100", "price_day": "2026-11-22"}, "is of 2026-11-22, which cannot be"),
        ({"start": "market", "price": "100", "price_day": "1969-12-31"}, "is of 1969-12-31, which cannot be"),
        ({"price": "5e-324", "price_day": "2026-01-01"}, "is no price of a share"),
        ({"price": "1.01e9", "price_day": "2026-01-01"}, "is no price of a share"),
        ({"price": "0", "price_day": "2026-01-01"}, "not a positive number"),
        ({"price": "nan", "price_day": "2026-01-01"}, "not a positive number"),
        ({"price": "inf", "price_day": "2026-01-01"}, "not a positive number"),
        ({"own_price": "0"}, "“0” lies outside"),
        ({"own_price": "5e-324"}, "lies outside"),
        ({"own_price": "-inf"}, "lies outside"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_kept(query: dict[str, str], said: str) -> None:
    read = read_address({"bear_target": "150", **query}, INPUTS, CHOICES, dt.date(2026, 11, 20))
    assert len(read.problems) == 1
    assert said in read.problems[0]
    assert read.scenario.number("bear_target") == 150.0


@pytest.mark.parametrize(("price", "day"), [
    (1e-6, "2026-11-20"), (1e9, "1970-01-01"), (113.24, "2026-11-21"),  # a clock that is a day ahead
])  # fmt: skip
def test_odd_prices_that_can_be_are_kept(price: float, day: str) -> None:
    query = {"bear_target": "150", "price": repr(price), "price_day": day}
    read = read_address(query, INPUTS, CHOICES, dt.date(2026, 11, 20))
    assert read.problems == ()
    assert read.scenario.reference == PriceReference(price, dt.date.fromisoformat(day))


KEYS = st.text(max_size=12) | st.sampled_from([*sorted(INPUTS), *sorted(CHOICES), "v", "price", "price_day"])


@given(st.dictionaries(KEYS, st.text(max_size=20), max_size=6))
def test_no_query_breaks_it(query: dict[str, str]) -> None:
    read = read_address(query, INPUTS, CHOICES)
    again = read_address(write_address(read.scenario, read.view), INPUTS, CHOICES)
    assert (again.scenario, again.view) == (read.scenario, read.view)
    assert all(problem.endswith(".") for problem in read.problems)


def test_defaults_are_the_article_s_and_say_so(dossier: Dossier) -> None:
    defaults = {key: each.default for key, each in INPUTS.items() if isinstance(each, NumberInput)}
    assert (defaults["bear_target"], defaults["base_target"], defaults["bull_target"]) == (190.0, 197.5, 205.0)
    assert defaults["eps_trailing"] == 3.073  # 20.62 CNY of core earnings at 6.7110
    assert "eps_forward" not in defaults  # the last estimate is older than the last release
    assert defaults["own_price"] == 146.58
    assert all(each.provenance for each in INPUTS.values() if isinstance(each, NumberInput))


def test_every_slider_stands_on_its_default_and_on_round_numbers() -> None:
    for each in INPUTS.values():
        if isinstance(each, NumberInput) and each.slides:
            stops = each.stops().tolist()
            assert each.default in stops
            assert each.low == stops[0]
            assert each.high == stops[-1]
            odd = [stop for stop in stops if abs(stop / each.step - round(stop / each.step)) > 1e-6]
            assert odd in ([], [each.default]), each.key
            assert stops == sorted(set(stops))
