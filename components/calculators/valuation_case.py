"""The valuation page's facts for one thesis: parts, cash, stakes, shares, rate and price, gathered from the dossier."""

from dataclasses import dataclass

from components.calculators.capex_case import CapexFacts, gather, in_billions
from components.calculators.parts import Conversion, Part
from components.calculators.segments import by_quarter, latest_complete
from data.dossier import Dossier
from data.errors import UnknownFigure
from data.figures import Figure, convert
from data.thesis import PartCase, ValuationCase

QUARTERS_A_YEAR = 4


@dataclass(frozen=True)
class ValuedPart:
    """A business with its yearly basis and how the thesis values it."""

    part: Part
    case: PartCase
    source: Figure


@dataclass(frozen=True)
class Stake:
    """A listed stake at one moment: its worth in billions of the filing's currency, and the sum behind it."""

    name: str
    moment: str
    label: str
    value: float
    line: str


@dataclass(frozen=True)
class ValuationFacts:
    """What is known. Money in billions of the filing's currency unless a figure says otherwise."""

    case: ValuationCase
    parts: tuple[ValuedPart, ...]
    quarter: str
    price: Figure
    way: Conversion
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
        """The last known net cash with the free cash flow reported since; None where it was never known."""
        if self.capex is None:
            return None
        return self.capex.net_cash.value * self.capex.net_cash.unit.scale / 1e9 + self.capex.flow_since


def gather_valuation(file: Dossier) -> ValuationFacts:
    """All facts of the page. Raises UnknownFigure with the name of what is missing, also where nothing is set up."""
    case = file.thesis.article.valuation
    if case is None:
        raise UnknownFigure("a sum of the parts in this thesis")
    listing = file.company.profile.listing
    rate = file.filing_rate()
    if (rate.unit.currency, rate.unit.per) != (file.company.profile.currency, listing.currency):
        raise UnknownFigure(f"a rate from {file.company.profile.currency} to {listing.currency}")
    shares, note = _shares(file, case)
    quarters = [q for q in file.quarters() if {"revenue", "adjusted_ebita"} <= q.values.keys()][-QUARTERS_A_YEAR:]
    if len(quarters) < QUARTERS_A_YEAR:
        raise UnknownFigure("revenue and adjusted EBITA of four quarters")
    try:
        capex_facts = gather(file)
    except UnknownFigure:
        capex_facts = None
    parts, quarter = _parts(file, case)
    return ValuationFacts(
        case,
        parts,
        quarter,
        file.market.price(file.symbol),
        Conversion(rate.value, shares),
        rate,
        note,
        capex_facts,
        tuple(_stakes(file, case, rate)),
        sum(in_billions(q, "revenue") for q in quarters),
        sum(in_billions(q, "adjusted_ebita") for q in quarters),
        f"{quarters[-1].end:%B %Y}",
    )


def _parts(file: Dossier, case: ValuationCase) -> tuple[tuple[ValuedPart, ...], str]:
    latest = {quarter.family: quarter for quarter in latest_complete(file, by_quarter(file))}
    found = []
    for each in case.part:
        quarter = latest.get(each.family)
        figure = None if quarter is None else (quarter.revenue if each.measure == "revenue" else quarter.adjusted_ebita)
        if quarter is None or figure is None:
            raise UnknownFigure(f"{each.measure.replace('_', ' ')} of “{each.family}” in the latest complete quarter")
        basis = figure.value * figure.unit.scale / 1e9 * QUARTERS_A_YEAR
        words = "adjusted EBITA" if each.measure == "adjusted_ebita" else "revenue"
        found.append(ValuedPart(Part(each.family, quarter.segment, basis, words), each, figure))
    return tuple(found), f"{found[0].source.as_of:%B %Y}"


def _shares(file: Dossier, case: ValuationCase) -> tuple[float, str]:
    """Listed shares in millions: the last diluted count, and shares placed since."""
    ratio = file.company.profile.listing.ordinary_shares
    counted = file.latest("diluted_shares")
    note = f"{counted.value:,.0f}m diluted shares of {counted.as_of:%B %Y}"
    total = counted.value
    if case.new_shares is not None:
        placed = file.fact(case.new_shares).figure()
        if placed.as_of > counted.as_of:
            total += placed.value
            note += f" + {placed.value:,.0f}m placed in {placed.as_of:%B %Y}"
    return total / ratio, f"({note}) ÷ {ratio} = {total / ratio:,.1f}m {file.per}"


def _stakes(file: Dossier, case: ValuationCase, rate: Figure) -> list[Stake]:
    """Each stake at each moment at which its worth is known; a moment is the fact that gives the worth."""
    found = []
    for stake in case.stake:
        for moment in stake.worth:
            try:
                held, worth = file.fact(stake.held).figure(), file.fact(moment).figure()
                listed = worth if stake.rate is None else convert(worth, file.fact(stake.rate).figure())
            except UnknownFigure:
                continue
            value = held.value / 100 * listed.value * rate.value
            line = (
                f"{held.value:g} % × {worth.value:,.1f} {worth.unit} ({worth.label}) = "
                f"{rate.unit.currency} {value:,.1f}bn"
            )
            found.append(Stake(stake.name, moment, worth.label, value, line))
    return found
