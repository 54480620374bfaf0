"""The share beside its peers: the P/E of each, with price and earnings in one currency."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from components import formats
from components.calculators.audit.multiples import non_gaap_ratio, price_to_earnings_ratio
from components.calculators.audit.rules import Reading
from components.charts import valuation as charts
from components.charts.chart import Chart
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure

WHICH = ("trailing", "forward")


@dataclass(frozen=True)
class Comparison:
    """The known P/E ratios of the share and its peers.

    Attributes
    ----------
    readings : the ratios by symbol and kind (`trailing` or `forward`); a ratio that is not known is absent.
    eps : the share's own trailing earnings, in the listing's currency per listed share; None where not known.
    mean : the mean of the peers' trailing ratios; None where none is known.
    """

    readings: Mapping[tuple[str, str], Reading]
    eps: float | None
    mean: float | None


def compare(dossier: Dossier) -> Comparison:
    """Trailing and forward P/E of the share and its peers. Ratios that are not known are left out.

    Raises KeyError where the thesis names forward earnings that do not exist as a fact.
    """
    others = [peer.symbol for peer in dossier.thesis.article.peer]
    found = {}
    for symbol in (dossier.symbol, *others):
        for which in WHICH:
            with suppress(UnknownFigure, UnitMismatch):
                found[symbol, which] = price_to_earnings_ratio(dossier, symbol, which)
    own = found.get((dossier.symbol, "trailing"))
    ratios = [found[symbol, "trailing"].figure.value for symbol in others if (symbol, "trailing") in found]
    eps = None if own is None else own.terms[0].value / own.figure.value
    return Comparison(found, eps, float(np.mean(ratios)) if ratios else None)


def rows(dossier: Dossier, comparison: Comparison) -> list[tuple[str, Reading | None, Reading | None, str]]:
    """One row per share: name, trailing P/E, forward P/E, and the company's discount to that share's P/E.

    None stands for a ratio that is not known. The company's non-GAAP P/E, where known, is the second row.
    """
    own = _ratios(comparison, dossier.symbol)
    found = []
    for symbol, name in _names(dossier).items():
        ratios = _ratios(comparison, symbol)
        discount = "" if symbol == dossier.symbol else _discounts(own, ratios)
        found.append((name, ratios["trailing"], ratios["forward"], discount))
    with suppress(UnknownFigure, UnitMismatch):
        found.insert(1, (f"{found[0][0]}, non-GAAP", non_gaap_ratio(dossier), None, ""))
    return found


def chart(dossier: Dossier, comparison: Comparison, price_source: str) -> Chart:
    """Trailing and forward P/E side by side."""
    bars = []
    for symbol, name in _names(dossier).items():
        trailing, forward = (
            None if each is None else each.figure.value for each in _ratios(comparison, symbol).values()
        )
        bars.append((name, trailing, forward))
    known = "; ".join(f"{name} at {ratio:.1f}x" for name, ratio, _ in bars if ratio is not None)
    source = f"Prices and earnings: {price_source}; see the table for each sum."
    return charts.multiples_chart(bars, f"Trailing P/E: {known or 'No P/E is known'}", source)


def _names(dossier: Dossier) -> dict[str, str]:
    article = dossier.thesis.article
    return {dossier.symbol: dossier.company.profile.short_name, **{peer.symbol: peer.name for peer in article.peer}}


def _ratios(comparison: Comparison, symbol: str) -> dict[str, Reading | None]:
    return {which: comparison.readings.get((symbol, which)) for which in WHICH}


def _discounts(own: Mapping[str, Reading | None], other: Mapping[str, Reading | None]) -> str:
    parts = []
    for which in WHICH:
        ours, theirs = own[which], other[which]
        if ours is not None and theirs is not None:
            parts.append(f"{formats.percent1(1 - ours.figure.value / theirs.figure.value)} {which}")
    return ", ".join(parts) or "not known"
