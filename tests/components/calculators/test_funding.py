"""Sources and uses: by hand, and equal on both sides whatever goes in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.calculators import funding

AMOUNT = st.floats(0.0, 200.0)


def test_the_quarters_ahead_by_hand() -> None:
    """Flow 20 a quarter, 100 left at 60 a quarter, 5 of payouts, 90 raised: the first quarter keeps 45, the second
    draws 45; in the second quarter 40 of 60 is within the plan, in the third nothing is."""
    found = funding.ahead(np.array([20.0, 20.0, 20.0]), 100.0, 60.0, 5.0, 90.0)
    assert found.new_money.tolist() == [90, 0, 0]
    assert found.within_plan.tolist() == [60, 40, 0]
    assert found.beyond_plan.tolist() == [0, 20, 60]
    assert found.added.tolist() == [45, 0, 0]
    assert found.drawn.tolist() == [0, 45, 45]


def test_a_reported_quarter_by_hand() -> None:
    """December 2025 of the bundled company: 36.032 of cash flow, 28.999 of capex; net cash rose by 4.0."""
    quarter = funding.behind(36.032, 28.999, 292.3, 296.3)
    assert (quarter.drawn, quarter.added) == (0.0, pytest.approx(4.0))
    assert quarter.remainder == pytest.approx(3.033)
    fell = funding.behind(10.0, 30.0, 100.0, 75.0)
    assert (fell.drawn, fell.added, fell.remainder) == (25.0, 0.0, 5.0)
    for unknown in (funding.behind(None, 1.0, 2.0, 3.0), funding.behind(1.0, None, 2.0, 3.0),
                    funding.behind(1.0, 1.0, None, 3.0), funding.behind(1.0, 1.0, 2.0, None)):  # fmt: skip
        assert unknown.remainder is None


def test_a_need_is_met_in_order_by_hand() -> None:
    found = funding.paid(100.0, 30.0, 50.0, 15.0)
    assert (found.operating, found.new_money, found.net_cash, found.beyond) == (30, 50, 15, 5)
    rich = funding.paid(100.0, 300.0, 50.0, 15.0)
    assert (rich.operating, rich.new_money, rich.net_cash, rich.beyond) == (100, 0, 0, 0)
    unknown = funding.paid(100.0, 30.0, 50.0, None)
    assert (unknown.net_cash, unknown.beyond) == (0, 20)
    burning = funding.paid(100.0, -30.0, 50.0, -5.0)
    assert (burning.operating, burning.new_money, burning.net_cash, burning.beyond) == (0, 50, 0, 50)


@given(st.lists(st.floats(-50, 200), min_size=1, max_size=12), AMOUNT, AMOUNT, AMOUNT, AMOUNT)
def test_what_comes_in_goes_out(flows: list[float], left: float, pace: float, payouts: float, raised: float) -> None:
    found = funding.ahead(np.array(flows), left, pace, payouts, raised)
    sources = found.operating + found.new_money + found.drawn
    uses = found.within_plan + found.beyond_plan + found.payouts + found.added
    assert sources == pytest.approx(uses)
    assert np.all((found.drawn == 0) | (found.added == 0))
    assert found.within_plan.sum() <= left + 1e-9
    assert np.all(found.within_plan >= 0)
    assert np.all(found.beyond_plan >= 0)


@given(AMOUNT, st.floats(-50, 200), AMOUNT, st.floats(-50, 200))
def test_a_need_is_met_by_its_parts(need: float, operating: float, raised: float, cash: float) -> None:
    found = funding.paid(need, operating, raised, cash)
    parts = [float(each) for each in (found.operating, found.new_money, found.net_cash, found.beyond)]
    assert sum(parts) == pytest.approx(need)
    assert min(parts) >= -1e-9
    if parts[3] > 1e-6:  # only where every source is used up
        assert parts[:3] == pytest.approx([max(operating, 0), raised, max(cash, 0)])


@pytest.mark.parametrize("swept", ["pace", "payouts", "raised"])
def test_a_slider_gives_for_each_step_what_it_gives_alone(swept: str) -> None:
    flows, given_ = np.array([20.0, 25.0]), {"pace": 60.0, "payouts": 5.0, "raised": 90.0}
    steps = np.array([0.0, 40.0, 80.0])
    together = funding.ahead(flows, 100.0, *{**given_, swept: steps}.values())
    for place, step in enumerate(steps.tolist()):
        alone = funding.ahead(flows, 100.0, *{**given_, swept: step}.values())
        for field in ("operating", "new_money", "drawn", "within_plan", "beyond_plan", "payouts", "added"):
            both = np.broadcast_to(getattr(together, field), (3, 2))
            assert both[place] == pytest.approx(getattr(alone, field)), field
