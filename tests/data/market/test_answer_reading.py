"""From the service's answers to records, without asking anyone: which field means what."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from data.market import reading, reading_analysis
from data.market.failures import BadAnswer, EmptyAnswer

TIME = dt.datetime(2026, 11, 20, 21, 0, tzinfo=dt.UTC)
DAYS = pd.DatetimeIndex(["2026-11-18", "2026-11-19", "2026-11-20"])
META = {"regularMarketPrice": 131.4, "regularMarketTime": TIME.timestamp(), "currency": "USD"}
FRAME = pd.DataFrame(
    {"Close": [130.4, 0.0, 131.4], "Dividends": [0.0, 1.95, 0.0], "Stock Splits": [0.0, 0.0, 10.0]}, index=DAYS
)
SUMMARY: dict[str, Any] = {
    "financialData": {
        "currentPrice": {"raw": 131.4}, "targetMeanPrice": 188.5, "targetHighPrice": 255.0, "targetLowPrice": 112.0,
        "numberOfAnalystOpinions": 39.0, "financialCurrency": "CNY",
    },
    "defaultKeyStatistics": {"trailingEps": 6.6, "forwardEps": 8.8, "sharesOutstanding": 2.39e9},
    "summaryDetail": {"currency": "USD", "trailingPE": 19.9},
    "earningsTrend": {"trend": [
        {"period": "0y", "earningsEstimate": {"avg": 50.0, "earningsCurrency": "CNY"}},
        {"period": "+1y", "earningsEstimate": {"avg": 62.0, "earningsCurrency": "CNY"}},
    ]},
    "recommendationTrend": {"trend": [
        {"period": "-1m", "strongBuy": 1, "buy": 1, "hold": 1, "sell": 1, "strongSell": 1},
        {"period": "0m", "strongBuy": 9, "buy": 26, "hold": 5, "sell": 0, "strongSell": 0},
    ]},
}  # fmt: skip


def changed(**modules: Any) -> dict[str, Any]:
    """The summary with some modules otherwise."""
    return {**SUMMARY, **modules}


def test_a_chart_gives_prices_dividends_and_splits() -> None:
    found = reading.prices("BABA", FRAME, META)
    assert (found.symbol, found.currency, found.price, found.time) == ("BABA", "USD", 131.4, TIME)
    assert found.closes == {dt.date(2026, 11, 18): 130.4, dt.date(2026, 11, 20): 131.4}
    assert found.dividends == {dt.date(2026, 11, 19): 1.95}
    assert found.splits == {dt.date(2026, 11, 20): 10.0}
    bare = reading.prices("BABA", FRAME[["Close"]], META)
    assert (bare.dividends, bare.splits) == ({}, {})


@pytest.mark.parametrize(("meta", "frame", "failure", "said"), [
    ({**META, "currency": None}, FRAME, EmptyAnswer, "BABA: the answer names no currency"),
    ({**META, "regularMarketPrice": None}, FRAME, EmptyAnswer, "BABA: the answer has no last price or no time for it"),
    ({**META, "regularMarketTime": None}, FRAME, EmptyAnswer, "BABA: the answer has no last price or no time for it"),
    ({**META, "regularMarketTime": 1e20}, FRAME, BadAnswer, "BABA: 1e+20 is no time"),
    (META, FRAME[["Close"]] * 0, EmptyAnswer, "BABA: the history has no closes"),
])  # fmt: skip
def test_a_chart_without_what_is_needed(meta: dict, frame: Any, failure: type[Exception], said: str) -> None:
    with pytest.raises(failure) as raised:
        reading.prices("BABA", frame, meta)
    assert str(raised.value).startswith(said)


def test_a_chart_gives_a_rate_with_its_closes() -> None:
    found = reading.rate("CNY=X", "USD", "CNY", FRAME, {**META, "currency": "CNY"})
    assert (found.base, found.quote, found.value, found.time) == ("USD", "CNY", 131.4, TIME)
    assert found.closes == {dt.date(2026, 11, 18): 130.4, dt.date(2026, 11, 20): 131.4}
    with pytest.raises(BadAnswer) as raised:
        reading.rate("CNY=X", "USD", "CNY", FRAME, META)
    assert str(raised.value) == "CNY=X: the rate is in USD, not in CNY"


def test_a_summary_gives_targets_earnings_and_ratings() -> None:
    found = reading_analysis.analysis("BABA", SUMMARY)
    assert (found.target_mean, found.target_high, found.target_low, found.target_analysts) == (188.5, 255.0, 112.0, 39)
    assert (found.eps_trailing, found.pe_trailing, found.eps_trailing_currency) == (6.6, 19.9, None)
    assert (found.eps_forward, found.eps_forward_currency, found.eps_forward_listed) == (62.0, "CNY", 8.8)
    assert (found.price, found.shares, found.currency) == (131.4, 2.39e9, "USD")
    assert found.ratings == {"strongBuy": 9, "buy": 26, "hold": 5, "sell": 0, "strongSell": 0}


def test_a_part_that_is_broken_is_left_out_and_the_rest_stays() -> None:
    found = reading_analysis.analysis("BABA", changed(earningsTrend={"trend": 1}, recommendationTrend=None))
    assert (found.eps_forward, found.eps_forward_currency, found.eps_forward_listed, found.ratings) == (None,) * 4
    assert found.target_mean == 188.5


@pytest.mark.parametrize(("summary", "said"), [
    (changed(summaryDetail={}), "BABA: the answer names no currency"),
    ({"summaryDetail": {"currency": "USD"}}, "BABA: the answer has neither targets nor earnings"),
])  # fmt: skip
def test_a_summary_without_what_is_needed(summary: dict[str, Any], said: str) -> None:
    with pytest.raises(EmptyAnswer) as raised:
        reading_analysis.analysis("BABA", summary)
    assert str(raised.value) == said


def test_an_option_chain_is_of_days_in_utc() -> None:
    second = int(dt.datetime(2027, 1, 15, tzinfo=dt.UTC).timestamp())
    assert reading.expiries({"expirationDates": [second]}) == {dt.date(2027, 1, 15): second}
    assert reading.expiries({}) == {}
    near, far = dt.date(2026, 12, 3), dt.date(2026, 12, 4)
    assert reading.spread([near, far], dt.date(2026, 11, 20), (1,)) == [far]
    assert reading.spread([near], dt.date(2026, 11, 20), (1,)) == []


def test_an_option_chain_names_its_share_s_price() -> None:
    quote = {"quote": {"regularMarketPrice": 131.4, "currency": "USD"}}
    row = {"strike": 130, "bid": 0, "ask": 9.5, "lastTradeDate": TIME.timestamp()}
    quoted = reading.quotes({"options": [{"calls": [row], "puts": [row]}]}, dt.date(2027, 1, 15))
    assert [(each.is_call, each.strike, each.bid, each.ask, each.traded) for each in quoted] == [
        (True, 130.0, None, 9.5, TIME), (False, 130.0, None, 9.5, TIME)
    ]  # fmt: skip
    assert reading.options("BABA", quote, quoted, expected=True).price == 131.4
    assert reading.options("BABA", quote, [], expected=False).quotes == []
    for answer, quotes, expected in ((quote, [], True), ({"quote": {"currency": "USD"}}, quoted, True),
                                     ({"quote": {"regularMarketPrice": 131.4}}, quoted, False)):  # fmt: skip
        with pytest.raises(EmptyAnswer, match="BABA: the option chain is empty or names no price"):
            reading.options("BABA", answer, quotes, expected)
