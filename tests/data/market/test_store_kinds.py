"""Answers of one symbol do not touch each other in the store."""

import datetime as dt
from pathlib import Path

from data.market.records import Analysis, Prices
from data.market.store import CachedAnswer, Store

NOW = dt.datetime(2026, 11, 20, 21, tzinfo=dt.UTC)
PRICES = Prices(symbol="X", currency="USD", price=10.0, time=NOW, closes={NOW.date(): 10.0}, dividends={})
ANALYSIS = Analysis(symbol="X", currency="USD", target_mean=12.0)


def test_an_analysis_that_is_saved_leaves_the_prices(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'market.sqlite'}")
    store.write("prices", "X", CachedAnswer(PRICES, NOW))
    store.write("prices", "Y", CachedAnswer(PRICES.model_copy(update={"symbol": "Y"}), NOW))
    store.write("analysis", "X", CachedAnswer(ANALYSIS, NOW))
    assert store.read_all().keys() == {("prices", "X"), ("prices", "Y"), ("analysis", "X")}
