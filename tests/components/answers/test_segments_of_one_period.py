"""Segments of which one period alone is known: bars of that period in place of curves of one point."""

import datetime as dt
import json

import pytest

from components.answers.answer import Asked
from components.answers.registry import choices_of, inputs_of, work_out
from components.answers.segments import SegmentsAnswer
from components.scenario.record import Scenario, View
from data.dossier import open_dossier
from data.market.service import MarketService
from data.market.store import Store


def segments(thesis: str) -> SegmentsAnswer:
    dossier = open_dossier(thesis, MarketService(Store(None), enabled=False), dt.date(2026, 11, 28))
    asked = Asked(dossier, Scenario.of_article(inputs_of(dossier)), View(choices_of(dossier)))
    found = work_out("segments", asked)
    assert isinstance(found, SegmentsAnswer)
    return found


def test_of_one_period_revenue_and_margin_are_bars() -> None:
    """Civil Aerospace: 6,186m and 1,567 ÷ 6,186 = 25.3%; a margin of −600% on 5m of revenue is left out."""
    found = segments("rolls-royce-2025")
    assert found.business_charts() == []
    revenue, margin = found.latest_charts()
    bars = json.loads(revenue.written)["data"][0]
    assert bars["x"] == [6.186, 2.604, 2.484, 0.005]
    assert json.loads(margin.written)["data"][0]["x"] == pytest.approx([1567 / 6186, 522 / 2484, 528 / 2604], abs=1e-4)
    assert (revenue.title, margin.title) == ("Civil Aerospace sells most", "Civil Aerospace has the highest margin")


@pytest.mark.parametrize("thesis", ["alibaba-ai", "alphabet-2026"])
def test_of_more_periods_they_are_curves(thesis: str) -> None:
    found = segments(thesis)
    assert found.business_charts()
    assert found.latest_charts() == []
