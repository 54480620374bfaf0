"""Growth, margin and mix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.calculators import growth


def test_cloud_growth_of_the_september_2025_release() -> None:
    assert growth.year_over_year(39_824, 29_610) == pytest.approx(0.344951, abs=5e-7)


def test_commerce_margin_of_fiscal_2025() -> None:
    assert growth.margin(196_232, 449_827) == pytest.approx(0.436239, abs=5e-7)


def test_growth_over_a_loss_is_refused() -> None:
    with pytest.raises(ValueError, match="positive figure"):
        growth.year_over_year(10, -5)


@given(st.dictionaries(st.text(min_size=1), st.floats(0.01, 1e6), min_size=1, max_size=8))
def test_shares_add_up_to_one(parts: dict[str, float]) -> None:
    assert sum(growth.mix(parts).values()) == pytest.approx(1)
