"""What is it worth? The sum of the parts, the comparison with peers, and the growth that the price implies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from components import formats
from components.answers import growth_model, peers, whole
from components.answers.answer import Asked, drawn
from components.answers.reference import market_price
from components.answers.sensitivity import Sensitivity
from components.answers.sum_of_parts import LAST_STEPS, SumOfParts
from components.answers.whole import WholeAnswer
from components.calculators.billions import in_billions
from components.calculators.parts import Part, implied_multiple
from components.calculators.valuation_case import ValuationFacts, gather_valuation
from components.charts import valuation as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import valuation as texts
from components.readouts.blocks import Readout, Sentence
from components.readouts.panel import Group
from components.scenario.inputs.valuation import MODEL
from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from data.errors import UnknownFigure
from data.figures import value_in
from data.filings import last_in_a_row


@dataclass(frozen=True, kw_only=True)
class ValuationAnswer(peers.BesidePeers):
    """The valuation page at the reader's settings. Money is in billions of the filing's currency unless noted."""

    summed: SumOfParts

    @property
    def facts(self) -> ValuationFacts:
        return self.summed.facts

    @property
    def price(self) -> float:
        return self.facts.price.value

    # --- Inputs ---

    def groups(self) -> list[Group]:
        """The inputs of the sum of the parts."""
        keys = [*multiple_keys(self.scenario), "loss_years", "holding_discount"]
        half = -(-len([key for key in keys if self.scenario.has(key)]) // 2)
        return [Group("", keys[:half]), Group("", keys[half:])]

    def model_groups(self) -> list[Group]:
        """The inputs of the growth model."""
        return [Group("", MODEL[:3]), Group("", MODEL[3:])]

    def swing_groups(self) -> list[Group]:
        """How far the inputs swing."""
        return [Group("", ("swing",))]

    # --- Words ---

    def strip(self) -> Readout:
        """Value against price, which stay in view on a phone."""
        items = [
            ("Value", "{value}", "{gap}"),
            ("Price", "{price}", "today"),
            ("By the model", "{model_value}", "{model_growth} a year"),
        ]
        if "model_value" not in self.slots:
            items = items[:2]
        return Readout("valuation-strip", [blocks.strip_below(items)])

    def doubts(self) -> list[str]:
        """Warnings where a result is implausible."""
        values = self._values()
        growing = growing_part(self.summed)
        worth = float(self.summed.worth(values))
        implied = float(implied_by_price(self.summed, growing, values))
        return texts.doubts(worth, self.price, implied, growing.basis, growing.name)

    def checks(self) -> Readout:
        """What the value comes to by other measures, and enterprise value; a sentence where net cash is left out."""
        measure = "earnings" if self.peers.eps is None else f"{self.peers.eps.words} earnings"
        facts, added = self.facts, self.summed.adjustments
        cap = float(facts.per_share_conversion.billions(self.price))
        checked = texts.checks(facts, measure)
        if added.net_cash is None:
            left_out = (
                f"Market capitalisation {facts.currency} {cap:,.0f}bn. EV/sales and EV/{facts.profit_words} need net "
                "cash, which is left out here."
            )
            inner = [blocks.figures(checked), blocks.note(left_out)]
            return Readout("valuation-checks", [blocks.panel([blocks.heading("By other measures"), *inner])])
        cash = float(added.net_cash) + float(added.since)
        enterprise = texts.enterprise(facts, cap, cash, float(added.new_money))
        found = blocks.figures([*checked, *enterprise])
        return Readout("valuation-checks", [blocks.panel([blocks.heading("By other measures"), found])])

    def growth_note(self) -> str:
        """Why the model takes earnings and not free cash flow; empty where the flow is positive."""
        known = [q for q in self.dossier.quarters() if "free_cash_flow" in q.values]
        try:
            flow = last_in_a_row(known, "free cash flow")
        except UnknownFigure:
            return ""
        a_year = sum(in_billions(q.figure("free_cash_flow")) for q in flow)
        if a_year > 0:
            return ""
        return (
            f"Free cash flow of the last four quarters was {self.facts.currency} {formats.number(a_year, 1)}bn. From a "
            "negative flow no growth gives a price, so the model uses earnings, of which growth leaves a part to be "
            "paid out."
        )

    def workings(self) -> Readout:
        """The formulas of the sum of the parts, with the present numbers."""
        remark = (
            "Growth model: earnings grow for the first stage, then for ever at the last rate; growth of g takes g ÷ "
            "the return on new capital of them, the rest is paid out and discounted to today."
        )
        remarks = [f"{'. '.join(self.summed.notes())}.", self.growth_note(), remark]
        return blocks.workings(
            "valuation-workings", self.summed.sums(self.dossier.share_class), [each for each in remarks if each]
        )

    # --- Charts ---

    def charts(self) -> list[Chart]:
        moving = self.sensitivity()
        beside = drawn(self.parts_chart(), self.multiples_chart(), self.growth_chart())
        return [*beside, *drawn(moving.tornado_chart(), moving.histogram_chart(), moving.grid_chart())]

    def parts_chart(self) -> Chart:
        """The sum of the parts as a waterfall, per listed share."""
        names = [*(part.name for part in self.summed.parts), *LAST_STEPS]
        return charts.parts_chart(names, self.price, self.currency, self._source())

    def growth_chart(self) -> Chart | None:
        """The model's value by growth; None without known earnings."""
        return growth_model.chart(self.facts.price, self.currency) if "model_value" in self.slots else None

    def sensitivity(self) -> Sensitivity:
        """How the sum of the parts reacts to its inputs."""
        return Sensitivity(self.asked, self.summed, self._source())

    def _values(self) -> dict[str, float]:
        """The present values of the sliders."""
        return {key: self.scenario.number(key) for key in sliders(self.scenario)}

    def _source(self) -> str:
        name = self.dossier.company.profile.short_name
        year = "the latest quarter times four" if self.summed.by_quarter else "four quarters"
        parts = f"{name} segments, {year} to {self.facts.quarter}; multiples: yours"
        return f"{parts}. Price: {self.facts.price.source}."


def answer(asked: Asked) -> ValuationAnswer | WholeAnswer:
    """Computes the page; for a thesis without parts, that of the whole.

    Raises
    ------
    UnknownFigure : a figure is not known, or the thesis has no sum of the parts.
    KeyError : the thesis names a fact that does not exist.
    UnitMismatch : an exchange rate does not fit the figure to convert.
    ValueError : the basis of the growing business is zero, so no multiple gives the price; or the revenue of a segment
        with a profit is not positive.
    """
    dossier, scenario = asked.dossier, asked.scenario
    if dossier.thesis.article.valuation is None:
        return whole.answer(asked)
    facts = gather_valuation(dossier)
    facts = replace(facts, price=market_price(dossier, scenario) or facts.price)
    value_in(facts.price, dossier.listed_unit)  # the sum of the parts comes in it
    summed, compared = SumOfParts(facts, scenario), peers.gather(dossier)
    growing, price, currency = growing_part(summed), facts.price.value, dossier.company.profile.listing.quoted_in
    eps = None if compared.eps is None else value_in(compared.eps.figure, facts.price.unit)
    mean = compared.mean(dossier.symbol)

    # Net cash follows the discount in the waterfall. Where it is left out, the chart says so and shows no zero.
    unknown = len(summed.parts) + 1 if summed.adjustments.net_cash is None else None

    def frame_for(values: Mapping[str, Any]) -> Frame:
        worth = summed.worth(values)
        slots = {
            "value": formats.money(worth, currency),
            "gap": formats.change1(np.divide(worth, price) - 1),
            "implied": formats.multiple1(implied_by_price(summed, growing, values)),
            **summed.checks(values, eps, currency),
            **peers.rerated(values, mean, eps, price, currency),
            **growth_model.said(values, eps, currency),
            "implied_growth": growth_model.implied(values, eps, price),
        }
        patches = charts.parts_patches(summed.steps(values), unknown)
        if eps is not None:
            patches += growth_model.patches(eps, values)
        return Frame(slots, tuple(patches))

    model = SweepModel(scenario, {key: scenario.number(key) for key in sliders(scenario)}, frame_for)
    fixed = {
        "share_class": dossier.share_class,
        "price": formats.figure(facts.price),
        "growing": growing.name,
        "measure": growing.measure,
        "peers": "n/a" if mean is None else str(formats.multiple1(mean)),
        "earnings": "earnings" if compared.eps is None else f"{compared.eps.words} earnings",
        "eps": "not known" if compared.eps is None else formats.figure(compared.eps.figure),
    }
    lead = Sentence(texts.SENTENCE, {**fixed, **model.current.slots})
    return ValuationAnswer(asked=asked, lead=lead, model=model, summed=summed, peers=compared)


def multiple_keys(scenario: Scenario) -> list[str]:
    """The keys of the inputs that hold a business's multiple."""
    return [key for key in scenario.inputs if key.startswith("multiple_")]


def sliders(scenario: Scenario) -> list[str]:
    """The keys of the sliders that texts and charts follow during a drag; empty without a sum of the parts."""
    keys = (*multiple_keys(scenario), "loss_years", "holding_discount", "peer_share", *MODEL)
    return [key for key in keys if scenario.has(key)]


def growing_part(summed: SumOfParts) -> Part:
    """The business whose multiple the price is asked for. Raises UnknownFigure where it has no basis."""
    part = next(part for part in summed.parts if part.key == summed.facts.case.growing)
    if part.basis == 0:
        raise UnknownFigure(f"a multiple of {part.name}: its {part.measure} is zero")
    return part


def implied_by_price(summed: SumOfParts, growing: Part, values: Mapping[str, Any]) -> Any:
    """The multiple of the growing business at which the sum equals the price."""
    discount = np.divide(values["holding_discount"], 100)
    multiples, years = summed.multiples(values), summed.loss_years(values)
    price, conversion = summed.facts.price.value, summed.facts.per_share_conversion
    return implied_multiple(growing, price, multiples, summed.adjustments, discount, years, conversion)
