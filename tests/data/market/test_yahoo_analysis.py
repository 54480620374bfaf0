"""The analysis through the real yfinance: what may be missing while the rest is good, and what a loss is."""

from typing import Any

import pytest

from data.market import yahoo
from data.market.failures import EmptyAnswer
from tests.data.market.wire import CALLS, listing, outcome, serve_module, serve_summary, summary
from tests.standin import Fault, StandIn
from tests.standin.summary import modules

PARTS: dict[str, dict[str, Any]] = {
    "earningsTrend": {
        "eps_forward": None,
        "eps_forward_currency": None,
        "eps_forward_listed": None,
        "estimates": [],
    },
    "upgradeDowngradeHistory": {"grades": []},
    "recommendationTrend": {"ratings": None},
    "financialData": {
        "price": None,
        "target_mean": None,
        "target_high": None,
        "target_low": None,
        "target_analysts": None,
        "eps_trailing": None,  # without a price nothing confirms its currency
        "pe_trailing": None,
    },
    "defaultKeyStatistics": {"eps_trailing": None, "pe_trailing": None, "eps_forward_listed": None, "shares": None},
}


@pytest.mark.parametrize("module", PARTS)
@pytest.mark.parametrize("instead", [None, {}, [], "n/a", 3], ids=["missing", "empty", "a list", "a text", "a number"])
def test_a_bad_part_is_left_out_of_the_analysis(standin: StandIn, module: str, instead: Any) -> None:
    whole = yahoo.analysis("BABA")
    found = modules(standin.market, listing(standin), list(yahoo.MODULES))
    found = {name: instead if name == module else values for name, values in found.items()}
    standin.serve("quoteSummary/BABA", summary(found))
    assert yahoo.analysis("BABA") == whole.model_copy(update=PARTS[module])


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("address", ["timeseries", "v7/finance/quote?", "v7/finance/options", "v8/finance/chart"])
def test_what_the_analysis_does_not_use_cannot_spoil_it(standin: StandIn, fault: Fault, address: str) -> None:
    # A hanging time series held the targets back for as long as it hung.
    standin.fault, standin.fault_on = fault, address
    assert yahoo.analysis("BABA").target_mean == 188.5
    assert standin.count(address) == 0


def test_the_analysis_is_one_request(standin: StandIn) -> None:
    yahoo.analysis("BABA")
    assert standin.count("finance/") == standin.count("v10/finance/quoteSummary/BABA") == 1


def test_a_currency_alone_is_an_empty_answer(standin: StandIn) -> None:
    standin.serve("quoteSummary/BABA", summary({"summaryDetail": {"currency": "USD"}}))
    assert outcome(CALLS["analysis"]) is EmptyAnswer


@pytest.mark.parametrize(("sent", "kept"), [(39.0, 39), (39, 39), (0, 0), (38.5, None), ("39", None), ({}, None)])
def test_the_number_of_analysts_is_a_whole_number_or_unknown(standin: StandIn, sent: Any, kept: int | None) -> None:
    serve_module(standin, "financialData", numberOfAnalystOpinions=sent)
    found = yahoo.analysis("BABA").target_analysts
    assert found == kept
    assert found is None or type(found) is int


@pytest.mark.parametrize("sent", [None, 0, -1.0, float("nan"), float("inf"), "Infinity", {}, True])
def test_a_target_that_is_no_price_is_unknown(standin: StandIn, sent: Any) -> None:
    serve_module(standin, "financialData", targetMeanPrice=sent)
    record = yahoo.analysis("BABA")
    assert (record.target_mean, record.target_high) == (None, 255.0)


@pytest.mark.parametrize(
    "row",
    [
        {"period": "0m", "strongBuy": 9, "buy": 26, "hold": 5, "sell": 0},
        {"period": "0m", "strongBuy": 9, "buy": 26, "hold": 5, "sell": 0, "strongSell": None},
        {"period": "-1m", "strongBuy": 9, "buy": 26, "hold": 5, "sell": 0, "strongSell": 0},
        {"strongBuy": 9},
    ],
    ids=["missing grade", "null grade", "no current month", "no period"],
)
def test_ratings_are_whole_or_unknown(standin: StandIn, row: dict[str, Any]) -> None:
    older = {"period": "-2m", "strongBuy": 1, "buy": 1, "hold": 1, "sell": 1, "strongSell": 1}
    serve_module(standin, "recommendationTrend", trend=[row, older])
    record = yahoo.analysis("BABA")
    assert record.ratings is None
    assert record.target_mean == 188.5


@pytest.mark.parametrize(
    "missing", ["summaryDetail.trailingPE", "defaultKeyStatistics.trailingEps", "financialData.currentPrice"]
)
def test_a_trailing_eps_that_nothing_confirms_is_unknown(standin: StandIn, missing: str) -> None:
    module, field = missing.split(".")
    serve_module(standin, module, **{field: None})
    assert yahoo.analysis("BABA").eps_trailing is None


# Reported in the listing's currency or not: what becomes of a loss, which no ratio goes with.
LOSSES = [("USD", -3.2, []), ("CNY", None, ["trailing"]), (None, None, ["trailing"])]


@pytest.mark.parametrize(("reported", "kept", "losses"), LOSSES)
def test_a_loss_is_an_answer(standin: StandIn, reported: str | None, kept: float | None, losses: list[str]) -> None:
    changes = {
        "financialData": {"financialCurrency": reported},
        "defaultKeyStatistics": {"trailingEps": -3.2},
        "summaryDetail": {"trailingPE": None},
    }
    serve_summary(standin, changes)
    record = yahoo.analysis("BABA")
    assert (record.eps_trailing, record.losses) == (kept, losses)


@pytest.mark.parametrize("change", [{"earningsCurrency": None}, {"avg": {}}, {"avg": {"raw": float("nan")}}])
def test_a_forward_estimate_needs_value_and_currency(standin: StandIn, change: dict[str, Any]) -> None:
    trend = modules(standin.market, listing(standin), ["earningsTrend"])["earningsTrend"]["trend"]
    for estimate in trend:
        estimate["earningsEstimate"] |= change
    serve_module(standin, "earningsTrend", trend=trend)
    record = yahoo.analysis("BABA")
    assert record.eps_forward is record.eps_forward_currency is None
    assert record.target_mean == 188.5
