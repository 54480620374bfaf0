"""Shares quoted in pence, cents and agorot, splits, and yfinance's own files: through the real yfinance."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from data.market import yahoo
from tests.data.market.wire import CALLS, listing, outcome, serve_summary
from tests.standin import Listing, StandIn

LONDON = Listing(
    "VOD.L", "GBp", "GBP", price=91.3, eps_trailing=7.1, eps_forward=0.082, eps_forward_currency="GBP",
    target_mean=104.0, target_low=70.0, target_high=140.0, exchange="LSE", place="Europe/London", has_options=False,
    dividends={dt.date(2026, 6, 4): 2.1},
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "place"), [("GBp", "Europe/London"), ("ZAc", "Africa/Johannesburg"), ("ILA", "Asia/Jerusalem")]
)
def test_a_share_quoted_in_a_minor_unit_has_live_data(standin: StandIn, code: str, place: str) -> None:
    standin.market.add(replace(LONDON, currency=code, place=place))
    prices, analysis = yahoo.prices("VOD.L"), yahoo.analysis("VOD.L")
    assert (prices.currency, prices.price, prices.closes[max(prices.closes)]) == (code, 91.3, 91.3)
    assert prices.dividends == {dt.date(2026, 6, 4): 2.1}
    assert (analysis.currency, analysis.target_mean, analysis.target_high) == (code, 104.0, 140.0)
    assert (analysis.eps_trailing, analysis.eps_trailing_currency) == (7.1, None)
    assert (analysis.eps_forward, analysis.eps_forward_currency) == (0.082, "GBP")
    assert yahoo.options("VOD.L").quotes == []


def test_earnings_in_pounds_beside_a_price_in_pence_are_told_by_the_ratio(standin: StandIn) -> None:
    standin.market.add(LONDON)
    serve_summary(standin, {"defaultKeyStatistics": {"trailingEps": 0.071}}, "VOD.L")
    record = yahoo.analysis("VOD.L")
    assert (record.eps_trailing, record.eps_trailing_currency) == (0.071, "GBP")


def test_splits_are_those_of_the_service(standin: StandIn) -> None:
    day = dt.date(2026, 11, 2)
    standin.market.add(replace(listing(standin), splits={day: 10.0, dt.date(2025, 3, 3): 0.1}))
    assert yahoo.prices("BABA").splits == {dt.date(2025, 3, 3): 0.1, day: 10.0}


def test_no_disk_stops_live_data(standin: StandIn, tmp_path: Path) -> None:
    # yfinance keeps time zones and cookies in databases of its own; a folder in their place makes each of them fail.
    folder = tmp_path / "yfinance"
    for name in ("tkr-tz.db", "cookies.db", "isin-tkr.db"):
        (folder / name).mkdir(parents=True)
    assert [outcome(call) for call in CALLS.values()] == [None] * 3
    assert all(path.is_dir() for path in folder.iterdir())


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0), (" 0 ", 0.0), ("Sun, 22 Nov 2026 12:10:00 GMT", 600.0), ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None), ("-5", None), ("1e9", None), ("", None), (None, None), ("１２", None),
    ],
)  # fmt: skip
def test_a_pause_is_read_as_the_standard_writes_it(
    said: str | None, seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yahoo.clock, "now", lambda: dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    assert yahoo.seconds_of(said) == seconds
