"""Returns, against hand-computed values and by property."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.calculators import returns

prices = st.floats(0.01, 1e5)
months = st.integers(12, 120)


def test_the_article_s_targets_on_the_close_before_publication() -> None:
    # By hand: 190 / 146.58 = 1.296220, 205 / 146.58 = 1.398554.
    assert returns.upside(190, 146.58) == pytest.approx(0.296220, abs=5e-7)
    assert returns.upside(205, 146.58) == pytest.approx(0.398554, abs=5e-7)


def test_total_return_counts_dividends_on_the_starting_price() -> None:
    # (190 + 2) / 113.24 - 1 = 0.695514
    assert returns.total_return(190, 113.24, 2.0) == pytest.approx(0.695514, abs=5e-7)


def test_annualised_return_of_published_examples() -> None:
    # 21% over two years is 10% a year; 100% over 72 months is 12.246% (the rule of 72 gives 12).
    assert returns.annualised(0.21, 24) == pytest.approx(0.10)
    assert returns.annualised(1.0, 72) == pytest.approx(0.122462, abs=5e-7)
    assert returns.annualised(0.05, 12) == pytest.approx(0.05)


@pytest.mark.parametrize("count", [1, 6, 11])
def test_less_than_a_year_is_not_annualised(count: int) -> None:
    assert math.isnan(returns.annualised(0.10, count))


def test_a_total_loss_stays_one() -> None:
    assert returns.annualised(-1.0, 24) == -1.0


def test_expected_value_by_hand() -> None:
    # (25 x 100 + 50 x 200 + 25 x 400) / 100 = 225
    assert returns.expected([100, 200, 400], [25, 50, 25]) == 225


def test_no_odds_give_no_expected_value() -> None:
    assert math.isnan(returns.expected([1.0, 2.0], [0, 0]))


@pytest.mark.parametrize("price", [0.0, -1.0])
def test_a_price_that_is_not_positive_is_refused(price: float) -> None:
    with pytest.raises(ValueError, match="positive price"):
        returns.upside(100, price)


def test_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="positive number of months"):
        returns.annualised(0.1, 0)


@given(prices, prices)
def test_upside_undone_gives_the_target_back(target: float, price: float) -> None:
    assert price * (1 + returns.upside(target, price)) == pytest.approx(target, rel=1e-9)


@given(st.floats(-0.99, 20), months)
def test_the_annual_rate_compounds_to_the_total(total: float, count: int) -> None:
    yearly = returns.annualised(total, count)
    assert (1 + yearly) ** (count / 12) - 1 == pytest.approx(total, rel=1e-6, abs=1e-9)


@given(st.lists(prices, min_size=3, max_size=3), st.lists(st.floats(0, 100), min_size=3, max_size=3), st.floats(0.1, 9))
def test_expected_value_lies_between_the_cases_and_only_proportions_count(
    values: list[float], weights: list[float], factor: float
) -> None:
    if sum(weights) < 1e-3:
        return
    mean = returns.expected(values, weights)
    assert min(values) * (1 - 1e-9) <= mean <= max(values) * (1 + 1e-9)
    assert returns.expected(values, [weight * factor for weight in weights]) == pytest.approx(mean)


@given(st.lists(prices, min_size=1, max_size=9), prices, st.floats(0, 10), months)
def test_arrays_give_what_numbers_give(targets: list[float], price: float, dividends: float, count: int) -> None:
    many = returns.annualised(returns.total_return(np.array(targets), price, dividends), count)
    each = [returns.annualised(returns.total_return(target, price, dividends), count) for target in targets]
    assert np.asarray(many).tolist() == pytest.approx(each)
