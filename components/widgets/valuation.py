"""The parts of the valuation page."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from components import formats
from components.calculators import implied_growth, sensitivity
from components.calculators.audit.multiples import non_gaap_ratio, price_to_earnings_ratio
from components.calculators.audit.rules import Reading
from components.calculators.parts import Adjustments, Part, implied_multiple, total, value_of
from components.calculators.valuation_case import Stake, ValuationFacts, gather_valuation
from components.charts import valuation as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import valuation as texts
from components.scenario.inputs import CASES, TARGETS, NumberInput
from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from components.widgets import session
from components.widgets.mount import show_chart, show_readout, show_sentence
from components.widgets.pinned import market_price, show_pin
from data.dossier import Dossier
from data.errors import UnitMismatch, UnknownFigure

ADJUSTMENT_NAMES = {"net_cash": "Net cash", "new_money": "New money", "stakes": "Stakes"}
MODEL = ("model_growth", "model_years", "model_discount", "model_terminal")


@dataclass(frozen=True)
class ValuationPage:
    """What the page has worked out for the scenario as it stands."""

    dossier: Dossier
    scenario: Scenario
    facts: ValuationFacts
    adjustments: Adjustments
    readings: Mapping[tuple[str, str], Reading]
    frame: Frame
    model: SweepModel
    values: Mapping[str, float]

    @property
    def currency(self) -> str:
        return self.dossier.company.profile.listing.currency

    @property
    def price(self) -> float:
        return self.facts.price.value


def slider_keys(scenario: Scenario) -> list[str]:
    """The sliders of the page, as far as the thesis has them."""
    multiples = [key for key in scenario.inputs if key.startswith("multiple_")]
    return [*multiples, "holding_discount", "peer_share", *MODEL]


def work_out_page(dossier: Dossier, scenario: Scenario) -> ValuationPage:
    """All numbers of the page. Raises UnknownFigure with the name of what is missing."""
    facts = gather_valuation(dossier)
    facts = replace(facts, price=market_price(dossier, scenario) or facts.price)
    readings = _readings(dossier)
    adjustments = _adjustments(facts, scenario)
    names = {each.part: f"multiple_{each.part.key}" for each in facts.parts}
    growing = next(each.part for each in facts.parts if each.part.key == facts.case.growing)
    currency = dossier.company.profile.listing.currency
    price = facts.price.value
    eps = _eps(readings, dossier.symbol)
    peers = _peers_mean(dossier, readings)

    # The step of net cash comes after the businesses; unknown, it is named and not drawn as zero.
    unknown = len(facts.parts) if adjustments.net_cash is None else None

    def frame_of(values: Mapping[str, Any]) -> Frame:
        multiples = {part: values[key] for part, key in names.items()}
        discount = np.divide(values["holding_discount"], 100)
        worth = facts.per_share_conversion.per_share(total(multiples, adjustments, discount))
        implied = implied_multiple(growing, price, multiples, adjustments, discount, facts.per_share_conversion)
        slots = {
            "value": formats.money(worth, currency),
            "gap": formats.change1(np.divide(worth, price) - 1),
            "implied": formats.multiple1(implied),
            "peer_share": formats.percent0(np.divide(values["peer_share"], 100)),
            "model_growth": formats.percent1(np.divide(values["model_growth"], 100)),
            "model_years": formats.years(values["model_years"]),
            **_rerated(values, peers, eps, price, currency),
            **_modelled(values, eps, currency),
            "implied_growth": _implied_growth(values, eps, price),
        }
        return Frame(slots, tuple(charts.parts_patches(_steps(facts, multiples, adjustments, discount), price, unknown)))

    now = {key: scenario.number(key) for key in slider_keys(scenario)}
    model = SweepModel(scenario, now, frame_of)
    fixed = {
        "per": dossier.share_class,
        "price": formats.figure(facts.price),
        "growing": growing.name,
        "measure": growing.measure,
        "peers": "n/a" if peers is None else str(formats.multiple1(peers[1])),
        "which": "trailing" if peers is None else peers[0],
    }
    frame = Frame({**fixed, **model.current.slots}, model.current.patches)
    return ValuationPage(dossier, scenario, facts, adjustments, readings, frame, model, now)


# --- What goes in ---


def _readings(dossier: Dossier) -> dict[tuple[str, str], Reading]:
    """P/E of the share and its peers, trailing and forward, as far as they are known."""
    found = {}
    for symbol in (dossier.symbol, *(peer.symbol for peer in dossier.thesis.article.peer)):
        for which in ("trailing", "forward"):
            try:
                found[symbol, which] = price_to_earnings_ratio(dossier, symbol, which)
            except (UnknownFigure, UnitMismatch):
                continue
    return found


def _eps(readings: Mapping[tuple[str, str], Reading], symbol: str) -> float | None:
    reading = readings.get((symbol, "trailing"))
    return None if reading is None else reading.terms[0].value / reading.figure.value


def _peers_mean(dossier: Dossier, readings: Mapping[tuple[str, str], Reading]) -> tuple[str, float] | None:
    ratios = [
        readings[peer.symbol, "trailing"].figure.value
        for peer in dossier.thesis.article.peer
        if (peer.symbol, "trailing") in readings
    ]
    return ("trailing", float(np.mean(ratios))) if ratios else None


def _adjustments(facts: ValuationFacts, scenario: Scenario) -> Adjustments:
    agreed = scenario.has("net_cash_start") and scenario.choice("net_cash_start") == "last"
    new_money = scenario.number("new_money") if scenario.has("new_money") else 0.0
    return Adjustments(facts.net_cash if agreed else None, new_money, sum(stake.value for stake in _stakes(facts, scenario)))


def _stakes(facts: ValuationFacts, scenario: Scenario) -> list[Stake]:
    """The stakes as they were worth at the moment that the reader chose."""
    if not scenario.has("stake_at"):
        return []
    return [stake for stake in facts.stakes if stake.moment == scenario.choice("stake_at")]


def _steps(facts: ValuationFacts, multiples: Mapping[Part, Any], adjustments: Adjustments, discount: Any) -> list[Any]:
    """Heights of the waterfall per share: parts, net cash, new money, stakes, discount, total."""
    per_share_conversion = facts.per_share_conversion
    before = total(multiples, adjustments, 0.0)
    heights = [per_share_conversion.per_share(value_of(part, multiple)) for part, multiple in multiples.items()]
    heights += [per_share_conversion.per_share(each) for each in (adjustments.net_cash or 0.0, adjustments.new_money, adjustments.stakes)]
    return [*heights, per_share_conversion.per_share(-before * discount), per_share_conversion.per_share(before * (1 - discount))]


def _rerated(
    values: Mapping[str, Any], peers: tuple[str, float] | None, eps: float | None, price: float, currency: str
) -> dict[str, Any]:
    if peers is None or eps is None:
        return {}
    rerated = np.divide(values["peer_share"], 100) * peers[1] * eps
    return {"rerated": formats.money(rerated, currency), "rerated_gap": formats.change1(rerated / price - 1)}


def _modelled(values: Mapping[str, Any], eps: float | None, currency: str) -> dict[str, Any]:
    if eps is None:
        return {}
    growth, years, discount, terminal = (np.asarray(values[key], dtype=float) for key in MODEL)
    worth = implied_growth.value(eps, growth / 100, years, discount / 100, terminal / 100)
    return {"model_value": formats.money(worth, currency)}


def _implied_growth(values: Mapping[str, Any], eps: float | None, price: float) -> Any:
    """The growth that the price implies, one for each step of a moving slider."""
    if eps is None:
        return "a growth that cannot be told: trailing earnings are not known"
    years, discount, terminal = (values[key] for key in MODEL[1:])
    if not any(np.ndim(each) for each in (years, discount, terminal)):
        return _growth_text(implied_growth.implied(price, eps, years, discount / 100, terminal / 100))
    steps = zip(*(each.tolist() for each in np.broadcast_arrays(years, discount, terminal)), strict=True)
    return [_growth_text(implied_growth.implied(price, eps, n, r / 100, h / 100)) for n, r, h in steps]


def _growth_text(found: float | None) -> str:
    return "no growth between −50 % and +100 % a year" if found is None else f"{formats.percent1(found)} a year"


def _share_text(share: float) -> str:
    """A share of the draws; what is not quite none or all does not read as if it were."""
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 < share < 1 else str(formats.percent0(share))


# --- What is shown ---


def _source(page: ValuationPage) -> str:
    name = page.dossier.company.profile.short_name
    parts = f"{name} segments of the quarter to {page.facts.quarter}, times four; multiples: yours"
    return f"{parts}. Price: {page.facts.price.source}."


def _draw(page: ValuationPage, chart: Chart) -> None:
    show_chart(chart, page.dossier.symbol, page.dossier.thesis.article.name, session.today(), page.frame)


def show_result(page: ValuationPage) -> None:
    """The sum of the parts in a sentence, with warnings where it is absurd."""
    show_sentence("valuation", texts.SENTENCE, page.model, page.frame.slots)
    multiples = {each.part: page.values[f"multiple_{each.part.key}"] for each in page.facts.parts}
    discount = page.values["holding_discount"] / 100
    growing = next(each.part for each in page.facts.parts if each.part.key == page.facts.case.growing)
    worth = float(page.facts.per_share_conversion.per_share(total(multiples, page.adjustments, discount)))
    implied = float(implied_multiple(growing, page.price, multiples, page.adjustments, discount, page.facts.per_share_conversion))
    for doubt in texts.doubts(worth, page.price, implied, growing.basis, growing.name):
        st.warning(doubt, icon=":material/warning:")


def show_price(page: ValuationPage) -> None:
    """The price that the value is held against, and a way to today's where the settings stand on another."""
    item = blocks.big(
        "Price", formats.figure(page.facts.price), badges=[blocks.badge(page.facts.price, dt.datetime.now(dt.UTC))]
    )
    show_readout("valuation-price", [blocks.figures([item])])
    show_pin(page.dossier, page.scenario)


def show_parts(page: ValuationPage) -> None:
    """The waterfall."""
    last = ("Net cash", "New money", "Stakes", "Discount", "Value")
    names = [*(each.part.name for each in page.facts.parts), *last]
    _draw(page, charts.parts_chart(names, page.currency, _source(page)))


def show_parts_notes(page: ValuationPage) -> None:
    """Shares, stakes and what is not known."""
    facts = page.facts
    stakes = [f"{stake.name}: {stake.line}" for stake in _stakes(facts, page.scenario)]
    notes = [f"Shares: {facts.shares_note}", *stakes]
    notes.append(f"Rate: {facts.rate.value:.4f} {facts.rate.unit}, {facts.rate.source}")
    notes.append("Minority interests are not known and left out")
    if page.adjustments.net_cash is None:
        notes.append("Net cash is not known today and counts as nothing until you choose otherwise")
    elif facts.capex is not None:
        known = facts.capex.net_cash
        notes.append(
            f"Net cash: {formats.figure(known)} of {known.as_of:%B %Y} and the free cash flow reported since, "
            f"{facts.currency} {formats.number(facts.capex.flow_since, 1)}bn"
        )
    st.caption(". ".join(notes) + ".")


def show_enterprise(page: ValuationPage) -> None:
    """Enterprise value over sales and over adjusted EBITA, from parts in one currency."""
    facts = page.facts
    cap = float(facts.per_share_conversion.billions(page.price))
    head = f"Market capitalisation {facts.currency} {cap:,.0f}bn"
    if page.adjustments.net_cash is None:
        missing = "EV/sales and EV/EBITA need net cash, which is not known today: choose above to go on from the last."
        st.caption(f"{head}. {missing}")
        return
    value = cap - page.adjustments.net_cash - page.adjustments.new_money
    items = [
        blocks.big(
            "Enterprise value",
            f"{facts.currency} {value:,.0f}bn",
            f"{cap:,.0f} − {page.adjustments.net_cash:,.0f} − {page.adjustments.new_money:,.0f}",
        ),
        blocks.big(
            "EV ÷ sales", f"{value / facts.sales:.2f}x", f"÷ {facts.sales:,.0f}bn, four quarters to {facts.to_quarter}"
        ),
        blocks.big("EV ÷ adjusted EBITA", f"{value / facts.ebita:.1f}x", f"÷ {facts.ebita:,.1f}bn, the same quarters"),
    ]
    show_readout("valuation-ev", [blocks.figures(items)])


def show_multiples(page: ValuationPage) -> None:
    """P/E of the share and its peers, each from price and earnings in one currency."""
    dossier = page.dossier
    names = {dossier.symbol: dossier.company.profile.short_name, **{p.symbol: p.name for p in dossier.thesis.article.peer}}
    own = {which: page.readings.get((dossier.symbol, which)) for which in ("trailing", "forward")}
    rows: list[tuple[str, Reading | None, Reading | None, str]] = []
    bars: list[tuple[str, float | None, float | None]] = []
    for symbol, name in names.items():
        ratios = {which: page.readings.get((symbol, which)) for which in ("trailing", "forward")}
        rows.append(
            (name, ratios["trailing"], ratios["forward"], _discounts(own, ratios) if symbol != dossier.symbol else "")
        )
        trailing, forward = (None if each is None else each.figure.value for each in ratios.values())
        bars.append((name, trailing, forward))
    with suppress(UnknownFigure, UnitMismatch):
        rows.insert(1, (f"{names[dossier.symbol]}, non-GAAP", non_gaap_ratio(dossier), None, ""))
    known = [row for row in bars if row[1] is not None]
    title = "; ".join(f"{name} at {ratio:.1f}x" for name, ratio, _ in known) or "No P/E is known"
    source = f"Prices and earnings: {page.facts.price.source}; see the table for each sum."
    _draw(page, charts.multiples_chart(bars, f"Trailing P/E: {title}", source))
    show_readout("valuation-multiples", [texts.multiples_table(rows)])


def _discounts(own: Mapping[str, Reading | None], other: Mapping[str, Reading | None]) -> str:
    parts = []
    for which in ("trailing", "forward"):
        ours, theirs = own[which], other[which]
        if ours is not None and theirs is not None:
            parts.append(f"{formats.percent1(1 - ours.figure.value / theirs.figure.value)} {which}")
    return ", ".join(parts) or "not known"


def show_rerating(page: ValuationPage) -> None:
    """The price at a share of the peers' multiple."""
    if "rerated" in page.frame.slots:
        show_readout("valuation-rerating", [blocks.sentence(texts.RERATING)])
    else:
        st.info("Re-rating needs trailing earnings of the share and of its peers.", icon=":material/info:")


def show_model(page: ValuationPage) -> None:
    """The growth that the price implies, and the value at a chosen growth."""
    if "model_value" not in page.frame.slots:
        st.info("The model needs trailing earnings per share, and they are not known.", icon=":material/info:")
        return
    show_readout("valuation-model", [blocks.sentence(texts.GROWTH)])
    flow = [q for q in page.dossier.quarters() if "free_cash_flow" in q.values][-4:]
    total_flow = sum(q.values["free_cash_flow"] for q in flow) / 1000
    if total_flow <= 0:
        st.caption(
            f"Free cash flow of the last four quarters was {page.facts.currency} {formats.number(total_flow, 1)}bn. "
            "From a negative flow no growth gives a price, so the model uses trailing earnings, counted as if all were "
            "paid out."
        )


def show_sensitivity(page: ValuationPage) -> None:
    """Tornado, two-input grid and simulation of the sum of the parts."""
    keys = [key for key in page.values if key.startswith("multiple_")] + ["holding_discount"]
    inputs = {key: page.values[key] for key in keys}
    swing = page.scenario.number("swing") / 100
    names = {key: page.scenario.inputs[key].label.split(",")[0] for key in keys} | ADJUSTMENT_NAMES
    added = {"net_cash": page.adjustments.net_cash, "new_money": page.adjustments.new_money, "stakes": page.adjustments.stakes}
    inputs |= {key: float(amount) for key, amount in added.items() if amount}

    def value(values: Mapping[str, Any]) -> Any:
        multiples = {each.part: values[f"multiple_{each.part.key}"] for each in page.facts.parts}
        adjustments = Adjustments(values.get("net_cash"), values.get("new_money", 0.0), values.get("stakes", 0.0))
        return page.facts.per_share_conversion.per_share(total(multiples, adjustments, np.divide(values["holding_discount"], 100)))

    swings = sensitivity.tornado(value, inputs, swing)
    centre = float(value(inputs))
    unit = f"{page.currency} per {page.dossier.share_class}"
    widest = names[swings[0].key]
    ends = sorted((swings[0].low, swings[0].high))
    title = f"{widest} moves the value most: {ends[0]:,.0f} to {ends[1]:,.0f}"
    measure = f"Value with one input {swing:.0%} lower and higher, {unit}"
    _draw(page, charts.tornado_chart(swings, names, centre, title, measure, _source(page)))

    draws = sensitivity.simulate(value, inputs, swing)
    targets = {case: page.scenario.number(TARGETS[case]) for case in CASES}
    above = sensitivity.share_above(draws, page.price)
    shares = ", ".join(f"{name} {_share_text(sensitivity.share_above(draws, t))}" for name, t in targets.items())
    title = f"Above the price lie {_share_text(above)} of the draws; above the targets: {shares}"
    measure = f"Share of {len(draws):,} draws by value, {unit}; every input drawn by itself within ±{swing:.0%}"
    _draw(page, charts.histogram_chart(draws, page.price, targets, title, measure, _source(page)))


def show_grid(page: ValuationPage) -> None:
    """The value for any two inputs at once."""
    across, down = page.scenario.choice("grid_across"), page.scenario.choice("grid_down")
    keys = {"holding_discount": "holding_discount"} | {
        each.part.key: f"multiple_{each.part.key}" for each in page.facts.parts
    }
    across, down = keys.get(across, across), keys.get(down, down)
    if across == down:
        st.info("Choose two different inputs for the grid.", icon=":material/info:")
        return
    axes = [_axis(page, key) for key in (across, down)]
    columns, rows = np.meshgrid(axes[0][1], axes[1][1])
    values = {key: page.values[key] for key in page.values} | {across: columns, down: rows}
    multiples = {each.part: values[f"multiple_{each.part.key}"] for each in page.facts.parts}
    worth = page.facts.per_share_conversion.per_share(total(multiples, page.adjustments, np.divide(values["holding_discount"], 100)))
    title = f"The value runs from {np.min(worth):,.0f} to {np.max(worth):,.0f} over these two inputs"
    measure = (
        f"Value in {page.currency} per {page.dossier.share_class}; green lies above the price of {page.price:,.2f}, orange below"
    )
    _draw(page, charts.value_grid(axes[0], axes[1], np.asarray(worth), page.price, title, measure, _source(page)))


def _axis(page: ValuationPage, key: str) -> tuple[str, np.ndarray]:
    each = page.scenario.inputs[key]
    assert isinstance(each, NumberInput)
    centre = page.values[key]
    reach = max(centre, each.step * 4) * 0.8
    low, high = max(each.low, centre - reach), min(each.high, centre + reach)
    return f"{each.label}, {each.unit}", np.unique(np.round(np.linspace(low, high, 9) / each.step) * each.step)


def show_formulas(page: ValuationPage) -> None:
    """How the sum is computed, with its numbers."""
    facts = page.facts
    lines = [
        f"{each.part.name}: {each.source.value / 1000:,.1f}bn × 4 = {each.part.basis:,.1f}bn {each.part.measure} × "
        f"{page.values[f'multiple_{each.part.key}']:g} = {facts.currency} "
        f"{each.part.basis * page.values[f'multiple_{each.part.key}']:,.0f}bn"
        for each in facts.parts
    ]
    cash = "nothing (not known)" if page.adjustments.net_cash is None else f"{page.adjustments.net_cash:,.1f}bn"
    lines.append(f"Net cash {cash}, new money {page.adjustments.new_money:,.1f}bn, stakes {page.adjustments.stakes:,.1f}bn")
    lines.append(
        f"(sum) × (1 − {page.values['holding_discount']:g} %) ÷ {facts.per_share_conversion.rate:.4f} ÷ {facts.per_share_conversion.shares_m:,.1f}m = "
        f"{page.frame.slots['value']} per {page.dossier.share_class}"
    )
    lines.append("Model: earnings grow for the first stage, then for ever at the terminal rate, discounted to today")
    with st.expander("How this is computed"):
        st.markdown("\n".join(f"- {line}" for line in lines))
