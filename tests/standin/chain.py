"""An invented option chain whose quotes follow Black-Scholes."""

from __future__ import annotations

import math
import random
from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist
from typing import Any

from .market import Listing, Market

RATE = 0.04
_WEEKS = (1, 2, 3, 5)
_MONTHS = (2, 3, 6, 9, 12, 18)
_NO_VOLATILITY = 0.00001
_NORMAL = NormalDist()


def black_scholes(
    side: str, spot: float, strike: float, years: float, volatility: float, dividend_yield: float = 0.0
) -> float:
    """Return the value of a European option.

    Parameters
    ----------
    side
        ``C`` for a call, ``P`` for a put.
    spot, strike, years, volatility, dividend_yield
        The usual inputs; the interest rate is the constant `RATE`.
    """
    deviation = volatility * math.sqrt(years)
    forward = spot * math.exp((RATE - dividend_yield) * years)
    d1 = math.log(forward / strike) / deviation + deviation / 2
    sign = 1 if side == "C" else -1
    value = forward * _NORMAL.cdf(sign * d1) - strike * _NORMAL.cdf(sign * (d1 - deviation))
    return sign * value * math.exp(-RATE * years)


def expiries(today: date) -> list[date]:
    """Return the Fridays on which options end, from one week to eighteen months away."""
    weekly = {_friday(today + timedelta(weeks=n)) for n in _WEEKS}
    return sorted(weekly | {_third_friday(today, n) for n in _MONTHS})


def strikes(price: float) -> list[float]:
    """Return round strikes from half to nearly twice the price."""
    step = 2.5 if price < 75 else 5.0 if price < 200 else 10.0
    return [n * step for n in range(math.ceil(0.5 * price / step), math.floor(1.8 * price / step) + 1)]


def contracts(market: Market, listing: Listing, expiry: date, side: str) -> list[dict[str, Any]]:
    """Return the quotes of one expiry and one side, in the service's shape."""
    return [_contract(market, listing, expiry, side, strike) for strike in strikes(listing.price)]


def _contract(market: Market, listing: Listing, expiry: date, side: str, strike: float) -> dict[str, Any]:
    rng = random.Random(f"{market.seed}/{listing.symbol}/{expiry}/{side}/{strike}")
    spot, years = market.price(listing), max((expiry - market.today).days, 1) / 365
    volatility = listing.volatility + 0.06 * math.log(strike / listing.price) ** 2
    paid = market.paid_in_a_year(listing)
    value = black_scholes(side, spot, strike, years, volatility, paid / spot)
    half = max(0.01, 0.015 * value)
    bid, ask = math.floor((value - half) * 100) / 100, math.ceil((value + half) * 100) / 100
    dead, stale = rng.random() < 0.06, rng.random() < 0.12
    one_sided = dead or bid < 0.03
    age = timedelta(days=rng.randint(9, 40)) if stale else timedelta(minutes=rng.randint(1, 300))
    traded = market.time_of_price(listing) - int(age.total_seconds())
    quote: dict[str, Any] = {
        "contractSymbol": f"{listing.symbol}{expiry:%y%m%d}{side}{round(strike * 1000):08d}",
        "strike": strike,
        "currency": listing.currency,
        "lastPrice": max(0.01, round(value * (rng.uniform(0.7, 1.3) if stale else 1), 2)),
        "change": 0,
        "percentChange": 0,
        "volume": rng.randint(1, 5 if stale else 2500),
        "openInterest": rng.randint(0, 9000),
        "bid": 0 if one_sided else bid,
        "ask": ask,
        "contractSize": "REGULAR",
        "expiration": midnight(expiry),
        "lastTradeDate": traded,
        "impliedVolatility": _NO_VOLATILITY if one_sided else round(volatility, 6),
        "inTheMoney": strike < spot if side == "C" else strike > spot,
    }
    # Yahoo leaves the key out of contracts that have not traded lately.
    if dead:
        del quote["volume"]
    return quote


def midnight(day: date) -> int:
    """Return the start of `day` in UTC as an epoch second."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _third_friday(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _friday(date(year, month + 1, 15))
