"""A sum shows, writes and recomputes the same thing."""

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.formats import number as number_as_text
from data.sums import Constant, Expression, Operation, Sum, Term, expression, lowest_of, term, total_of, written

A, B, C = term("a", 12.0, 0), term("b", 3.0, 0), term("c", -2.0, 1)


def recomputed(formula: str) -> float:
    """A formula as a spreadsheet computes it, with numbers in place of cells."""
    assert re.fullmatch(r"(?:[-+*/^(),.0-9e]|MIN)+", formula), formula
    # Digits, signs and one function alone, as the line above makes sure.
    return float(eval(formula.replace("^", "**").replace("MIN", "min")))


def number(each: Term) -> str:
    return f"({each.value!r})"


@pytest.mark.parametrize(
    ("made", "text", "value"),
    [
        (A / B - 1, "12 ÷ 3 − 1", 3.0),
        (A - (B - 1), "12 − (3 − 1)", 10.0),
        (A - (B + 1), "12 − (3 + 1)", 8.0),
        (A + (B - 1), "12 + 3 − 1", 14.0),
        ((A + B) * 2, "(12 + 3) × 2", 30.0),
        (A / (B * 2), "12 ÷ (3 × 2)", 2.0),
        (A * (B / 2), "12 × 3 ÷ 2", 18.0),
        (A / B / 2, "12 ÷ 3 ÷ 2", 2.0),
        ((1 + B) ** 2, "(1 + 3) ^ 2", 16.0),
        ((A / B) ** (1 / B), "(12 ÷ 3) ^ (1 ÷ 3)", 4 ** (1 / 3)),
        (A + C, "12 + (−2.0)", 10.0),
        (C + A, "−2.0 + 12", 10.0),
        (C**2, "(−2.0) ^ 2", 4.0),
        (2 - A, "2 − 12", -10.0),
        (2 * A, "2 × 12", 24.0),
        (6 / B, "6 ÷ 3", 2.0),
        (A * 0.5, "12 × 0.5", 6.0),
        (total_of([A, B, C]), "12 + 3 + (−2.0)", 13.0),
    ],
)
def test_a_sum_reads_as_on_paper_and_is_what_it_reads(made: Expression, text: str, value: float) -> None:
    assert made.text() == text
    assert made.value == pytest.approx(value)
    assert recomputed(made.formula(number)) == pytest.approx(value)


def test_names_stand_in_place_of_numbers() -> None:
    upside = Sum(term("target", 197.5) / term("price", 146.58) - 1, "%", 1)
    assert upside.text == "197.50 ÷ 146.58 − 1 = 34.7%"
    assert upside.explained("Upside") == "Upside = target ÷ price − 1 = 197.50 ÷ 146.58 − 1 = 34.7%"
    assert upside.value == pytest.approx(34.7387, abs=5e-5)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (Sum(A / B, "x", 1), "12 ÷ 3 = 4.0x"),
        (Sum(A / B, "ratio"), "12 ÷ 3 = 4.00"),
        (Sum(A * B, "CNY bn", 1, remark="CNY m"), "12 × 3 = 36.0 CNY bn  (CNY m)"),
        (Sum(term("share", 25, 0, "%") * A, "USD"), "25% × 12 = 3.00 USD"),
        (Sum(term("rate", 7.1, 2, "CNY per USD"), "CNY per USD"), "7.10 CNY per USD"),
        (Sum(term("P/E", 17.6, 1, "x"), "x", 1, remark="as published"), "17.6x  (as published)"),
    ],
)
def test_a_result_wears_its_unit(one: Sum, text: str) -> None:
    assert one.text == text


def test_the_terms_come_in_order_and_the_cells_are_asked_for_each() -> None:
    made = (A + B) / A
    assert list(made.terms()) == [A, B, A]
    assert made.formula(lambda each: {"a": "B2", "b": "B3"}[each.name]) == "(B2+B3)/B2"


def test_nothing_cannot_be_added() -> None:
    with pytest.raises(ValueError, match="needs a part"):
        total_of([])


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(1234.5, 1, "1,234.5"), (-0.04, 1, "0.0"), (-0.06, 1, "−0.1"), (0.0, 2, "0.00"), (-1e6, 0, "−1,000,000")],
)
def test_numbers_are_written_with_a_real_minus_and_no_negative_zero(value: float, decimals: int, text: str) -> None:
    assert written(value, decimals) == text


leaves = st.one_of(
    st.floats(-100, 100).map(lambda value: term("t", value, 2)),
    st.integers(-20, 20).map(lambda value: Constant(float(value))),
)
trees = st.recursive(leaves, lambda inner: st.builds(Operation, st.sampled_from("+−×÷"), inner, inner), max_leaves=8)


@given(trees)
def test_any_formula_gives_the_value(tree: Expression) -> None:
    try:
        value = tree.value
    except ZeroDivisionError:
        assume(False)
    assume(math.isfinite(value) and abs(value) < 1e12)
    assert recomputed(tree.formula(number)) == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(trees)
def test_any_text_reads_as_its_formula_does(tree: Expression) -> None:
    signs = str.maketrans({"−": "-", "×": "*", "÷": "/", ",": ""})
    exact = tree.formula(lambda each: f"{each.value:.2f}" if each.value >= 0 else f"({each.value:.2f})")
    as_read = tree.text().translate(signs).replace(" ", "")
    try:
        assert float(eval(as_read)) == pytest.approx(float(eval(exact.replace("^", "**"))), rel=1e-9, abs=1e-9)
    except ZeroDivisionError:
        assume(False)


def test_a_plain_number_becomes_a_constant() -> None:
    assert expression(3) == Constant(3.0)
    assert expression(A) is A


def test_the_lowest_is_a_choice_that_a_spreadsheet_makes_too() -> None:
    parts = [term("P/E of AMZN", 39.7, 1, "x"), term("P/E of MSFT", 34.4, 1, "x")]
    found = Sum(1 - term("P/E of BABA", 20.0, 1, "x") / lowest_of(parts), "%", 1)
    assert found.value == pytest.approx((1 - 20 / 34.4) * 100)
    assert found.text == "1 − 20.0x ÷ the lowest of (39.7x, 34.4x) = 41.9%"
    assert found.expression.formula(lambda each: each.name) == "1.0-P/E of BABA/MIN(P/E of AMZN,P/E of MSFT)"
    assert [each.name for each in found.expression.terms()] == ["P/E of BABA", "P/E of AMZN", "P/E of MSFT"]
    assert lowest_of(parts[:1]) is parts[0]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ((455 / 400 - 1) * 100, 1, "13.8"),
        (353.565, 2, "353.57"),
        (0.475, 2, "0.48"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (0.0, 1, "0.0"),
        (1e15, 0, "1,000,000,000,000,000"),
        (13.7499, 1, "13.7"),
        (1e-9, 2, "0.00"),
    ],
)
def test_a_half_is_written_as_on_paper(value: float, decimals: int, text: str) -> None:
    assert written(value, decimals) == text
    assert number_as_text(value, decimals) == text
