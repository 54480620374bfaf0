"""Odds against closed forms, published values, put-call parity and simulation."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.calculators import odds

prices = st.floats(20, 500)
levels = st.floats(20, 500)
years = st.floats(0.05, 5)
volatilities = st.floats(0.1, 0.9)


def test_black_scholes_of_the_textbook() -> None:
    # Hull, Options, Futures and Other Derivatives: S 42, K 40, r 10%, volatility 20%, half a year: 4.76 and 0.81.
    assert odds.black_scholes(42, 40, 0.5, 0.10, 0.0, 0.20, True) == pytest.approx(4.76, abs=0.005)
    assert odds.black_scholes(42, 40, 0.5, 0.10, 0.0, 0.20, False) == pytest.approx(0.81, abs=0.005)


def test_terminal_odds_by_hand() -> None:
    # d2 = (ln(100/120) + (0.04 - 0.02 - 0.08) x 1) / 0.4 = -0.605804; N(d2) = 0.272323
    assert odds.at_the_date(100, 120, 1.0, 0.04, 0.02, 0.4) == pytest.approx(0.272323, abs=2e-6)


def test_without_drift_touching_is_twice_as_likely_as_ending_beyond() -> None:
    # With drift r - q = volatility^2 / 2 the logarithm has none, and the reflection principle is exact.
    ends = odds.at_the_date(100, 130, 1.0, 0.08, 0.0, 0.4)
    assert odds.at_any_time(100, 130, 1.0, 0.08, 0.0, 0.4) == pytest.approx(2 * ends)


def test_touch_odds_agree_with_a_simulation() -> None:
    generator = np.random.default_rng(5)
    paths, steps, volatility, rate = 20_000, 1000, 0.4, 0.04
    moves = generator.normal(0, math.sqrt(1 / steps), (paths, steps)) * volatility + (rate - volatility**2 / 2) / steps
    highest = np.exp(np.cumsum(moves, axis=1).max(axis=1)) * 100
    # A simulated path is only seen at its steps; Broadie, Glasserman and Kou (1997) shift the level for that.
    reference = 130 * math.exp(-0.5826 * volatility * math.sqrt(1 / steps))
    assert np.mean(highest >= reference) == pytest.approx(
        float(odds.at_any_time(100, 130, 1.0, rate, 0.0, volatility)), abs=0.01
    )


def test_touching_below_mirrors_touching_above() -> None:
    # In logarithms a level below with a drift up is a level as far above with the same drift down.
    drift = 0.06 - 0.4**2 / 2
    below = odds.at_any_time(100, 70, 1.0, 0.06, 0.0, 0.4)
    above = odds.at_any_time(100, 100**2 / 70, 1.0, 0.4**2 / 2 - drift, 0.0, 0.4)
    assert float(below) == pytest.approx(float(above))
    # b = ln 0.7 = -0.356675, drift -0.02: N((b + 0.02) / 0.4) + exp(-0.04 b / 0.16) N((b - 0.02) / 0.4)
    # = N(-0.841687) + 1.093265 x N(-0.941687) = 0.199981 + 1.093265 x 0.173176 = 0.389309
    assert float(below) == pytest.approx(0.389309, abs=2e-6)


@given(prices, levels, years, volatilities)
def test_odds_are_odds_and_touching_is_never_less_likely(price: float, level: float, time: float, vol: float) -> None:
    ends = float(odds.at_the_date(price, level, time, 0.04, 0.01, vol))
    touches = float(odds.at_any_time(price, level, time, 0.04, 0.01, vol))
    assert 0 <= ends <= touches + 1e-12 <= 1 + 1e-9


@given(prices, years, volatilities)
def test_a_level_where_the_price_stands_is_touched(price: float, time: float, vol: float) -> None:
    assert float(odds.at_any_time(price, price, time, 0.04, 0.01, vol)) == pytest.approx(1.0)


@given(prices, levels, years, volatilities, st.floats(0, 0.08), st.floats(0, 0.05))
def test_put_call_parity(price: float, strike: float, time: float, vol: float, rate: float, paid: float) -> None:
    call = odds.black_scholes(price, strike, time, rate, paid, vol, True)
    put = odds.black_scholes(price, strike, time, rate, paid, vol, False)
    assert call - put == pytest.approx(price * math.exp(-paid * time) - strike * math.exp(-rate * time), abs=1e-8)


@given(st.floats(60, 180), st.floats(0.1, 2), st.floats(0.15, 0.8), st.booleans())
def test_implied_volatility_gives_the_volatility_back(strike: float, time: float, vol: float, is_call: bool) -> None:
    price = odds.black_scholes(100, strike, time, 0.04, 0.01, vol, is_call)
    # Deep in the money an option has hardly any time value, and many volatilities give the same price.
    assume(price > 0.05)
    assume(is_call == (strike >= 100))
    found = odds.implied_volatility(odds.Option(time, strike, is_call, price), 100, 0.04, 0.01)
    assert found == pytest.approx(vol, abs=1e-3)


def test_a_price_below_its_own_value_has_no_volatility() -> None:
    assert odds.implied_volatility(odds.Option(1.0, 50, True, 40.0), 100, 0.04, 0.0) is None


def test_realised_volatility_of_a_known_series() -> None:
    # Log returns of +1% and -1% on 252 days of one year: the root of 252 x 0.0001 is 15.87%.
    steps = [0.01 if day % 2 else -0.01 for day in range(252)]
    path = np.exp(np.concatenate([[0.0], np.cumsum(steps)])) * 100
    times = np.linspace(0, 1, 253)
    assert odds.realised_volatility(times.tolist(), path.tolist()) == pytest.approx(math.sqrt(252) * 0.01)


def test_three_prices_are_enough_for_a_volatility() -> None:
    # ln 1.1 up and down again within a year: the root of twice its square.
    found = odds.realised_volatility([0.0, 0.5, 1.0], [100.0, 110.0, 100.0])
    assert found == pytest.approx(math.sqrt(2) * math.log(1.1))


@pytest.mark.parametrize(
    "series", [([0.0, 1.0], [1.0, 2.0]), ([0.0, 0.5, 1.0], [1.0, -2.0, 1.0]), ([1.0] * 3, [1.0] * 3)]
)
def test_a_series_without_volatility_is_refused(series: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match="needs"):
        odds.realised_volatility(*series)


def chain(curve: dict[float, float]) -> list[odds.Option]:
    return [
        odds.Option(time, strike, is_call, odds.black_scholes(100, strike, time, 0.04, 0.01, vol, is_call))
        for time, vol in curve.items()
        for strike in range(60, 200, 10)
        for is_call in (True, False)
    ]


def test_a_flat_surface_comes_back_flat() -> None:
    curve = odds.smiles(chain({0.25: 0.4, 0.5: 0.4, 1.0: 0.4}), 100, 0.04, 0.01)
    assert len(curve) == 3
    for time in (0.1, 0.3, 0.9, 2.0):
        assert float(odds.interpolated(curve, 120.0, time)) == pytest.approx(0.4, abs=1e-4)


def test_between_expiries_total_variance_is_linear() -> None:
    curve = odds.smiles(chain({0.5: 0.3, 1.0: 0.4}), 100, 0.04, 0.01)
    expected = math.sqrt((0.3**2 * 0.5 + 0.4**2 * 1.0) / 2 / 0.75)
    assert float(odds.interpolated(curve, 110.0, 0.75)) == pytest.approx(expected, abs=1e-4)


def test_arrays_of_strikes_and_times_give_what_numbers_give() -> None:
    curve = odds.smiles(chain({0.25: 0.3, 0.5: 0.35, 1.0: 0.4}), 100, 0.04, 0.01)
    strikes, times = np.array([80.0, 110.0, 150.0]), np.array([0.3, 0.6, 2.0])
    assert np.asarray(odds.interpolated(curve, strikes, 0.6)).tolist() == pytest.approx(
        [float(odds.interpolated(curve, strike, 0.6)) for strike in strikes]
    )
    assert np.asarray(odds.interpolated(curve, 110.0, times)).tolist() == pytest.approx(
        [float(odds.interpolated(curve, 110.0, time)) for time in times]
    )


def test_without_quotes_there_is_no_volatility() -> None:
    with pytest.raises(ValueError, match="enough quotes"):
        odds.interpolated([], 100.0, 1.0)
