"""The link carries the whole scenario, and survives whatever a reader does to it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.scenario.inputs import ChoiceInput, Inputs, NumberInput, build_inputs
from components.scenario.link import read_link, write_link
from components.scenario.record import PriceReference, Scenario
from data.dossier import Dossier, open_dossier
from data.market.service import MarketService
from data.market.store import Store

INPUTS: Inputs = build_inputs(
    open_dossier("alibaba-ai", MarketService(Store(None), enabled=False), dt.date(2026, 11, 22))
)
SEEN = PriceReference(113.24, dt.date(2026, 9, 4))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    scenario = Scenario.of_article(INPUTS)
    for key in draw(st.lists(st.sampled_from(sorted(INPUTS)), unique=True)):
        each = INPUTS[key]
        if isinstance(each, ChoiceInput):
            options = list(each.options)
            size = len(options) if each.several else 1
            chosen = draw(st.lists(st.sampled_from(options), min_size=1, max_size=size, unique=True))
            scenario = scenario.set(key, tuple(option for option in options if option in chosen), SEEN)
        else:
            steps = round((each.high - each.low) / each.step)
            scenario = scenario.set(key, each.snap(each.low + draw(st.integers(0, steps)) * each.step), SEEN)
    return scenario


@given(scenarios())
def test_a_link_gives_the_same_scenario_again(scenario: Scenario) -> None:
    again, problems = read_link(write_link(scenario), INPUTS)
    assert problems == []
    assert again == scenario


def test_the_article_s_case_needs_no_link() -> None:
    assert write_link(Scenario.of_article(INPUTS)) == {}


def test_a_link_names_the_market_price_it_was_made_on() -> None:
    link = write_link(Scenario.of_article(INPUTS).set("bull_target", 230.0, SEEN))
    assert link == {"v": "1", "bull_target": "230", "price": "113.24", "price_day": "2026-09-04"}


def test_the_price_of_the_first_change_is_kept() -> None:
    later = PriceReference(150.0, dt.date(2026, 12, 1))
    scenario = Scenario.of_article(INPUTS).set("bull_target", 230.0, SEEN).set("months", 24.0, later)
    assert scenario.reference == SEEN
    assert scenario.against(later).reference == later


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
        ({"bull_target": "230", "price": "-1", "price_day": "2026-01-01"}, "not a positive number"),
        ({"bull_target": "230", "price": "113.24"}, "market price cannot be read"),
        ({"bull_target": "230", "price": "113.24", "price_day": "later"}, "market price cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_kept(query: dict[str, str], said: str) -> None:
    scenario, problems = read_link({"bear_target": "150", **query}, INPUTS)
    assert len(problems) == 1
    assert said in problems[0]
    assert scenario.number("bear_target") == 150.0


@given(st.dictionaries(st.text(max_size=12) | st.sampled_from(sorted(INPUTS)), st.text(max_size=20), max_size=6))
def test_no_query_breaks_it(query: dict[str, str]) -> None:
    scenario, problems = read_link(query, INPUTS)
    assert read_link(write_link(scenario), INPUTS)[0] == scenario
    assert all(problem.endswith(".") for problem in problems)


def test_defaults_are_the_article_s_and_say_so(dossier: Dossier) -> None:
    defaults = {key: each.default for key, each in INPUTS.items() if isinstance(each, NumberInput)}
    assert (defaults["bear_target"], defaults["base_target"], defaults["bull_target"]) == (190.0, 197.5, 205.0)
    assert defaults["eps_trailing"] == 7.35  # 52.29 CNY at 7.119
    assert defaults["eps_forward"] == 6.42
    assert defaults["own_price"] == 146.58
    assert all(each.basis for each in INPUTS.values() if isinstance(each, NumberInput))


def test_every_default_lies_on_its_own_steps() -> None:
    for each in INPUTS.values():
        if isinstance(each, NumberInput):
            assert each.snap(each.default) == each.default
            assert each.low <= each.default <= each.high
