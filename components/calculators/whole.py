"""Multiples of the whole company at a price: of earnings, sales, profit, cash flow and book, as far as they are known.

Market value is the price × all shares of every class; enterprise value takes net cash off. The measures are of the
last twelve months.
"""

from contextlib import suppress

from components.calculators.audit.prices import multiple_of
from components.calculators.audit.rules import Reading
from components.calculators.audit.series import TWELVE_MONTHS, course
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure

PER_SHARE = ("diluted_eps", "non_gaap_diluted_eps")
OF_THE_WHOLE = ("revenue", "free_cash_flow", "operating_cash_flow", "net_income")
OF_ENTERPRISE = ("revenue", "adjusted_ebitda", "adjusted_ebita", "income_from_operations")


def multiples(dossier: Dossier, price: Figure) -> list[Reading]:
    """The multiples that are known, those of earnings per share first; each with its calculation."""
    series = dossier.thesis.article.shares or ""
    asked = [("earnings", each) for each in PER_SHARE]
    asked += [("market value", each) for each in OF_THE_WHOLE] + [("EV", each) for each in OF_ENTERPRISE]
    found = []
    for of, measure in asked:
        if measure in dossier.company.profile.measures:
            with suppress(UnknownFigure, UnitMismatch):
                if course(dossier, measure, window=TWELVE_MONTHS).latest.as_of < dossier.quarters()[-1].end:
                    continue  # of an older year than the last one reported: no multiple of today's price
                found.append(multiple_of(dossier, price, of, measure, series))
    return found
