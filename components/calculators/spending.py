"""What a company invests and what pays for it, period by period: for a thesis that names no plan."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from components.calculators.billions import in_billions
from components.calculators.trailing import trailing
from data import places
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure
from data.filings import Quarter

FLOWS = ("operating_cash_flow", "capex", "free_cash_flow")


@dataclass(frozen=True)
class Spending:
    """Cash flows and net cash as reported, oldest first, and those of the last twelve months that are known.

    Attributes
    ----------
    periods : those in which one of FLOWS is known.
    year : the last twelve months of each flow that is known.
    revenue : of the same time; None where it is not known.
    """

    periods: tuple[Quarter, ...]
    year: dict[str, Figure]
    revenue: Figure | None
    net_cash: tuple[Figure, ...]

    def known(self, metric: str) -> list[tuple[dt.date, float]]:
        """A flow by period, in billions, where it is known."""
        return [(p.end, in_billions(p.figure(metric))) for p in self.periods if metric in p.values]

    @property
    def coverage(self) -> float | None:
        """Operating cash flow ÷ capex of twelve months, as a ratio; None where one is not known or nothing is spent."""
        flow, spent = self.year.get("operating_cash_flow"), self.year.get("capex")
        if flow is None or spent is None or flow.as_of != spent.as_of or spent.value <= 0:
            return None
        return in_billions(flow) / in_billions(spent)


def gather_spending(dossier: Dossier) -> Spending:
    """What is known on the dossier's day. Raises UnknownFigure where no flow of any period is known."""
    periods = tuple(p for p in dossier.quarters() if any(metric in p.values for metric in FLOWS))
    if not periods:
        where = places.of_measure(dossier.company, "operating_cash_flow", "capex")
        raise UnknownFigure("capital expenditure or cash flow of any period", where)
    year = {}
    for metric in FLOWS:
        with suppress(UnknownFigure):
            year[metric] = trailing(_upto_last(periods, metric), metric, dossier.years())
    revenue = None
    with suppress(UnknownFigure):
        revenue = trailing(dossier.quarters(), "revenue", dossier.years())
    cash = tuple(p.figure("net_cash") for p in dossier.quarters() if "net_cash" in p.values)
    return Spending(periods, year, revenue, cash)


def _upto_last(periods: Sequence[Quarter], metric: str) -> Sequence[Quarter]:
    """The periods up to the last one in which a flow is known."""
    known = [place for place, period in enumerate(periods) if metric in period.values]
    return periods[: known[-1] + 1] if known else periods
