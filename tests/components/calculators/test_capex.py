"""The plan, its funding and its pay-back, by hand and by property."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.calculators import capex

ENDS = tuple(
    dt.date.fromisoformat(day) for day in ("2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30")
)
SPENT = capex.Spent(380.0, 12, ENDS, (38.676, 31.501, 28.999, 26.887, 67.678))


def test_what_is_spent_and_left_by_hand() -> None:
    assert SPENT.total == pytest.approx(193.741)
    assert SPENT.left == pytest.approx(186.259)
    assert SPENT.quarters_left == 7


def test_the_quarter_in_which_the_plan_is_reached() -> None:
    # 186.259 / 67.678 = 2.75: in the third quarter after June 2026; evenly, 186.259 / 31.667 = 5.88: in the sixth.
    assert capex.quarters_to_go(SPENT.left, 67.678) == 3
    assert capex.quarter_end(ENDS[-1], 3) == dt.date(2027, 3, 31)
    assert capex.quarters_to_go(SPENT.left, 380 / 12) == 6
    assert capex.quarters_to_go(100.0, 50.0) == 2


def test_without_a_pace_it_is_never_reached() -> None:
    assert capex.quarters_to_go(10.0, 0.0) == math.inf
    assert capex.quarters_to_go(0.0, 0.0) == 0


@pytest.mark.parametrize(
    ("first", "later", "end"),
    [
        ("2026-06-30", 0, "2026-06-30"),
        ("2026-06-30", 1, "2026-09-30"),
        ("2026-06-30", 2, "2026-12-31"),
        ("2025-12-31", 1, "2026-03-31"),
    ],
)
def test_quarter_ends(first: str, later: int, end: str) -> None:
    assert capex.quarter_end(dt.date.fromisoformat(first), later) == dt.date.fromisoformat(end)


def test_cash_flow_grows_by_quarters_of_a_year() -> None:
    # 20 growing at 21% a year: after two quarters 20 x 1.21 ** 0.5 = 22.
    assert capex.cash_flows(20.0, 0.21, 4)[1] == pytest.approx(22.0)
    assert capex.cash_flows(20.0, 0.21, 4)[3] == pytest.approx(24.2)


def test_net_cash_by_hand() -> None:
    # Flow 20 a quarter, capex 30, payouts 5, once 40: -15 + 40, then -15 each.
    change = capex.change_in_net_cash(capex.cash_flows(20.0, 0.0, 3), 30.0, 5.0, 40.0)
    assert change.tolist() == pytest.approx([25.0, 10.0, -5.0])
    # New money is a source: (60 + 40) of 3 x (30 + 5), and of 80 left with the same payouts.
    flows = capex.cash_flows(20.0, 0.0, 3)
    assert capex.coverage(flows, 40.0, 3 * 35.0) == pytest.approx(100 / 105)
    assert capex.coverage(flows, 40.0, 80.0 + 15.0) == pytest.approx(100 / 95)
    assert math.isnan(capex.coverage(flows, 40.0, 0.0))


def test_pay_back_by_hand() -> None:
    # 380 x 10% = 38 of EBITA; at 10% margin 380 of revenue on top of 158.132; over five years 27.7% a year.
    assert capex.growth_that_earns(380, 0.10, 0.10, 158.132, 5) == pytest.approx((538.132 / 158.132) ** 0.2 - 1)
    assert capex.growth_that_earns(380, 0.10, 0.10, 158.132, 5) == pytest.approx(0.27754, abs=5e-6)


@pytest.mark.parametrize(("margin", "revenue", "years"), [(0.0, 1.0, 1.0), (0.1, 0.0, 1.0), (0.1, 1.0, 0.0)])
def test_a_pay_back_without_a_base_is_refused(margin: float, revenue: float, years: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        capex.growth_that_earns(1.0, 0.1, margin, revenue, years)


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0, 20), st.integers(1, 20), st.floats(0, 50))
def test_the_growth_that_covers_does_cover(
    start: float, pace: float, payouts: float, quarters: int, raised: float
) -> None:
    growth = capex.growth_that_covers(start, pace, payouts, quarters, raised)
    if growth is not None:
        flows = capex.cash_flows(start, growth, quarters)
        left = capex.change_in_net_cash(flows, pace, payouts, raised)[-1]
        assert left == pytest.approx(0.0, abs=1e-4) or (growth == -0.9 and left > 0)


def test_no_cash_flow_never_covers() -> None:
    assert capex.growth_that_covers(-1.0, 10.0, 0.0, 7) is None
    assert capex.growth_that_covers(0.01, 1000.0, 0.0, 7) is None


@given(st.lists(st.floats(-0.5, 2), min_size=1, max_size=6), st.floats(1, 100), st.integers(1, 12))
def test_arrays_give_what_numbers_give(growths: list[float], pace: float, quarters: int) -> None:
    many = capex.change_in_net_cash(capex.cash_flows(20.0, np.array(growths), quarters), pace, 1.0, 5.0)
    for place, growth in enumerate(growths):
        single = capex.change_in_net_cash(capex.cash_flows(20.0, growth, quarters), pace, 1.0, 5.0)
        assert many[place].tolist() == pytest.approx(single.tolist())
