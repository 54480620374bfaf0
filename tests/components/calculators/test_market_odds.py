"""Which volatility the market's odds rest on, and the odds of targets, by hand."""

import datetime as dt
import math

import numpy as np
import pytest

from components.calculators import odds
from components.calculators.market_odds import Volatility, implied, realised, target_odds
from components.readouts.upside import odds_table, odds_title
from data.market.records import OptionQuote, Options
from data.market.snapshot import Close

LAST = dt.date(2026, 6, 30)


def closes(days: int, step: float, last: dt.date = LAST) -> list[Close]:
    """Daily closes up to `last`, going up and down by `step` in turn."""
    first = last - dt.timedelta(days=days)
    return [Close(first + dt.timedelta(days=day), 100 * math.exp(step * (day % 2)), "USD") for day in range(days + 1)]


def test_realised_volatility_is_that_of_the_last_year_alone() -> None:
    calm, wild = closes(365, 0.01), closes(700, 0.05, LAST - dt.timedelta(days=366))
    found = realised([*wild, *calm])
    assert found is not None
    # 365 log returns of 1% each over 365 days: the root of 365 x 0.0001 / (365 / 365.25).
    assert found.realised == pytest.approx(math.sqrt(365 * 0.01**2 / (365 / 365.25)))
    assert found.provenance == (
        "realised volatility of 19.1% a year, from 366 closes between 30 Jun 2025 and 30 Jun 2026"
    )


@pytest.mark.parametrize("known", [0, 1, 2])
def test_too_few_closes_give_no_volatility(known: int) -> None:
    assert realised(closes(10, 0.01)[:known]) is None


def test_odds_take_the_months_as_parts_of_a_year() -> None:
    # d2 over half a year: (ln(100/120) + (0.04 - 0.02 - 0.08) x 0.5) / (0.4 x 0.5 ** 0.5) = -0.750670; N = 0.226426
    found = target_odds(100.0, {"bull": 120.0}, 6, 0.04, 2.0, Volatility("given", realised=0.4))["bull"]
    assert found.at_date == pytest.approx(0.226426, abs=2e-6)
    assert found.any_time == pytest.approx(float(odds.at_any_time(100.0, 120.0, 0.5, 0.04, 0.02, 0.4)))
    assert found.volatility == 0.4


SKEW = odds.Smile(1.0, (60.0, 80.0, 100.0, 120.0, 140.0), (0.48, 0.43, 0.39, 0.36, 0.34))


@pytest.mark.parametrize("strike", [70.0, 90.0, 110.0, 130.0])
def test_the_odds_of_a_smile_are_those_of_a_narrow_call_spread(strike: float) -> None:
    """(C(K - h) - C(K + h)) / 2h, grown at the interest rate: what pays one where the price ends beyond K."""
    rate, paid, width = 0.04, 0.015, 0.01 * strike
    source = Volatility("given", smiles=(SKEW,))
    calls = [
        odds.black_scholes(100.0, k, 1.0, rate, paid, float(source.at(k, 1.0)), is_call=True)
        for k in (strike - width, strike + width)
    ]
    above = (calls[0] - calls[1]) / (2 * width) * math.exp(rate)
    found = target_odds(100.0, {"it": strike}, 12, rate, paid * 100, source)["it"]
    assert found.at_date == pytest.approx(above if strike >= 100 else 1 - above, abs=3e-4)
    flat = odds.at_the_date(100.0, strike, 1.0, rate, paid, float(source.at(strike, 1.0)))
    assert abs(float(found.at_date) - float(flat)) > 0.01, "the slope counts"
    assert found.any_time >= found.at_date


def test_without_a_smile_and_beyond_its_strikes_there_is_no_slope() -> None:
    assert Volatility("given", realised=0.4).slope(100.0, 1.0) == 0.0
    assert Volatility("given", smiles=(SKEW,)).slope(200.0, 1.0) == 0.0
    assert Volatility("given", smiles=(SKEW,)).slope(90.0, 1.0) == pytest.approx((0.39 - 0.43) / 20)


def test_odds_of_options_are_the_market_s_and_others_a_model_s() -> None:
    assert Volatility("given", smiles=(SKEW,)).is_market
    assert not Volatility("given", realised=0.4).is_market
    for is_market, what in ((True, "Option-implied odds"), (False, "Model odds")):
        assert odds_title(is_market) == what
        table, note = odds_table("given", is_market)
        assert note["text"].startswith(f"{what} are ")
        assert table["rows"][1]["cells"][0]["text"].startswith(f"{what}: ")


def test_a_constant_volatility_takes_the_shape_of_what_is_asked() -> None:
    constant = Volatility("given", realised=0.3)
    assert constant.at(100.0, 1.0) == 0.3
    assert np.asarray(constant.at(np.array([90.0, 110.0]), 1.0)).tolist() == [0.3, 0.3]
    assert np.asarray(constant.at(100.0, np.array([0.5, 1.0, 2.0]))).tolist() == [0.3, 0.3, 0.3]


def option(strike: float, is_call: bool, years: float = 1.0, volatility: float = 0.3) -> odds.Option:
    worth = odds.black_scholes(100.0, strike, years, 0.10, 0.0, volatility, is_call)
    return odds.Option(years, strike, is_call, worth)


def test_what_is_out_of_the_money_is_told_by_the_forward_not_by_the_price() -> None:
    # At 10% interest the forward is 110.5: at a strike of 105 the put is out of the money and the call is not.
    quotes = [option(90, False), option(105, False), option(105, True, volatility=0.9), option(120, True)]
    (smile,) = odds.smiles(quotes, 100.0, 0.10, 0.0)
    assert smile.strikes == (90, 105, 120)
    assert smile.volatilities == pytest.approx((0.3, 0.3, 0.3), abs=1e-4)


def test_an_expiry_needs_three_quotes() -> None:
    two = [option(90, False), option(120, True)]
    assert odds.smiles(two, 100.0, 0.10, 0.0) == []
    assert len(odds.smiles([*two, option(130, True)], 100.0, 0.10, 0.0)) == 1


def test_without_enough_firm_quotes_nothing_is_implied() -> None:
    now = dt.datetime(2026, 6, 30, 20, tzinfo=dt.UTC)
    stale = now - dt.timedelta(days=8)
    quotes = [
        OptionQuote(expiry=dt.date(2027, 6, 30), strike=strike, is_call=True, bid=1.0, ask=1.2, traded=stale)
        for strike in (110.0, 120.0, 130.0)
    ]
    chain = Options(symbol="X", currency="USD", price=100.0, quotes=quotes)
    assert implied(chain, now, 0.04, 0.0) is None
    fresh = Options(
        symbol="X", currency="USD", price=100.0, quotes=[each.model_copy(update={"traded": now}) for each in quotes]
    )
    found = implied(fresh, now, 0.04, 0.0)
    assert found is not None
    assert found.provenance == (
        "volatility implied at 4% interest by options of 1 expiries, 3 quotes used, 0 stale or one-sided ones dropped"
    )
