"""A frame of a sweep reads to the last digit as the page does at that step."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from components.answers.answer import Answer, Asked
from components.answers.registry import PAGES, choices_of, inputs_of
from components.calculators.odds import black_scholes
from components.scenario.record import Scenario, View
from components.scenario.sweep import Frame, plain
from components.scenario.types import NumberInput
from data.dossier import Dossier
from data.market.records import OptionQuote, Options, Prices
from data.market.store import CachedAnswer
from tests.conftest import bundled


def unpacked(packed: Mapping[str, Any]) -> list[str]:
    """A slot's texts as the browser puts them together."""
    return [f"{packed['head']}{core}{packed['tail']}" for core in packed["cores"]]


def approximately(value: Any) -> Any:
    """Numbers to the rounding of a frame; texts and dates as they are."""
    numeric = isinstance(value, float) or (isinstance(value, list) and all(isinstance(each, float) for each in value))
    return pytest.approx(value, abs=2e-6) if numeric else value


def start(dossier: Dossier) -> Scenario:
    """The article's case, with every choice made that lets more be shown."""
    return Scenario.of_article(inputs_of(dossier)).set("net_cash_start", ("last",))


def answer(page: str, dossier: Dossier, scenario: Scenario) -> Answer:
    return PAGES[page].answer(Asked(dossier, scenario, View(choices_of(dossier))))


def frame(page: str, dossier: Dossier, scenario: Scenario) -> Frame:
    """What a page shows at rest."""
    model = answer(page, dossier, scenario).model
    assert model is not None
    return model.current


def sliders() -> list[tuple[str, str]]:
    """Every slider of every page."""
    dossier = bundled()
    return [(name, key) for name, page in PAGES.items() for key in page.sliders(start(dossier))]


SLIDERS = sliders()


def test_all_pages_that_calculate_have_sliders(dossier: Dossier) -> None:
    assert {name for name, _ in SLIDERS} == {"upside", "valuation", "capex"}
    for name in PAGES:
        model = answer(name, dossier, start(dossier)).model
        assert [key for page, key in SLIDERS if page == name] == ([] if model is None else list(model.values))


@pytest.mark.parametrize(("name", "key"), SLIDERS)
def test_frames_are_what_the_page_shows_after_release(dossier: Dossier, name: str, key: str) -> None:
    article = start(dossier)
    model = answer(name, dossier, article).model
    assert model is not None
    sweep, each = model.sweep(key), article.inputs[key]
    assert isinstance(each, NumberInput)
    stops = each.stops().tolist()
    assert sweep["slots"], "a slider that moves no text"
    for step in (0, len(stops) // 3, len(stops) - 1):
        released = frame(name, dossier, article.set(key, stops[step]))
        for slot, packed in sweep["slots"].items():
            assert unpacked(packed)[step] == released.slots[slot], slot
        shown = {(patch.chart, patch.path): patch.value for patch in released.patches}
        for patch in sweep["patches"]:
            value = shown[patch["chart"], tuple(patch["path"])]
            assert plain(patch["frames"][step]) == approximately(plain(value)), patch["path"]


@pytest.mark.parametrize(("name", "key"), SLIDERS)
def test_what_a_sweep_leaves_out_does_not_change(dossier: Dossier, name: str, key: str) -> None:
    article = start(dossier)
    model = answer(name, dossier, article).model
    each = article.inputs[key]
    assert isinstance(each, NumberInput)
    assert model is not None
    sweep, moved = model.sweep(key), frame(name, dossier, article.set(key, each.high))
    for slot, text in model.current.slots.items():
        if slot not in sweep["slots"]:
            assert moved.slots[slot] == text, slot
    swept = {(patch["chart"], tuple(patch["path"])) for patch in sweep["patches"]}
    for before, after in zip(model.current.patches, moved.patches, strict=True):
        if (before.chart, before.path) not in swept:
            numeric = isinstance(before.value, float)
            assert np.array_equal(before.value, after.value, equal_nan=numeric), before.path


QUOTED = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)


def with_live_options(dossier: Dossier, now: dt.datetime = QUOTED) -> Dossier:
    """The dossier with a live price and a chain of options priced at a volatility of 40%, both of `now`."""
    prices = Prices(symbol="BABA", currency="USD", price=131.4, time=now, closes={now.date(): 131.4}, dividends={})
    quotes = []
    for days in (91, 182, 365, 730):
        for strike in range(70, 260, 10):
            for is_call in (True, False):
                worth = black_scholes(131.4, strike, days / 365.25, 0.04, 0.015, 0.4, is_call)
                if worth > 0.2:
                    expiry = now.date() + dt.timedelta(days=days)
                    bid, ask = worth - 0.05, worth + 0.05
                    quotes.append(
                        OptionQuote(expiry=expiry, strike=float(strike), is_call=is_call, bid=bid, ask=ask, traded=now)
                    )
    chain = Options(symbol="BABA", currency="USD", price=131.4, quotes=quotes)
    live = {("prices", "BABA"): CachedAnswer(prices, now), ("options", "BABA"): CachedAnswer(chain, now)}
    return replace(dossier, market=replace(dossier.market, live=live))


@pytest.mark.parametrize("key", ["interest", "dividend", "months", "bull_target"])
def test_odds_from_live_options_agree_after_release_too(dossier: Dossier, key: str) -> None:
    live = with_live_options(dossier)
    market = Scenario.of_article(inputs_of(live)).set("start", ("market",))
    page = answer("upside", live, market)
    assert page.volatility is not None
    assert "implied" in page.volatility.provenance
    assert page.model is not None
    each = market.inputs[key]
    assert isinstance(each, NumberInput)
    released = frame("upside", live, market.set(key, each.high))
    for slot, packed in page.model.sweep(key)["slots"].items():
        assert unpacked(packed)[-1] == released.slots[slot], slot
