"""Figures keep their unit; conversion leaves a chain."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import formats
from data.errors import UnitMismatch
from data.figures import Confidence, Figure, Origin, convert, in_major_unit, least_confident, value_in
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


@pytest.mark.parametrize("text", ["", "dollars", "usd per ADS", "CNY q", "percent"])
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


# --- Minor units ---

MINOR = [("GBp", "GBP"), ("ZAc", "ZAR"), ("ILA", "ILS")]


@pytest.mark.parametrize(("code", "currency"), MINOR)
def test_a_minor_unit_is_a_hundredth_of_its_currency(code: str, currency: str) -> None:
    unit = Unit.parse(f"{code} per share")
    assert (unit.currency, unit.scale, unit.per, unit.code, unit.is_minor) == (currency, 0.01, "share", code, True)
    turned = in_major_unit(money(450, f"{code} per share"))
    assert (turned.value, turned.unit) == (4.5, Unit.parse(f"{currency} per share"))
    assert turned.chain == (f"450.00 {code} per share ÷ 100 = 4.5000 {currency} per share",)


@pytest.mark.parametrize(("code", "currency"), MINOR)
def test_pence_are_not_pounds(code: str, currency: str) -> None:
    # A price of 450 pence beside earnings of 0.30 pounds is no P/E of 1,500.
    with pytest.raises(UnitMismatch):
        money(450, f"{code} per share").same_unit(money(0.3, f"{currency} per share"))
    in_major_unit(money(450, f"{code} per share")).same_unit(money(0.3, f"{currency} per share"))


def test_pence_become_pounds_before_they_become_dollars() -> None:
    turned = convert(money(450, "GBp per share"), money(0.79, "GBP per USD"))
    assert turned.value == pytest.approx(4.5 / 0.79)
    assert turned.unit.text == "USD per share"
    assert turned.chain == (
        "450.00 GBp per share ÷ 100 = 4.5000 GBP per share",
        "4.50 GBP per share ÷ 0.7900 GBP per USD = 5.70 USD per share",
    )


@pytest.mark.parametrize("text", ["USD per ADS", "CNY bn", "%", "x"])
def test_what_is_in_whole_units_stays_as_it_is(text: str) -> None:
    figure = money(3, text)
    assert in_major_unit(figure) is figure


def test_pence_are_written_as_pence() -> None:
    assert formats.figure(money(450, "GBp per share")) == "450.0p"


@pytest.mark.parametrize("unit", ["HKD per ADS", "USD per share", "USD bn", "%"])
def test_a_value_is_handed_out_only_for_sums_in_its_own_unit(unit: str) -> None:
    price = money(131.4, "USD per ADS")
    assert value_in(price, Unit.parse("USD per ADS")) == 131.4
    with pytest.raises(UnitMismatch, match="it would be reckoned with"):
        value_in(price, Unit.parse(unit))
