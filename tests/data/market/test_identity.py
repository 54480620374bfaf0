"""Who a symbol is, by the market service."""

import datetime as dt
import json

import pytest

from data.market import reading, yahoo
from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited
from data.market.records import Identity
from tests.conftest import ROOT
from tests.standin import Fault, StandIn
from tests.standin.market import Listing

RECORDED = ROOT.parent / "shared" / "yahoo" / "quoteSummary-all-BABA.json"


def test_name_exchange_currencies_and_year_come_in_one_request(standin: StandIn) -> None:
    standin.market.add(
        Listing(
            "VOD.L", currency="GBp", financial_currency="EUR", name="Vodafone", exchange="LSE", fiscal_year_end_month=3
        )
    )
    found = yahoo.identity("VOD.L")
    assert standin.count("quoteSummary") == 1
    year = standin.market.today.year - (standin.market.today < dt.date(standin.market.today.year, 4, 1))
    assert found == Identity(
        symbol="VOD.L", name="Vodafone", exchange="LSE", kind="EQUITY", currency="GBp", accounts="EUR",
        year_end=dt.date(year, 3, 31),
    )  # fmt: skip


FAULTS = [(Fault.SERVER_ERROR, BadAnswer), (Fault.RATE_LIMITED, RateLimited), (Fault.OFFLINE, MarketFailure)]


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_a_failure_has_a_name(standin: StandIn, fault: Fault, kind: type[MarketFailure]) -> None:
    standin.fault = fault
    with pytest.raises(kind):
        yahoo.identity("MSFT")


def test_a_symbol_that_does_not_exist_has_none(standin: StandIn) -> None:
    with pytest.raises(EmptyAnswer):
        yahoo.identity("NOSUCH")


@pytest.mark.parametrize("price", [{}, {"longName": "A"}, {"currency": "USD"}, None, []])
def test_an_answer_without_name_or_currency_is_none(price: object) -> None:
    with pytest.raises(EmptyAnswer):
        reading.identity("A", {"price": price})


@pytest.mark.skipif(not RECORDED.exists(), reason="the recorded answers lie beside the project")
def test_a_recorded_answer_is_read() -> None:
    found = reading.identity("BABA", json.loads(RECORDED.read_text(encoding="utf-8"))["quoteSummary"]["result"][0])
    assert (found.name, found.exchange, found.currency, found.accounts, found.kind) == (
        "Alibaba Group Holding Limited", "NYSE", "USD", "CNY", "EQUITY"
    )  # fmt: skip
    assert found.year_end is not None and (found.year_end.month, found.year_end.day) == (3, 31)
