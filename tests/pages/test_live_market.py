"""Every page with live data on: the market's answers in place of the snapshot's, and none of the network."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from components.answers.registry import PAGES
from data.market import yahoo
from data.market.failures import EmptyAnswer
from data.market.records import Analysis, Options, Prices, Rate
from data.market.service import market_service
from tests.components.answers.test_sweeps import with_live_options
from tests.conftest import bundled
from tests.pages.conftest import NOON, Open, live, shown_text

PRICE = 131.4


def prices(symbol: str) -> Prices:
    price = {"BABA": PRICE, "AMZN": 240.0, "MSFT": 500.0, "0100.HK": 260.0}[symbol]
    currency = "HKD" if symbol.endswith(".HK") else "USD"
    now = NOON
    closes = {now.date() - dt.timedelta(days=day): price for day in range(30)}
    return Prices(symbol=symbol, currency=currency, price=price, time=now, closes=closes, dividends={})


def analysis(symbol: str) -> Analysis:
    eps = {"BABA": 6.0, "AMZN": 8.0, "MSFT": 16.0}[symbol]
    targets = {"target_mean": 180.0, "target_low": 120.0, "target_high": 250.0, "target_analysts": 40}
    ratings = {"strongBuy": 10, "buy": 25, "hold": 4, "sell": 1, "strongSell": 0}
    return Analysis(
        symbol=symbol, currency="USD", eps_trailing=eps, eps_forward=eps * 1.2, eps_forward_currency="USD",
        shares=2.4e9, ratings=ratings, **targets,
    )  # fmt: skip


def rate(pair: str) -> Rate:
    base, quote = pair.split("/")
    return Rate(base=base, quote=quote, value={"CNY": 7.0, "HKD": 7.8}[quote], time=NOON)


def options(symbol: str) -> Options:
    answer = with_live_options(bundled(), NOON).market.live["options", "BABA"].answer
    assert isinstance(answer, Options)
    return answer


@pytest.fixture(autouse=True)
def live_market(monkeypatch: pytest.MonkeyPatch) -> None:
    """Live data on, each question answered at once."""
    monkeypatch.setenv("THESIS_LIVE", "on")
    monkeypatch.setenv("THESIS_DATABASE_URL", "sqlite://")
    for name, ask in {"prices": prices, "analysis": analysis, "rate": rate, "options": options}.items():
        monkeypatch.setattr(yahoo, name, ask)
    market_service.cache_clear()


def settled(open_page: Open, name: str, **query: str) -> AppTest:
    """A page after the market has answered."""
    open_page(name, **query)
    market_service().wait(20)
    return open_page(name, **query)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_on_live_data(open_page: Open, name: str) -> None:
    app = settled(open_page, name)
    assert not app.exception
    assert not app.error
    assert live(app)
    # Prices and analysis of three shares, prices of a stake, two rates, one chain.
    assert market_service().status().version >= 9
    assert market_service().status().failure is None


def test_the_line_at_the_foot_says_the_live_price(open_page: Open) -> None:
    captions = [caption.value.replace("\u00a0", " ") for caption in settled(open_page, "overview").caption]
    assert any("BABA USD 131.40, quoted just now" in caption for caption in captions)


def test_the_overview_says_the_market_s_price_and_opinions(open_page: Open) -> None:
    parts = live(settled(open_page, "overview"))
    assert "trades at USD 131.40 per ADS, down 10.4%" in shown_text(parts["overview-lead"])  # 131.40 / 146.58
    analysts = shown_text(parts["analysts"])
    for said in ("USD 180.00", "+37.0% away, 40 analysts", "35 of 40 buy", "4 hold, 1 sell", "USD 315bn"):
        assert said in analysts


def test_returns_from_the_market_s_price_bring_its_earnings(open_page: Open) -> None:
    app = settled(open_page, "upside", bull_target="210", price="131.4", price_day=NOON.date().isoformat())
    assert app.query_params["price"] == "131.4"
    slots = live(app)["upside-sentence"]["slots"]
    assert slots["base.upside"] == "+50.3%"  # 197.5 / 131.4 - 1
    # Core leads: 20.62 CNY / 7.0 = 2.946 USD, against 6.0 of GAAP; the estimate of today is 7.2.
    assert (app.query_params["eps_trailing"], app.query_params["eps_forward"]) == ("2.946", "7.2")
    assert "implied" in shown_text(live(app)["upside-odds"])


def test_the_line_says_when_the_market_fails(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(symbol: str) -> Prices:
        raise EmptyAnswer(f"{symbol}: nothing")

    monkeypatch.setattr(yahoo, "prices", fails)
    app = settled(open_page, "overview")
    said = " ".join(caption.value.replace("\u00a0", " ") for caption in app.caption)
    assert "BABA USD 111.37 from the bundled snapshot of 9 Oct 2026" in said
    assert "sent an answer without the figures" in said
    assert "Next try at" in said


def test_a_session_takes_what_belongs_to_a_price_with_it() -> None:
    """The page opens on the snapshot; when the market has answered, price and earnings both are the market's."""
    app = AppTest.from_function(_opens_before_the_market_answers, default_timeout=30).run()
    assert not app.exception
    assert [each.value for each in app.markdown] == ["None, 3.073", "7.2, 2.946"]  # 20.62 CNY at the market's 7.0


def _opens_before_the_market_answers() -> None:
    import streamlit as st

    from components.widgets import session
    from data.dossier import market_keys
    from data.market.service import market_service

    def told() -> None:
        inputs = session.scenario().inputs
        ahead = inputs.get("eps_forward")
        st.markdown(f"{ahead and ahead.default}, {inputs['eps_trailing'].default}")

    session.sync_address("Overview")
    told()
    dossier = session.dossier()
    market_service().cached(market_keys(dossier.thesis, dossier.company))
    market_service().wait(20)
    session.sync_address("Overview")
    told()
