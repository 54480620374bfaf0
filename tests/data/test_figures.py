"""Figures keep their unit; conversion leaves a chain."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import UnitMismatch
from data.figures import Confidence, Figure, Origin, convert, least_confident
from data.units import Unit

DAY = dt.date(2025, 9, 30)


def money(value: float, unit: str, confidence: Confidence = Confidence.OFFICIAL) -> Figure:
    return Figure(value, Unit.parse(unit), DAY, Origin.FILING, "a release", label="figure", confidence=confidence)


def test_ordinary_shares_become_ads() -> None:
    # CNY 6.5364 per ordinary share x 8 / 7.119 = USD 7.345 per ADS
    turned = convert(money(6.53625, "CNY per ordinary share"), money(7.119, "CNY per USD"), 8, "ADS")
    assert turned.value == pytest.approx(7.3451, abs=5e-5)
    assert turned.unit.text == "USD per ADS"
    assert turned.chain == ("6.54 CNY per ordinary share × 8 ÷ 7.1190 CNY per USD = 7.35 USD per ADS",)


def test_scale_is_kept() -> None:
    turned = convert(money(380, "CNY bn"), money(7.119, "CNY per USD"))
    assert turned.unit.text == "USD bn"
    assert turned.value == pytest.approx(53.378, abs=5e-4)


def test_a_rate_must_fit() -> None:
    with pytest.raises(UnitMismatch):
        convert(money(1, "USD per ADS"), money(7.1, "CNY per USD"))
    with pytest.raises(UnitMismatch):
        convert(money(1, "CNY m"), money(34, "%"))


def test_share_classes_do_not_mix() -> None:
    with pytest.raises(UnitMismatch):
        money(1, "USD per ADS").same_unit(money(1, "USD per share"))


@pytest.mark.parametrize("text", ["", "dollars", "usd per ADS", "CNY tn", "percent"])
def test_an_unknown_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no unit"):
        Unit.parse(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_figure_is_finite(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        money(value, "CNY m")


def test_a_result_is_as_sure_as_its_least_sure_part() -> None:
    parts = [money(1, "CNY m"), money(1, "CNY m", Confidence.DERIVED), money(1, "CNY m", Confidence.SECONDARY)]
    assert least_confident(*parts[:1]) is Confidence.OFFICIAL
    assert least_confident(*parts[:2]) is Confidence.DERIVED
    assert least_confident(*parts) is Confidence.SECONDARY


@given(st.floats(0.01, 1e6), st.floats(0.1, 20))
def test_there_and_back_again(value: float, rate: float) -> None:
    there = convert(money(value, "CNY m"), money(rate, "CNY per USD"))
    back = convert(there, money(1 / rate, "USD per CNY"))
    assert back.value == pytest.approx(value, rel=1e-9)
    assert back.unit.text == "CNY m"
