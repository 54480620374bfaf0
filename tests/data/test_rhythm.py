"""Reporting periods that follow each other: months, half-years, and fiscal calendars that end on a day of the week."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rhythm import QUARTERLY, RHYTHMS, YEARLY

HALF = RHYTHMS["half"]


@pytest.mark.parametrize(
    ("rhythm", "earlier", "later", "periods"),
    [
        (QUARTERLY, "2025-09-30", "2025-12-31", 1),
        (QUARTERLY, "2025-12-31", "2026-12-31", 4),
        (QUARTERLY, "2025-11-30", "2026-02-28", 1),  # the shortest quarter
        (QUARTERLY, "2023-07-01", "2023-09-30", 1),  # 13 weeks that begin and end on a Saturday
        (QUARTERLY, "2022-09-24", "2022-12-31", 1),  # 14 of them
        (HALF, "2024-12-31", "2025-06-30", 1),
        (HALF, "2024-06-30", "2025-06-30", 2),
        (YEARLY, "2023-12-31", "2025-12-31", 2),
    ],
)
def test_how_many_periods_lie_between(rhythm, earlier: str, later: str, periods: float) -> None:  # type: ignore[no-untyped-def]
    assert rhythm.between(dt.date.fromisoformat(earlier), dt.date.fromisoformat(later)) == periods


def test_a_month_more_is_no_period_more() -> None:
    assert QUARTERLY.between(dt.date(2025, 9, 30), dt.date(2026, 1, 31)) == pytest.approx(4 / 3, abs=0.02)


def test_the_end_of_the_next_period() -> None:
    assert QUARTERLY.after(dt.date(2025, 11, 30)) == dt.date(2026, 2, 28)
    assert QUARTERLY.before(dt.date(2026, 3, 31)) == dt.date(2025, 12, 31)
    assert HALF.after(dt.date(2025, 12, 31)) == dt.date(2026, 6, 30)
    assert YEARLY.before(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)
    assert QUARTERLY.after(dt.date(2023, 7, 1)) == dt.date(2023, 9, 30)  # a Saturday, 13 weeks later
    assert HALF.before(dt.date(2023, 9, 23)) == dt.date(2023, 3, 25)  # 26 weeks earlier


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.sampled_from(list(RHYTHMS.values())))
def test_the_next_period_is_one_away(day: dt.date, rhythm) -> None:  # type: ignore[no-untyped-def]
    assert rhythm.between(day, rhythm.after(day)) == 1
    assert rhythm.between(rhythm.before(day), day) == 1


def test_periods_are_counted_in_words() -> None:
    assert [HALF.count(2), QUARTERLY.count(4), YEARLY.count(1), QUARTERLY.count(8)] == [
        "two half-years", "four quarters", "one year", "8 quarters",
    ]  # fmt: skip
