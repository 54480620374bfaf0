"""What is it worth? For a thesis that values no parts: multiples of the whole, the peers, and the growth model."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from components import formats
from components.answers import growth_model, peers
from components.answers.answer import Asked, drawn
from components.answers.reference import market_price
from components.calculators.audit.multiples import Earnings, leading
from components.calculators.audit.rules import Reading
from components.calculators.whole import multiples
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import valuation as texts
from components.readouts.blocks import Readout, Sentence
from components.readouts.panel import Group
from components.scenario.inputs.valuation import MODEL
from components.scenario.sweep import Frame, SweepModel
from data import places
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure
from data.figures import Figure, value_in

SLIDERS = ("peer_share", *MODEL)


@dataclass(frozen=True, kw_only=True)
class WholeAnswer(peers.BesidePeers):
    """The valuation page of a thesis without parts, at the reader's settings.

    `overtaken` says where the model's earnings are not the latest that there can be; empty where they are. `earnings`
    are those that the model starts from.
    """

    price: Figure
    multiples: tuple[Reading, ...]
    overtaken: str = ""
    earnings: Figure | None = None

    def model_groups(self) -> list[Group]:
        """The inputs of the growth model."""
        return [Group("The growth model", MODEL[:3]), Group("", MODEL[3:])]

    def charts(self) -> list[Chart]:
        return drawn(self.growth_chart(), self.multiples_chart())

    def growth_chart(self) -> Chart | None:
        """The model's value by growth; None without known earnings."""
        return growth_model.chart(self.price, self.currency) if "model_value" in self.slots else None

    def whole(self) -> Readout | None:
        """The multiples of the whole, each with its calculation; None where none is known."""
        if not self.multiples:
            return None
        return Readout("valuation-whole", [texts.whole_table(self.multiples)])

    def strip(self) -> Readout:
        """Value against price, which stay in view on a phone."""
        items = [("Price", "{price}", "today")]
        if "model_value" in self.slots:
            items = [("By the model", "{model_value}", "{model_growth} a year"), *items]
        return Readout("valuation-strip", [blocks.strip_below(items)])


def answer(asked: Asked) -> WholeAnswer:
    """Computes the page. Raises UnknownFigure without a price, UnitMismatch."""
    dossier, scenario = asked.dossier, asked.scenario
    price = market_price(dossier, scenario)
    if price is None:
        raise UnknownFigure(f"price of {dossier.symbol}", places.of_closes(dossier.symbol))
    compared = peers.gather(dossier)
    basis, overtaken = _basis(dossier, compared)
    eps = None if basis is None else value_in(basis.figure, price.unit)
    mean, currency = compared.mean(dossier.symbol), dossier.company.profile.listing.quoted_in

    def frame_for(values: Mapping[str, Any]) -> Frame:
        if not values:
            return Frame({}, ())
        slots = {
            **peers.rerated(values, mean, eps, price.value, currency),
            **growth_model.said(values, eps, currency),
            "implied_growth": growth_model.implied(values, eps, price.value),
        }
        return Frame(slots, () if eps is None else tuple(growth_model.patches(eps, values)))

    values = {key: scenario.number(key) for key in SLIDERS if scenario.has(key)}
    model = SweepModel(scenario, values, frame_for)
    found = tuple(multiples(dossier, price))
    fixed = {
        "share_class": dossier.share_class,
        "price": formats.figure(price),
        "peers": "n/a" if mean is None else str(formats.multiple1(mean)),
        "earnings": "earnings" if basis is None else f"{basis.words} earnings",
        "eps": "not known" if basis is None else formats.figure(basis.figure),
    }
    if eps is None:
        fixed["no_earnings"] = _why_none(dossier)
    lead = Sentence(texts.whole_sentence(dossier.share_class, eps is not None, found), {**fixed, **model.current.slots})
    return WholeAnswer(
        asked=asked,
        lead=lead,
        model=model,
        price=price,
        peers=compared,
        multiples=found,
        overtaken=overtaken,
        earnings=None if basis is None else basis.figure,
    )


def _basis(dossier: Dossier, compared: peers.Peers) -> tuple[Earnings | None, str]:
    """The earnings that the model starts from: the current ones, else the last known, with what has overtaken them."""
    if compared.eps is not None:
        return compared.eps, ""
    with suppress(UnknownFigure, UnitMismatch):
        last, _ = leading(dossier, dossier.symbol)
        if last.figure.value > 0:
            return last, f"The model starts from the last earnings known: {last.age}."
    return None, ""


def _why_none(dossier: Dossier) -> str:
    """Why there are no earnings to go on from: none are known, they are a loss, or a release has overtaken them."""
    try:
        last, _ = leading(dossier, dossier.symbol)
    except (UnknownFigure, UnitMismatch) as missing:
        return f"not known: {missing.what if isinstance(missing, UnknownFigure) else missing}"
    if last.figure.value <= 0:
        return f"the last earnings known, {last.age}, are a loss"
    return f"the last earnings known are {last.age}"
