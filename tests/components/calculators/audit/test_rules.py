"""The rules of judgement and their order."""

import datetime as dt
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.calculators.audit.rules import Evidence, Reading, Verdict, judge, nearly, rounded, supporting, supports
from data.figures import Figure, Origin
from data.thesis import Stated
from data.units import Unit

DAY = dt.date(2026, 1, 1)
numbers = st.floats(0.5, 1e6)


def reading(value: float, upper: float | None = None) -> Reading:
    figure = Figure(value, Unit.parse("%"), DAY, Origin.FILING, "release")
    return Reading("reading", figure, (), upper)


def found(value: float, *earlier: float, upper: float | None = None, other: str = "") -> Evidence:
    return Evidence((reading(value, upper),), tuple(reading(each) for each in earlier), other_measure=other)


def value(number: float, decimals: int = 0) -> Stated:
    return Stated(value=number, unit="%", decimals=decimals)


@pytest.mark.parametrize(
    ("stated", "tested", "verdict"),
    [
        (Stated(maximum=10, unit="%"), found(10.0), Verdict.SUPPORTED),
        (Stated(maximum=10, unit="%"), found(10.9), Verdict.IMPRECISE),
        (Stated(maximum=10, unit="%"), found(11.1), Verdict.CONTRADICTED),
        (Stated(times=2), found(100.4), Verdict.SUPPORTED),  # doubled: +100%
        (Stated(times=2), found(110.0), Verdict.SUPPORTED),  # 2.1 times as much
        (Stated(times=2, decimals=1), found(110.0), Verdict.IMPRECISE),
        (Stated(times=2, decimals=1), found(121.0), Verdict.CONTRADICTED),
        (Stated(times=3), found(100.0), Verdict.CONTRADICTED),
        (Stated(words="outperform"), found(1.0), Verdict.CONTRADICTED),
        # Rounding starts from the unrounded value: 34.495 rounds to 34, not through 34.5 to 35.
        (value(34), found(34.495), Verdict.SUPPORTED),
        (value(34), found(34.5), Verdict.IMPRECISE),
        (value(34), found(38.2, 34.5, 34.4), Verdict.OUTDATED),
        (value(34), found(38.2), Verdict.CONTRADICTED),
        (value(77), found(72.87), Verdict.IMPRECISE),
        (Stated(low=30, high=40, unit="%"), found(29.62, upper=39.86), Verdict.SUPPORTED),
        (Stated(low=30, high=40, unit="%"), found(29.4, upper=39.86), Verdict.IMPRECISE),
        (Stated(low=30, high=40, unit="%"), found(67.8, upper=81.0), Verdict.CONTRADICTED),
        # A minimum is taken to the letter.
        (Stated(minimum=50, unit="USD bn"), found(50.0), Verdict.SUPPORTED),
        (Stated(minimum=50, unit="USD bn"), found(49.99), Verdict.IMPRECISE),
        (Stated(minimum=50, unit="USD bn"), found(41.06, 50.5), Verdict.OUTDATED),
        (Stated(year=2022), found(2021), Verdict.IMPRECISE),
        (Stated(year=2022), found(2020), Verdict.CONTRADICTED),
        # What measures something else is contradicted however near it lies, unless it is right all the same.
        (value(100), found(101.0, other="another measure"), Verdict.CONTRADICTED),
        (value(100), found(100.2, other="another measure"), Verdict.SUPPORTED),
    ],
)
def test_verdicts(stated: Stated, tested: Evidence, verdict: Verdict) -> None:
    assert judge(stated, tested) is verdict


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        # Each rule stands before the next: support, another measure, an earlier value, nearness.
        (found(34.2, 30.0, other="another measure"), Verdict.SUPPORTED),
        (found(35.0, 34.0, other="another measure"), Verdict.CONTRADICTED),
        (found(35.0, 34.0), Verdict.OUTDATED),
        (found(35.0, 30.0), Verdict.IMPRECISE),
        (found(45.0, 30.0), Verdict.CONTRADICTED),
        # An event that holds or does not is judged by that alone.
        (Evidence((reading(34.0),), holds=False), Verdict.CONTRADICTED),
        (Evidence((reading(99.0),), holds=True), Verdict.SUPPORTED),
    ],
)
def test_the_rules_are_asked_in_their_order(evidence: Evidence, verdict: Verdict) -> None:
    assert judge(value(34), evidence) is verdict


def test_the_latest_earlier_value_that_supports_is_the_one_shown() -> None:
    evidence = found(38.0, 35.0, 34.2, 33.9)
    earlier = supporting(value(34), evidence)
    assert earlier is not None
    assert earlier.figure.value == 34.2
    assert supporting(value(50), evidence) is None


def test_nothing_found_cannot_be_tested() -> None:
    assert judge(value(1), Evidence()) is Verdict.UNTESTABLE


@pytest.mark.parametrize("holds", [True, False])
def test_events_hold_or_do_not(holds: bool) -> None:
    assert judge(Stated(happens=True), Evidence(holds=holds)) is (Verdict.SUPPORTED if holds else Verdict.CONTRADICTED)


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [(34.495, 0, 34), (34.5, 0, 35), (2.675, 2, 2.68), (-0.5, 0, -1), (29.62, 0, 30), (0.05, 1, 0.1), (1e22, 0, 1e22)],
)
def test_rounding_is_half_up_as_on_paper(number: float, decimals: int, expected: float) -> None:
    assert rounded(number, decimals) == expected


@given(numbers, st.integers(0, 4))
def test_what_is_stated_supports_itself(number: float, decimals: int) -> None:
    stated = rounded(number, decimals)
    assume(stated > 0)
    assert supports(value(stated, decimals), [number])
    assert judge(value(stated, decimals), found(number)) is Verdict.SUPPORTED


@given(numbers, numbers, st.integers(0, 3))
def test_support_is_monotone_in_the_range(first: float, second: float, decimals: int) -> None:
    low, high = sorted((rounded(first, decimals), rounded(second, decimals)))
    stated = Stated(low=low, high=high, unit="%", decimals=decimals)
    assert supports(stated, [(low + high) / 2])
    assert supports(stated, [low, high])
    assert not supports(stated, [high + 10.0**-decimals])


@given(numbers, numbers)
def test_an_earlier_value_never_worsens_a_verdict(stated: float, tested: float) -> None:
    order = [Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED, Verdict.SUPPORTED]
    claim = value(round(stated))
    assume(claim.value)
    alone, with_earlier = judge(claim, found(tested)), judge(claim, found(tested, float(claim.value or 0)))
    assert order.index(with_earlier) >= order.index(alone)


@given(numbers, st.floats(-0.3, 0.3))
def test_the_tolerance_is_ten_percent_of_what_is_stated(number: float, off: float) -> None:
    assume(not math.isclose(abs(off), 0.10, abs_tol=1e-6))
    assert nearly(Stated(value=number, unit="%"), [number * (1 + off)]) is (abs(off) < 0.10)


def test_a_list_is_compared_one_by_one_in_its_order() -> None:
    stated = Stated(values=[9, 2, 4], unit="analysts")
    assert supports(stated, (9.2, 2, 4))
    assert not supports(stated, (9, 4, 2))
    assert not supports(stated, (9, 2))
    assert not supports(stated, (9, 2, 4, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"value": 1},
        {"maximum": 1},
        {"values": [1.0]},
        {"values": [], "unit": "%"},
        {"value": 1, "words": "much", "unit": "%"},
        {"times": 2, "unit": "USD bn"},
        {"times": 0},
    ],
)
def test_exactly_one_form_is_stated_with_its_unit(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"state exactly one|unit is missing|its unit is|greater than|at least 1"):
        Stated.model_validate(wrong)
