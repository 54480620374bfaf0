"""Price and earnings.

P/E = price per listed share / diluted earnings per listed share, both in one currency. Trailing EPS is the sum of the
last four reported quarters, forward EPS a consensus estimate for a coming fiscal year. A P/E on earnings that are not
positive has no meaning: it is NaN, never a negative multiple.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from components.numbers import Number
from data.errors import UnknownFigure
from data.figures import Figure, convert, least_confident
from data.filings import QUARTERS_A_YEAR, Quarter, in_a_row, quarter_end
from data.metrics import metric_words
from data.sums import Sum, total_of


def price_to_earnings(price: Number, eps: Number) -> Number:
    """price / EPS; NaN where EPS is not positive."""
    eps = np.asarray(eps, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(eps > 0, price / eps, np.nan)
    return ratio if ratio.ndim else float(ratio)


def eps_needed(target: Number, price: float, eps_trailing: Number) -> Number:
    """The EPS at which `target` has the same trailing P/E as `price` has now: EPS x target / price.

    NaN where trailing EPS is not positive.
    """
    return target / price_to_earnings(price, eps_trailing)


def growth_needed(needed: Number, eps: Number) -> Number:
    """The growth from `eps` to `needed`, as a ratio: needed / eps - 1. NaN where `eps` is not positive."""
    return price_to_earnings(needed, eps) - 1


def trailing_eps(quarters: Sequence[Quarter], metric: str = "diluted_eps") -> Figure:
    """The sum of the last four quarters' EPS, in the filing's currency per listed share.

    Raises UnknownFigure if one of the four is not known, or if a quarter between them is missing.
    """
    last = tuple(quarters[-QUARTERS_A_YEAR:])
    if len(last) < QUARTERS_A_YEAR:
        raise UnknownFigure("earnings per share of four quarters")
    figures = [quarter.figure(metric) for quarter in in_a_row(last, quarter_end, metric_words(metric))]
    total = Sum(total_of([figure.term() for figure in figures]), figures[-1].unit.text)
    return replace(
        figures[-1],
        value=total.value,
        label=f"{metric_words(metric)}, four quarters to {last[-1].end:%B %Y}",
        confidence=least_confident(*figures),
        working=total,
    )


def in_listing_currency(eps: Figure, rate: Figure, currency: str) -> Figure:
    """EPS in the listing's currency: unchanged, or converted at `rate` with its calculation kept.

    Raises UnitMismatch where `rate` is not a rate of the currency of `eps`.
    """
    return eps if eps.unit.currency == currency else convert(eps, rate)
