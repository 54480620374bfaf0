"""The view of shares in pence, of losses, of splits, and of values that were held back."""

import datetime as dt
from dataclasses import replace

import pytest

from components.answers.peers import gather
from components.calculators.audit.multiples import CORE, forward, leading, price_to_earnings
from data.dossier import Dossier
from data.errors import Loss, UnknownFigure
from data.figures import Origin
from data.filings import Filings
from data.market.records import Analysis, OptionQuote, Options, Prices, Rate
from data.market.service import Key
from data.market.snapshot import Snapshots
from data.market.store import CachedAnswer
from data.market.view import MarketView
from tests.data.market.test_view import FETCHED, JUNE, LIVE, SNAPSHOTS, TIME, TODAY, view

EMPTY = Snapshots({}, ())
SPLIT = dt.date(2026, 11, 16)


def cached(answer: Prices | Analysis | Rate | Options) -> CachedAnswer:
    return CachedAnswer(answer, FETCHED)


def changed(**changes: object) -> dict[Key, CachedAnswer]:
    """The live answers with other values in the analysis of BABA."""
    return {**LIVE, ("analysis", "BABA"): cached(LIVE["analysis", "BABA"].answer.model_copy(update=changes))}


# --- Pence ---

LONDON: dict[Key, CachedAnswer] = {
    ("prices", "VOD.L"): cached(
        Prices(
            symbol="VOD.L",
            currency="GBp",
            price=91.3,
            time=TIME,
            closes={dt.date(2026, 11, 19): 90.0, TODAY: 91.3},
            dividends={dt.date(2026, 6, 4): 2.1},
        )
    ),
    ("analysis", "VOD.L"): cached(
        Analysis(
            symbol="VOD.L",
            currency="GBp",
            target_mean=104.0,
            target_high=140.0,
            target_low=70.0,
            eps_trailing=7.1,
            eps_forward=0.082,
            eps_forward_currency="GBP",
        )
    ),
}


def london() -> MarketView:
    return MarketView(LONDON, EMPTY, {}, TODAY)


def test_a_london_share_is_shown_in_pounds_by_a_sum() -> None:
    price, now = london().price("VOD.L"), london()
    assert (price.value, price.unit.text) == (pytest.approx(0.913), "GBP per share")
    assert price.chain == ("91.30 GBp per share ÷ 100 = 0.9130 GBP per share",)
    assert now.target("VOD.L").value == pytest.approx(1.04)
    assert now.close_on_or_before("VOD.L", dt.date(2026, 11, 19)).value == pytest.approx(0.9)
    assert [(close.price, close.currency) for close, _ in now.closes("VOD.L")] == [
        (pytest.approx(0.9), "GBP"),
        (pytest.approx(0.913), "GBP"),
    ]
    assert now.dividends("VOD.L") == {dt.date(2026, 6, 4): pytest.approx(0.021)}
    assert now.options("VOD.L") is None


@pytest.mark.parametrize(("which", "ratio"), [("trailing", 91.3 / 7.1), ("forward", 0.913 / 0.082)])
def test_a_london_peer_has_a_p_e_that_is_not_a_hundred_times_off(dossier: Dossier, which: str, ratio: float) -> None:
    beside = replace(dossier, market=replace(london(), day=dossier.day))
    earnings = leading(beside, "VOD.L")[0] if which == "trailing" else forward(beside, "VOD.L")
    assert price_to_earnings(beside, "VOD.L", earnings).figure.value == pytest.approx(ratio)


# --- Losses ---


def test_a_live_loss_is_not_hidden_by_an_older_profit() -> None:
    eps = view(changed(eps_trailing=-3.2)).eps("BABA", "trailing")
    assert (eps.value, eps.origin) == (-3.2, Origin.MARKET)
    estimate = view(changed(eps_forward=-3.2, eps_forward_currency="USD")).eps("BABA", "forward")
    assert (estimate.value, estimate.origin) == (-3.2, Origin.MARKET)


@pytest.mark.parametrize("which", ["trailing", "forward"])
def test_a_loss_in_no_sure_currency_has_a_name(which: str) -> None:
    with pytest.raises(Loss) as unknown:
        view(changed(**{f"eps_{which}": None, "losses": [which]})).eps("BABA", which)
    assert unknown.value.what == f"{which} earnings per ADS of BABA: a loss, so that there is no P/E"


@pytest.mark.parametrize("changes", [{"eps_trailing": -3.2}, {"eps_trailing": None, "losses": ["trailing"]}])
def test_a_loss_has_no_p_e(dossier: Dossier, changes: dict[str, object]) -> None:
    # Neither that of the snapshot nor that of the filings. What the company counts as core is another measure.
    live = replace(dossier, market=replace(dossier.market, live=changed(**changes)))
    lead, gaap = leading(live, dossier.symbol)
    assert lead.measure == CORE
    assert gaap is None or gaap.figure.value == -3.2
    said = gather(live)
    assert "a loss" in said.why
    assert "no P/E" in said.why
    assert [each.measure for each in said.own][:1] == ["trailing core P/E"]
    assert not any("GAAP" in each.measure for each in said.own), "nor that of July"
    without = replace(live, company=replace(live.company, filings=Filings()))
    with pytest.raises(UnknownFigure, match=r"a loss, so that there is no P/E|earnings are not positive"):
        price_to_earnings(without, dossier.symbol, leading(without, dossier.symbol)[0])


# --- Splits ---


def split(answer: Prices | Analysis, by: float) -> Prices | Analysis:
    """What the service says after a split: everything per share restated."""
    if isinstance(answer, Prices):
        closes = {day: close / by for day, close in answer.closes.items()}
        changes = {"price": 131.4 / by, "closes": closes, "splits": {SPLIT: by}, "dividends": {JUNE: 2 / by}}
        return answer.model_copy(update=changes)
    fields = ("target_mean", "eps_trailing", "eps_forward")
    changes = {field: getattr(answer, field) / by for field in fields}
    return answer.model_copy(update={**changes, "shares": 2.39e9 * by})


@pytest.mark.parametrize("by", [10.0, 0.1])
def test_after_a_split_all_is_counted_in_the_shares_of_the_article(by: float) -> None:
    live = {key: cached(split(each.answer, by)) for key, each in LIVE.items() if key[0] != "rate"}  # type: ignore[arg-type]
    chain = Options(
        symbol="BABA", currency="USD", price=131.4 / by, quotes=[OptionQuote(expiry=TODAY, strike=1.0, is_call=True)]
    )
    now = view({**live, ("options", "BABA"): cached(chain)})
    price = now.price("BABA")
    assert price.value == pytest.approx(131.4)
    assert f"per share as before the split of {by:g} for 1, 16 November 2026" in price.chain[0]
    assert now.target("BABA").value == pytest.approx(188.5)
    assert now.eps("BABA", "trailing").value == pytest.approx(6.6)
    assert now.shares("BABA") == pytest.approx(2.39e9)
    assert now.dividends("BABA") == {JUNE: pytest.approx(2)}
    assert now.options("BABA") is None
    live_closes = [close.price for close, origin in now.closes("BABA") if origin is Origin.MARKET]
    assert live_closes == [pytest.approx(130), pytest.approx(131.4)]


def test_an_answer_from_before_the_split_stays_as_it_is() -> None:
    prices = cached(split(LIVE["prices", "BABA"].answer, 10.0))  # type: ignore[arg-type]
    before = CachedAnswer(LIVE["analysis", "BABA"].answer, dt.datetime(2026, 11, 13, 12, tzinfo=dt.UTC))
    assert view({("prices", "BABA"): prices, ("analysis", "BABA"): before}).target("BABA").value == 188.5


# --- Held back, and old ---


def test_a_kept_target_has_its_own_date() -> None:
    earlier = dt.datetime(2026, 11, 10, 8, tzinfo=dt.UTC)
    target = view(changed(since={"target_mean": earlier})).target("BABA")
    assert (target.as_of, target.fetched) == (earlier.date(), earlier)


def test_without_a_believed_price_the_last_close_stands() -> None:
    prices = LIVE["prices", "BABA"].answer.model_copy(update={"price": None})
    price = view({("prices", "BABA"): cached(prices)}).price("BABA")  # type: ignore[arg-type]
    assert (price.value, price.origin, price.label, price.quoted) == (131.4, Origin.MARKET, "close of BABA", None)


def test_a_quote_has_its_own_time() -> None:
    assert view(LIVE).price("BABA").quoted == TIME
    assert view(LIVE).rate("USD/CNY").quoted == TIME


@pytest.mark.parametrize(("value", "kept"), [(7.02, True), (70.2, False), (1 / 7.02, False)])
def test_a_rate_far_from_the_filings_is_not_used(dossier: Dossier, value: float, kept: bool) -> None:
    rate = cached(Rate(base="USD", quote="CNY", value=value, time=TIME))
    live = replace(dossier, market=replace(dossier.market, live={("rate", "USD/CNY"): rate}))
    found = live.rate("CNY", "USD")
    assert (found.origin is Origin.MARKET) is kept
    assert 6 < found.value < 8


SCALES = [(1, True), (1.3, True), (10, False), (0.1, False), (1000, False), (0.01, False)]


@pytest.mark.parametrize(("by", "believed"), SCALES)
def test_a_first_answer_is_held_to_the_scale_of_the_files(by: float, believed: bool) -> None:
    prices = LIVE["prices", "BABA"].answer
    assert isinstance(prices, Prices)
    closes = {day: close * by for day, close in prices.closes.items()}
    scaled = cached(prices.model_copy(update={"price": 131.4 * by, "closes": closes}))
    now = MarketView.of({("prices", "BABA"): scaled}, SNAPSHOTS, {"BABA": "ADS"}, TODAY)
    assert now.price("BABA").value == pytest.approx(131.4 * by if believed else 110.0)
    assert (now.held_back == ()) is believed
    if not believed:
        assert now.held_back[0].sentence.endswith("for the close of 1 Jun 2026, which the files give as USD 110.00.")


def test_a_split_is_no_other_scale() -> None:
    prices = split(LIVE["prices", "BABA"].answer, 10.0)  # type: ignore[arg-type]
    assert MarketView.of({("prices", "BABA"): cached(prices)}, SNAPSHOTS, {}, TODAY).held_back == ()
