"""Estimates and grades of the market service: read over HTTP, kept with the analysis, and what claims take of them."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from components.calculators.audit.audit import run
from components.calculators.audit.rules import Verdict
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Origin
from data.market import reading_analysis, yahoo
from data.market.doubts import Known
from data.market.plausible_analysis import judge_analysis
from data.market.records import Analysis, Estimate, Grade, Prices
from data.market.store import CachedAnswer
from data.thesis import Claim
from tests.conftest import ROOT, bundled
from tests.standin import Fault, StandIn

RECORDED = ROOT.parent / "shared" / "yahoo" / "quoteSummary-all-BABA.json"
FETCHED = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)
YEAR = dt.date(2027, 3, 31)


def test_estimates_and_grades_come_with_the_analysis_in_one_request(standin: StandIn) -> None:
    found = yahoo.analysis("BABA")
    assert standin.count("quoteSummary/BABA") == 1
    assert {(each.what, each.months) for each in found.estimates} == {
        ("eps", 3), ("eps", 12), ("revenue", 3), ("revenue", 12),
    }  # fmt: skip
    assert {each.currency for each in found.estimates} == {"CNY"}
    assert [each.action for each in found.grades] == ["main", "down", "up"]


def test_without_them_the_rest_of_the_analysis_stands(standin: StandIn) -> None:
    standin.fault = Fault.MISSING_FIELD
    standin.fault_on = "nothing"
    trend = {"earningsTrend": {"trend": [{"period": "0y", "endDate": "soon", "earningsEstimate": {"avg": 1}}]}}
    money = {"summaryDetail": {"currency": "USD"}, "financialData": {"targetMeanPrice": 10.0}}
    history = {"upgradeDowngradeHistory": {"history": [{"epochGradeDate": "never"}]}}
    found = reading_analysis.analysis("A", {**money, **trend, **history})
    assert (found.target_mean, found.estimates, found.grades) == (10.0, [], [])


@pytest.mark.skipif(not RECORDED.exists(), reason="the recorded answers are not there")
def test_a_recorded_answer_is_read() -> None:
    result = json.loads(RECORDED.read_text(encoding="utf-8"))["quoteSummary"]["result"][0]
    found = reading_analysis.analysis("BABA", result)
    year = next(each for each in found.estimates if each.what == "revenue" and each.end == dt.date(2026, 3, 31))
    assert (year.mean, year.currency, year.months, year.analysts) == (1_076_225_612_460, "CNY", 12, 50)
    assert len(found.grades) == reading_analysis.MOST_GRADES
    assert (found.grades[-1].firm, found.grades[-1].day) == ("Benchmark", dt.date(2025, 2, 21))


def analysis(**changes: object) -> Analysis:
    estimates = [
        Estimate(what="eps", end=YEAR, months=12, mean=70.0, currency="CNY", analysts=30),
        Estimate(what="revenue", end=YEAR, months=12, mean=1.1e12, currency="CNY", analysts=40),
    ]
    grades = [
        Grade(day=dt.date(2025, 12, 30), firm="Old", grade="Hold", action="down"),
        Grade(day=dt.date(2026, 11, 1), firm="North & Sons", grade="Buy", action="up"),
        Grade(day=dt.date(2026, 11, 19), firm="Harbour", grade="Buy", action="main"),
    ]
    ratings = {"strongBuy": 10, "buy": 25, "hold": 4, "sell": 1, "strongSell": 0}
    return Analysis(symbol="BABA", currency="USD", estimates=estimates, grades=grades, ratings=ratings, **changes)


def with_live(dossier: Dossier, *answers: Analysis | Prices) -> Dossier:
    kinds = {Analysis: "analysis", Prices: "prices"}
    live = {(kinds[type(each)], "BABA"): CachedAnswer(each, FETCHED) for each in answers}
    return replace(dossier, market=replace(dossier.market, live=live))


def claim(test: dict[str, object], stated: dict[str, object], period: dt.date | None = None) -> Claim:
    return Claim.model_validate(
        {"id": "a", "topic": "T", "statement": "S", "short": "S", "place": "p", "stated": stated, "test": test,
         "period": period}
    )  # fmt: skip


def test_an_estimate_decides_until_the_period_is_reported() -> None:
    """CNY 1,100bn expected of the year to March 2027, which is not over."""
    dossier = with_live(bundled(), analysis())
    said = claim({"name": "estimate", "measure": "revenue"}, {"value": 1100, "unit": "CNY bn"}, YEAR)
    judgement = run(said, dossier)
    assert judgement.verdict is Verdict.SUPPORTED
    assert judgement.evidence.readings[0].figure.origin is Origin.MARKET
    assert run(said, bundled()).verdict is Verdict.UNTESTABLE
    eps = claim({"name": "estimate", "measure": "diluted_eps"}, {"value": 75, "unit": "CNY per ADS"}, YEAR)
    assert run(eps, dossier).verdict is Verdict.IMPRECISE
    other = claim({"name": "estimate", "measure": "capex"}, {"value": 1, "unit": "CNY bn"}, YEAR)
    assert run(other, dossier).verdict is Verdict.UNTESTABLE


def test_an_estimate_of_another_period_is_not_taken() -> None:
    market = with_live(bundled(), analysis()).market
    assert market.estimate("BABA", "revenue", YEAR - dt.timedelta(days=3), 12).value == 1.1e12
    for end, months in ((dt.date(2028, 3, 31), 12), (YEAR, 3)):
        with pytest.raises(UnknownFigure):
            market.estimate("BABA", "revenue", end, months)
    with pytest.raises(UnknownFigure):  # it was not asked for yet
        market.at(dt.date(2026, 11, 19)).estimate("BABA", "revenue", YEAR, 12)


def test_grades_since_the_article_stand_beside_the_mean_rating() -> None:
    rated = claim({"name": "rating"}, {"maximum": 2.5, "unit": "ratio"})
    note = run(rated, with_live(bundled(), analysis())).evidence.note
    assert "raised since the article appeared: 1; lowered: 0." in note


def test_earnings_that_are_held_back_take_their_estimates_along() -> None:
    """The mean estimate of next year is a thousandth of what the service's other one says."""
    new = analysis(eps_forward=0.07, eps_forward_currency="CNY", eps_forward_listed=10.0, price=120.0)
    believed, held = judge_analysis(new, Known(FETCHED, None, None, (), None, {"USD/CNY": 7.0}))
    assert [each.place for each in held] == ["eps_forward"]
    assert believed is not None
    assert [each.what for each in believed.estimates] == ["revenue"]


def test_a_dividend_s_change_is_known_from_the_market_s_dividends() -> None:
    """1.05 ÷ 1.00 − 1 = 5%."""
    paid = {dt.date(2025, 6, 12): 1.0, dt.date(2026, 6, 11): 1.05}
    closes = {FETCHED.date(): 111.0}
    prices = Prices(symbol="BABA", currency="USD", price=111.0, time=FETCHED, closes=closes, dividends=paid)
    judgement = run(claim({"name": "dividend_change"}, {"value": 5, "unit": "%"}), with_live(bundled(), prices))
    assert judgement.verdict is Verdict.SUPPORTED
    assert judgement.evidence.readings[0].figure.value == pytest.approx(5.0)
