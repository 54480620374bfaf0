"""Periods and days: by the calendar, by the company's fiscal year, and by the day of publication."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.authoring.periods import Calendar, month_end, periods

NEW_YEAR = dt.date(2026, 1, 1)
APRIL = Calendar(NEW_YEAR, 4)  # fiscal years start in April


@pytest.mark.parametrize(
    ("text", "end", "window", "resolved"),
    [
        ("in the quarter to September 2025", "2025-09-30", "quarter", False),
        ("the September quarter", "2025-09-30", "quarter", True),
        ("Q3 2025", "2025-09-30", "quarter", False),
        ("third quarter of fiscal 2026", "2025-12-31", "quarter", False),
        ("second fiscal quarter of 2026", "2025-09-30", "quarter", False),
        ("fiscal Q2 2026", "2025-09-30", "quarter", False),
        ("FY26", "2026-03-31", "year", False),
        ("fiscal year 2026", "2026-03-31", "year", False),
        ("in 2025", "2025-12-31", "year", False),
        ("H1 2025", "2025-06-30", "half", False),
        ("first half of 2025", "2025-06-30", "half", False),
        ("last quarter", "2025-12-31", "quarter", True),
        ("this year", "2026-12-31", "year", True),
        ("next fiscal year", "2027-03-31", "year", True),
        ("on 9 January 2026", "2026-01-09", "day", False),
        ("on January 9", "2026-01-09", "day", True),
        ("the year ended 31 March 2025", "2025-03-31", "year", False),
        ("three months ended June 30, 2025", "2025-06-30", "quarter", False),
        ("2026 capex", "2026-12-31", "year", False),
    ],
)
def test_a_period_is_resolved(text: str, end: str, window: str, resolved: bool) -> None:
    (period,) = periods(text, APRIL)
    assert (period.end.isoformat(), period.window, period.resolved) == (end, window, resolved)


def test_the_last_quarter_is_the_last_one_reported_where_that_is_known() -> None:
    (period,) = periods("last quarter", Calendar(NEW_YEAR, 4, 3, dt.date(2025, 9, 30)))
    assert period.end == dt.date(2025, 9, 30)


@pytest.mark.parametrize(("published", "year"), [(dt.date(2024, 3, 1), 2024), (dt.date(2025, 3, 1), 2024)])
def test_a_leap_day_without_a_year_is_that_of_a_leap_year(published: dt.date, year: int) -> None:
    (period,) = periods("on 29 February", Calendar(published))
    assert period.end == dt.date(year, 2, 29)
    assert periods("on 29 February", Calendar(dt.date(2026, 6, 1))) == []


def test_without_a_fiscal_calendar_of_its_own_a_fiscal_year_is_the_calendar_s() -> None:
    (period,) = periods("fiscal 2026", Calendar(NEW_YEAR))
    assert period.end == dt.date(2026, 12, 31)


@given(st.integers(1, 12), st.integers(2001, 2099))
def test_a_fiscal_year_is_named_after_the_year_that_it_ends_in(month: int, year: int) -> None:
    (period,) = periods(f"fiscal {year}", Calendar(NEW_YEAR, month))
    assert period.end == month_end(year, month - 1 if month > 1 else 12)
    assert period.end.year == year


@given(st.text(alphabet="Q1234 fiscalFYquarteroflastMarch20256-’", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for each in periods(text, APRIL):
        assert each.span.of(text)


SAID_AGAIN = [
    ("It was USD 24bn in the quarter.", dt.date(2025, 9, 30)),
    ("Cash flow was USD 48bn in the same quarter.", dt.date(2025, 9, 30)),
    ("The backlog stood at USD 155bn at the end of September.", dt.date(2025, 9, 30)),
    ("Cash was USD 5bn at the end of June 2025.", dt.date(2025, 6, 30)),
]


@pytest.mark.parametrize(("text", "end"), SAID_AGAIN, ids=[text for text, _ in SAID_AGAIN])
def test_a_period_that_was_spoken_of_is_the_last_one_reported(text: str, end: dt.date) -> None:
    (found,) = periods(text, Calendar(dt.date(2025, 12, 26), reported=dt.date(2025, 9, 30)))
    assert (found.end, found.window) == (end, "quarter")
