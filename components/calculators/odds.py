"""The market's odds: how likely a lognormal price is to reach a target.

Model: geometric Brownian motion under the risk-neutral measure (Black and Scholes 1973, Merton 1973), so the price
drifts with the interest rate less the dividend yield, whatever investors hope for. Such odds are prices of bets, not
forecasts: risk that investors dislike makes falls look likelier in them than they turn out on average. Rates, yields
and volatilities are per year and continuous, as ratios; time is in years. The chance to touch a level before the date
follows from the reflection principle (Harrison 1985; Hull, Options, Futures and Other Derivatives, barrier options).

Every argument may be a number or a numpy array.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from components.numbers import Number
from data.market.records import OptionQuote

YEAR_DAYS = 365.25
STALE_AFTER = dt.timedelta(days=7)


@dataclass(frozen=True)
class Option:
    """A quote for one option: time to expiry in years, strike, whether it is a call, and the middle of bid and ask."""

    years: float
    strike: float
    is_call: bool
    price: float


def _d2(price: Number, level: Number, years: Number, rate: float, dividend_yield: Number, volatility: Number) -> Number:
    drift = rate - dividend_yield - volatility**2 / 2
    return (np.log(np.divide(price, level)) + drift * years) / (volatility * np.sqrt(years))


def at_the_date(
    price: float, level: Number, years: Number, rate: float, dividend_yield: Number, volatility: Number
) -> Number:
    """Chance that the price stands at the level or beyond it at the date.

    Beyond means at or above a level that lies above the present price, at or below one that lies below it.
    """
    d2 = _d2(price, level, years, rate, dividend_yield, volatility)
    return np.where(np.asarray(level) >= price, ndtr(d2), ndtr(-d2))


def at_any_time(
    price: float, level: Number, years: Number, rate: float, dividend_yield: Number, volatility: Number
) -> Number:
    """Chance that the price touches the level at some time up to the date; 1 where it stands there now."""
    drift = rate - dividend_yield - np.square(volatility) / 2
    side = np.where(np.asarray(level) >= price, 1.0, -1.0)
    distance = np.log(np.divide(level, price))
    spread = volatility * np.sqrt(years)
    direct = ndtr(side * (drift * years - distance) / spread)
    mirrored = np.exp(2 * drift * distance / np.square(volatility)) * ndtr(side * (-drift * years - distance) / spread)
    return np.clip(direct + mirrored, 0.0, 1.0)


def realised_volatility(times_years: Sequence[float], prices: Sequence[float]) -> float:
    """Yearly volatility of a series: the root of the squared log returns per year of time covered.

    The mean return is taken as zero, as is usual for short windows, so steps of uneven length may be mixed.
    Raises ValueError for less than three prices or one that is not positive.
    """
    if len(prices) < 3 or min(prices) <= 0:
        raise ValueError("a volatility needs at least three positive prices")
    returns = np.diff(np.log(np.asarray(prices, dtype=float)))
    covered = times_years[-1] - times_years[0]
    if covered <= 0:
        raise ValueError("a volatility needs prices of different times")
    return float(np.sqrt(np.sum(returns**2) / covered))


def black_scholes(
    price: float, strike: float, years: float, rate: float, dividend_yield: float, volatility: float, is_call: bool
) -> float:
    """Price of a European option, in the currency of `price`."""
    d2 = float(_d2(price, strike, years, rate, dividend_yield, volatility))
    d1 = d2 + volatility * math.sqrt(years)
    share, cash = price * math.exp(-dividend_yield * years), strike * math.exp(-rate * years)
    sign = 1 if is_call else -1
    return sign * (share * float(ndtr(sign * d1)) - cash * float(ndtr(sign * d2)))


def implied_volatility(option: Option, price: float, rate: float, dividend_yield: float) -> float | None:
    """The volatility at which Black-Scholes gives the option's price; None where none does (arbitrage, stale)."""

    def objective(volatility: float) -> float:
        theory = black_scholes(price, option.strike, option.years, rate, dividend_yield, volatility, option.is_call)
        return theory - option.price

    low, high = 0.01, 4.0
    if objective(low) > 0 or objective(high) < 0:
        return None
    return float(brentq(objective, low, high, xtol=1e-8))


def filter_quotes(quotes: Sequence[OptionQuote], now: dt.datetime) -> tuple[list[Option], int]:
    """Quotes with both sides and a recent trade as options at their middle, and how many were dropped."""
    kept = []
    for quote in quotes:
        years = ((quote.expiry - now.date()).days + 0.5) / YEAR_DAYS
        if quote.bid is None or quote.ask is None or quote.ask < quote.bid or years <= 0:
            continue
        if quote.traded is None or now - quote.traded > STALE_AFTER:
            continue
        kept.append(Option(years, quote.strike, quote.is_call, (quote.bid + quote.ask) / 2))
    return kept, len(quotes) - len(kept)


@dataclass(frozen=True)
class Smile:
    """Implied volatilities of one expiry by strike, from options out of the money; strikes in rising order."""

    years: float
    strikes: tuple[float, ...]
    volatilities: tuple[float, ...]

    def at(self, strike: Number) -> Number:
        """Volatility at a strike: linear between quoted strikes, the nearest one beyond them."""
        return np.interp(strike, self.strikes, self.volatilities)


def smiles(options: Sequence[Option], price: float, rate: float, dividend_yield: float) -> list[Smile]:
    """One smile per expiry, nearest first; only options out of the money count, where the quotes are firm."""
    found: dict[float, dict[float, float]] = {}
    for option in options:
        forward = price * math.exp((rate - dividend_yield) * option.years)
        if option.is_call != (option.strike >= forward):
            continue
        volatility = implied_volatility(option, price, rate, dividend_yield)
        if volatility is not None:
            found.setdefault(option.years, {})[option.strike] = volatility
    return [
        Smile(years, tuple(sorted(quotes)), tuple(quotes[strike] for strike in sorted(quotes)))
        for years, quotes in sorted(found.items())
        if len(quotes) >= 3
    ]


def interpolated(curve: Sequence[Smile], strike: Number, years: Number) -> Number:
    """Volatility at a strike and time: linear in total variance between the nearest expiries, flat beyond them.

    Total variance, volatility squared times time, is what adds up over time (Gatheral, The Volatility Surface).
    Raises ValueError where there is no smile.
    """
    if not curve:
        raise ValueError("no expiry has enough quotes")
    times = np.array([smile.years for smile in curve])
    wanted = np.asarray(years, dtype=float)
    held = np.clip(wanted, times[0], times[-1])
    variances = np.array([np.square(smile.at(strike)) * smile.years for smile in curve])
    place = np.clip(np.searchsorted(times, held, side="right") - 1, 0, max(len(times) - 2, 0))
    following = np.minimum(place + 1, len(times) - 1)
    gap = np.where(following > place, times[following] - times[place], 1.0)
    part = np.where(following > place, (held - times[place]) / gap, 0.0)
    below, above = _pick(variances, place), _pick(variances, following)
    return np.sqrt((below * (1 - part) + above * part) / held)


def _pick(variances: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The variance of each step's expiry: by expiry alone, or by expiry and strike where strikes vary."""
    if variances.ndim == 1:
        return variances[place]
    if place.ndim == 0:
        return variances[place]
    return np.take_along_axis(variances, place[np.newaxis, :], axis=0)[0]
