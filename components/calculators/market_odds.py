"""The volatility behind the odds: implied by option quotes where these are live, otherwise realised.

Odds from live options are the market's: what it pays for. Odds from past prices are a model's, and no market's.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from components.calculators import odds
from components.calculators.odds import YEAR_DAYS, Smile
from components.numbers import Number
from data.market.records import Options
from data.market.snapshot import Close

WINDOW = dt.timedelta(days=365)
SPREAD = 0.01  # half the width of a call spread, as a share of its strike


@dataclass(frozen=True)
class Volatility:
    """A source of yearly volatility, as ratios.

    Attributes
    ----------
    provenance : where it comes from, for the reader.
    smiles : implied volatility by expiry and strike; empty for realised volatility.
    realised : one number for all strikes and times; used where there are no smiles.
    """

    provenance: str
    smiles: Sequence[Smile] = ()
    realised: float = float("nan")

    @property
    def is_market(self) -> bool:
        """Whether the odds are the market's, from its options, and not a model's."""
        return bool(self.smiles)

    def slope(self, strike: Number, years: Number) -> Number:
        """The change of volatility per unit of strike, over a call spread of two per cent of the strike; 0 without a
        smile, and beyond the quoted strikes."""
        if not self.smiles:
            return 0.0
        width = np.multiply(strike, SPREAD)
        return (self.at(np.add(strike, width), years) - self.at(np.subtract(strike, width), years)) / (2 * width)

    def at(self, strike: Number, years: Number) -> Number:
        """Yearly volatility for a strike and a time in years; an array where one of them is an array."""
        if self.smiles:
            return odds.interpolated(self.smiles, strike, years)
        return (
            np.full(np.broadcast(strike, years).shape, self.realised)
            if np.ndim(strike) or np.ndim(years)
            else self.realised
        )


@dataclass(frozen=True)
class TargetOdds:
    """Chances, from 0 to 1, that a target is reached at the date or at any time before, and the volatility used."""

    at_date: Number
    any_time: Number
    volatility: Number


def realised(closes: Sequence[Close]) -> Volatility | None:
    """Realised volatility of the last year of closes; None with fewer than three of them."""
    if not closes:
        return None
    last = closes[-1].date
    window = [close for close in closes if close.date >= last - WINDOW]
    try:
        value = odds.realised_volatility(
            [(close.date - window[0].date).days / YEAR_DAYS for close in window], [close.price for close in window]
        )
    except ValueError:
        return None
    first = window[0].date
    provenance = (
        f"realised volatility of {value * 100:.1f}% a year, from {len(window)} closes between "
        f"{first.day} {first:%b %Y} and {last.day} {last:%b %Y}"
    )
    return Volatility(provenance, realised=value)


def implied(chain: Options, fetched: dt.datetime, rate: float, dividend_yield: float) -> Volatility | None:
    """Volatility implied by the live option quotes; None where no expiry has enough usable quotes.

    `rate` and `dividend_yield` are ratios per year; `fetched` is the time of the quotes.
    """
    quotes, dropped = odds.filter_quotes(chain.quotes, fetched)
    curve = odds.smiles(quotes, chain.price, rate, dividend_yield)
    if not curve:
        return None
    provenance = (
        f"volatility implied at {rate * 100:g}% interest by options of {len(curve)} expiries, {len(quotes)} quotes "
        f"used, {dropped} stale or one-sided ones dropped"
    )
    return Volatility(provenance, smiles=curve)


def target_odds(
    price: float, targets: Mapping[str, Number], months: Number, rate: float, dividend: Number, source: Volatility
) -> dict[str, TargetOdds]:
    """The odds of each target.

    One of targets, months, rate and dividend may be an array of shape (steps,); the odds then have that shape.

    Parameters
    ----------
    price : the starting price, per listed share; targets and dividend are in its currency.
    months : time to the targets.
    rate : interest per year, as a ratio.
    dividend : dividends per year, in money, spread evenly.
    """
    years = np.asarray(months, dtype=float) / 12
    paid = np.asarray(dividend, dtype=float) / price
    found = {}
    for name, target in targets.items():
        volatility, slope = source.at(target, years), source.slope(target, years)
        at_date = odds.at_the_date(price, target, years, rate, paid, volatility, slope)
        # What is beyond the target at the date has touched it.
        touched = np.maximum(odds.at_any_time(price, target, years, rate, paid, volatility), at_date)
        found[name] = TargetOdds(at_date, touched, volatility)
    return found
