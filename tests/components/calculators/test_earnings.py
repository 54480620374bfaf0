"""Price to earnings, and the chain from filings to the listed share."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.calculators import earnings
from components.calculators.trailing import trailing
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure


def test_trailing_eps_at_publication_from_filings(published: Dossier) -> None:
    # Releases: 20.39 + 5.17 + 17.98 + 8.75 = 52.29 CNY per ADS, at 7.119 CNY per USD = 7.345 USD per ADS.
    eps = trailing(published.quarters(), "diluted_eps")
    assert eps.value == pytest.approx(52.29)
    assert eps.unit.text == "CNY per ADS"
    converted = earnings.in_listing_currency(eps, published.filing_rate(), "USD")
    assert converted.value == pytest.approx(7.345, abs=5e-4)
    assert converted.unit.text == "USD per ADS"
    assert converted.chain[0] == "20.39 + 5.17 + 17.98 + 8.75 = 52.29 CNY per ADS"
    assert "÷ 7.1190 CNY per USD" in converted.chain[1]


def test_price_to_earnings_at_publication(published: Dossier) -> None:
    # 146.58 / 7.345 = 19.96; on non-GAAP earnings 146.58 / 7.448 = 19.68.
    rate = published.filing_rate()
    gaap = earnings.in_listing_currency(trailing(published.quarters(), "diluted_eps"), rate, "USD")
    other = earnings.in_listing_currency(trailing(published.quarters(), "non_gaap_diluted_eps"), rate, "USD")
    assert earnings.price_to_earnings(146.58, gaap.value) == pytest.approx(19.96, abs=5e-3)
    assert earnings.price_to_earnings(146.58, other.value) == pytest.approx(19.68, abs=5e-3)


def test_a_missing_quarter_leaves_trailing_eps_unknown(dossier: Dossier) -> None:
    # Earnings per ADS of March and June 2026 are not known, so there is no trailing year today.
    with pytest.raises(UnknownFigure, match="diluted EPS"):
        trailing(dossier.quarters(), "diluted_eps")


def test_a_gap_between_quarters_is_no_trailing_year(published: Dossier) -> None:
    quarters = [q for q in published.quarters() if q.end != dt.date(2025, 3, 31)]
    with pytest.raises(UnknownFigure, match="in a row"):
        trailing(quarters, "diluted_eps")


def test_a_rate_of_another_currency_is_refused(published: Dossier) -> None:
    eps = earnings.in_listing_currency(trailing(published.quarters(), "diluted_eps"), published.filing_rate(), "USD")
    with pytest.raises(UnitMismatch):
        earnings.in_listing_currency(eps, published.filing_rate(), "HKD")


@pytest.mark.parametrize("eps", [0.0, -3.0])
def test_no_earnings_no_multiple(eps: float) -> None:
    assert math.isnan(earnings.price_to_earnings(100, eps))


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(0.05, 100))
def test_growth_needed_at_the_same_multiple_is_the_upside(target: float, price: float, eps: float) -> None:
    needed = earnings.eps_needed(target, price, eps)
    assert earnings.growth_needed(needed, eps) == pytest.approx(target / price - 1, rel=1e-9, abs=1e-9)
    assert earnings.price_to_earnings(target, needed) == pytest.approx(price / eps)
