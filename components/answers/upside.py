"""What is the upside? Three cases from a chosen price, the odds of each, and the P/E that each implies."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from components import formats
from components.answers.answer import Answer, Asked, drawn
from components.answers.peers import claimed_pe
from components.answers.starts import other_start, starting_price
from components.calculators.aims import band_of
from components.calculators.cases import CASES, CaseInputs, Outcome, work_out
from components.calculators.market_odds import Volatility, implied, realised, target_odds
from components.charts import cases
from components.charts import upside as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import upside as texts
from components.readouts.blocks import Readout, Sentence
from components.readouts.panel import Group
from components.scenario.inputs.beginning import TWELVE
from components.scenario.inputs.upside import PROBABILITIES, TARGETS
from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from components.scenario.types import NumberInput, known_places
from data.dossier import Dossier
from data.figures import Figure, Origin, value_in
from data.sums import Sum, term, total_of
from data.units import major_unit

_SLIDERS = (*TARGETS.values(), *PROBABILITIES.values(), "months", "dividend", "interest", "eps_trailing", "eps_forward")

# The price may be this much older than the option quotes: a price of Friday fits quotes fetched on Sunday.
LIVE_FOR = dt.timedelta(days=4)


@dataclass(frozen=True, kw_only=True)
class UpsideAnswer(Answer):
    """The upside page at the reader's settings.

    Attributes
    ----------
    start : the starting price.
    outcome : the results of the three cases.
    volatility : the volatility behind the odds; None where none is known.
    other : the price at the other time, today or at publication; None where it is not known.
    """

    start: Figure
    outcome: Outcome
    volatility: Volatility | None
    other: Figure | None

    # --- Inputs ---

    def groups(self) -> list[Group]:
        """The inputs, as they stand beside each other."""
        per_share = self.start.unit.text
        return [
            Group("Targets", tuple(TARGETS.values()), per_share),
            Group("Probabilities", tuple(PROBABILITIES.values()), "%, in proportion"),
            Group("Time and money", ("months", "dividend", "interest")),
            Group("Earnings and position", ("eps_trailing", "eps_forward", "position")),
        ]

    def own_price(self) -> list[Group]:
        """The field of the reader's own price."""
        return [Group("", ("own_price",))]

    # --- Words ---

    def start_readout(self) -> Readout:
        """The starting price with its source."""
        return Readout(
            "upside-start", [blocks.heading(f"From {formats.figure(self.start)}", [blocks.badge(self.start)])]
        )

    def strip(self) -> Readout:
        """The returns of the three cases, which stay in view on a phone."""
        items = [(case.capitalize(), f"{{{case}.total}}", f"{{{case}.target_number}}") for case in CASES]
        return Readout("upside-strip", [blocks.strip_below([*items, ("Expected", "{expected.total}", "{months}")])])

    def start_note(self) -> str:
        """What came with the starting price, and what did not; empty at publication."""
        chosen = self.scenario.choice("start")
        if chosen == "published":
            return "Earnings, dividends and months are those at publication."
        missing = [
            name
            for key, name in (("eps_trailing", "trailing"), ("eps_forward", "forward"))
            if not self.scenario.has(key)
        ]
        said = "Earnings, dividends and months are today’s."
        return (
            f"{said} No {' or '.join(missing)} earnings are known that no release has overtaken." if missing else said
        )

    def is_shortened(self) -> bool:
        """Whether the months are those that remain of the article's twelve, so that a way back is offered."""
        return self.scenario.choice("start") != "published" and self.scenario.number("months") < TWELVE

    def remarks(self) -> list[str]:
        """Sentences on settings that contradict each other."""
        targets = {case: self.scenario.number(TARGETS[case]) for case in CASES}
        total = sum(self.scenario.number(PROBABILITIES[case]) for case in CASES)
        return texts.remarks(targets, total)

    def table(self) -> Readout:
        """All results by case."""
        shares = self.scenario.number("position")
        count = formats.number(shares, 0 if shares == round(shares) else 2)
        held = f"{count} {formats.shares_of(self.dossier.share_class, shares)}"
        worth = formats.in_currency(shares * self.start.value, self.currency, 0)
        table = texts.case_table(
            self.scenario.has("eps_trailing"),
            self.scenario.has("eps_forward"),
            self.currency,
            f"Value of {held} (cost {worth})",
        )
        return Readout("upside-table", [blocks.panel([blocks.heading("Results"), table])])

    def odds(self) -> Readout | None:
        """The odds beside the reader's probabilities; None where no volatility is known."""
        if self.volatility is None:
            return None
        is_market = self.volatility.is_market
        title = blocks.heading(f"{texts.odds_title(is_market)}: {{base.odds_date}} for the base target")
        return Readout("upside-odds", [blocks.panel([title, *texts.odds_table(self.volatility.provenance, is_market)])])

    def workings(self) -> Readout:
        """The formulas for the base case, with the present numbers."""
        unit = self.start.unit.text
        target = term("target", self.scenario.number(TARGETS["base"]))
        price = self.start.term(name="price")
        months = term("months", self.scenario.number("months"), 0)
        a_year = term("dividends per year", self.scenario.number("dividend"))
        paid = Sum(a_year * months / 12, unit)
        dividends = term("dividends", paid.value)
        total = Sum((target + dividends) / price - 1, "%", 1)
        sums = [
            ("Upside", Sum(target / price - 1, "%", 1)),
            ("Dividends", paid),
            ("Total return", total),
        ]
        if months.value >= 12:
            returned = term("total return", total.value, 1, "%")
            sums.append(("Annualised return", Sum((1 + returned) ** (12 / months) - 1, "%", 1)))
        for key, what in (("eps_trailing", "Implied trailing P/E"), ("eps_forward", "Implied forward P/E")):
            if self.scenario.has(key):
                eps = self.scenario.number(key)
                sums.append((what, Sum(target / term("EPS", eps, known_places(eps, 2)), "x", 1)))
        weights = [term(f"probability of {case}", self.scenario.number(PROBABILITIES[case]), 0, "%") for case in CASES]
        if sum(weight.value for weight in weights) > 0:
            targets = [term(f"{case} target", self.scenario.number(TARGETS[case])) for case in CASES]
            weighted = total_of([weight * aim for weight, aim in zip(weights, targets, strict=True)])
            sums.append(("Expected price", Sum(weighted / total_of(weights), unit)))
        remark = f"Dividends accrue evenly and are not reinvested; no tax, no fees. Prices in {unit}, unadjusted."
        return blocks.workings("upside-workings", sums, [remark])

    # --- Charts ---

    def charts(self) -> list[Chart]:
        return drawn(self.cases_chart(), self.paths_chart(), self.grid_chart())

    def cases_chart(self) -> Chart:
        """Returns by case."""
        names = {"published": "at publication", "market": "now", "own": "your price"}
        chosen = self.scenario.choice("start")
        other = None
        if self.other is not None:
            other = ("now" if chosen == "published" else "at publication", self.other.value)
        band = band_of(self.dossier)
        return cases.cases_chart((names[chosen], self.start.value), other, band, self._source())

    def paths_chart(self) -> Chart:
        """Price history, with a line from the starting price to each target."""
        article = self.dossier.thesis.article
        closes = [close for close, _ in self.dossier.market.closes(self.dossier.symbol)]
        return charts.paths_chart(
            [close for close in closes if close.date >= article.price_from],
            (self.start.as_of, self.start.value),
            band_of(self.dossier),
            self.currency,
            self._source(),
        )

    def grid_chart(self) -> Chart | None:
        """The price at each pair of P/E and EPS; None where no earnings are known."""
        key = "eps_forward" if self.scenario.has("eps_forward") else "eps_trailing"
        if not self.scenario.has(key):
            return None
        middle = self.scenario.inputs[key].default
        assert isinstance(middle, float)
        claimed = claimed_pe(self.dossier)
        highest = (band_of(self.dossier) or (0.0, 0.0))[1] / middle
        multiples, earnings = charts.grid_axes(claimed, middle, highest)
        return charts.grid_chart(self.start.value, multiples, earnings, claimed, self.currency, self._source())

    def _source(self) -> str:
        return f"Start: {self.start.source}, {formats.day(self.start.as_of)}. Targets: the article and yours."


def answer(asked: Asked) -> UpsideAnswer:
    """Computes the page. Raises UnknownFigure where no close before publication is known."""
    dossier, scenario = asked.dossier, asked.scenario
    start = starting_price(dossier, scenario)
    value_in(start, dossier.listed_unit)  # returns set the targets against it
    other = other_start(dossier, scenario)
    volatility = _volatility(dossier, start, scenario)
    currency = dossier.company.profile.listing.quoted_in
    has_forward = scenario.has("eps_forward")

    def frame_for(values: Mapping[str, Any]) -> Frame:
        outcome = _outcome(start.value, values, scenario.number("position"), currency)
        eps = values.get("eps_forward", values.get("eps_trailing"))
        slots = {
            **texts.slots(outcome, currency, values["months"], eps),
            **texts.odds_slots(_odds(start, values, volatility)),
            **{f"{case}.yours": formats.percent0(np.divide(values[PROBABILITIES[case]], 100)) for case in CASES},
        }
        if other is not None:
            slots["other.total"] = formats.change1(other.total(values[TARGETS["base"]]))
        patches = cases.cases_patches(outcome, start.value) + charts.paths_patches(
            outcome, start.as_of, values["months"]
        )
        if eps is not None:
            patches += charts.grid_patches(outcome, eps, has_forward)
        return Frame(slots, tuple(patches))

    values = {key: scenario.number(key) for key in sliders(scenario)}
    chosen = scenario.choice("start")
    model = SweepModel(scenario, values, frame_for)
    fixed = {
        **({} if other is None else {"other.price": formats.figure(other.price), "other.months": other.span}),
        "price": formats.figure(start),
        "unit": start.unit.text,
        "eps_grid_name": "forward" if has_forward else "trailing",
    }
    return UpsideAnswer(
        asked=asked,
        lead=Sentence(
            texts.sentence(other is not None, chosen, texts.start(chosen, start, dossier.day), dossier.share_class),
            {**fixed, **model.current.slots},
        ),
        model=model,
        start=start,
        outcome=_outcome(start.value, values, scenario.number("position"), currency),
        volatility=volatility,
        other=None if other is None else other.price,
    )


def sliders(scenario: Scenario) -> list[str]:
    """The keys of the page's sliders, as far as the thesis has them."""
    return [key for key in _SLIDERS if scenario.has(key)]


def _outcome(price: float, values: Mapping[str, Any], position: float, code: str) -> Outcome:
    """The three cases; the position is worked out in the whole currency where a price counts parts of one."""
    return work_out(
        CaseInputs(
            price=price,
            targets={case: values[TARGETS[case]] for case in CASES},
            probabilities={case: values[PROBABILITIES[case]] for case in CASES},
            months=values["months"],
            dividend_per_year=values["dividend"],
            position=position / major_unit(code)[1],
            eps_trailing=values.get("eps_trailing"),
            eps_forward=values.get("eps_forward"),
        )
    )


def _odds(start: Figure, values: Mapping[str, Any], volatility: Volatility | None) -> Any:
    if volatility is None:
        return None
    targets = {case: values[TARGETS[case]] for case in CASES}
    return target_odds(start.value, targets, values["months"], values["interest"] / 100, values["dividend"], volatility)


def _volatility(dossier: Dossier, start: Figure, scenario: Scenario) -> Volatility | None:
    """Implied where the returns start from a live price; otherwise realised, up to the date of the starting price.

    Option quotes are read at the default interest rate and dividend. With the reader's values, these two sliders would
    change the whole volatility curve at every step.
    """
    chain = dossier.market.options(dossier.symbol)
    if chain is not None and start.origin is Origin.MARKET and start.as_of >= chain[1].date() - LIVE_FOR:
        interest, dividend = (_default(scenario, key) for key in ("interest", "dividend"))
        found = implied(chain[0], chain[1], interest / 100, dividend / chain[0].price)
        if found is not None:
            return found
    return realised([close for close, _ in dossier.market.closes(dossier.symbol) if close.date <= start.as_of])


def _default(scenario: Scenario, key: str) -> float:
    each = scenario.inputs[key]
    assert isinstance(each, NumberInput)
    return each.default
