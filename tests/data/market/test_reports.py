"""Days of results releases by the market service: read over HTTP, and what they date."""

import datetime as dt

import pandas as pd
import pytest

from data.company import Company, load_company
from data.dossier import open_dossier
from data.market import reading, yahoo
from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited
from data.market.records import Reports, Statements
from data.market.service import Key, MarketService
from data.market.store import CachedAnswer
from data.statements import LATER, with_statements
from tests.conftest import ROOT
from tests.standin import Fault, StandIn
from tests.standin.statements import release_days

SEPTEMBER = dt.date(2026, 9, 30)


def test_past_and_expected_days_come_in_one_request(standin: StandIn) -> None:
    found = yahoo.reports("MSFT")
    assert standin.count("calendar/earnings") == 1
    assert found == Reports(symbol="MSFT", days=sorted(release_days(standin.market)))
    assert len(found.days) == 25
    assert found.days[-2] <= standin.market.today < found.days[-1]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.SERVER_ERROR, BadAnswer),
        (Fault.HTML, EmptyAnswer),
        (Fault.RATE_LIMITED, RateLimited),
        (Fault.OFFLINE, MarketFailure),
    ],
)
def test_a_failure_has_a_name(standin: StandIn, fault: Fault, kind: type[MarketFailure]) -> None:
    standin.fault, standin.fault_on = fault, "calendar/earnings"
    with pytest.raises(kind, match="results days of MSFT"):
        yahoo.reports("MSFT")


def test_half_a_page_gives_fewer_days_or_a_named_failure(standin: StandIn) -> None:
    standin.fault, standin.fault_on = Fault.TRUNCATED, "calendar/earnings"
    try:
        days = yahoo.reports("MSFT").days
    except MarketFailure:
        return
    assert set(days) < set(release_days(standin.market))


def test_a_share_that_reports_on_no_day_is_an_empty_answer(standin: StandIn) -> None:
    with pytest.raises(EmptyAnswer):
        yahoo.reports("NOBODY")
    with pytest.raises(EmptyAnswer):
        reading.reports("A", pd.DataFrame(index=pd.DatetimeIndex([])))


# --- What they date ---


@pytest.fixture
def goog() -> Company:
    return load_company(ROOT / "data" / "companies" / "GOOG")


def quarter(end: dt.date) -> Statements:
    return Statements(symbol="GOOG", currency="USD", quarters={"TotalRevenue": {end: 130e9}}, years={})


def test_a_figure_counts_from_the_day_that_the_service_lists(goog: Company) -> None:
    days = [dt.date(2026, 7, 22), dt.date(2026, 10, 28), dt.date(2027, 2, 3)]
    figure = with_statements(goog, quarter(SEPTEMBER), days).quarters[-1].figure("revenue")
    assert (figure.known, figure.as_of) == (dt.date(2026, 10, 28), SEPTEMBER)
    assert "75 days" not in figure.source


@pytest.mark.parametrize(
    "days",
    [[], [dt.date(2026, 10, 7)], [dt.date(2027, 1, 19)]],
    ids=["no days", "a week after the period", "more than 110 days after it"],
)
def test_a_day_that_is_no_release_of_the_period_dates_nothing(goog: Company, days: list[dt.date]) -> None:
    figure = with_statements(goog, quarter(SEPTEMBER), days).quarters[-1].figure("revenue")
    assert figure.known == SEPTEMBER + LATER
    assert "counted from 75 days after the period" in figure.source


def test_a_release_in_the_files_stands_before_the_list(goog: Company) -> None:
    lines = {"RepurchaseOfCapitalStock": {dt.date(2025, 9, 30): -11.5e9}}
    told = Statements(symbol="GOOG", currency="USD", quarters=lines, years={})
    found = with_statements(goog, told, [dt.date(2025, 11, 14)])
    (period,) = [each for each in found.quarters if each.end == dt.date(2025, 9, 30)]
    assert period.figure("buybacks").known == dt.date(2025, 10, 29)


class _Kept(MarketService):
    """A service that has these answers and asks nobody."""

    def __init__(self, answers: dict[Key, CachedAnswer]) -> None:
        self._answers = answers

    def kept(self, keys: object) -> dict[Key, CachedAnswer]:
        return self._answers


def test_a_day_that_was_only_expected_dates_nothing() -> None:
    """Asked on 20 October, the service has the quarter already and expects its release on the 28th."""
    asked = dt.datetime(2026, 10, 20, 21, tzinfo=dt.UTC)
    told = CachedAnswer(quarter(SEPTEMBER), asked)
    expected = CachedAnswer(Reports(symbol="GOOG", days=[dt.date(2026, 10, 28)]), asked)
    answers: dict[Key, CachedAnswer] = {("statements", "GOOG"): told, ("reports", "GOOG"): expected}
    dossier = open_dossier("alphabet-2026", _Kept(answers), dt.date(2026, 12, 31), asks=False)
    assert dossier.company.quarters[-1].figure("revenue").known == SEPTEMBER + LATER
    later = CachedAnswer(expected.answer, asked + dt.timedelta(days=9))
    dossier = open_dossier(
        "alphabet-2026", _Kept({**answers, ("reports", "GOOG"): later}), dt.date(2026, 12, 31), asks=False
    )
    assert dossier.company.quarters[-1].figure("revenue").known == dt.date(2026, 10, 28)
