"""Net cash: the last reported value, and what is known to have come and gone since.

Each step since is shown by itself, so that a reader can leave it out: the free cash flow of the quarters reported
since, and dividends and buybacks by their dates. Money raised since is a step of its own, with a slider.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from components.calculators.billions import BILLION, Entry, as_billions, in_billions, in_billions_of
from components.calculators.share_count import listed_shares
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, multiplied
from data.filings import in_a_row
from data.rhythm import QUARTERLY
from data.sums import Expression, Sum, term, total_of

FLOW = "free-cash-flow"


@dataclass(frozen=True)
class NetCash:
    """The last reported net cash with the steps since, oldest first.

    Attributes
    ----------
    reported : with its unit, date and confidence.
    quarters_since : how many quarters of free cash flow are among the steps.
    """

    reported: Figure
    steps: tuple[Entry, ...]
    quarters_since: int

    @property
    def reported_in_billions(self) -> Figure:
        """The reported value in billions, as a figure."""
        return as_billions(self.reported)

    @property
    def billions(self) -> float:
        """The reported value, in billions."""
        return in_billions(self.reported)

    def since(self, keys: Sequence[str] | None = None) -> float:
        """The sum of some steps, all of them by default, in billions."""
        return sum(step.value for step in self.steps if keys is None or step.key in keys)


def net_cash(dossier: Dossier, payouts: Sequence[str] = ()) -> NetCash:
    """The last reported net cash and what is known since; `payouts` are facts of dividends and buybacks.

    Raises UnknownFigure where net cash was never reported, or where the free cash flow of a quarter since is missing;
    KeyError where a fact does not exist.
    """
    reported = dossier.latest("net_cash")
    money = f"{reported.unit.currency} bn"
    later = in_a_row([q for q in dossier.quarters() if q.end >= reported.as_of], "free cash flow")[1:]
    steps = []
    if later:
        flows = [quarter.figure("free_cash_flow") for quarter in later]
        scale = flows[0].unit.scale / BILLION
        flow = Sum(total_of([each.term(0) for each in flows]) * scale, money, 1)
        steps.append(Entry(FLOW, f"Free cash flow, {_span([q.end for q in later])}", flow))
    for name in payouts:
        try:
            paid = dossier.fact(name).figure()
            if paid.as_of > reported.as_of:
                steps.append(Entry(name, paid.label, Sum(0 - _paid(dossier, paid), money, 1)))
        except (UnknownFigure, UnitMismatch):
            continue  # not known on the day
    return NetCash(reported, tuple(steps), len(later))


def payouts_a_quarter(dossier: Dossier, payouts: Sequence[str]) -> Sum | None:
    """What goes out in a quarter, in billions: a quarter of the latest yearly dividend, and the latest buybacks.

    A fact per share is the dividend of a year, an amount is the buybacks of a quarter. None where neither is known.
    Raises KeyError where a fact does not exist.
    """
    latest: dict[bool, tuple[dt.date, Expression]] = {}
    for name in payouts:
        try:
            paid = dossier.fact(name).figure()
            yearly = paid.unit.per is not None
            if yearly not in latest or latest[yearly][0] < paid.as_of:
                latest[yearly] = paid.as_of, _paid(dossier, paid)
        except (UnknownFigure, UnitMismatch):
            continue  # not known on the day
    parts = [each / QUARTERLY.a_year if yearly else each for yearly, (_, each) in latest.items()]
    return Sum(total_of(parts), f"{dossier.company.profile.currency} bn", 1) if parts else None


def _paid(dossier: Dossier, paid: Figure) -> Expression:
    """A dividend per listed share on all of them, or an amount, in billions; at the rate of its day."""
    profile = dossier.company.profile
    listing = profile.listing.currency
    if paid.unit.per is not None:
        shares = term(f"{dossier.share_class} m", listed_shares(dossier, paid.as_of).millions, 1)
        amount: Expression = paid.term(2, with_unit=True) * shares / 1000
    else:
        amount = in_billions_of(paid)
    if paid.unit.currency == profile.currency:
        return amount
    if paid.unit.currency != listing:
        raise UnitMismatch(f"{paid.label} is in {paid.unit}")
    return multiplied(amount, dossier.rate_of(profile.currency, listing, paid.as_of))


def _span(ends: Sequence[dt.date]) -> str:
    first, last = f"{ends[0]:%B %Y}", f"{ends[-1]:%B %Y}"
    return first if first == last else f"{first} to {last}"
