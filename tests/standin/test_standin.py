"""The real yfinance against the stand-in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from . import Listing, Market, StandIn
from .__main__ import session_day
from .chain import RATE, black_scholes, expiries
from .conftest import TODAY

pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")
ROOT = Path(__file__).resolve().parents[2]


def history(ticker: Any) -> Any:
    return ticker.history(period="2y", auto_adjust=False, actions=True)


def test_history_ends_at_the_price_and_has_dividends(yf: Any) -> None:
    table = history(yf.Ticker("BABA"))
    assert len(table) == 523
    assert table.index[-1].date() == TODAY
    assert str(table.index.tz) == "America/New_York"
    assert table["Close"].iloc[-1] == 131.4
    assert (table["Dividends"] > 0).sum() == 2
    assert table["Adj Close"].iloc[0] < table["Close"].iloc[0]
    assert not table.isna().any().any()


def test_history_by_dates(yf: Any) -> None:
    table = yf.Ticker("MSFT").history(start="2026-01-05", end="2026-01-10", auto_adjust=False)
    assert [day.day for day in table.index] == [5, 6, 7, 8, 9]


def test_exchange_rate(yf: Any) -> None:
    table = yf.Ticker("CNY=X").history(period="1mo", auto_adjust=False)
    assert table["Close"].iloc[-1] == 7.02
    assert str(table.index.tz) == "Europe/London"


def test_info_names_both_currencies(yf: Any) -> None:
    info = yf.Ticker("BABA").get_info()
    assert (info["currency"], info["financialCurrency"]) == ("USD", "CNY")
    assert info["trailingEps"] == 6.6
    assert info["epsForward"] == pytest.approx(62.0 / 7.02, abs=1e-3)
    assert info["regularMarketPrice"] == info["currentPrice"] == 131.4
    assert info["trailingPegRatio"] == 1.4


def test_analysts(yf: Any) -> None:
    ticker = yf.Ticker("BABA")
    targets = ticker.get_analyst_price_targets()
    assert targets == {"current": 131.4, "mean": 188.5, "low": 112.0, "high": 255.0, "median": 190.0}
    counts = ticker.get_recommendations().iloc[0]
    assert counts["period"] == "0m"
    assert counts[["strongBuy", "buy", "hold", "sell", "strongSell"]].sum() == 40
    estimate = ticker.get_earnings_estimate().loc["+1y"]
    assert (estimate["avg"], estimate["currency"]) == (62.0, "CNY")
    assert ticker.calendar["Earnings Date"][0] > TODAY


def test_options_follow_black_scholes(yf: Any) -> None:
    ticker = yf.Ticker("BABA")
    assert list(ticker.options) == [day.isoformat() for day in expiries(TODAY)]
    assert len(ticker.options) >= 6
    day = ticker.options[-3]
    chain = ticker.option_chain(day)
    years = (date.fromisoformat(day) - TODAY).days / 365
    live = chain.calls[chain.calls["bid"] > 0]
    for row in live.itertuples():
        value = black_scholes("C", 131.4, row.strike, years, row.impliedVolatility, 1.95 / 131.4)
        assert row.bid <= value <= row.ask
    assert live["impliedVolatility"].between(0.38, 0.45).all()
    assert (chain.calls["bid"] == 0).any() or (chain.puts["bid"] == 0).any()
    assert set(chain.calls["currency"]) == {"USD"}
    assert chain.calls["lastTradeDate"].min() < chain.calls["lastTradeDate"].max() - timedelta(days=5)


def test_put_and_call_agree() -> None:
    call, put = (black_scholes(side, 100, 110, 0.5, 0.4) for side in "CP")
    assert call - put == pytest.approx(100 - 110 * 2.718281828459045 ** (-RATE * 0.5))


def test_statements(yf: Any) -> None:
    ticker = yf.Ticker("BABA")
    cash, income = ticker.quarterly_cashflow, ticker.quarterly_income_stmt
    assert cash.shape[1] == income.shape[1] == 5
    assert cash.columns[0].date() == date(2026, 9, 30)
    newest = cash.iloc[:, 0]
    assert newest["Free Cash Flow"] == newest["Operating Cash Flow"] + newest["Capital Expenditure"]
    earned = income.loc["Net Income"].iloc[:4].sum() / 2_390_000_000 / 7.02
    assert earned == pytest.approx(6.6, rel=0.02)
    assert ticker.income_stmt.columns[0].date() == date(2026, 3, 31)
    assert ticker.ttm_cashflow.loc["Free Cash Flow"].iloc[0] == cash.loc["Free Cash Flow"].iloc[:4].sum()


def test_unknown_symbol(yf: Any) -> None:
    ticker = yf.Ticker("NOPE")
    assert history(ticker).empty
    assert list(ticker.get_info()) == ["trailingPegRatio"]
    assert ticker.get_analyst_price_targets() == {}


def test_added_symbol(service: StandIn, yf: Any) -> None:
    service.market.add(Listing("0700.HK", "HKD", "CNY", price=612.0))
    assert yf.Ticker("0700.HK").history(period="5d", auto_adjust=False)["Close"].iloc[-1] == 612.0


def test_market_is_the_same_each_time() -> None:
    one, two, other = Market(TODAY), Market(TODAY), Market(TODAY, seed=8)
    listing = Listing("BABA", price=131.4)
    assert one.bars(listing) == two.bars(listing) != other.bars(listing)


def test_moving_market_moves_a_little(service: StandIn, yf: Any) -> None:
    service.market = Market(TODAY, moving=True)
    prices = {yf.Ticker("BABA").get_analyst_price_targets()["current"] for _ in range(5)}
    assert len(prices) > 1
    assert all(abs(price / 131.4 - 1) < 0.01 for price in prices)


def test_weekend_ends_on_friday() -> None:
    assert Market(date(2026, 11, 22)).sessions[-1] == TODAY


def test_before_the_opening_yesterday_counts() -> None:
    assert session_day(datetime(2026, 11, 20, 9, 29)) == date(2026, 11, 19)
    assert session_day(datetime(2026, 11, 20, 9, 30)) == TODAY


def test_given_bodies(service: StandIn, yf: Any) -> None:
    module = '{"quoteSummary":{"result":[{"financialData":{"targetMeanPrice":1.5}}],"error":null}}'
    service.serve("quoteSummary/BABA?modules=financialData&", module)
    service.serve("chart/BABA", "Too Many Requests", 429)
    assert yf.Ticker("BABA").get_analyst_price_targets() == {"mean": 1.5}
    with pytest.raises(yf.exceptions.YFRateLimitError):
        history(yf.Ticker("BABA"))
    assert len(history(yf.Ticker("MSFT"))) == 523


def test_requests_are_recorded(service: StandIn, yf: Any) -> None:
    yf.Ticker("BABA").get_analyst_price_targets()
    hosts = [request.host for request in service.requests]
    assert hosts == ["fc.yahoo.com", "query1.finance.yahoo.com", "query2.finance.yahoo.com"]
    assert service.count("modules=financialData") == service.count("getcrumb") == 1
    assert service.refused == []


def test_other_hosts_are_refused(service: StandIn, yf: Any) -> None:
    session = yf.data.new_session()
    with pytest.raises(OSError, match="403"):
        session.get("https://example.com/")
    assert service.refused == ["example.com"]


def run_command(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.standin", "--run", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")


def test_command_runs_with_the_environment() -> None:
    code = "import os, sys; print(os.environ['HTTPS_PROXY']); sys.exit(3)"
    child = run_command("--", sys.executable, "-c", code)
    printed, _ = child.communicate(timeout=20)
    assert child.returncode == 3
    assert "http://127.0.0.1:" in printed


def test_command_is_ended_with_the_stand_in() -> None:
    code = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
    child = run_command("--fault", "hang", "--", sys.executable, "-c", code)
    assert child.stdout
    child.stdout.readline()
    grandchild = int(child.stdout.readline())
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=20)
    assert child.returncode == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(grandchild, 0)


def test_a_history_passes_through_its_anchors() -> None:
    market = Market(TODAY)
    days = market.sessions[100:400:50]
    market.add(Listing("ANCH", price=120.0, anchors={day: 90.0 + place for place, day in enumerate(days)}))
    listing = market.find("ANCH")
    assert listing is not None
    closes = {bar.day: bar.close for bar in market.bars(listing)}
    assert [closes[day] for day in days] == [90.0 + place for place in range(len(days))]
    assert market.bars(listing)[-1].close == 120.0
