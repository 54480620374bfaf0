"""Sum of the parts, implied growth and sensitivity, by hand and by property."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.calculators import implied_growth, parts, sensitivity

SHOP = parts.Part("shop", "Shop", 160.0, "adjusted EBITA")
CLOUD = parts.Part("cloud", "Cloud", 200.0, "revenue")
REST = parts.Adjustments(net_cash=300.0, new_money=70.0, stakes=10.0)
WAY = parts.Conversion(rate=7.0, shares_m=2500.0)


def test_the_sum_by_hand() -> None:
    # 160 x 10 + 200 x 5 + 300 + 70 + 10 = 2,980; less 10 % = 2,682; / 7 / 2,500m = 153.26 a share.
    worth = parts.total({SHOP: 10.0, CLOUD: 5.0}, REST, 0.10)
    assert worth == pytest.approx(2682)
    assert WAY.per_share(worth) == pytest.approx(153.257, abs=5e-4)


def test_unknown_net_cash_counts_as_nothing() -> None:
    assert parts.total({SHOP: 10.0}, parts.Adjustments(None, 0.0, 0.0), 0.0) == 1600


def test_the_multiple_that_a_price_implies_gives_the_price() -> None:
    multiple = parts.implied_multiple(CLOUD, 120.0, {SHOP: 10.0, CLOUD: 5.0}, REST, 0.1, WAY)
    worth = parts.total({SHOP: 10.0, CLOUD: multiple}, REST, 0.1)
    assert WAY.per_share(worth) == pytest.approx(120.0)
    # 120 x 2,500m x 7 = 2,100bn; / 0.9 = 2,333.3; less 1,980 = 353.3; / 200 = 1.77
    assert multiple == pytest.approx(1.7667, abs=5e-5)


def test_no_basis_no_multiple() -> None:
    with pytest.raises(ValueError, match="no multiple"):
        parts.implied_multiple(parts.Part("x", "X", 0.0, "revenue"), 1.0, {}, REST, 0.0, WAY)


def test_growth_model_by_hand() -> None:
    # Two years: 10 x 1.1 / 1.08 + 10 x 1.21 / 1.1664 = 20.559; then 12.1 x 1.02 / 0.06 / 1.1664 = 176.355.
    assert implied_growth.value(10.0, 0.10, 2, 0.08, 0.02) == pytest.approx(196.9136, abs=5e-5)


def test_growth_as_fast_as_the_discount_is_no_hole() -> None:
    assert implied_growth.value(1.0, 0.08, 5, 0.08, 0.02) == pytest.approx(5 + 1.02 / 0.06)


def test_gordon_s_formula_is_the_case_of_one_growth() -> None:
    assert implied_growth.value(10.0, 0.02, 7, 0.09, 0.02) == pytest.approx(10 * 1.02 / 0.07)


@given(st.floats(1, 30), st.floats(-0.3, 0.6), st.integers(1, 15), st.floats(0.05, 0.2), st.floats(-0.02, 0.04))
def test_the_implied_growth_gives_the_price_back(
    earnings: float, growth: float, years: int, discount: float, terminal: float
) -> None:
    price = float(implied_growth.value(earnings, growth, years, discount, terminal))
    found = implied_growth.implied(price, earnings, years, discount, terminal)
    assert found == pytest.approx(growth, abs=1e-6)


@pytest.mark.parametrize("earnings", [0.0, -2.0])
def test_without_earnings_there_is_no_growth(earnings: float) -> None:
    assert implied_growth.implied(100.0, earnings, 5, 0.1, 0.02) is None


def test_beyond_all_reason_there_is_no_growth() -> None:
    assert implied_growth.implied(1e9, 1.0, 5, 0.1, 0.02) is None


def test_a_terminal_growth_above_the_discount_is_refused() -> None:
    with pytest.raises(ValueError, match="must exceed"):
        implied_growth.value(1.0, 0.1, 5, 0.02, 0.03)


def test_the_tornado_puts_the_widest_first() -> None:
    swings = sensitivity.tornado(lambda x: x["a"] * 10 + x["b"], {"a": 1.0, "b": 2.0}, 0.1)
    assert [swing.key for swing in swings] == ["a", "b"]
    assert (swings[0].low, swings[0].high) == pytest.approx((11.0, 13.0))


def test_the_simulation_is_seeded_and_centred() -> None:
    def value(x):  # type: ignore[no-untyped-def]
        return x["a"] + x["b"]

    first, second = (sensitivity.simulate(value, {"a": 10.0, "b": 20.0}, 0.3) for _ in range(2))
    assert np.array_equal(first, second)
    assert len(first) == 100_000
    assert first.mean() == pytest.approx(30.0, abs=0.05)
    # A symmetric triangle of half width w has the variance w^2 / 6.
    assert first.var() == pytest.approx(3**2 / 6 + 6**2 / 6, rel=0.02)
    assert sensitivity.share_above(first, 30.0) == pytest.approx(0.5, abs=0.01)


@given(st.floats(0.1, 50), st.floats(0.01, 0.9))
def test_draws_stay_in_their_range(centre: float, spread: float) -> None:
    assume(centre * spread > 1e-6)
    values = sensitivity.simulate(lambda x: x["a"], {"a": centre}, spread, draws=500)
    assert values.min() >= centre * (1 - spread) - 1e-9
    assert values.max() <= centre * (1 + spread) + 1e-9
