"""Growth, margin and mix, all as ratios: 0.345 means 34.5%.

Growth is year over year within one release, because that release restates the year before where segments changed.
Margin is adjusted EBITA / revenue. Mix is a segment's share of the sum of all segments, before reconciling items.
"""

from collections.abc import Mapping

import numpy as np

from components.numbers import Number


def year_over_year(value: Number, prior_year: Number) -> Number:
    """value / prior_year - 1. Raises ValueError unless the prior year is positive."""
    if np.any(np.asarray(prior_year) <= 0):
        raise ValueError("growth needs a positive figure of the year before")
    return value / prior_year - 1


def margin(profit: Number, revenue: Number) -> Number:
    """profit / revenue. Raises ValueError unless revenue is positive."""
    if np.any(np.asarray(revenue) <= 0):
        raise ValueError("a margin needs positive revenue")
    return profit / revenue


def mix(parts: Mapping[str, float]) -> dict[str, float]:
    """Each part's share of their sum. Raises ValueError unless the sum is positive."""
    total = sum(parts.values())
    if total <= 0:
        raise ValueError("shares need a positive sum")
    return {name: value / total for name, value in parts.items()}
