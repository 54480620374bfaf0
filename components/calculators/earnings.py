"""Price and earnings.

Convention: P/E = price per listed share / diluted earnings per listed share, both in one currency. Trailing EPS is
the sum of the last four reported quarters, forward EPS a consensus for a coming fiscal year. A P/E on earnings that
are not positive has no meaning and is NaN, never a negative multiple.
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
    """Price / EPS, NaN where EPS is not positive."""
    eps = np.asarray(eps, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(eps > 0, price / eps, np.nan)
    return ratio if ratio.ndim else float(ratio)


def eps_needed(target: Number, price: float, eps_trailing: Number) -> Number:
    """EPS at which `target` has today's trailing P/E: target / (price / EPS), that is EPS x target / price."""
    return target / price_to_earnings(price, eps_trailing)


def growth_needed(needed: Number, eps: Number) -> Number:
    """Growth from `eps` to the EPS that is needed: needed / eps - 1, NaN where eps is not positive."""
    return price_to_earnings(needed, eps) - 1


def trailing_eps(quarters: Sequence[Quarter], metric: str = "diluted_eps") -> Figure:
    """Sum of the last four quarters' EPS, in the filings' currency per listed share.

    Raises UnknownFigure if one of the four is not known or not adjacent: a sum over a gap is no trailing year.
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
    """EPS in the listing's currency: as it is, or converted at `rate` with its sum kept."""
    return eps if eps.unit.currency == currency else convert(eps, rate)
