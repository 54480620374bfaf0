"""Sum of the parts, implied growth and sensitivity, by hand and by property."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.calculators import implied_growth, parts, sensitivity

SHOP = parts.Part("shop", "Shop", 160.0, "adjusted EBITA")
CLOUD = parts.Part("cloud", "Cloud", 200.0, "revenue")
LABS = parts.Part("labs", "Labs", 10.0, "revenue", loss=20.0)
REST = parts.Adjustments(net_cash=300.0, since=-40.0, new_money=70.0, stakes=10.0)
WAY = parts.Conversion(rate=7.0, shares_m=2500.0)


def test_the_sum_by_hand() -> None:
    # (160 x 10 + 200 x 5) less 10% = 2,340; + 300 - 40 + 70 + 10 = 2,680; / 7 / 2,500m = 153.14 a share.
    worth = parts.total({SHOP: 10.0, CLOUD: 5.0}, REST, 0.10, 0)
    assert worth == pytest.approx(2680)
    assert WAY.per_share(worth) == pytest.approx(153.143, abs=5e-4)


def test_the_discount_is_on_the_businesses_alone() -> None:
    assert parts.total({SHOP: 10.0}, REST, 1.0, 0) == pytest.approx(340)


def test_a_loss_is_taken_off_for_some_years_and_never_vanishes() -> None:
    # 10 x 3 of revenue less 20 for three years: -30; without years it is worth its revenue.
    assert parts.value_of(LABS, 3.0, 3) == -30
    assert parts.value_of(LABS, 3.0, 0) == 30
    assert parts.value_of(parts.Part("central", "Central costs", -7.0, "adjusted EBITA"), 12.0) == -84


def test_unknown_net_cash_counts_as_nothing() -> None:
    assert parts.total({SHOP: 10.0}, parts.Adjustments(None, 0.0, 0.0, 0.0), 0.0, 0) == 1600


@given(st.floats(0, 0.9), st.integers(0, 10), st.floats(0.5, 20))
def test_the_multiple_that_a_price_implies_gives_the_price(discount: float, years: int, multiple: float) -> None:
    others = {SHOP: multiple, CLOUD: 5.0, LABS: 3.0}
    found = parts.implied_multiple(CLOUD, 120.0, others, REST, discount, years, WAY)
    worth = parts.total({**others, CLOUD: found}, REST, discount, years)
    assert WAY.per_share(worth) == pytest.approx(120.0)


def test_the_implied_multiple_by_hand() -> None:
    # 120 x 2,500m x 7 = 2,100bn; less 340 = 1,760; / 0.9 = 1,955.6; less 1,600 = 355.6; / 200 = 1.78
    multiple = parts.implied_multiple(CLOUD, 120.0, {SHOP: 10.0, CLOUD: 5.0}, REST, 0.1, 0, WAY)
    assert multiple == pytest.approx(1.7778, abs=5e-5)


def test_no_basis_no_multiple() -> None:
    with pytest.raises(ValueError, match="no multiple"):
        parts.implied_multiple(parts.Part("x", "X", 0.0, "revenue"), 1.0, {}, REST, 0.0, 0, WAY)


def test_growth_model_by_hand() -> None:
    # Two years: 10 x 1.1 / 1.08 + 10 x 1.21 / 1.1664 = 20.559; then 12.1 x 1.02 / 0.06 / 1.1664 = 176.355.
    assert implied_growth.value(10.0, 0.10, 2, 0.08, 0.02) == pytest.approx(196.9136, abs=5e-5)


def test_growth_as_fast_as_the_discount_is_no_hole() -> None:
    assert implied_growth.value(1.0, 0.08, 5, 0.08, 0.02) == pytest.approx(5 + 1.02 / 0.06)


def test_gordon_s_formula_is_the_case_of_one_growth() -> None:
    assert implied_growth.value(10.0, 0.02, 7, 0.09, 0.02) == pytest.approx(10 * 1.02 / 0.07)


def test_growth_takes_what_it_needs_of_the_earnings_by_hand() -> None:
    # At a return of 20%, growth of 10% leaves half and growth of 2% nine tenths of what is earned.
    assert implied_growth.payout(0.10, 0.20) == pytest.approx(0.5)
    assert implied_growth.payout(-0.10, 0.20) == 1.0
    paid = implied_growth.value(10.0, 0.10, 2, 0.08, 0.02, 0.20)
    assert paid == pytest.approx(20.5590 * 0.5 + 176.3546 * 0.9, abs=5e-4)


def test_paying_all_out_is_the_special_case() -> None:
    everything = implied_growth.value(10.0, 0.10, 10, 0.10, 0.025)
    assert implied_growth.value(10.0, 0.10, 10, 0.10, 0.025, np.inf) == everything
    assert implied_growth.value(10.0, 0.10, 10, 0.10, 0.025, 1e9) == pytest.approx(everything)


def test_growth_at_the_cost_of_capital_adds_nothing() -> None:
    """Where new capital earns the discount rate, a share is worth its earnings over it, however fast it grows."""
    for growth in (0.0, 0.03, 0.07):
        assert implied_growth.value(10.0, growth, 8, 0.10, growth, 0.10) == pytest.approx(10 * (1 + growth) / 0.10)


def test_a_return_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        implied_growth.value(1.0, 0.1, 5, 0.1, 0.02, 0.0)


def test_a_price_above_the_peak_has_no_growth_and_one_below_it_the_lower() -> None:
    # At 8% on new capital, growth beyond that destroys value: the value has a peak.
    worth = [float(implied_growth.value(5.0, g, 10, 0.10, 0.02, 0.08)) for g in np.linspace(-0.5, 1.0, 301)]
    peak = max(worth)
    assert implied_growth.implied(peak * 1.01, 5.0, 10, 0.10, 0.02, 0.08) is None
    below = implied_growth.implied(peak * 0.9, 5.0, 10, 0.10, 0.02, 0.08)
    assert below is not None
    assert below < np.linspace(-0.5, 1.0, 301)[worth.index(peak)]


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


def test_a_year_is_drawn_from_the_quarters_known() -> None:
    generator = np.random.default_rng(1)
    known = (10.0, 30.0, 20.0, 40.0)
    apart = sensitivity.year_apart(known, generator, 50_000)
    assert apart.mean() == pytest.approx(0.0, abs=0.1)
    # The variance of a mean of four drawn with replacement: that of the quarters, 125, over four.
    assert apart.var() == pytest.approx(125 / 4, rel=0.03)
    assert (apart.min(), apart.max()) == (-15.0, 15.0)
    assert not sensitivity.year_apart((7.0,), generator, 100).any()


def test_earnings_are_drawn_beside_the_multiples() -> None:
    def value(x):  # type: ignore[no-untyped-def]
        return (25.0 + x["earned"]) * x["multiple"]

    drawn = sensitivity.simulate(value, {"multiple": 10.0}, 0.0, {"earned": (10.0, 30.0, 20.0, 40.0)})
    assert drawn.mean() == pytest.approx(250.0, abs=1.0)
    assert drawn.std() == pytest.approx(10 * np.sqrt(125 / 4), rel=0.02)


@given(st.floats(0.1, 50), st.floats(0.01, 0.9))
def test_draws_stay_in_their_range(centre: float, spread: float) -> None:
    assume(centre * spread > 1e-6)
    values = sensitivity.simulate(lambda x: x["a"], {"a": centre}, spread, draws=500)
    assert values.min() >= centre * (1 - spread) - 1e-9
    assert values.max() <= centre * (1 + spread) + 1e-9
