"""The odds of a target: how likely it is that a lognormal price reaches it.

The model is geometric Brownian motion under the risk-neutral measure (Black and Scholes 1973, Merton 1973): the price
drifts with the interest rate less the dividend yield, whatever investors expect. Such odds are prices of bets, not
forecasts. Because investors dislike risk, they make falls look likelier than falls turn out to be on average. The
chance to touch a level before the date follows from the reflection principle (Harrison 1985; Hull, Options, Futures and
Other Derivatives, barrier options).

Where volatility differs by strike, the chance to end beyond a level is that of a digital option, which is worth what a
narrow call spread is: N(d2) - K phi(d2) sqrt(T) dsigma/dK (Breeden and Litzenberger 1978; Gatheral, The Volatility
Surface). The chance to touch a level takes the volatility of its strike and no slope.

Rates, yields and volatilities are continuous, per year, as ratios; time is in years. Where an argument is a `Number`,
it is a number or an array of shape (steps,).
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
    """A usable quote for one option.

    Attributes
    ----------
    years : time to expiry.
    price : the midpoint of bid and ask.
    """

    years: float
    strike: float
    is_call: bool
    price: float


def _d2(price: Number, level: Number, years: Number, rate: float, dividend_yield: Number, volatility: Number) -> Number:
    drift = rate - dividend_yield - volatility**2 / 2
    return (np.log(np.divide(price, level)) + drift * years) / (volatility * np.sqrt(years))


def at_the_date(
    price: float,
    level: Number,
    years: Number,
    rate: float,
    dividend_yield: Number,
    volatility: Number,
    slope: Number = 0.0,
) -> Number:
    """Chance, from 0 to 1, that the price is at the level or beyond it at the date.

    Beyond means above for a level at or above the present price, and below for a level under it. `slope` is the change
    of volatility per unit of strike at the level.
    """
    d2 = _d2(price, level, years, rate, dividend_yield, volatility)
    density = np.exp(-np.square(d2) / 2) / math.sqrt(2 * math.pi)
    above = np.clip(ndtr(d2) - np.multiply(level, density) * np.sqrt(years) * slope, 0.0, 1.0)
    return np.where(np.asarray(level) >= price, above, 1 - above)


def at_any_time(
    price: float, level: Number, years: Number, rate: float, dividend_yield: Number, volatility: Number
) -> Number:
    """Chance, from 0 to 1, that the price touches the level by the date; 1 where it is there now."""
    drift = rate - dividend_yield - np.square(volatility) / 2
    side = np.where(np.asarray(level) >= price, 1.0, -1.0)
    distance = np.log(np.divide(level, price))
    spread = volatility * np.sqrt(years)
    direct = ndtr(side * (drift * years - distance) / spread)
    mirrored = np.exp(2 * drift * distance / np.square(volatility)) * ndtr(side * (-drift * years - distance) / spread)
    return np.clip(direct + mirrored, 0.0, 1.0)


def realised_volatility(times_years: Sequence[float], prices: Sequence[float]) -> float:
    """Yearly volatility of a price series, as a ratio: the square root of (sum of squared log returns / years covered).

    The mean return is taken as zero, as is usual for short periods, so that the steps may have different lengths.
    Raises ValueError with fewer than three prices, a price that is not positive, or no time from first to last.
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
    """The volatility at which Black-Scholes gives the option's price.

    None where that would lie outside 1% to 400%, as with a stale quote or one that allows arbitrage.
    """

    def objective(volatility: float) -> float:
        theory = black_scholes(price, option.strike, option.years, rate, dividend_yield, volatility, option.is_call)
        return theory - option.price

    low, high = 0.01, 4.0
    if objective(low) > 0 or objective(high) < 0:
        return None
    return float(brentq(objective, low, high, xtol=1e-8))


def filter_quotes(quotes: Sequence[OptionQuote], now: dt.datetime) -> tuple[list[Option], int]:
    """The usable quotes, and how many were dropped.

    A usable quote has a bid, an ask not below it, an expiry ahead, and a trade within the last seven days.
    """
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
    """Implied volatilities of one expiry, as ratios, from options out of the money; strikes in rising order."""

    years: float
    strikes: tuple[float, ...]
    volatilities: tuple[float, ...]

    def at(self, strike: Number) -> Number:
        """Volatility at a strike: linear between quoted strikes, and that of the nearest one outside them."""
        return np.interp(strike, self.strikes, self.volatilities)


def smiles(options: Sequence[Option], price: float, rate: float, dividend_yield: float) -> list[Smile]:
    """One smile per expiry, nearest first.

    Only options out of the money count, and only expiries with at least three strikes that give a volatility.
    """
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
    """Volatility at a strike and a time: linear in total variance between expiries, constant outside them.

    Total variance is volatility squared times time, which adds up over time (Gatheral, The Volatility Surface). Raises
    ValueError where there is no smile.
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
    """The variance at each step's expiry; `variances` has shape (expiries,), or (expiries, steps) if strikes vary."""
    if variances.ndim == 1:
        return variances[place]
    if place.ndim == 0:
        return variances[place]
    return np.take_along_axis(variances, place[np.newaxis, :], axis=0)[0]
