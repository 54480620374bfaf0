"""The option chain: what is asked for, what is kept, and that faults have names."""

import datetime as dt

import pytest

from components.calculators import odds
from components.calculators.market_odds import implied
from data.market import yahoo
from data.market.failures import BadAnswer, EmptyAnswer, MarketFailure, RateLimited, Unreachable
from data.market.records import OptionQuote
from tests.standin import Fault, Listing, Market, StandIn


@pytest.fixture
def service(standin: StandIn) -> StandIn:
    """The market of today: the choice of expiries counts from the real day."""
    standin.market = Market(dt.datetime.now(dt.UTC).date())
    return standin


def test_a_few_expiries_from_near_to_far_with_both_sides(service: StandIn) -> None:
    chain = yahoo.options("BABA")
    expiries = sorted({quote.expiry for quote in chain.quotes})
    assert 3 <= len(expiries) <= len(yahoo.EXPIRIES_DAYS)
    assert chain.currency == "USD"
    assert {quote.is_call for quote in chain.quotes} == {True, False}
    assert service.count("v7/finance/options") == len(expiries) + 1


def test_the_market_s_own_volatility_comes_back(service: StandIn) -> None:
    # The invented chain is priced by Black-Scholes at a volatility of about 0.40, with some stale quotes among it.
    chain = yahoo.options("BABA")
    now = dt.datetime.now(dt.UTC)
    used, dropped = odds.filter_quotes(chain.quotes, now)
    assert used
    assert dropped
    source = implied(chain, now, 0.04, 0.015)
    assert source is not None
    assert float(source.at(chain.price * 1.1, 1.0)) == pytest.approx(0.40, abs=0.06)
    assert f"{dropped} stale or one-sided" in source.provenance


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (Fault.RATE_LIMITED, RateLimited),
        (Fault.OFFLINE, Unreachable),
        (Fault.SERVER_ERROR, BadAnswer),
        (Fault.TRUNCATED, BadAnswer),
        (Fault.EMPTY, EmptyAnswer),
        (Fault.EMPTY_NULL, EmptyAnswer),
    ],
)
def test_a_fault_has_its_name_and_passes(service: StandIn, fault: Fault, name: type[MarketFailure]) -> None:
    service.fault = fault
    with pytest.raises(name):
        yahoo.options("BABA")
    service.fault = None
    assert yahoo.options("BABA").quotes


def test_a_share_without_options_has_an_empty_chain(service: StandIn) -> None:
    service.market.add(Listing("NOPT", price=40.0, has_options=False))
    chain = yahoo.options("NOPT")
    assert (chain.quotes, chain.price) == ([], 40.0)


def test_one_sided_and_stale_quotes_are_dropped() -> None:
    now = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)
    expiry = dt.date(2027, 5, 21)
    base = {"expiry": expiry, "strike": 100.0, "is_call": True, "bid": 4.0, "ask": 5.0, "traded": now}
    quote = OptionQuote
    changes = [{}, {"bid": None}, {"ask": 3.0}, {"traded": now - dt.timedelta(days=8)}, {"traded": None}]
    used, dropped = odds.filter_quotes([quote(**{**base, **change}) for change in changes], now)  # type: ignore[arg-type]
    assert (len(used), dropped) == (1, 4)
    assert used[0].price == 4.5
    assert used[0].years == pytest.approx(182.5 / 365.25)
