"""Gathers the capex page's facts for one thesis: the plan, the spending, its funding, and the segment's revenue."""

from dataclasses import dataclass, replace

from components.calculators import capex
from components.calculators.audit.filings import quarters_since
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, convert, multiplied
from data.filings import QUARTERS_A_YEAR, Quarter, in_a_row, last_in_a_row, quarter_end, segment_end
from data.sums import Expression, Sum
from data.thesis import CapexCase
from data.units import Unit


@dataclass(frozen=True)
class CapexFacts:
    """The known facts. Money is in billions of the filing's currency, unless it is a Figure with a unit of its own.

    Attributes
    ----------
    quarters : all quarters known, oldest first.
    cash_flow : operating cash flow per quarter, the mean of the last four known.
    net_cash : the last known net cash.
    flow_since : free cash flow of the `quarters_since` quarters after `net_cash`.
    revenue : the segment's revenue of its last four known quarters, to `revenue_to`.
    margin, growth : the segment's latest known adjusted EBITA margin and year-over-year revenue growth, as ratios.
    new_money : money raised since; None where there is none or it cannot be converted.
    """

    case: CapexCase
    plan: Figure
    spent: capex.Spent
    quarters: tuple[Quarter, ...]
    cash_flow: float
    cash_flow_to: Quarter
    net_cash: Figure
    flow_since: float
    quarters_since: int
    revenue: float
    revenue_to: str
    margin: float
    growth: float
    new_money: Figure | None

    @property
    def net_cash_now(self) -> float:
        """The last known net cash plus the free cash flow reported since, in billions."""
        return self.net_cash.value * self.net_cash.unit.scale / 1e9 + self.flow_since

    @property
    def currency(self) -> str:
        return str(self.plan.unit.currency)


def gather(dossier: Dossier) -> CapexFacts:
    """All facts of the page.

    Raises
    ------
    UnknownFigure : the thesis has no investment plan, or a figure is not known; `what` names it.
    KeyError : the thesis names a fact that does not exist.
    UnitMismatch : the rate for the new money is not in the currency of that money.
    """
    case = dossier.thesis.article.capex
    if case is None:
        raise UnknownFigure("an investment plan in this thesis")
    plan = dossier.fact(case.plan).figure()
    since = quarters_since(dossier, plan)
    if not since:
        raise UnknownFigure("capex after the plan was announced")
    spent = capex.Spent(
        plan.value * plan.unit.scale / 1e9,
        case.years * QUARTERS_A_YEAR,
        tuple(q.end for q in since),
        tuple(in_billions(q, "capex") for q in since),
    )
    known = [q for q in dossier.quarters() if "operating_cash_flow" in q.values]
    funded = last_in_a_row(known, quarter_end, "operating cash flow")
    net_cash = dossier.latest("net_cash")
    later = in_a_row([q for q in dossier.quarters() if q.end >= net_cash.as_of], quarter_end, "free cash flow")[1:]
    if any("free_cash_flow" not in q.values for q in later):
        raise UnknownFigure(f"free cash flow since {net_cash.as_of:%B %Y}")
    revenue = _segment(dossier, case.segment)
    return CapexFacts(
        case,
        plan,
        spent,
        dossier.quarters(),
        sum(in_billions(q, "operating_cash_flow") for q in funded) / QUARTERS_A_YEAR,
        funded[-1],
        net_cash,
        sum(in_billions(q, "free_cash_flow") for q in later),
        len(later),
        *revenue,
        _new_money(dossier, case),
    )


def in_billions(quarter: Quarter, metric: str) -> float:
    """A money figure of a quarter, in billions. Raises UnknownFigure."""
    figure = quarter.figure(metric)
    return figure.value * figure.unit.scale / 1e9


def in_billions_of(amount: Figure) -> Expression:
    """An amount of money in billions, as part of a sum; one that is stated in them stands as it is."""
    factor = amount.unit.scale / 1e9
    shown = amount.term(2, with_unit=True)
    return shown if factor == 1 else shown * factor


def _segment(dossier: Dossier, segment: str) -> tuple[float, str, float, float]:
    """The segment's revenue of four quarters in billions, the month it runs to, latest margin and latest growth."""
    rows = sorted(
        (v for v in dossier.segments() if v.segment == segment and v.level == "segment"), key=lambda value: value.end
    )
    revenue = [v for v in rows if v.metric == "revenue"]
    last = last_in_a_row(revenue, segment_end, f"revenue of {segment}")
    if revenue[-1].prior_year is None or revenue[-1].prior_year <= 0 or revenue[-1].value <= 0:
        raise UnknownFigure(f"growth of {segment}, quarter to {revenue[-1].end:%B %Y}")
    scale = dossier.company.segment_value(revenue[-1]).unit.scale / 1e9
    sales = {v.end: v.value for v in revenue}
    margins = [v.value / sales[v.end] for v in rows if v.metric == "adjusted_ebita" and sales.get(v.end, 0) > 0]
    if not margins:
        raise UnknownFigure(f"adjusted EBITA of {segment}")
    year = sum(v.value for v in last) * scale
    return year, f"{revenue[-1].end:%B %Y}", margins[-1], revenue[-1].value / revenue[-1].prior_year - 1


def _new_money(dossier: Dossier, case: CapexCase) -> Figure | None:
    """Money raised since, in the filing's currency; None where there is none, or a fact or rate is not known."""
    if case.new_money is None:
        return None
    try:
        raised = dossier.fact(case.new_money).figure()
        currency = dossier.company.profile.currency
        if raised.unit.currency == currency:
            return raised
        if case.new_money_rate is not None:
            raised = convert(raised, dossier.fact(case.new_money_rate).figure())
        if raised.unit.currency == currency:
            return raised
        # The release's rate, not the market's: a default that moves by the day would change what a link means.
        rate = dossier.filing_rate()
        if (rate.unit.currency, rate.unit.per) != (currency, raised.unit.currency):
            return None
    except (UnknownFigure, UnitMismatch):
        return None
    # The rate is in filing currency per listing currency, so the way back multiplies.
    working = Sum(multiplied(in_billions_of(raised), rate), f"{currency} bn", 1)
    return replace(raised, value=working.value, unit=Unit.parse(working.unit), working=working)
