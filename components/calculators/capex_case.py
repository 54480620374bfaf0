"""Gathers the capex page's facts for one thesis: the plan, the spending, its funding, and the segment's revenue."""

import datetime as dt
from dataclasses import dataclass, replace

from components.calculators import capex, funding
from components.calculators.audit.plans import quarters_since
from components.calculators.billions import BILLION, in_billions, in_billions_of
from components.calculators.net_cash import NetCash, net_cash, payouts_a_quarter
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, convert, multiplied
from data.filings import Quarter, SegmentValue, last_in_a_row, newest_in_a_row
from data.rhythm import QUARTERLY
from data.sums import Sum
from data.thesis import CapexCase
from data.units import Unit


@dataclass(frozen=True)
class CapexFacts:
    """The known facts. Money is in billions of the filing's currency, unless it is a Figure with a unit of its own.

    Attributes
    ----------
    quarters : all quarters known, oldest first.
    cash_flow : operating cash flow per quarter, the mean of the newest four in a row that are known, to `cash_flow_to`.
    cash : the last reported net cash and what is known since.
    segment : the segment that is to earn it back, its successor where it was regrouped.
    revenue : its revenue of the last four known quarters, to `revenue_to`; before the regrouping that of the segment.
    margin, growth : its latest known adjusted EBITA margin and year-over-year revenue growth, as ratios.
    at_most : a bound of the operating cash flow of the last quarter, where that is not known itself.
    new_money : money raised since; None where there is none or it cannot be converted.
    payouts : dividends and buybacks of a quarter, as far as they are known; None where nothing is.
    """

    case: CapexCase
    plan: Figure
    spent: capex.Spent
    quarters: tuple[Quarter, ...]
    cash_flow: float
    cash_flow_to: Quarter
    cash: NetCash
    segment: str
    revenue: float
    revenue_to: str
    margin: float
    growth: float
    new_money: Figure | None
    at_most: Sum | None
    payouts: Sum | None

    @property
    def mean_pace(self) -> float:
        """The mean capex of the plan's quarters so far, in billions."""
        return self.spent.total / len(self.spent.amounts)

    @property
    def net_cash_now(self) -> float:
        """The last reported net cash and all that is known since, in billions; new money is apart."""
        return self.cash.billions + self.cash.since()

    @property
    def currency(self) -> str:
        return str(self.plan.unit.currency)

    def windows(self) -> list[tuple[str, float | None, float | None]]:
        """The last four and the last two quarters in which both are known: name, cash flow and capex in billions.

        None where they are fewer, or not next to each other.
        """
        both = [q for q in self.quarters if {"operating_cash_flow", "capex"} <= q.values.keys()]
        rows: list[tuple[str, float | None, float | None]] = []
        for count, name in ((4, "Last four quarters"), (2, "Last two quarters")):
            try:
                window = last_in_a_row(both, "operating cash flow and capex", count)
            except UnknownFigure:
                rows.append((name, None, None))
                continue
            flow, spend = (
                sum(in_billions(q.figure(metric)) for q in window) for metric in ("operating_cash_flow", "capex")
            )
            rows.append((f"{name}, to {window[-1].end:%B %Y}", flow, spend))
        return rows

    def known_net_cash(self) -> list[tuple[dt.date, float]]:
        """Net cash at the end of each quarter in which it is known, in billions."""
        return [(q.end, in_billions(q.figure("net_cash"))) for q in self.quarters if "net_cash" in q.values]

    def reported(self) -> list[tuple[dt.date, funding.Behind]]:
        """Sources and uses of each quarter since the plan was announced, as far as they are known."""
        found, cash = [], dict(self.known_net_cash())
        for quarter in self.quarters:
            if quarter.end < self.spent.ends[0]:
                continue
            flow, spend = (
                in_billions(quarter.figure(metric)) if metric in quarter.values else None
                for metric in ("operating_cash_flow", "capex")
            )
            before = cash.get(capex.quarter_end(quarter.end, -1))
            found.append((quarter.end, funding.behind(flow, spend, before, cash.get(quarter.end))))
        return found


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
        in_billions(plan),
        case.years * QUARTERLY.a_year,
        tuple(q.end for q in since),
        tuple(in_billions(q.figure("capex")) for q in since),
    )
    known = [q for q in dossier.quarters() if "operating_cash_flow" in q.values]
    funded = newest_in_a_row(known, "operating cash flow", dossier.quarters()[-1].end)
    valuation = dossier.thesis.article.valuation
    paid = () if valuation is None else valuation.payouts
    cash = net_cash(dossier, paid)
    revenue = _segment(dossier, case)
    return CapexFacts(
        case,
        plan,
        spent,
        dossier.quarters(),
        sum(in_billions(q.figure("operating_cash_flow")) for q in funded) / QUARTERLY.a_year,
        funded[-1],
        cash,
        *revenue,
        _new_money(dossier, case),
        _at_most(dossier.quarters()[-1]),
        payouts_a_quarter(dossier, paid),
    )


def _at_most(quarter: Quarter) -> Sum | None:
    """Free cash flow + capex: operating cash flow is at most about that, other items apart; None where it is known."""
    if "operating_cash_flow" in quarter.values or not {"free_cash_flow", "capex"} <= quarter.values.keys():
        return None
    flow, spent = quarter.figure("free_cash_flow"), quarter.figure("capex")
    factor = flow.unit.scale / BILLION
    return Sum((flow.term(0) + spent.term(0)) * factor, f"{flow.unit.currency} bn", 1)


def _segment(dossier: Dossier, case: CapexCase) -> tuple[str, float, str, float, float]:
    """The segment's name, revenue of four quarters in billions, the month it runs to, latest margin and growth.

    Where the segment was regrouped, its successor gives the latest quarters, margin and growth.
    """
    names = [name for name in (case.successor, case.segment) if name is not None]
    rows = [v for v in dossier.segments() if v.segment in names and v.level == "segment"]
    by_end: dict[dt.date, SegmentValue] = {}
    for value in sorted(rows, key=lambda value: names.index(value.segment), reverse=True):
        if value.metric == "revenue":
            by_end[value.end] = value
    revenue = [by_end[end] for end in sorted(by_end)]
    last = last_in_a_row(revenue, f"revenue of {case.segment}")
    newest = revenue[-1]
    if newest.prior_year is None or newest.prior_year <= 0 or newest.value <= 0:
        raise UnknownFigure(f"growth of {newest.segment}, quarter to {newest.end:%B %Y}")
    sales = {(v.end, v.segment): v.value for v in revenue}
    margins = {
        v.end: v.value / sales[v.end, v.segment]
        for v in rows
        if v.metric == dossier.company.profile.segment_profit and sales.get((v.end, v.segment), 0) > 0
    }
    if not margins:
        raise UnknownFigure(f"{dossier.company.profile.profit_words} of {newest.segment}")
    year = sum(v.value for v in last) * newest.figure().unit.scale / BILLION
    grown = newest.value / newest.prior_year - 1
    return newest.segment, year, f"{newest.end:%B %Y}", margins[max(margins)], grown


def _new_money(dossier: Dossier, case: CapexCase) -> Figure | None:
    """Money raised since, in the filing's currency; None where there is none, or a fact or rate is not known."""
    if case.new_money is None:
        return None
    try:
        raised = dossier.fact(case.new_money).figure()
        currency, listing = dossier.company.profile.currency, dossier.company.profile.listing.currency
        if raised.unit.currency == currency:
            return raised
        # The rates of its own day: what was raised then does not change with the market since.
        raised = convert(raised, dossier.rate_of(str(raised.unit.currency), listing, raised.as_of))
        rate = dossier.rate_of(currency, listing, raised.as_of)
    except (UnknownFigure, UnitMismatch):
        return None
    # The rate is in filing currency per listing currency, so the way back multiplies.
    working = Sum(multiplied(in_billions_of(raised), rate), f"{currency} bn", 1)
    return replace(raised, value=working.value, unit=Unit.parse(working.unit), working=working)
