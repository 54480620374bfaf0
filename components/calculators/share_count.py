"""How many listed shares there are: the last diluted count, and what was placed since, in listed units."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from components import formats
from data.dossier import Dossier
from data.errors import UnknownFigure


@dataclass(frozen=True)
class ShareCount:
    """Listed shares in millions, and how they are counted."""

    millions: float
    note: str


def listed_shares(dossier: Dossier, day: dt.date | None = None) -> ShareCount:
    """Diluted ordinary shares and those placed up to `day`, by ordinary shares per listed one. Raises UnknownFigure."""
    case, ratio = dossier.thesis.article.valuation, dossier.company.profile.listing.ordinary_shares
    counted = dossier.latest("diluted_shares")
    total, note = counted.value, f"{counted.value:,.0f}m diluted shares of {counted.as_of:%B %Y}"
    if case is not None and case.new_shares is not None:
        with suppress(UnknownFigure):
            placed = dossier.fact(case.new_shares).figure()
            if counted.as_of < placed.as_of <= (day or dossier.day):
                total += placed.value
                note += f" + {placed.value:,.0f}m placed in {placed.as_of:%B %Y}"
    return ShareCount(
        total / ratio, f"({note}) ÷ {ratio} = {total / ratio:,.1f}m {formats.shares_of(dossier.share_class)}"
    )
