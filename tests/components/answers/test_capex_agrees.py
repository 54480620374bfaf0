"""The capex page never contradicts itself: sentence, charts and tables say the same at any setting."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.answers.answer import Asked
from components.answers.capex import CapexAnswer, answer, sliders
from components.answers.registry import choices_of, inputs_of
from components.charts import capex as charts
from components.charts import funding as paying
from components.scenario.record import Scenario, View
from components.scenario.types import NumberInput
from tests.conftest import bundled

DOSSIER = bundled()
INPUTS = inputs_of(DOSSIER)


def stops(key: str) -> list[float]:
    each = INPUTS[key]
    assert isinstance(each, NumberInput)
    found: list[float] = each.stops().tolist()
    return found


SETTINGS = st.fixed_dictionaries(
    {key: st.sampled_from(stops(key)) for key in sliders(Scenario.of_article(INPUTS))}
    | {"net_cash_start": st.sampled_from([("last",), ("unknown",)])}
)


def page(set_to: dict[str, Any]) -> CapexAnswer:
    scenario = Scenario.of_article(INPUTS)
    for key, value in set_to.items():
        scenario = scenario.set(key, value)
    return answer(Asked(DOSSIER, scenario, View(choices_of(DOSSIER))))


def marks(found: CapexAnswer, chart: str) -> dict[tuple[Any, ...], Any]:
    return {patch.path: patch.value for patch in found.patches if patch.chart == chart}


def per_cent(text: str) -> float:
    return float(text.removesuffix("%").replace(",", ""))


@settings(max_examples=60)
@given(SETTINGS)
def test_sentence_charts_and_tables_agree(set_to: dict[str, Any]) -> None:
    found = page(set_to)
    slots, facts = found.slots, found.facts
    cover, flows = marks(found, paying.COVERAGE_ID), marks(found, paying.FLOWS_ID)
    ahead, behind = facts.spent.quarters_left, len([q for q in facts.quarters if q.end >= facts.spent.ends[0]])

    # What the two bars are made of is what the sentence says of them.
    for row, key in enumerate(("coverage.plan", "coverage.pace")):
        parts = [float(cover["data", trace, "x", row]) for trace in range(4)]
        need = sum(parts)
        assert cover["data", 4, "text", row] == f" <b>{slots[key]}</b>"
        if slots[key] == "nothing, for nothing goes out":
            assert need == pytest.approx(0)
        elif need > 0:
            covered = 100 * (parts[0] + parts[1]) / need
            assert covered == pytest.approx(min(per_cent(str(slots[key])), 100), abs=0.51)
    enough = (
        slots["coverage.plan"] != "nothing, for nothing goes out" and per_cent(str(slots["coverage.plan"])) >= 100.5
    )
    short = slots["coverage.plan"] != "nothing, for nothing goes out" and per_cent(str(slots["coverage.plan"])) <= 99.5
    assert not enough or slots["verdict"] == "Yes, on these assumptions."
    assert not short or slots["verdict"] == "Cash flow and capital raised do not cover plan and payouts."

    # Sources and uses, quarter by quarter, add up to the needs, and capex within the plan to what is left of it.
    def column(trace: int) -> list[float]:
        # A bar of no height is left out.
        return [float(np.nan_to_num(flows["data", trace, "y", behind + place])) for place in range(ahead)]

    operating, raised, drawn, within, beyond, payouts, added = (column(trace) for trace in range(7))
    for quarter in zip(operating, raised, drawn, within, beyond, payouts, added, strict=True):
        assert sum(quarter) == pytest.approx(0, abs=1e-6)
    spending = -sum(within) - sum(beyond)
    assert spending == pytest.approx(ahead * set_to["capex_pace"])
    reached_in_time = -sum(within) == pytest.approx(facts.spent.left)
    line = marks(found, charts.PLAN_ID)["data", 2, "y"]
    assert reached_in_time == (line[ahead] >= facts.spent.plan - 1e-6)

    # The quarter in which the plan is reached is the one in which the line crosses it.
    crossing = next(
        (place for place, (_, after) in enumerate(pairwise(line), 1) if after >= facts.spent.plan - 1e-6), None
    )
    if crossing is not None and crossing <= charts.AHEAD:
        assert slots["reached.words"] == f"reached by {slots['reached.yours']}"
        expected = charts.capex.quarter_end(facts.spent.ends[-1], crossing)
        assert slots["reached.yours"] == f"{expected:%B %Y}"
    elif set_to["capex_pace"] == 0:
        assert slots["reached.words"] == "never reached"

    # Net cash ends where the sentence says, and falls by what is drawn.
    path = marks(found, charts.CASH_ID).get(("data", 1, "y"))
    if set_to["net_cash_start"] == ("last",):
        assert path is not None
        assert str(slots["cash.end"]) == f"CNY\u00a0{path[-1]:,.1f}bn".replace("-", "−").replace("−0.0bn", "0.0bn")
        assert path[-1] - path[1] == pytest.approx(sum(-each for each in added) - sum(drawn), abs=1e-6)
        assert "net cash ends at" in found.lead.text
    else:
        assert path is None
        assert "net cash" not in found.lead.text

    # The reader's point lies on the curve of what the plan must earn.
    back = marks(found, charts.PAYBACK_ID)
    assert slots["needed"] == back["data", 1, "text", 0]
    nearest = min(range(len(charts.MARGINS)), key=lambda at: abs(charts.MARGINS[at] - back["data", 1, "x", 0]))
    if charts.MARGINS[0] <= back["data", 1, "x", 0] <= charts.MARGINS[-1]:
        curve = back["data", 0, "y"]
        low, high = sorted((curve[max(nearest - 1, 0)], curve[min(nearest + 1, len(curve) - 1)]))
        assert low - 1e-9 <= back["data", 1, "y", 0] <= high + 1e-9
