"""The parts of the upside page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import formats
from components.calculators.cases import CaseInputs, Outcome, work_out
from components.calculators.market_odds import Volatility, implied, realised, target_odds
from components.charts import upside as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import upside as texts
from components.scenario.inputs import CASES, PROBABILITIES, TARGETS, NumberInput
from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from components.widgets import controls, session
from components.widgets.mount import show_chart, show_readout, show_sentence
from components.widgets.pinned import market_price, show_pin
from data.dossier import Dossier
from data.figures import Figure, Origin
from data.units import Unit

SLIDERS = (*TARGETS.values(), *PROBABILITIES.values(), "months", "dividend", "interest", "eps_trailing", "eps_forward")

START_WORDS = {
    "published": "the close before publication",
    "market": "the market’s price",
    "own": "your own price",
}
# A price of Friday and a chain fetched on Sunday belong together.
LIVE_FOR = dt.timedelta(days=4)


@dataclass(frozen=True)
class UpsidePage:
    """What the page has worked out for the scenario as it stands."""

    dossier: Dossier
    scenario: Scenario
    start: Figure
    outcome: Outcome
    frame: Frame
    model: SweepModel
    volatility: Volatility | None
    claimed: tuple[float, float] | None
    multiples: Any
    earnings: Any

    @property
    def currency(self) -> str:
        return self.dossier.company.profile.listing.currency


def starting_price(dossier: Dossier, scenario: Scenario) -> Figure:
    """The price that the returns start from: the close before publication, the market's, or the reader's own."""
    then = dossier.price_before_publication()
    chosen = scenario.choice("start")
    if chosen == "own" and scenario.number("own_price") > 0:
        price = scenario.number("own_price")
        return Figure(price, then.unit, session.today(), Origin.READER, "typed by you", label="my price")
    return (market_price(dossier, scenario) or then) if chosen == "market" else then


def work_out_page(dossier: Dossier, scenario: Scenario) -> UpsidePage:
    """All numbers of the page, and the sweeps of its sliders."""
    start = starting_price(dossier, scenario)
    keys = [key for key in SLIDERS if scenario.has(key)]
    currency = dossier.company.profile.listing.currency
    position = scenario.number("position")
    forward = scenario.has("eps_forward")

    def outcome_of(values: Mapping[str, Any]) -> Outcome:
        return work_out(
            CaseInputs(
                price=start.value,
                targets={case: values[TARGETS[case]] for case in CASES},
                odds={case: values[PROBABILITIES[case]] for case in CASES},
                months=values["months"],
                dividend_per_year=values["dividend"],
                position=position,
                eps_trailing=values.get("eps_trailing"),
                eps_forward=values.get("eps_forward"),
            )
        )

    volatility = _volatility(dossier, start, scenario)

    def frame_of(values: Mapping[str, Any]) -> Frame:
        outcome = outcome_of(values)
        yours = {f"{case}.yours": formats.percent0(values[PROBABILITIES[case]] / 100) for case in CASES}
        odds = None
        if volatility is not None:
            targets = {case: values[TARGETS[case]] for case in CASES}
            interest = values["interest"] / 100
            odds = target_odds(start.value, targets, values["months"], interest, values["dividend"], volatility)
        eps = values.get("eps_forward", values.get("eps_trailing"))
        patches = charts.cases_patches(outcome) + charts.paths_patches(outcome, start.as_of, values["months"])
        if eps is not None:
            patches += charts.grid_patches(outcome, eps, forward)
        texts = {**texts.slots(outcome, currency, values["months"], eps), **yours, **texts.odds_slots(odds)}
        return Frame(texts, tuple(patches))

    now = {key: scenario.number(key) for key in keys}
    model = SweepModel(scenario, now, frame_of)
    fixed = {
        "price": formats.figure(start),
        "start": START_WORDS[scenario.choice("start")],
        "per": dossier.share_class,
        "eps_grid_name": "forward" if forward else "trailing",
    }
    frame = Frame({**fixed, **model.current.slots}, model.current.patches)
    claimed = next((c.stated.bounds for c in dossier.thesis.claim if c.stated.unit == "x"), None)
    eps_key = "eps_forward" if forward else "eps_trailing"
    middle = scenario.inputs[eps_key].default if scenario.has(eps_key) else 1.0
    axes = charts.grid_axes(claimed, float(middle))  # type: ignore[arg-type]
    return UpsidePage(dossier, scenario, start, outcome_of(now), frame, model, volatility, claimed, *axes)


def _volatility(dossier: Dossier, start: Figure, scenario: Scenario) -> Volatility | None:
    """Implied where the returns start from the live price, else realised up to the day of the starting price.

    Option quotes are read at the inputs' starting values: a volatility that moved with a slider would make each of its
    frames another curve, and the page after release another page.
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


def _draw(page: UpsidePage, chart: Chart) -> None:
    show_chart(chart, page.dossier.symbol, page.dossier.thesis.article.name, session.today(), page.frame)


def _source(page: UpsidePage) -> str:
    return f"Start: {page.start.source}, {formats.day(page.start.as_of)}. Targets: the article and yours."


def show_result(page: UpsidePage) -> None:
    """The result as a sentence."""
    show_sentence("upside", texts.SENTENCE, page.model, page.frame.slots)


def show_remarks(page: UpsidePage) -> None:
    """Remarks on settings that contradict each other, below the sliders, so that no handle moves under the pointer."""
    targets = {case: page.scenario.number(TARGETS[case]) for case in CASES}
    probability_sum = sum(page.scenario.number(PROBABILITIES[case]) for case in CASES)
    for remark in texts.remarks(targets, probability_sum):
        st.info(remark, icon=":material/info:")


def show_start(page: UpsidePage) -> None:
    """The starting price with its origin, and a way to today's price where the link was made on another."""
    if page.scenario.choice("start") == "own" and controls.number("own_price") <= 0:
        st.info("A price to start from must lie above zero; until then the close before publication stands.")
    item = blocks.big(
        "Starting price", formats.figure(page.start), badges=[blocks.badge(page.start, dt.datetime.now(dt.UTC))]
    )
    show_readout("upside-start", [blocks.figures([item])])
    show_pin(page.dossier, page.scenario)
    of_publication = not {"eps_trailing", "eps_forward"} & page.scenario.changed.keys()
    if page.scenario.choice("start") == "market" and of_publication:
        st.caption("The earnings below are those known at publication.")


def show_cases(page: UpsidePage) -> None:
    """Returns by case."""
    _draw(page, charts.cases_chart(_source(page)))


def show_table(page: UpsidePage) -> None:
    """All results by case."""
    position = f"{formats.number(page.scenario.number('position'))} {page.dossier.share_class}"
    worth = formats.money(page.scenario.number("position") * page.start.value, page.currency, 0)
    table = texts.case_table(
        page.scenario.has("eps_trailing"),
        page.scenario.has("eps_forward"),
        page.currency,
        f"{position}, at first {worth},",
    )
    show_readout("upside-table", [table])


def show_odds(page: UpsidePage) -> None:
    """The market's odds of each target beside the reader's probabilities."""
    st.subheader("The market’s odds", anchor=False)
    if page.volatility is None:
        st.info("The market’s odds need a price history, and too little of it is known.", icon=":material/info:")
        return
    show_readout("upside-odds", texts.odds_table(page.volatility.basis))


def show_paths(page: UpsidePage) -> None:
    """Price history with the ways to the targets."""
    closes = [close for close, _ in page.dossier.market.closes(page.dossier.symbol)]
    closes = [close for close in closes if close.date >= page.dossier.thesis.article.price_from]
    band = page.dossier.thesis.targets.stated.bounds
    _draw(
        page,
        charts.paths_chart(
            closes,
            (page.start.as_of, page.start.value),
            band,
            page.currency,
            _source(page),
        ),
    )


def show_grid(page: UpsidePage) -> None:
    """What P/E and EPS a target needs."""
    if not page.scenario.has("eps_trailing") and not page.scenario.has("eps_forward"):
        st.info("No earnings per share are known for this thesis, so implied multiples are not shown.")
        return
    chart = charts.grid_chart(
        page.start.value, page.multiples, page.earnings, page.claimed, page.currency, _source(page)
    )
    _draw(page, chart)


def show_formulas(page: UpsidePage) -> None:
    """How the base case is computed, with its numbers."""
    base, slots = page.outcome.cases["base"], page.frame.slots
    price = formats.figure(page.start)
    lines = [
        f"Upside = target ÷ price − 1 = {slots['base.target']} ÷ {price} − 1 = {slots['base.upside']}",
        f"Dividends = dividends per year × months ÷ 12 = {slots['base.dividends']} per {page.dossier.share_class}",
        f"Total return = (target + dividends) ÷ price − 1 = {slots['base.total']}",
        f"Annualised return = (1 + total return) ^ (12 ÷ months) − 1 = {slots['base.annualised']}",
    ]
    if base.pe_trailing is not None:
        eps = formats.money(page.scenario.number("eps_trailing"), page.currency)
        lines.append(
            f"Implied trailing P/E = target ÷ EPS = {slots['base.target']} ÷ {eps} = {slots['base.pe_trailing']}"
        )
    lines.append("Expected value = the three cases’ values, weighted by their probabilities")
    with st.expander("How this is computed"):
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.caption(
            "Dividends accrue evenly and are not reinvested; no tax, no fees. Prices in "
            f"{Unit.parse(page.start.unit.text)}, unadjusted."
        )
