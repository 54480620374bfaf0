"""Statements of the market service: read over HTTP, held to the last good ones, and beside a company's filings."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from data.company import Company, load_company
from data.figures import Origin
from data.market import reading, yahoo
from data.market.doubts import Known
from data.market.failures import BadAnswer, EmptyAnswer
from data.market.plausible_statements import judge_statements
from data.market.records import Statements
from data.statements import LATER, asks_for_statements, with_statements
from tests.conftest import ROOT
from tests.standin import Fault, StandIn
from tests.standin.statements import amount, quarter_ends

RECORDED = ROOT.parent / "shared" / "yahoo" / "fundamentalsTimeSeries-BABA-financials-quarterly.json"
SEPTEMBER = dt.date(2026, 9, 30)
NOW = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)


def test_the_lines_of_quarters_and_years_come_in_one_request(standin: StandIn) -> None:
    found = yahoo.statements("MSFT")
    assert standin.count("timeseries/MSFT") == 1
    assert found.currency == "USD"
    market = standin.market
    listing = market.find("MSFT")
    assert listing is not None
    for end in quarter_ends(market, 5):
        assert found.quarters["TotalRevenue"][end] == amount(market, listing, "TotalRevenue", end)
        assert found.quarters["CapitalExpenditure"][end] < 0
    assert len(found.years["TotalRevenue"]) == 4


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.HTML, Fault.RATE_LIMITED])
def test_a_failure_has_a_name(standin: StandIn, fault: Fault) -> None:
    standin.fault, standin.fault_on = fault, "timeseries"
    with pytest.raises(Exception, match="statements of MSFT") as failure:
        yahoo.statements("MSFT")
    assert type(failure.value).__module__ == "data.market.failures"


def test_a_share_without_statements_is_an_empty_answer(standin: StandIn) -> None:
    with pytest.raises(EmptyAnswer):
        yahoo.statements("NOBODY")


def point(day: str, raw: object, currency: str = "USD") -> dict[str, object]:
    return {"asOfDate": day, "currencyCode": currency, "reportedValue": {"raw": raw}}


def answer(*points: object) -> dict[str, object]:
    return {"timeseries": {"result": [{"meta": {}, "quarterlyTotalRevenue": list(points)}]}}


def test_what_cannot_be_read_is_left_out() -> None:
    found = reading.statements(
        "A",
        answer(
            None,
            point("2026-06-30", 5e9),
            point("2026-03-31", "5"),
            point("soon", 1),
            point("2025-12-31", float("nan")),
        ),
    )
    assert found.quarters == {"TotalRevenue": {dt.date(2026, 6, 30): 5e9}}


@pytest.mark.parametrize("content", [None, {}, {"timeseries": {"result": None}}, answer(), answer(None)])
def test_nothing_is_an_empty_answer(content: object) -> None:
    with pytest.raises(EmptyAnswer):
        reading.statements("A", content)


def test_two_currencies_are_a_bad_answer() -> None:
    with pytest.raises(BadAnswer, match="CNY, USD"):
        reading.statements("A", answer(point("2026-06-30", 1), point("2026-03-31", 1, "CNY")))


@pytest.mark.skipif(not RECORDED.exists(), reason="the recorded answers are not here")
def test_a_recorded_answer_is_read() -> None:
    found = reading.statements("BABA", json.loads(RECORDED.read_text(encoding="utf-8")))
    assert found.currency == "CNY"
    assert len(found.quarters["TotalRevenue"]) >= 3
    assert all(value > 1e11 for value in found.quarters["TotalRevenue"].values())
    # 13.28 a share is labelled USD and is in CNY: 34.3bn ÷ 2.576bn ADS.
    assert "DilutedEPS" not in found.quarters
    assert found.quarters["DilutedAverageShares"][dt.date(2023, 6, 30)] == 2_576_000_000


# --- Plausible ---


def told(revenue: float, currency: str = "USD", day: dt.date = dt.date(2026, 6, 30)) -> Statements:
    return Statements(symbol="A", currency=currency, quarters={"TotalRevenue": {day: revenue}}, years={})


@pytest.mark.parametrize(
    ("new", "believed"),
    [
        (told(1.02e9), True),  # restated
        (told(2e9, day=SEPTEMBER), True),  # another quarter says nothing of that one
        (told(1e12), False),  # a thousand times
        (told(1e9, "CNY"), False),
    ],
)
def test_a_past_revenue_is_not_another_one(new: Statements, believed: bool) -> None:
    found, held = judge_statements(new, Known(NOW, told(1e9)))
    assert (found is new) is believed
    assert bool(held) is not believed


# --- Beside the filings ---


@pytest.fixture
def goog() -> Company:
    return load_company(ROOT / "data" / "companies" / "GOOG")


def of_goog(**lines: float) -> Statements:
    quarters = {line: {dt.date(2026, 6, 30): value, SEPTEMBER: value} for line, value in lines.items()}
    return Statements(symbol="GOOG", currency="USD", quarters=quarters, years={})


def test_a_filing_stands_before_the_service_and_what_it_lacks_is_filled(goog: Company) -> None:
    """Revenue of June 2026 is 119,796m by the filing; that of September only the service has: 130bn."""
    found = with_statements(goog, of_goog(TotalRevenue=130e9, CapitalExpenditure=-50e9, DilutedEPS=3.01))
    june, september = found.quarters[-2:]
    assert june.figure("revenue").value == 119_796
    assert june.figure("revenue").origin is Origin.FILING
    assert september.end == SEPTEMBER
    told_revenue = september.figure("revenue")
    assert (told_revenue.value, told_revenue.unit.text, told_revenue.origin) == (130_000, "USD m", Origin.MARKET)
    assert september.figure("capex").value == 50_000
    assert september.figure("diluted_eps").value == 3.01
    assert september.release.released == SEPTEMBER + LATER
    assert "“Total Revenue”; counted from 75 days after the period" in told_revenue.source


def test_what_both_state_otherwise_is_kept_beside_the_filing(goog: Company) -> None:
    """Capex of June 2026 is 44,924m by the filing: 45,000 is within rounding of it, 47,000 is not."""
    near = with_statements(goog, of_goog(TotalRevenue=119.9e9, CapitalExpenditure=-45.0e9, DilutedEPS=9.115))
    assert near.differences == ()
    ((filed, told_capex),) = with_statements(goog, of_goog(CapitalExpenditure=-47e9, DilutedEPS=9.11)).differences
    assert (filed.value, filed.origin) == (44_924, Origin.FILING)
    assert (told_capex.value, told_capex.origin, told_capex.as_of) == (47_000, Origin.MARKET, dt.date(2026, 6, 30))


def test_a_release_that_is_known_dates_the_service_s_figures(goog: Company) -> None:
    """Buybacks of September 2025 are not in the filings here; their release of 29 October 2025 is."""
    lines = {"RepurchaseOfCapitalStock": {dt.date(2025, 9, 30): -11.5e9}}
    found = with_statements(goog, Statements(symbol="GOOG", currency="USD", quarters=lines, years={}))
    (quarter,) = [each for each in found.quarters if each.end == dt.date(2025, 9, 30)]
    figure = quarter.figure("buybacks")
    assert (figure.value, figure.known, figure.origin) == (11_500, dt.date(2025, 10, 29), Origin.MARKET)
    assert "75 days" not in figure.source
    assert quarter.figure("revenue").origin is Origin.FILING


def test_statements_in_another_currency_fill_nothing(goog: Company) -> None:
    euros = replace(goog).filings
    found = with_statements(goog, of_goog(TotalRevenue=1e9).model_copy(update={"currency": "EUR"}))
    assert found.filings == euros


def test_pence_take_pounds_times_a_hundred() -> None:
    rolls = load_company(ROOT / "data" / "companies" / "RR.L")
    year = {"DilutedEPS": {dt.date(2024, 12, 31): 0.297}, "TotalRevenue": {dt.date(2024, 12, 31): 18.9e9}}
    found = with_statements(rolls, Statements(symbol="RR.L", currency="GBP", quarters={}, years=year))
    (told_year,) = [each for each in found.filings.years if each.end == dt.date(2024, 12, 31)]
    assert told_year.figure("diluted_eps").value == pytest.approx(29.7)
    assert told_year.figure("statutory_revenue").value == pytest.approx(18_900)


def test_a_company_that_declares_nothing_takes_all_that_is_known(tmp_path: Path) -> None:
    (tmp_path / "company.toml").write_text(
        'name = "Contoso"\nshort_name = "Contoso"\nsymbol = "CTS"\ncurrency = "USD"\nfiscal_year_starts = "01-01"\n'
        '[listing]\ncurrency = "USD"\nshare_class = "share"\nordinary_shares = 1\n',
        encoding="utf-8",
    )
    company = load_company(tmp_path)
    assert asks_for_statements(company.profile)
    found = with_statements(company, of_goog(TotalRevenue=2e9, OperatingIncome=3e8, DilutedEPS=1.5))
    last = found.quarters[-1]
    assert {metric: last.figure(metric).value for metric in last.values} == {
        "revenue": 2000, "income_from_operations": 300, "diluted_eps": 1.5,
    }  # fmt: skip
    assert found.profile.profit_words == "income from operations"
    assert with_statements(company, None) is company


def test_a_company_whose_measures_name_no_line_asks_for_none() -> None:
    baba = load_company(ROOT / "data" / "companies" / "BABA")
    assert not asks_for_statements(baba.profile)
    assert with_statements(baba, of_goog(TotalRevenue=1e9)) is baba
