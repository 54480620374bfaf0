"""The true shapes: answers that the service really gave, served through the stand-in. Only where they lie near."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.market import yahoo
from tests.standin import StandIn

RECORDED = Path(__file__).parents[3] / ".." / "shared" / "yahoo"
pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="The recorded answers of Yahoo Finance are not beside this project."
)


def body(name: str) -> str:
    return (RECORDED / f"{name}.json").read_text(encoding="utf-8")


@pytest.fixture
def recorded(standin: StandIn) -> StandIn:
    """A stand-in that knows BABA as it was recorded, on several days of early 2025."""
    standin.serve("quoteSummary/BABA", body("quoteSummary-all-BABA"))
    standin.serve("v7/finance/quote?", body("quote-BABA"))
    standin.serve("chart/BABA", body("chart-BABA-2020-01-01-to-2020-01-03"))
    standin.serve("timeseries/BABA", body("fundamentalsTimeSeries-BABA-financials-quarterly"))
    standin.serve("options/BABA", body("options-BABA"))
    return standin


@pytest.fixture
def baba(recorded: StandIn) -> Any:
    # Between two calls the session gives no request any time.
    yahoo._session().begin()
    return yahoo._ticker("BABA")


def test_each_recording_has_the_price_of_its_own_day(baba: Any) -> None:
    info = baba.get_info()
    # The summary is of another day than the quote.
    assert info["currentPrice"] == 143.75
    assert info["regularMarketPrice"] == 124.73
    assert (info["currency"], info["financialCurrency"]) == ("USD", "CNY")


def test_targets_are_in_the_currency_of_the_listing(recorded: StandIn) -> None:
    record = yahoo.analysis("BABA")
    assert record.currency == "USD"
    assert record.target_mean == pytest.approx(152.75, abs=0.005)
    assert record.target_high == pytest.approx(190.69, abs=0.005)
    assert record.target_low == pytest.approx(86.09, abs=0.005)
    assert record.target_analysts == 39


def test_estimates_are_in_their_own_currency(recorded: StandIn, baba: Any) -> None:
    record = yahoo.analysis("BABA")
    assert (record.eps_forward, record.eps_forward_currency) == (73.52281, "CNY")
    assert set(baba.get_earnings_estimate()["currency"]) == {"CNY"}


def test_ratings_are_those_of_the_current_month(recorded: StandIn) -> None:
    trend = json.loads(body("quoteSummary-all-BABA"))["quoteSummary"]["result"][0]["recommendationTrend"]["trend"]
    now = {grade: count for grade, count in trend[0].items() if grade != "period"}
    assert trend[0]["period"] == "0m"
    assert yahoo.analysis("BABA").ratings == now


def test_a_short_chart_gives_price_and_closes(recorded: StandIn) -> None:
    record = yahoo.prices("BABA")
    assert (record.price, record.currency) == (125.79, "USD")
    assert [round(close, 2) for close in record.closes.values()] == [219.77]


def test_a_symbol_that_is_no_longer_traded_is_an_empty_answer(standin: StandIn) -> None:
    standin.serve("chart/CAPIO.ST", body("chart-no-data"))
    with pytest.raises(yahoo.EmptyAnswer):
        yahoo.prices("CAPIO.ST")


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("401_invalid_cookie.json", yahoo.Refused),
        ("401_invalid_crumb.json", yahoo.Refused),
        ("401_unable_to_access.json", yahoo.Refused),
        ("404_quoteSummary_no_fundamentals.json", yahoo.EmptyAnswer),
        ("429_edge_plain_text.txt", yahoo.RateLimited),
        ("429_plain_text.txt", yahoo.RateLimited),
    ],
)
def test_a_recorded_refusal_has_its_name(standin: StandIn, name: str, failure: type[Exception]) -> None:
    standin.serve("quoteSummary/BABA", (RECORDED / "errors" / name).read_bytes(), int(name[:3]))
    with pytest.raises(failure):
        yahoo.analysis("BABA")


def test_statements_state_their_currency_record_by_record(baba: Any) -> None:
    series = json.loads(body("fundamentalsTimeSeries-BABA-financials-quarterly"))["timeseries"]["result"]
    records = {name: rows for entry in series for name, rows in entry.items() if name.startswith("quarterly")}
    statement = baba.quarterly_income_stmt
    for name, label in (("quarterlyTotalRevenue", "Total Revenue"), ("quarterlyNetIncome", "Net Income")):
        rows = [row for row in records[name] if row]
        assert {row["currencyCode"] for row in rows} == {"CNY"}
        sent = {row["asOfDate"]: row["reportedValue"]["raw"] for row in rows}
        shown = {str(day.date()): value for day, value in statement.loc[label].dropna().items()}
        assert shown == sent
    # A trap: earnings per share are labelled USD while they are CNY per ADS (13.28 in the June quarter of 2023).
    assert {row["currencyCode"] for row in records["quarterlyDilutedEPS"] if row} == {"USD"}


def test_the_option_chain_names_its_twenty_expiry_dates(baba: Any) -> None:
    assert len(baba.options) == 20
    assert (baba.options[0], baba.options[-1]) == ("2025-02-28", "2027-06-17")
