"""A frame of a sweep reads to the last digit as the page does at that step."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.calculators.odds import black_scholes
from components.scenario.inputs import NumberInput, build_inputs
from components.scenario.record import Scenario
from components.scenario.sweep import plain
from components.widgets import capex, upside
from data.dossier import Dossier
from data.market.records import OptionQuote, Options, Prices
from data.market.store import CachedAnswer


def unpacked(packed: Mapping[str, Any]) -> list[str]:
    """A slot's texts as the browser puts them together."""
    return [f"{packed['head']}{core}{packed['tail']}" for core in packed["cores"]]


WorkOut = Callable[[Dossier, Scenario], Any]


def approximately(value: Any) -> Any:
    """Numbers to the rounding of a frame; texts and dates as they are."""
    numeric = isinstance(value, float) or (isinstance(value, list) and all(isinstance(each, float) for each in value))
    return pytest.approx(value, abs=2e-6) if numeric else value


PAGES = [
    *((upside.work_out_page, key) for key in upside.SLIDERS),
    *((capex.work_out_page, key) for key in capex.SLIDERS),
]
NAMES = [f"{work.__module__.rsplit('.', 1)[-1]}-{key}" for work, key in PAGES]


def start(dossier: Dossier) -> Scenario:
    """The article's case, with every choice made that lets more be shown."""
    return Scenario.of_article(build_inputs(dossier)).set("net_cash_start", ("last",))


@pytest.mark.parametrize(("work_out", "key"), PAGES, ids=NAMES)
def test_frames_are_what_the_page_shows_after_release(dossier: Dossier, work_out: WorkOut, key: str) -> None:
    article = start(dossier)
    sweep = work_out(dossier, article).model.sweep(key)
    each = article.inputs[key]
    assert isinstance(each, NumberInput)
    count = round((each.high - each.low) / each.step)
    for step in (0, count // 3, count):
        released = work_out(dossier, article.set(key, each.snap(each.low + step * each.step)))
        for slot, packed in sweep["slots"].items():
            assert unpacked(packed)[step] == released.frame.slots[slot], slot
        shown = {(mark.chart, mark.path): mark.value for mark in released.frame.patches}
        for mark in sweep["marks"]:
            value = shown[mark["chart"], tuple(mark["path"])]
            assert plain(mark["frames"][step]) == approximately(plain(value)), mark["path"]


@pytest.mark.parametrize(("work_out", "key"), PAGES, ids=NAMES)
def test_what_a_sweep_leaves_out_does_not_change(dossier: Dossier, work_out: WorkOut, key: str) -> None:
    article = start(dossier)
    page = work_out(dossier, article)
    each = article.inputs[key]
    assert isinstance(each, NumberInput)
    moved = work_out(dossier, article.set(key, each.high))
    for slot, text in page.frame.slots.items():
        if slot not in page.model.sweep(key)["slots"]:
            assert moved.frame.slots[slot] == text, slot


def with_live_options(dossier: Dossier) -> Dossier:
    """The dossier with a live price and a chain of options priced at a volatility of 40 %."""
    now = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)
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
    market = Scenario.of_article(build_inputs(live)).set("start", ("market",))
    page = upside.work_out_page(live, market)
    assert page.volatility is not None
    assert "implied" in page.volatility.basis
    each = market.inputs[key]
    assert isinstance(each, NumberInput)
    released = upside.work_out_page(live, market.set(key, each.snap(each.high)))
    for slot, packed in page.model.sweep(key)["slots"].items():
        assert unpacked(packed)[-1] == released.frame.slots[slot], slot


@settings(max_examples=20)
@given(st.floats(0.0, 1.0))
def test_snap_lands_on_a_step(part: float) -> None:
    each = NumberInput("key", "label", "%", 1.02, 16.02, 0.05, 6.42, 2, "basis")
    value = each.snap(each.low + part * (each.high - each.low))
    assert value in each.steps().tolist()
