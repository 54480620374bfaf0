"""Implausible answers on the wire, read by the real yfinance: what is shown after a good answer, and after none."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from data.errors import UnknownFigure
from data.market.believed import FRESH
from data.market.service import MarketService
from data.market.snapshot import Snapshots
from data.market.store import Store
from data.market.view import MarketView
from tests.data.market.conftest import TODAY, Clock
from tests.data.market.test_service import refresh
from tests.data.market.wire import listing, serve_chart, serve_summary
from tests.standin import Listing, StandIn

KEYS = [("prices", "BABA"), ("rate", "USD/CNY"), ("analysis", "BABA")]
SPLIT = dt.date(2026, 11, 20)


def add(standin: StandIn, symbol: str = "BABA", **changes: Any) -> None:
    """Another market: its whole history ends at, and scales with, another price."""
    standin.market.add(replace(listing(standin, symbol), **changes))


def relabelled(standin: StandIn) -> None:
    add(standin, eps_forward_currency="USD")


@dataclass(frozen=True)
class Row:
    """A fault, and what the view shows of the value that it falsifies: after a good answer, and after none."""

    fault: Callable[[StandIn], None]
    shown: Callable[[MarketView], float]
    good: float
    first: float | None = None  # None: not known


def price(view: MarketView) -> float:
    return view.price("BABA").value


def mean(view: MarketView) -> float:
    return view.target("BABA").value


def rate(view: MarketView) -> float:
    return view.rate("USD/CNY").value


ROWS: dict[str, Row] = {
    "price x10": Row(lambda s: serve_chart(s, regularMarketPrice=1314.0), price, 131.4, 131.4),
    "price x1000": Row(lambda s: serve_chart(s, regularMarketPrice=131_400.0), price, 131.4, 131.4),
    "price /100": Row(lambda s: serve_chart(s, regularMarketPrice=1.314), price, 131.4, 131.4),
    "price and close x10": Row(
        lambda s: serve_chart(s, regularMarketPrice=1314.0, closes=[1314.0]), price, 131.4, 130.07
    ),
    "targets x1000": Row(
        lambda s: add(s, target_mean=188_500.0, target_low=112_000.0, target_high=255_000.0), mean, 188.5
    ),
    "low target above the high one": Row(
        lambda s: add(s, target_low=300.0), lambda view: view.target("BABA", "low").value, 112.0
    ),
    "trailing EPS in CNY": Row(
        lambda s: serve_summary(s, {"defaultKeyStatistics": {"trailingEps": 46.3}}),
        lambda view: view.eps("BABA", "trailing").value,
        6.6,
    ),
    "forward EPS in CNY under USD": Row(relabelled, lambda view: view.eps("BABA", "forward").value, 62.0),
    "rate x10": Row(lambda s: serve_chart(s, "CNY=X", regularMarketPrice=70.2), rate, 7.02),
    "inverse rate": Row(lambda s: serve_chart(s, "CNY=X", regularMarketPrice=1 / 7.02), rate, 7.02),
    "all of the rate x10": Row(lambda s: add(s, "CNY=X", price=70.2), rate, 7.02, 70.2),
}
# A fault that nothing but a last good answer shows: the dossier then tells it from the filings' rate.
LAST_ONLY = {"all of the rate x10"}


def view(service: MarketService) -> MarketView:
    return MarketView(service.cached(KEYS), Snapshots({}, ()), {"BABA": "ADS"}, TODAY + dt.timedelta(days=1))


@pytest.mark.parametrize("name", ROWS)
def test_after_a_good_answer_that_one_stays_and_the_other_is_named(standin: StandIn, clock: Clock, name: str) -> None:
    row, service = ROWS[name], MarketService(Store(None), now=clock)
    refresh(service, *KEYS)
    assert service.status(KEYS).held_back == ()
    row.fault(standin)
    for _ in range(2):  # saying it again does not help
        clock.forward(FRESH["analysis"])
        refresh(service, *KEYS)
        assert row.shown(view(service)) == pytest.approx(row.good)
    assert service.status(KEYS).held_back
    assert service.status(KEYS).failure is None


@pytest.mark.parametrize("name", [name for name in ROWS if name not in LAST_ONLY])
def test_with_an_empty_store_nothing_false_is_shown(standin: StandIn, clock: Clock, name: str) -> None:
    row, service = ROWS[name], MarketService(Store(None), now=clock)
    row.fault(standin)
    refresh(service, *KEYS)
    assert service.status(KEYS).held_back
    if row.first is None:
        with pytest.raises(UnknownFigure):
            row.shown(view(service))
    else:
        assert row.shown(view(service)) == pytest.approx(row.first, rel=0.05)


def test_a_market_that_is_scaled_without_a_split_is_believed_the_second_time(standin: StandIn, clock: Clock) -> None:
    service = MarketService(Store(None), now=clock)
    refresh(service, KEYS[0])
    add(standin, price=13.14)
    clock.forward(FRESH["prices"])
    refresh(service, KEYS[0])
    assert price(view(service)) == 131.4
    assert "13.14" in service.status(KEYS).held_back[0].sentence
    clock.forward(FRESH["prices"])
    refresh(service, KEYS[0])
    assert price(view(service)) == 13.14
    assert service.status(KEYS[:1]).held_back == ()


def test_a_recorded_split_is_believed_at_once(standin: StandIn, clock: Clock) -> None:
    service = MarketService(Store(None), now=clock)
    refresh(service, KEYS[0])
    add(standin, price=13.14, splits={SPLIT: 10.0})
    clock.forward(FRESH["prices"])
    refresh(service, KEYS[0])
    assert price(view(service)) == 13.14
    assert service.status(KEYS[:1]).held_back == ()


def test_a_share_without_options_and_its_page(standin: StandIn, clock: Clock) -> None:
    standin.market.add(Listing("NOPT", price=40.0, has_options=False))
    service = MarketService(Store(None), now=clock)
    keys = [("prices", "NOPT"), ("options", "NOPT")]
    refresh(service, *keys)
    assert service.status(keys).failure is None
    assert set(service.cached(keys)) == set(keys)
