"""A frame of a sweep reads to the last digit as the page does at that step."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.scenario.inputs import NumberInput, build_inputs
from components.scenario.record import Scenario
from components.widgets.upside import SLIDERS, UpsidePage, work_out_page
from data.dossier import Dossier


def page_at(dossier: Dossier, scenario: Scenario) -> UpsidePage:
    return work_out_page(dossier, scenario)


@pytest.mark.parametrize("key", SLIDERS)
def test_frames_are_what_the_page_shows_after_release(dossier: Dossier, key: str) -> None:
    article = Scenario.of_article(build_inputs(dossier))
    sweep = page_at(dossier, article).sweeps[key]
    each = article.inputs[key]
    assert isinstance(each, NumberInput)
    count = round((each.high - each.low) / each.step)
    for step in (0, count // 3, count):
        released = page_at(dossier, article.set(key, each.snap(each.low + step * each.step)))
        for slot, frames in sweep["slots"].items():
            assert frames[step] == released.frame.slots[slot], slot
        shown = {(mark.chart, mark.path): mark.value for mark in released.frame.marks}
        for mark in sweep["marks"]:
            value = shown[mark["chart"], tuple(mark["path"])]
            expected = pytest.approx(value, abs=1e-6) if isinstance(value, float) else value
            assert mark["frames"][step] == expected, mark["path"]


@pytest.mark.parametrize("key", SLIDERS)
def test_what_a_sweep_leaves_out_does_not_change(dossier: Dossier, key: str) -> None:
    article = Scenario.of_article(build_inputs(dossier))
    page = page_at(dossier, article)
    each = article.inputs[key]
    assert isinstance(each, NumberInput)
    moved = page_at(dossier, article.set(key, each.high))
    for slot, text in page.frame.slots.items():
        if slot not in page.sweeps[key]["slots"]:
            assert moved.frame.slots[slot] == text, slot


@settings(max_examples=20)
@given(st.floats(0.0, 1.0))
def test_snap_lands_on_a_step(part: float) -> None:
    each = NumberInput("key", "label", "%", 1.02, 16.02, 0.05, 6.42, 2, "basis")
    value = each.snap(each.low + part * (each.high - each.low))
    assert value in each.steps().tolist()
