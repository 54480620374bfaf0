"""The last twelve months: of quarters, of half-years, and of a year with what came after it."""

import datetime as dt
from collections.abc import Mapping

import pytest

from components.calculators.trailing import trailing
from data.errors import UnknownFigure
from data.figures import Confidence
from data.filings import Quarter, Release
from data.rhythm import QUARTERLY, RHYTHMS, YEARLY, Rhythm
from data.units import Unit

HALF = RHYTHMS["half"]
EPS = "non_gaap_diluted_eps"


def periods(rhythm: Rhythm, known: Mapping[str, float | None]) -> list[Quarter]:
    """Periods by end, with their earnings per share in pence; None where that is not known."""
    return [
        Quarter(
            Release(end := dt.date.fromisoformat(text), "", end + dt.timedelta(days=30), None, rhythm),
            {} if value is None else {EPS: value},
            {EPS: Unit.parse("GBp per share")},
            Confidence.OFFICIAL,
            words={EPS: "underlying EPS"},
        )
        for text, value in known.items()
    ]


def test_two_half_years_are_added_where_both_are_known() -> None:
    found = trailing(periods(HALF, {"2024-12-31": 8.5, "2025-06-30": 15.74, "2025-12-31": 13.96}), EPS)
    assert found.value == pytest.approx(29.70)
    assert found.label == "underlying EPS, two half-years to December 2025"
    assert found.working is not None and found.working.text == "15.74 + 13.96 = 29.70 GBp per share"


def test_a_year_rolls_on_with_the_half_year_after_it() -> None:
    halves = periods(HALF, {"2025-06-30": 15.74, "2025-12-31": None, "2026-06-30": 22.17})
    found = trailing(halves, EPS, periods(YEARLY, {"2024-12-31": 20.29, "2025-12-31": 29.7}))
    assert found.value == pytest.approx(29.7 + 22.17 - 15.74)  # 36.13, by hand
    assert found.as_of == dt.date(2026, 6, 30)
    assert found.label == "underlying EPS, twelve months to June 2026"


def test_a_year_stands_for_itself_until_a_period_follows() -> None:
    halves = periods(HALF, {"2025-06-30": 15.74, "2025-12-31": None})
    assert trailing(halves, EPS, periods(YEARLY, {"2025-12-31": 29.7})).value == 29.7


@pytest.mark.parametrize(
    ("halves", "years"),
    [
        ({"2024-06-30": None, "2024-12-31": None, "2025-06-30": 15.74}, {"2024-12-31": 20.29}),  # no half of before
        ({"2025-06-30": 15.74, "2025-12-31": 13.96, "2026-12-31": 9.0}, {"2025-12-31": 29.7}),  # a gap after the year
        ({"2025-06-30": 15.74}, {}),
        ({}, {}),
    ],
)
def test_what_cannot_be_known_is_not_guessed(halves: dict[str, float | None], years: dict[str, float]) -> None:
    with pytest.raises(UnknownFigure):
        trailing(periods(HALF, halves), EPS, periods(YEARLY, years))


def test_quarters_come_before_a_stated_year() -> None:
    """The four quarters of 2024 add up to 8.05, the year says 8.04: the sum is what is shown, with its terms."""
    ends = {"2024-03-31": 1.89, "2024-06-30": 1.89, "2024-09-30": 2.12, "2024-12-31": 2.15}
    assert trailing(periods(QUARTERLY, ends), EPS, periods(YEARLY, {"2024-12-31": 8.04})).value == pytest.approx(8.05)
