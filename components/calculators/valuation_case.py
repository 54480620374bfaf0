"""Gathers the valuation page's facts for one thesis: parts, cash, stakes, shares, exchange rate and price."""

from contextlib import suppress
from dataclasses import dataclass

from components import formats
from components.calculators.billions import Entry, in_billions, in_billions_of
from components.calculators.capex_case import CapexFacts, gather
from components.calculators.net_cash import NetCash, net_cash
from components.calculators.part_bases import Basis, basis
from components.calculators.parts import Conversion, Part
from components.calculators.segments import by_quarter, latest_complete
from components.calculators.share_count import listed_shares
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, divided, multiplied
from data.filings import last_in_a_row
from data.sums import Expression, Sum
from data.thesis import PartCase, StakeCase, ValuationCase


@dataclass(frozen=True)
class ValuedPart:
    """A business with its measure over a year, and its loss where it is valued on revenue.

    Attributes
    ----------
    earnings : its adjusted EBITA over a year; None where the measure is that already, or where it is not known.
    """

    name: str
    case: PartCase
    measured: Basis
    earnings: Basis | None
    words: str = ""

    @property
    def measure(self) -> str:
        """The name of the measure, for the reader."""
        return self.words

    def ebita(self, by_quarter: bool) -> float | None:
        """Its adjusted EBITA over a year, in billions; None where it is not known."""
        counted = self.measured if self.case.measure != "revenue" else self.earnings
        return None if counted is None else in_billions(counted.figure(by_quarter))

    def part(self, by_quarter: bool) -> Part:
        """The business by its last four quarters, or by its latest quarter times four."""
        loss = 0.0 if self.earnings is None else max(-in_billions(self.earnings.figure(by_quarter)), 0.0)
        return Part(self.case.family, self.name, in_billions(self.measured.figure(by_quarter)), self.measure, loss)


@dataclass(frozen=True)
class ValuationFacts:
    """The known facts. Money is in billions of the filing's currency, unless it is a Figure with a unit of its own.

    Attributes
    ----------
    quarter : the month in which the parts' latest quarter ends.
    rate : filing's currency per one of the listing's, today's.
    capex : the capex page's facts; None where they are not known.
    cash : the last reported net cash and what is known since; None where it was never reported.
    stakes : each listed stake at each moment for which its worth is known; the key is the moment's.
    sales, ebita : group revenue and profit (called `profit_words`) of the last four known quarters, to `to_quarter`.
    """

    case: ValuationCase
    parts: tuple[ValuedPart, ...]
    quarter: str
    price: Figure
    per_share_conversion: Conversion
    rate: Figure
    shares_note: str
    capex: CapexFacts | None
    cash: NetCash | None
    stakes: tuple[Entry, ...]
    sales: float
    ebita: float
    to_quarter: str
    profit_words: str

    @property
    def currency(self) -> str:
        return str(self.rate.unit.currency)


def gather_valuation(dossier: Dossier) -> ValuationFacts:
    """All facts of the page.

    Raises
    ------
    UnknownFigure : the thesis has no sum of the parts, or a figure is not known; `what` names it.
    KeyError : the thesis names a fact that does not exist.
    UnitMismatch : an exchange rate does not fit the figure to convert.
    ValueError : a segment has adjusted EBITA on revenue that is not positive.
    """
    case = dossier.thesis.article.valuation
    if case is None:
        raise UnknownFigure("a sum of the parts in this thesis")
    listing = dossier.company.profile.listing
    rate = dossier.rate(dossier.company.profile.currency, listing.currency)
    shares = listed_shares(dossier)
    profit = dossier.company.profile.segment_profit
    known = [q for q in dossier.quarters() if {"revenue", profit} <= q.values.keys()]
    quarters = last_in_a_row(known, f"revenue and {dossier.company.profile.profit_words}")
    capex_facts, cash = None, None
    with suppress(UnknownFigure):
        capex_facts = gather(dossier)
    with suppress(UnknownFigure):
        cash = net_cash(dossier, case.payouts)
    parts, quarter = _parts(dossier, case)
    return ValuationFacts(
        case,
        parts,
        quarter,
        dossier.market.price(dossier.symbol),
        Conversion(rate.value * dossier.listed_unit.scale, shares.millions),
        rate,
        shares.note,
        capex_facts,
        cash,
        tuple(_stakes(dossier, case, rate)),
        sum(in_billions(q.figure("revenue")) for q in quarters),
        sum(in_billions(q.figure(profit)) for q in quarters),
        f"{quarters[-1].end:%B %Y}",
        dossier.company.profile.profit_words,
    )


def _parts(dossier: Dossier, case: ValuationCase) -> tuple[tuple[ValuedPart, ...], str]:
    """Each business of the latest complete quarter."""
    latest = latest_complete(dossier, by_quarter(dossier))
    if not latest:
        raise UnknownFigure("a quarter with the revenue of every segment")
    end, structure = latest[0].end, latest[0].structure
    labels = {family.id: family.label for family in dossier.company.profile.family}
    found = []
    for each in case.part:
        segments = [quarter.segment for quarter in latest if quarter.family == each.family]
        name = segments[0] if len(segments) == 1 else labels.get(each.family, "Central costs")
        measured, earnings = basis(dossier, each, each.measure, end, structure), None
        if each.measure == "revenue":
            with suppress(UnknownFigure):
                earnings = basis(dossier, each, dossier.company.profile.segment_profit, end, structure)
        found.append(ValuedPart(name, each, measured, earnings, dossier.company.profile.words(each.measure)))
    return tuple(found), f"{end:%B %Y}"


LATEST = "latest"  # the moment of a stake's worth at the newest close


def _stakes(dossier: Dossier, case: ValuationCase, rate: Figure) -> list[Entry]:
    """Each stake at each moment for which its worth is known: its latest close, then those that facts give."""
    found = []
    for stake in case.stake:
        with suppress(UnknownFigure, UnitMismatch):
            found.append(_at_latest_close(dossier, stake, rate))
        for moment in stake.worth:
            with suppress(UnknownFigure, UnitMismatch):
                held, worth = dossier.fact(str(stake.held)).figure(), dossier.fact(moment).figure()
                part = held.term(2) * in_billions_of(worth)
                worked = _in_filing_currency(dossier, part, worth, rate)
                found.append(Entry(moment, f"{worth.label}, {formats.day(worth.as_of)}", worked))
    return found


def _at_latest_close(dossier: Dossier, stake: StakeCase, rate: Figure) -> Entry:
    """The shares held at the newest price. Raises UnknownFigure."""
    if stake.symbol is None or stake.shares is None:
        raise UnknownFigure(f"a listed share of {stake.name}")
    held, price = dossier.fact(stake.shares).figure(), dossier.market.price(stake.symbol)
    part = held.term(2, with_unit=True) * price.term(2, with_unit=True) / 1000
    label = f"{stake.name} at {formats.figure(price)}, {formats.day(price.as_of)}"
    return Entry(LATEST, label, _in_filing_currency(dossier, part, price, rate))


def _in_filing_currency(dossier: Dossier, billions: Expression, amount: Figure, rate: Figure) -> Sum:
    """An amount in billions of the filing's currency, by way of the listing's. Raises UnknownFigure, UnitMismatch.

    It is converted at the page's rates of today, whenever `amount` was worth it.
    """
    currency, listing = str(amount.unit.currency), dossier.company.profile.listing.currency
    money = f"{rate.unit.currency} bn"
    if currency == rate.unit.currency:
        return Sum(billions, money, 1)
    if currency != listing:
        billions = divided(billions, dossier.rate(currency, listing))
    return Sum(multiplied(billions, rate), money, 1)
