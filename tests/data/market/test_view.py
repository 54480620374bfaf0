"""The view: the live answer where there is one, else the snapshot, and never more than was known on the day."""

import datetime as dt

import pytest

from data.errors import UnknownFigure
from data.figures import Confidence, Origin
from data.market.records import Analysis, Prices, Rate
from data.market.service import Key
from data.market.snapshot import Close, Moment, QuoteSnapshot, Snapshots
from data.market.store import CachedAnswer
from data.market.view import LIVE_SOURCE, SNAPSHOT_SOURCE, MarketView

TODAY = dt.date(2026, 11, 20)
FETCHED = dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.UTC)
TIME = dt.datetime(2026, 11, 20, 21, 0, tzinfo=dt.UTC)
MAY, JUNE, JULY = dt.date(2026, 5, 29), dt.date(2026, 6, 1), dt.date(2026, 7, 1)

SNAPSHOTS = Snapshots(
    closes={"BABA": (Close(MAY, 100.0, "USD"), Close(JUNE, 110.0, "USD"))},
    moments=(
        Moment(
            date=JUNE,
            source="a page of June",
            quotes={
                "BABA": QuoteSnapshot(
                    price=110.0,
                    currency="USD",
                    share_class="ADS",
                    pe_trailing=20.0,
                    pe_forward=16.0,
                    target_mean=170.0,
                    target_high=200.0,
                    target_analysts=37,
                )
            },
        ),
        Moment(
            date=JULY,
            source="a page of July",
            quotes={"BABA": QuoteSnapshot(currency="USD", share_class="ADS", pe_trailing=22.0, target_mean=180.0)},
        ),
    ),
)
LIVE: dict[Key, CachedAnswer] = {
    ("prices", "BABA"): CachedAnswer(
        Prices(
            symbol="BABA",
            currency="USD",
            price=131.4,
            time=TIME,
            closes={JUNE: 111.0, dt.date(2026, 11, 19): 130.0, TODAY: 131.4},
            dividends={dt.date(2026, 6, 11): 1.95, dt.date(2025, 6, 11): 1.9},
        ),
        FETCHED,
    ),
    ("analysis", "BABA"): CachedAnswer(
        Analysis(
            symbol="BABA",
            currency="USD",
            target_mean=188.5,
            target_analysts=40,
            ratings={"strongBuy": 9, "buy": 26, "hold": 5, "sell": 0, "strongSell": 0},
            eps_trailing=6.6,
            eps_forward=62.0,
            eps_forward_currency="CNY",
            shares=2.39e9,
        ),
        FETCHED,
    ),
    ("rate", "USD/CNY"): CachedAnswer(Rate(base="USD", quote="CNY", value=7.02, time=TIME), FETCHED),
}


def view(live: dict[Key, CachedAnswer] | None = None, day: dt.date = TODAY) -> MarketView:
    return MarketView(live or {}, SNAPSHOTS, {"BABA": "ADS"}, day)


# --- Live before snapshot ---


def test_the_live_price_beats_the_snapshot() -> None:
    price = view(LIVE).price("BABA")
    assert (price.value, price.unit.text, price.origin) == (131.4, "USD per ADS", Origin.MARKET)
    assert (price.as_of, price.fetched, price.source) == (TODAY, FETCHED, LIVE_SOURCE)


def test_without_a_live_price_the_last_stored_close_stands() -> None:
    price = view().price("BABA")
    assert (price.value, price.unit.text, price.origin) == (110.0, "USD per ADS", Origin.SNAPSHOT)
    assert (price.as_of, price.fetched, price.source) == (JUNE, None, SNAPSHOT_SOURCE)


def test_a_live_price_from_long_ago_does_not_beat_a_newer_snapshot() -> None:
    # Kept on disk by an older release of the program, with no network since.
    old = Prices(
        symbol="BABA",
        currency="USD",
        price=99.0,
        time=dt.datetime(2026, 5, 22, 20, tzinfo=dt.UTC),
        closes={dt.date(2026, 5, 22): 99.0},
        dividends={},
    )
    price = view({("prices", "BABA"): CachedAnswer(old, FETCHED)}).price("BABA")
    assert (price.value, price.as_of, price.origin) == (110.0, JUNE, Origin.SNAPSHOT)


def test_a_stored_close_stands_before_a_live_one_of_its_day() -> None:
    assert [(close.date, close.price, origin) for close, origin in view(LIVE).closes("BABA")] == [
        (MAY, 100.0, Origin.SNAPSHOT),
        (JUNE, 110.0, Origin.SNAPSHOT),
        (dt.date(2026, 11, 19), 130.0, Origin.MARKET),
        (TODAY, 131.4, Origin.MARKET),
    ]


@pytest.mark.parametrize(
    ("day", "value", "origin"),
    [(MAY, 100.0, Origin.SNAPSHOT), (dt.date(2026, 5, 31), 100.0, Origin.SNAPSHOT), (JULY, 110.0, Origin.SNAPSHOT)],
)
def test_a_day_without_trading_has_the_close_before(day: dt.date, value: float, origin: Origin) -> None:
    close = view(LIVE).close_on_or_before("BABA", day)
    assert (close.value, close.origin) == (value, origin)


def test_analysts_and_earnings_are_live_where_there_are_any() -> None:
    now = view(LIVE)
    target, trailing = now.target("BABA"), now.eps("BABA", "trailing")
    assert (target.value, target.origin, target.fetched) == (188.5, Origin.MARKET, FETCHED)
    assert (trailing.value, trailing.unit.text, trailing.chain) == (6.6, "USD per ADS", ())
    assert now.analysts("BABA") == 40
    assert now.ratings("BABA") == (LIVE["analysis", "BABA"].answer.ratings, TODAY, LIVE_SOURCE)  # type: ignore[union-attr]
    assert now.shares("BABA") == 2.39e9


def test_what_the_live_answer_lacks_comes_from_the_snapshot() -> None:
    high = view(LIVE).target("BABA", "high")
    assert (high.value, high.origin, high.as_of, high.source) == (200.0, Origin.SNAPSHOT, JUNE, "a page of June")


def test_the_newest_moment_that_knows_a_value_gives_it() -> None:
    assert view().target("BABA").value == 180.0
    assert view().target("BABA").source == "a page of July"
    assert view().analysts("BABA") is None, "the count of June is that of another mean"


# --- Currencies ---


def test_an_estimate_keeps_its_own_currency() -> None:
    forward = view(LIVE).eps("BABA", "forward")
    assert (forward.value, forward.unit.text) == (62.0, "CNY per ADS")


def test_a_rate_says_what_it_is_per() -> None:
    rate = view(LIVE).rate("USD/CNY")
    assert (rate.value, rate.unit.currency, rate.unit.per) == (7.02, "CNY", "USD")
    assert (rate.as_of, rate.fetched, rate.origin) == (TODAY, FETCHED, Origin.MARKET)


def test_a_share_class_that_is_not_named_is_a_share() -> None:
    now = MarketView(LIVE, SNAPSHOTS, {}, TODAY)
    assert now.price("BABA").unit.text == "USD per share"


# --- Earnings behind a published ratio ---


def test_earnings_of_a_snapshot_are_price_by_ratio_with_their_chain() -> None:
    # 110 / 20 = 5.50. July knows a ratio but no price, so June's is the newest pair.
    trailing = view().eps("BABA", "trailing")
    assert trailing.value == pytest.approx(5.5)
    assert (trailing.unit.text, trailing.as_of, trailing.origin) == ("USD per ADS", JUNE, Origin.SNAPSHOT)
    assert trailing.confidence is Confidence.DERIVED
    assert trailing.chain == ("110.00 ÷ 20.0x = 5.50 USD per ADS  (the earnings behind the published ratio)",)
    assert view().eps("BABA", "forward").value == pytest.approx(110 / 16)


def test_a_live_trailing_eps_that_is_unknown_gives_way_to_the_snapshot() -> None:
    answer = LIVE["analysis", "BABA"].answer.model_copy(update={"eps_trailing": None})
    trailing = view({("analysis", "BABA"): CachedAnswer(answer, FETCHED)}).eps("BABA", "trailing")
    assert (trailing.origin, trailing.confidence) == (Origin.SNAPSHOT, Confidence.DERIVED)


# --- An earlier day ---


def test_an_earlier_day_hides_later_closes() -> None:
    then = view(LIVE).at(JULY)
    assert [close.date for close, _ in then.closes("BABA")] == [MAY, JUNE]
    assert then.price("BABA").value == 110.0
    assert then.price("BABA").as_of == JUNE
    assert then.close_on_or_before("BABA", TODAY).value == 110.0
    assert then.dividends("BABA") == {dt.date(2026, 6, 11): 1.95, dt.date(2025, 6, 11): 1.9}
    assert view(LIVE).at(JUNE).dividends("BABA") == {dt.date(2025, 6, 11): 1.9}


def test_an_earlier_day_hides_live_answers() -> None:
    then = view(LIVE).at(JULY)
    assert then.target("BABA").value == 180.0
    assert then.analysts("BABA") is None
    assert view(LIVE).at(JUNE).analysts("BABA") == 37
    assert then.eps("BABA", "trailing").origin is Origin.SNAPSHOT
    assert then.ratings("BABA") is None
    with pytest.raises(UnknownFigure):
        then.shares("BABA")
    with pytest.raises(UnknownFigure):
        then.rate("USD/CNY")


def test_an_earlier_day_hides_later_moments() -> None:
    assert view().at(JUNE).target("BABA").value == 170.0
    with pytest.raises(UnknownFigure):
        view().at(MAY).target("BABA")


def test_the_day_never_moves_forward() -> None:
    assert view(LIVE, JULY).at(TODAY).day == JULY


# --- Unknown ---


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda now: now.price("NLT"), "price of NLT on or before 20 November 2026"),
        (lambda now: now.close_on_or_before("NLT", MAY), "closing price of NLT on 29 May 2026"),
        (lambda now: now.target("NLT", "low"), "low price target of NLT"),
        (lambda now: now.eps("NLT", "forward"), "forward earnings per share of NLT"),
        (lambda now: now.shares("NLT"), "shares outstanding of NLT"),
        (lambda now: now.rate("USD/EUR"), "exchange rate USD/EUR"),
    ],
)
def test_what_is_not_known_is_named(ask, what: str) -> None:
    with pytest.raises(UnknownFigure) as unknown:
        ask(view(LIVE))
    assert unknown.value.what == what


def test_a_symbol_that_nobody_knows_has_no_history() -> None:
    now = view(LIVE)
    assert now.closes("NLT") == []
    assert now.dividends("NLT") == {}
    assert now.analysts("NLT") is None
    assert now.ratings("NLT") is None
