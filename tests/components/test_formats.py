"""Numbers as the reader sees them."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import formats
from data.figures import Figure, Origin
from data.units import Unit

NB = "\u00a0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (formats.percent1(0.29622), "29.6%"),
        (formats.change1(0.29622), "+29.6%"),
        (formats.change1(-0.227), "−22.7%"),
        (formats.change1(-0.0001), "+0.0%"),
        (formats.multiple1(17.52), "17.5x"),
        (formats.money(146.58, "USD"), f"USD{NB}146.58"),
        (formats.number(-21_840), "−21,840"),
        (formats.months(1), f"1{NB}month"),
        (formats.months(12), f"12{NB}months"),
        (formats.percent1(float("nan")), "n/a"),
        (formats.multiple1(float("inf")), "n/a"),
        (formats.signed(-0.04, 1), "+0.0"),
        (formats.percent0(0.256), "26%"),
        (formats.day(dt.date(2026, 1, 1)), f"1{NB}Jan{NB}2026"),
    ],
)
def test_formats(text: str, expected: str) -> None:
    assert text == expected


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_an_array_reads_as_its_numbers_do(values: list[float]) -> None:
    for form in (formats.percent1, formats.change1, formats.multiple1, formats.number):
        assert form(np.array(values)) == [form(value) for value in values]


@given(st.floats(-1e9, 1e9))
def test_a_sign_is_never_put_before_nought(value: float) -> None:
    text = str(formats.percent1(value))
    if text.startswith("−"):
        assert any(digit in text for digit in "123456789")


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("USD per ADS", 113.24, f"USD{NB}113.24"),
        ("CNY m", 297_435.0, f"CNY{NB}297.4bn"),
        ("CNY m", 86.0, f"CNY{NB}86.0m"),
        ("USD bn", 42.53, f"USD{NB}42.5bn"),
        ("%", 38.1, "38.1%"),
        ("x", 17.5, "17.5x"),
        ("quarters", 9.0, f"9{NB}quarters"),
    ],
)
def test_a_figure_reads_by_its_unit(unit: str, value: float, expected: str) -> None:
    item = Figure(value, Unit.parse(unit), dt.date(2026, 1, 1), Origin.FILING, "source")
    assert formats.figure(item) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, "just now"), (5, f"5{NB}min ago"), (200, f"3{NB}h ago"), (4000, f"2{NB}days ago")]
)
def test_age(minutes: int, expected: str) -> None:
    then = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    assert formats.age(then, then + dt.timedelta(minutes=minutes)) == expected


@pytest.mark.parametrize(("share_class", "count", "noun"), [
    ("share", 1, "share"), ("share", 100, "shares"), ("ADS", 100, "ADS"), ("ordinary share", 2, "ordinary shares"),
])  # fmt: skip
def test_so_many_shares(share_class: str, count: float, noun: str) -> None:
    assert formats.shares_of(share_class, count) == noun
