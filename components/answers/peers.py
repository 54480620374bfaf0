"""The share beside its peers: its own P/E today, and all of them at one date and by one definition."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from components import formats
from components.answers.answer import Answer
from components.calculators.audit.comparisons import Comparison, comparisons, holding
from components.calculators.audit.multiples import (
    CORE,
    Earnings,
    beside,
    gaap_loss,
    leading,
    price_to_earnings,
    why_apart,
)
from components.calculators.audit.rules import Reading
from components.charts import valuation as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import valuation as texts
from components.readouts.blocks import Readout
from components.readouts.panel import Group
from data import places
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure

PE_TESTS = ("price_to_earnings", "multiple")
EPS = ("diluted_eps", "non_gaap_diluted_eps")
SHOWN = 3  # comparisons in the table, newest first


@dataclass(frozen=True)
class Peers:
    """The known P/E ratios of the share and its peers.

    Attributes
    ----------
    own : the share's own P/E today: the one that leads, then those beside it.
    eps : the leading earnings per listed share; None where they are not known, are no earnings, or were overtaken.
    compared : the comparisons at one date, newest first.
    holding : the newest of them that no release has overtaken; None where there is none.
    """

    own: tuple[Reading, ...]
    eps: Earnings | None
    why: str
    compared: tuple[Comparison, ...]

    @property
    def holding(self) -> Comparison | None:
        return holding(self.compared)

    def mean(self, symbol: str) -> float | None:
        """The mean of the peers' trailing ratios in the comparison that holds; None without one."""
        if self.holding is None:
            return None
        return float(np.mean([each.figure.value for name, each in self.holding.trailing.items() if name != symbol]))


@dataclass(frozen=True, kw_only=True)
class BesidePeers(Answer):
    """A page that sets the share beside its peers."""

    peers: Peers

    def peer_groups(self) -> list[Group]:
        """The share of the peers' P/E."""
        return [Group("", ("peer_share",))]

    def own_multiples(self) -> Readout | None:
        """The share's own P/E today; None where no earnings are known."""
        if not self.peers.own:
            return None
        inner = [texts.own_table(self.peers.own), blocks.note(self.peers.why)]
        return Readout("valuation-own", [blocks.details("The share’s own P/E, with each calculation", inner)])

    def multiples_readout(self) -> Readout | None:
        """P/E of the share and its peers, each comparison at one date; None where there is none."""
        if not self.peers.compared:
            return None
        table = texts.multiples_table(columns(self.peers), rows(self.dossier, self.peers))
        inner = [table, blocks.note(notes(self.peers))]
        return Readout("valuation-multiples", [blocks.details("P/E by date, with each calculation", inner)])

    def multiples_chart(self) -> Chart | None:
        """Trailing and forward P/E of the share and its peers at one date; None where there is no such date."""
        return chart(self.dossier, self.peers)

    def no_comparison(self, said: str) -> str:
        """Why there is no date, with the columns that would make one."""
        shares = [self.dossier.symbol, *(peer.symbol for peer in self.dossier.thesis.article.peer)]
        lacking = [
            each for each in shares if not any("diluted_eps" in q.values for q in self.dossier.quarters_of(each))
        ]
        return said + blocks.would_stand("; ".join(places.of_earnings(each) for each in lacking))

    def rerating(self) -> Readout | None:
        """The price at a chosen share of the peers' P/E; None where no comparison holds, or earnings are not known."""
        return Readout("valuation-rerating", [blocks.sentence(texts.RERATING)]) if "rerated" in self.slots else None


def gather(dossier: Dossier) -> Peers:
    """What is known of the share and its peers. Raises KeyError where the thesis names a fact that does not exist."""
    own: list[Reading] = []
    eps, other, why = None, None, ""
    with suppress(UnknownFigure, UnitMismatch):
        lead, other = leading(dossier, dossier.symbol)
        if lead.is_current and lead.figure.value > 0:
            eps = lead
        loss = gaap_loss(dossier)
        why = f"{formats.capitalised(loss)}. " if loss else ""
        why += why_apart(dossier) if other is not None else ""
        why = f"{why} {_defined(dossier)}".strip()
        own.append(price_to_earnings(dossier, dossier.symbol, lead))
    own += beside(dossier, other)
    names = tuple(_names(dossier))
    found = comparisons(dossier, names) if len(names) > 1 else []
    return Peers(tuple(own), eps, why, tuple(found))


def _defined(dossier: Dossier) -> str:
    """What the company's earnings per share hold and leave out, as far as its file says so."""
    profile = dossier.company.profile
    said = [(profile.words(name), profile.measures[name].definition) for name in EPS if name in profile.measures]
    return " ".join(f"{formats.capitalised(words)}: {definition}." for words, definition in said if definition)


def rows(dossier: Dossier, peers: Peers) -> list[tuple[str, list[Reading | None], list[str]]]:
    """One row per share: its name, its P/E in each comparison, and the company's discount to it there."""
    found = []
    for symbol, name in _names(dossier).items():
        ratios = [each.trailing.get(symbol) for each in peers.compared[:SHOWN]]
        discounts = [
            "" if symbol == dossier.symbol or ratio is None else _discount(each.trailing, dossier.symbol, symbol)
            for each, ratio in zip(peers.compared[:SHOWN], ratios, strict=True)
        ]
        found.append((name, list(ratios), discounts))
    return found


def columns(peers: Peers) -> list[str]:
    """The heading of each comparison: its date."""
    return [formats.day(each.date) for each in peers.compared[:SHOWN]]


def notes(peers: Peers) -> str:
    """The definition of each comparison, and which of them a release has overtaken."""
    said = []
    for each in peers.compared[:SHOWN]:
        since = f"; {each.overtaken}" if each.overtaken else ""
        said.append(f"{formats.day(each.date)}: {each.definition}{since}.")
    return " ".join(said)


def chart(dossier: Dossier, peers: Peers) -> Chart | None:
    """P/E of the share and its peers at the newest date at which all are known, and the share's own today.

    None where there is no such date.
    """
    if not peers.compared:
        return None
    shown, names = peers.holding or peers.compared[0], _names(dossier)
    ahead = {symbol: shown.forward.get(symbol) for symbol in names}
    rows = [
        charts.Dots(name, shown.trailing[symbol].figure.value, _value(ahead[symbol])) for symbol, name in names.items()
    ]
    core = peers.own[:1] if peers.eps is not None and peers.eps.measure == CORE else ()
    own = names[dossier.symbol]
    rows[1:1] = [charts.Dots(f"{own}, {formats.day(each.figure.as_of)}", core=each.figure.value) for each in core]
    gaps = [
        f"{_discount(shown.trailing, dossier.symbol, symbol).removesuffix(' it')} {name}"
        for symbol, name in names.items()
        if symbol != dossier.symbol
    ]
    claimed = claimed_pe(dossier)
    since = f"; {shown.overtaken}" if shown.overtaken else ""
    source = f"{formats.day(shown.date)}: {shown.definition}{since}. Prices: closes of that day."
    said = ", ".join(gaps)
    title = (
        f"P/E beside its peers: {said}"
        if peers.holding
        else f"No comparison holds today; {formats.day(shown.date)}: {said}"
    )
    return charts.multiples_chart(rows, claimed, title, source)


def claimed_pe(dossier: Dossier) -> tuple[float, float] | None:
    """The range of P/E that the article states of its share; None where it states none."""
    tested = (each for each in dossier.thesis.claim if each.argument("name") in PE_TESTS and each.stated.unit == "x")
    return next((each.stated.bounds for each in tested if each.argument("of") in (None, "earnings")), None)


def _value(reading: Reading | None) -> float | None:
    return None if reading is None else reading.figure.value


def _names(dossier: Dossier) -> dict[str, str]:
    article = dossier.thesis.article
    return {dossier.symbol: dossier.company.profile.short_name, **{peer.symbol: peer.name for peer in article.peer}}


def _discount(ratios: Mapping[str, Reading], own: str, other: str) -> str:
    change = 1 - ratios[own].figure.value / ratios[other].figure.value
    return f"{formats.percent0(abs(change))} {'below' if change >= 0 else 'above'} it"


def rerated(
    values: Mapping[str, Any], mean: float | None, eps: float | None, price: float, currency: str
) -> dict[str, Any]:
    """The price at a share of the peers' mean P/E, where a comparison holds."""
    share = {"peer_share": formats.percent0(np.divide(values["peer_share"], 100))}
    if mean is None or eps is None:
        return share
    rerated = np.divide(values["peer_share"], 100) * mean * eps
    return {**share, "rerated": formats.money(rerated, currency), "rerated_gap": formats.change1(rerated / price - 1)}
