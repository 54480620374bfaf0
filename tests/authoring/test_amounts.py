"""Numbers as finance writes them: value, bounds, unit, sign of “about”, and the exact place."""

import pytest

from components.authoring.amounts import Amount, amounts
from components.authoring.words import words


def found(text: str) -> list[Amount]:
    return amounts(text, words())


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "decimals"),
    [
        ("34%", 34, 34, "%", 0),
        ("12.5 per cent", 12.5, 12.5, "%", 1),
        ("30 to 40 percent", 30, 40, "%", 0),
        ("between 30 and 40 percent", 30, 40, "%", 0),
        ("4.5%-5%", 4.5, 5, "%", 1),
        ("2.5 percentage points", 2.5, 2.5, "points", 1),
        ("250 basis points", 2.5, 2.5, "points", 0),
        ("16-20x", 16, 20, "x", 0),
        ("16x to 20x", 16, 20, "x", 0),
        ("USD 190 to 205", 190, 205, "USD", 0),
        ("$190–$205", 190, 205, "USD", 0),
        ("US$1.5tn", 1.5, 1.5, "USD tn", 1),
        ("RMB 39.8 billion", 39.8, 39.8, "CNY bn", 1),
        ("40bn yuan", 40, 40, "CNY bn", 0),
        ("HK$251", 251, 251, "HKD", 0),
        ("1,063p", 1063, 1063, "GBp", 0),
        ("36.1 pence", 36.1, 36.1, "GBp", 1),
        ("between 10p and 12p", 10, 12, "GBp", 0),
        ("22 cents", 22, 22, "cents", 0),
        ("£900 million to £1.2 billion", 900, 1200, "GBP m", 1),
        ("450 million monthly active users", 450, 450, "users m", 0),
        ("1,240 stores", 1240, 1240, "stores", 0),
        ("doubled", 2, 2, "times", 0),
        ("more than doubled", 2, 2, "times", 0),
    ],
)
def test_an_amount_is_read(text: str, low: float, high: float, unit: str, decimals: int) -> None:
    (amount,) = found(f"It was {text}, they say.")
    assert (amount.low, amount.high, amount.unit, amount.decimals) == (low, high, unit, decimals)
    assert amount.span.of(f"It was {text}, they say.") == text


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("more than $53bn", 53, None, False),
        ("at least 5%", 5, None, False),
        ("$2bn or more", 2, None, False),
        ("triple-digit", 100, None, False),
        ("up to 10%", None, 10, False),
        ("less than 12 times", None, 12, False),
        ("about 18 times", 18, 18, True),
        ("hovering around 40bn yuan", 40, 40, True),
    ],
)
def test_bounds_and_about_belong_to_the_amount(
    text: str, low: float | None, high: float | None, approximate: bool
) -> None:
    (amount,) = found(f"It was {text}.")
    assert (amount.low, amount.high, amount.approximate) == (low, high, approximate)
    assert amount.span.of(f"It was {text}.") == text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose 34% to RMB 39.8 billion", [34, 39.8]),  # no range
        ("from 25% to 34%", [25, 34]),
        ("fell by 7 percentage points to 231%", [7, 231]),
        ("10 stores and 20 stores", [10, 20]),
    ],
)
def test_two_numbers_that_are_no_range_stay_two(text: str, values: list[float]) -> None:
    assert [each.value for each in found(text)] == values


@pytest.mark.parametrize("text", ["in 2025", "FY2026", "Q3", "A380s", "3.1.2", "covid-19x2"])
def test_years_names_and_versions_are_no_amounts(text: str) -> None:
    assert [each for each in found(text) if each.unit] == []


def test_a_class_of_share_goes_with_the_amount() -> None:
    (amount,) = found("USD 190 to 205 per ADS")
    assert amount.per == "ads"
