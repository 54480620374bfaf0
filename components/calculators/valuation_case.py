"""Gathers the valuation page's facts for one thesis: parts, cash, stakes, shares, exchange rate and price."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from components.calculators.capex_case import CapexFacts, gather, in_billions, in_billions_of
from components.calculators.parts import Conversion, Part
from components.calculators.segments import SegmentQuarter, by_quarter, latest_complete
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, convert, least_confident, multiplied
from data.filings import QUARTERS_A_YEAR, last_in_a_row, quarter_end
from data.sums import Sum, total_of
from data.thesis import PartCase, ValuationCase


@dataclass(frozen=True)
class ValuedPart:
    """A business with its basis, the thesis's multiple for it, and the quarterly figure behind the basis."""

    part: Part
    case: PartCase
    source: Figure


@dataclass(frozen=True)
class Stake:
    """A stake in a listed company, valued at one moment.

    Attributes
    ----------
    moment : the id of the fact that gives the company's worth.
    label : that fact's label, for the reader.
    sum : the calculation of the stake's worth, in billions of the filing's currency.
    """

    name: str
    moment: str
    label: str
    sum: Sum

    @property
    def value(self) -> float:
        return self.sum.value


@dataclass(frozen=True)
class ValuationFacts:
    """The known facts. Money is in billions of the filing's currency, unless it is a Figure with a unit of its own.

    Attributes
    ----------
    quarter : the month in which the parts' quarter ends.
    rate : filing's currency per one of the listing's.
    capex : the capex page's facts; None where they are not known.
    sales, ebita : group revenue and adjusted EBITA of the last four known quarters, to `to_quarter`.
    """

    case: ValuationCase
    parts: tuple[ValuedPart, ...]
    quarter: str
    price: Figure
    per_share_conversion: Conversion
    rate: Figure
    shares_note: str
    capex: CapexFacts | None
    stakes: tuple[Stake, ...]
    sales: float
    ebita: float
    to_quarter: str

    @property
    def currency(self) -> str:
        return str(self.rate.unit.currency)

    @property
    def net_cash(self) -> float | None:
        """The last known net cash plus the free cash flow reported since; None without the capex page's facts."""
        return None if self.capex is None else self.capex.net_cash_now


def gather_valuation(dossier: Dossier) -> ValuationFacts:
    """All facts of the page.

    Raises
    ------
    UnknownFigure : the thesis has no sum of the parts, or a figure is not known; `what` names it.
    KeyError : the thesis names a fact that does not exist.
    UnitMismatch : the thesis names an exchange rate that does not fit the figure to convert.
    ValueError : a segment has adjusted EBITA on revenue that is not positive.
    """
    case = dossier.thesis.article.valuation
    if case is None:
        raise UnknownFigure("a sum of the parts in this thesis")
    listing = dossier.company.profile.listing
    rate = dossier.filing_rate()
    if (rate.unit.currency, rate.unit.per) != (dossier.company.profile.currency, listing.currency):
        raise UnknownFigure(f"a rate from {dossier.company.profile.currency} to {listing.currency}")
    shares, note = _shares(dossier, case)
    known = [q for q in dossier.quarters() if {"revenue", "adjusted_ebita"} <= q.values.keys()]
    quarters = last_in_a_row(known, quarter_end, "revenue and adjusted EBITA")
    try:
        capex_facts = gather(dossier)
    except UnknownFigure:
        capex_facts = None
    parts, quarter = _parts(dossier, case)
    return ValuationFacts(
        case,
        parts,
        quarter,
        dossier.market.price(dossier.symbol),
        Conversion(rate.value, shares),
        rate,
        note,
        capex_facts,
        tuple(_stakes(dossier, case, rate)),
        sum(in_billions(q, "revenue") for q in quarters),
        sum(in_billions(q, "adjusted_ebita") for q in quarters),
        f"{quarters[-1].end:%B %Y}",
    )


def _parts(dossier: Dossier, case: ValuationCase) -> tuple[tuple[ValuedPart, ...], str]:
    latest = latest_complete(dossier, by_quarter(dossier))
    labels = {family.id: family.label for family in dossier.company.profile.family}
    found = []
    for each in case.part:
        quarters = [quarter for quarter in latest if quarter.family == each.family]
        figure = _basis(quarters, each)
        basis = figure.value * figure.unit.scale / 1e9 * QUARTERS_A_YEAR
        words = "adjusted EBITA" if each.measure == "adjusted_ebita" else "revenue"
        found.append(
            ValuedPart(
                Part(each.family, quarters[0].segment if len(quarters) == 1 else labels[each.family], basis, words),
                each,
                figure,
            )
        )
    return tuple(found), f"{found[0].source.as_of:%B %Y}"


def _basis(quarters: Sequence[SegmentQuarter], case: PartCase) -> Figure:
    """The measure of a family in one quarter: that of its segment, or the sum where it has several.

    Raises UnknownFigure, also where one of several is not known: the others alone are not the business.
    """
    figures = [each.revenue if case.measure == "revenue" else each.adjusted_ebita for each in quarters]
    known = [figure for figure in figures if figure is not None]
    if not known or len(known) < len(figures):
        raise UnknownFigure(f"{case.measure.replace('_', ' ')} of “{case.family}” in the latest complete quarter")
    if len(known) == 1:
        return known[0]
    total = Sum(total_of([figure.term(0) for figure in known]), known[0].unit.text, 0)
    label = f"{case.family}, {case.measure.replace('_', ' ')}, {known[0].as_of:%B %Y}"
    return replace(known[0], value=total.value, label=label, confidence=least_confident(*known), working=total)


def _shares(dossier: Dossier, case: ValuationCase) -> tuple[float, str]:
    """Listed shares in millions (the last diluted count plus shares placed since), and how they are counted."""
    ratio = dossier.company.profile.listing.ordinary_shares
    counted = dossier.latest("diluted_shares")
    note = f"{counted.value:,.0f}m diluted shares of {counted.as_of:%B %Y}"
    total = counted.value
    if case.new_shares is not None:
        placed = dossier.fact(case.new_shares).figure()
        if placed.as_of > counted.as_of:
            total += placed.value
            note += f" + {placed.value:,.0f}m placed in {placed.as_of:%B %Y}"
    return total / ratio, f"({note}) ÷ {ratio} = {total / ratio:,.1f}m {dossier.share_class}"


def _stakes(dossier: Dossier, case: ValuationCase, rate: Figure) -> list[Stake]:
    """Each stake at each moment for which its worth is known. A moment is the fact that gives the worth."""
    found = []
    for stake in case.stake:
        for moment in stake.worth:
            try:
                held, worth = dossier.fact(stake.held).figure(), dossier.fact(moment).figure()
                worked = _worth(
                    held, worth if stake.rate is None else convert(worth, dossier.fact(stake.rate).figure()), rate
                )
            except (UnknownFigure, UnitMismatch):
                continue
            found.append(Stake(stake.name, moment, worth.label, worked))
    return found


def _worth(held: Figure, listed: Figure, rate: Figure) -> Sum:
    """A share of what a company is worth, in billions of the filing's currency. Raises UnitMismatch."""
    part, money = held.term(2) * in_billions_of(listed), f"{rate.unit.currency} bn"
    if listed.unit.currency == rate.unit.currency:
        return Sum(part, money, 1)
    if listed.unit.currency != rate.unit.per:
        raise UnitMismatch(f"{listed.label} is in {listed.unit}, the rate is {rate.unit}")
    return Sum(multiplied(part, rate), money, 1)
