"""What is it worth? The sum of the parts, the comparison with peers, and the growth that the price implies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from components import formats
from components.answers import peers
from components.answers.answer import Answer, Asked
from components.answers.reference import market_price
from components.answers.sensitivity import Sensitivity
from components.calculators import implied_growth
from components.calculators.capex_case import in_billions
from components.calculators.parts import Adjustments, Part, implied_multiple, total, value_of
from components.calculators.valuation_case import Stake, ValuationFacts, gather_valuation
from components.charts import valuation as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import valuation as texts
from components.readouts.blocks import Readout, Sentence
from components.scenario.inputs.valuation import MODEL, multiple_key
from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from data.errors import UnknownFigure
from data.figures import is_one_to_one, value_in
from data.filings import last_in_a_row, quarter_end
from data.sums import Sum, term, total_of

LAST_STEPS = ("Net cash", "New money", "Stakes", "Discount", "Value")


@dataclass(frozen=True, kw_only=True)
class ValuationAnswer(Answer):
    """The valuation page at the reader's settings. Money is in billions of the filing's currency unless noted."""

    facts: ValuationFacts
    adjustments: Adjustments
    multiples: Mapping[Part, float]
    comparison: peers.Comparison

    @property
    def price(self) -> float:
        return self.facts.price.value

    @property
    def discount(self) -> float:
        """The holding discount as a ratio."""
        return self.scenario.number("holding_discount") / 100

    # --- Words ---

    def doubts(self) -> list[str]:
        """Warnings where a result is implausible."""
        growing = _growing(self.facts)
        conversion = self.facts.per_share_conversion
        worth = float(conversion.per_share(total(self.multiples, self.adjustments, self.discount)))
        implied = float(
            implied_multiple(growing, self.price, self.multiples, self.adjustments, self.discount, conversion)
        )
        return texts.doubts(worth, self.price, implied, growing.basis, growing.name)

    def price_readout(self) -> Readout:
        """The price that the value is compared with."""
        item = blocks.big("Price", formats.figure(self.facts.price), badges=[blocks.badge(self.facts.price)])
        return Readout("valuation-price", [blocks.figures([item])])

    def parts_note(self) -> str:
        """The share count, the stakes, the exchange rate, and what is not known."""
        facts = self.facts
        notes = [f"Shares: {facts.shares_note}"]
        notes += [f"{stake.name}: {stake.label}, {stake.sum.text}" for stake in _stakes(facts, self.scenario)]
        if not is_one_to_one(facts.rate):
            notes.append(f"Rate: {facts.rate.value:.4f} {facts.rate.unit}, {facts.rate.source}")
        notes.append("Minority interests are not known and left out")
        if self.adjustments.net_cash is None:
            notes.append("Net cash is not known today and counts as nothing until you choose otherwise")
        elif facts.capex is not None:
            known = facts.capex.net_cash
            notes.append(
                f"Net cash: {formats.figure(known)} of {known.as_of:%B %Y} and the free cash flow reported since, "
                f"{facts.currency} {formats.number(facts.capex.flow_since, 1)}bn"
            )
        return f"{'. '.join(notes)}."

    def enterprise(self) -> Readout | str:
        """EV/sales and EV/EBITA; a sentence where net cash is unknown, or the reader has not agreed to continue it."""
        facts, cash = self.facts, self.adjustments.net_cash
        cap = float(facts.per_share_conversion.billions(self.price))
        if cash is None:
            return (
                f"Market capitalisation {facts.currency} {cap:,.0f}bn. EV/sales and EV/EBITA need net cash, which is "
                "not known today: choose above to go on from the last."
            )
        return Readout("valuation-ev", [texts.enterprise(facts, cap, float(cash), float(self.adjustments.new_money))])

    def multiples_readout(self) -> Readout:
        """P/E of the share and its peers, each from price and earnings in one currency."""
        return Readout("valuation-multiples", [texts.multiples_table(peers.rows(self.dossier, self.comparison))])

    def rerating(self) -> Readout | None:
        """The price at a chosen share of the peers' P/E; None where that P/E or the earnings are not known."""
        return Readout("valuation-rerating", [blocks.sentence(texts.RERATING)]) if "rerated" in self.slots else None

    def growth(self) -> Readout | None:
        """The growth that the price implies, and the value at a chosen growth; None without known earnings."""
        return Readout("valuation-model", [blocks.sentence(texts.GROWTH)]) if "model_value" in self.slots else None

    def growth_note(self) -> str:
        """Why the model takes earnings and not free cash flow; empty where the flow is positive."""
        known = [q for q in self.dossier.quarters() if "free_cash_flow" in q.values]
        try:
            flow = last_in_a_row(known, quarter_end, "free cash flow")
        except UnknownFigure:
            return ""
        a_year = sum(in_billions(q, "free_cash_flow") for q in flow)
        if a_year > 0:
            return ""
        return (
            f"Free cash flow of the last four quarters was {self.facts.currency} {formats.number(a_year, 1)}bn. From a "
            "negative flow no growth gives a price, so the model uses trailing earnings, counted as if all were paid "
            "out."
        )

    def workings(self) -> Readout:
        """The formulas of the sum of the parts, with the present numbers."""
        facts, money = self.facts, f"{self.facts.currency} bn"
        sums, worths = [], []
        for each in facts.parts:
            quarter = term("latest quarter", each.source.value * each.source.unit.scale / 1e9, 1)
            multiple = term("multiple", self.multiples[each.part], 2, "x")
            worth = Sum(quarter * 4 * multiple, money, 0)
            sums.append((f"{each.part.name}, {each.part.measure}", worth))
            worths.append(term(each.part.name, worth.value, 0))
        added = {"new money": self.adjustments.new_money, "stakes": self.adjustments.stakes}
        if self.adjustments.net_cash is not None:
            added = {"net cash": self.adjustments.net_cash, **added}
        everything = total_of([*worths, *(term(name, float(amount), 1) for name, amount in added.items())])
        kept = 1 - term("holding discount", self.scenario.number("holding_discount"), 0, "%")
        shares = term(f"{self.dossier.share_class} m", facts.per_share_conversion.shares_m, 1)
        worth_m = everything * kept * 1000
        converted = worth_m if is_one_to_one(facts.rate) else worth_m / facts.rate.term(4, name="rate")
        value = Sum(converted / shares, self.facts.price.unit.text)
        sums.append((f"Value per {self.dossier.share_class}", value))
        remark = "Growth model: earnings grow for the first stage, then for ever at the last rate, discounted to today."
        return blocks.workings("valuation-workings", sums, [remark])

    # --- Charts ---

    def parts_chart(self) -> Chart:
        """The sum of the parts as a waterfall, per listed share."""
        names = [*(each.part.name for each in self.facts.parts), *LAST_STEPS]
        return charts.parts_chart(names, self.currency, self._source())

    def multiples_chart(self) -> Chart:
        """Trailing and forward P/E of the share and its peers."""
        return peers.chart(self.dossier, self.comparison, self.facts.price.source)

    def sensitivity(self) -> Sensitivity:
        """How the sum of the parts reacts to its inputs."""
        return Sensitivity(self.asked, self.facts, self.adjustments, self._source())

    def _source(self) -> str:
        name = self.dossier.company.profile.short_name
        parts = f"{name} segments of the quarter to {self.facts.quarter}, times four; multiples: yours"
        return f"{parts}. Price: {self.facts.price.source}."


def answer(asked: Asked) -> ValuationAnswer:
    """Computes the page.

    Raises
    ------
    UnknownFigure : a figure is not known, or the thesis has no sum of the parts.
    KeyError : the thesis names a fact that does not exist.
    UnitMismatch : the thesis names an exchange rate that does not fit the figure to convert.
    ValueError : the basis of the growing business is zero, so no multiple gives the price; or the revenue of a segment
        with adjusted EBITA is not positive.
    """
    dossier, scenario = asked.dossier, asked.scenario
    facts = gather_valuation(dossier)
    facts = replace(facts, price=market_price(dossier, scenario) or facts.price)
    value_in(facts.price, dossier.listed_unit)  # the sum of the parts comes in it
    adjustments = _adjustments(facts, scenario)
    comparison = peers.compare(dossier)
    growing, price, currency = _growing(facts), facts.price.value, dossier.company.profile.listing.currency
    conversion = facts.per_share_conversion

    # Net cash follows the businesses in the waterfall. Where it is unknown, the chart says so and shows no zero.
    unknown = len(facts.parts) if adjustments.net_cash is None else None

    def frame_for(values: Mapping[str, Any]) -> Frame:
        multiples = {each.part: values[multiple_key(each.part)] for each in facts.parts}
        discount = np.divide(values["holding_discount"], 100)
        worth = conversion.per_share(total(multiples, adjustments, discount))
        implied = implied_multiple(growing, price, multiples, adjustments, discount, conversion)
        slots = {
            "value": formats.money(worth, currency),
            "gap": formats.change1(np.divide(worth, price) - 1),
            "implied": formats.multiple1(implied),
            "peer_share": formats.percent0(np.divide(values["peer_share"], 100)),
            "model_growth": formats.percent1(np.divide(values["model_growth"], 100)),
            "model_years": formats.years(values["model_years"]),
            **_rerated(values, comparison, price, currency),
            **_modelled(values, comparison.eps, currency),
            "implied_growth": _implied_growth(values, comparison.eps, price),
        }
        steps = _steps(facts, multiples, adjustments, discount)
        return Frame(slots, tuple(charts.parts_patches(steps, price, unknown)))

    model = SweepModel(scenario, {key: scenario.number(key) for key in sliders(scenario)}, frame_for)
    fixed = {
        "share_class": dossier.share_class,
        "price": formats.figure(facts.price),
        "growing": growing.name,
        "measure": growing.measure,
        "peers": "n/a" if comparison.mean is None else str(formats.multiple1(comparison.mean)),
        "which": "trailing",
    }
    return ValuationAnswer(
        asked=asked,
        lead=Sentence(texts.SENTENCE, {**fixed, **model.current.slots}),
        model=model,
        facts=facts,
        adjustments=adjustments,
        multiples={each.part: scenario.number(multiple_key(each.part)) for each in facts.parts},
        comparison=comparison,
    )


def multiple_keys(scenario: Scenario) -> list[str]:
    """The keys of the inputs that hold a business's multiple."""
    return [key for key in scenario.inputs if key.startswith("multiple_")]


def sliders(scenario: Scenario) -> list[str]:
    """The keys of the sliders that texts and charts follow during a drag; empty without a sum of the parts."""
    return [key for key in (*multiple_keys(scenario), "holding_discount", "peer_share", *MODEL) if scenario.has(key)]


def _growing(facts: ValuationFacts) -> Part:
    part = next(each.part for each in facts.parts if each.part.key == facts.case.growing)
    if part.basis == 0:
        raise UnknownFigure(f"a multiple of {part.name}: its {part.measure} is zero")
    return part


def _adjustments(facts: ValuationFacts, scenario: Scenario) -> Adjustments:
    agreed = scenario.has("net_cash_start") and scenario.choice("net_cash_start") == "last"
    new_money = scenario.number("new_money") if scenario.has("new_money") else 0.0
    stakes = sum(stake.value for stake in _stakes(facts, scenario))
    return Adjustments(facts.net_cash if agreed else None, new_money, stakes)


def _stakes(facts: ValuationFacts, scenario: Scenario) -> list[Stake]:
    """The stakes at their worth on the date that the reader chose."""
    if not scenario.has("stake_at"):
        return []
    return [stake for stake in facts.stakes if stake.moment == scenario.choice("stake_at")]


def _steps(facts: ValuationFacts, multiples: Mapping[Part, Any], adjustments: Adjustments, discount: Any) -> list[Any]:
    """Heights of the waterfall's bars per listed share: parts, net cash, new money, stakes, discount, total."""
    conversion = facts.per_share_conversion
    before = total(multiples, adjustments, 0.0)
    heights = [value_of(part, multiple) for part, multiple in multiples.items()]
    heights += [adjustments.net_cash or 0.0, adjustments.new_money, adjustments.stakes]
    return [conversion.per_share(each) for each in (*heights, -before * discount, before * (1 - discount))]


def _rerated(values: Mapping[str, Any], comparison: peers.Comparison, price: float, currency: str) -> dict[str, Any]:
    if comparison.mean is None or comparison.eps is None:
        return {}
    rerated = np.divide(values["peer_share"], 100) * comparison.mean * comparison.eps
    return {"rerated": formats.money(rerated, currency), "rerated_gap": formats.change1(rerated / price - 1)}


def _modelled(values: Mapping[str, Any], eps: float | None, currency: str) -> dict[str, Any]:
    if eps is None:
        return {}
    growth, years, discount, terminal = (np.asarray(values[key], dtype=float) for key in MODEL)
    worth = implied_growth.value(eps, growth / 100, years, discount / 100, terminal / 100)
    return {"model_value": formats.money(worth, currency)}


def _implied_growth(values: Mapping[str, Any], eps: float | None, price: float) -> Any:
    """The growth that the price implies, as text; a list of texts while a slider moves."""
    if eps is None:
        return "a growth that cannot be told: trailing earnings are not known"
    years, discount, terminal = (values[key] for key in MODEL[1:])
    if not any(np.ndim(each) for each in (years, discount, terminal)):
        return texts.growth(implied_growth.implied(price, eps, years, discount / 100, terminal / 100))
    steps = zip(*(each.tolist() for each in np.broadcast_arrays(years, discount, terminal)), strict=True)
    return [texts.growth(implied_growth.implied(price, eps, n, r / 100, h / 100)) for n, r, h in steps]
