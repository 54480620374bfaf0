"""The parts of the capex page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from components import formats
from components.calculators import capex
from components.calculators.capex_case import CapexFacts, gather, in_billions
from components.charts import capex as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import capex as texts
from components.readouts import claims as claim_texts
from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from components.widgets import session
from components.widgets.mount import show_chart, show_readout, show_sentence
from data.dossier import Dossier
from data.figures import Confidence

SLIDERS = (
    "capex_pace",
    "cash_flow_growth",
    "payouts",
    "new_money",
    "required_return",
    "payback_margin",
    "payback_years",
)


@dataclass(frozen=True)
class CapexPage:
    """What the page has worked out for the scenario as it stands."""

    dossier: Dossier
    scenario: Scenario
    facts: CapexFacts
    frame: Frame
    model: SweepModel
    values: Mapping[str, float]

    @property
    def goes_on(self) -> bool:
        """Whether the reader agreed to start from the last known net cash."""
        return self.scenario.choice("net_cash_start") == "last"


def work_out_page(dossier: Dossier, scenario: Scenario) -> CapexPage:
    """All numbers of the page. Raises UnknownFigure with the name of what is missing."""
    facts = gather(dossier)
    goes_on = scenario.choice("net_cash_start") == "last"
    claim = facts.case.growth_claim
    claimed = claim_texts.stated(dossier.thesis.claim_by_id(claim)) if claim else "nothing on it"

    def frame_of(values: Mapping[str, Any]) -> Frame:
        found = solve(facts, values, goes_on)
        slots = texts.moving_slots(facts, dict(values), found)
        slots["cash.title"] = _cash_title(facts, slots["cash.end"], goes_on)
        today = _net_cash_today(facts)
        patches = charts.plan_patches(facts.spent, values["capex_pace"])
        patches += charts.cash_patches(_known_net_cash(facts)[-1][1], today, found["change"])
        return Frame(slots, tuple(patches))

    now = {key: scenario.number(key) for key in SLIDERS}
    model = SweepModel(scenario, now, frame_of)
    frame = Frame({**texts.fixed_slots(facts, claimed), **model.current.slots}, model.current.patches)
    return CapexPage(dossier, scenario, facts, frame, model, now)


def solve(facts: CapexFacts, values: Mapping[str, Any], goes_on: bool) -> dict[str, Any]:
    """Coverage, the way of net cash (None while it is unknown) and the growth that the pay-back needs."""
    ahead = max(facts.spent.quarters_left, 1)
    flows = capex.cash_flows(facts.cash_flow, np.divide(values["cash_flow_growth"], 100), ahead)
    change = capex.change_in_net_cash(flows, values["capex_pace"], values["payouts"], values["new_money"])
    return {
        "coverage": capex.coverage(flows, np.add(values["capex_pace"], values["payouts"])),
        "break_even": _break_even(facts, values, ahead),
        "change": change if goes_on else None,
        "cash_end": _net_cash_today(facts) + change[..., -1] if goes_on else None,
        "growth_needed": capex.growth_that_earns(
            facts.spent.plan,
            np.divide(values["required_return"], 100),
            np.divide(values["payback_margin"], 100),
            facts.revenue,
            values["payback_years"],
        ),
    }


def _break_even(facts: CapexFacts, values: Mapping[str, Any], ahead: int) -> Any:
    """The growth that just covers capex and payouts, one for each step of a moving slider."""
    if not np.ndim(values["capex_pace"]) and not np.ndim(values["payouts"]):
        return capex.growth_that_covers(facts.cash_flow, values["capex_pace"], values["payouts"], ahead)
    paces, payouts = np.broadcast_arrays(values["capex_pace"], values["payouts"])
    pairs = zip(paces.tolist(), payouts.tolist(), strict=True)
    return [capex.growth_that_covers(facts.cash_flow, pace, paid, ahead) for pace, paid in pairs]


def _net_cash_today(facts: CapexFacts) -> float:
    """The last known net cash with the free cash flow reported since."""
    return facts.net_cash.value * facts.net_cash.unit.scale / 1e9 + facts.flow_since


def _known_net_cash(facts: CapexFacts) -> list[tuple[Any, float]]:
    return [(q.end, in_billions(q, "net_cash")) for q in facts.quarters if "net_cash" in q.values]


def _cash_title(facts: CapexFacts, end: Any, goes_on: bool) -> Any:
    if not goes_on:
        day, value = _known_net_cash(facts)[-1]
        return f"Net cash was {texts.billions(value, facts.currency)} in {day:%B %Y}; after that it is not known"
    last = capex.quarter_end(facts.spent.ends[-1], facts.spent.quarters_left)
    texts = end if isinstance(end, list) else [end]
    titles = [f"Under your assumptions net cash stands at {each} in {last:%B %Y}" for each in texts]
    return titles if isinstance(end, list) else titles[0]


def _source(page: CapexPage) -> str:
    name, last = page.dossier.company.profile.short_name, page.facts.quarters[-1].end
    reports = [formats.quarter(q.end) for q in page.facts.quarters if q.confidence is not Confidence.OFFICIAL]
    quoted = f" ({' and '.join(reports)} from press reports)" if reports else ""
    return f"{name} results releases to {last:%B %Y}{quoted}; plan: {page.facts.plan.source}."


def _draw(page: CapexPage, chart: Chart) -> None:
    show_chart(chart, page.dossier.symbol, page.dossier.thesis.article.name, session.today(), page.frame)


def show_result(page: CapexPage) -> None:
    """Plan and coverage in a sentence, and the growth at which it would be covered."""
    show_sentence("capex", texts.SENTENCE, page.model, page.frame.slots)


def show_break_even(page: CapexPage) -> None:
    """The growth of operating cash flow at which the plan is covered."""
    show_readout("capex-break-even", [blocks.note(texts.BREAK_EVEN)])


def show_plan(page: CapexPage) -> None:
    """The plan against what was spent."""
    _draw(page, charts.plan_chart(page.facts.spent, page.facts.currency, _source(page)))


def show_flows(page: CapexPage) -> None:
    """Cash flow and capex by quarter, with the reported coverage below."""
    recent = page.facts.quarters[-12:]

    def series(metric: str) -> list[float | None]:
        return [in_billions(q, metric) if metric in q.values else None for q in recent]

    both = [q for q in page.facts.quarters if {"operating_cash_flow", "capex"} <= q.values.keys()]
    rows = []
    for count, name in ((4, "Last four quarters"), (2, "Last two quarters")):
        window = both[-count:]
        flow, spend = (sum(in_billions(q, metric) for q in window) for metric in ("operating_cash_flow", "capex"))
        rows.append((f"{name}, to {window[-1].end:%B %Y}", flow, spend))
    paid = formats.percent0(rows[0][1] / rows[0][2])
    title = f"Operating cash flow paid for {paid} of capex over the last four quarters known"
    chart = charts.flows_chart(
        [q.end for q in recent],
        series("operating_cash_flow"),
        series("capex"),
        series("free_cash_flow"),
        page.facts.currency,
        title,
        _source(page),
    )
    _draw(page, chart)
    show_readout("capex-coverage", [texts.coverage_table(rows, page.facts.currency)])


def show_net_cash(page: CapexPage) -> None:
    """Net cash so far and, if the reader agrees, under the assumptions."""
    spent = page.facts.spent
    _draw(
        page,
        charts.cash_chart(
            _known_net_cash(page.facts), spent.ends[-1], spent.quarters_left, page.facts.currency, _source(page)
        ),
    )
    if page.goes_on:
        since = texts.billions(page.facts.flow_since, page.facts.currency)
        st.caption(
            f"Starts from {formats.figure(page.facts.net_cash)} of {page.facts.net_cash.as_of:%B %Y} and adds the "
            f"reported free cash flow of {page.facts.quarters_since} quarters since, {since}. "
            "Other flows of that time, buybacks say, are not known and left out."
        )


def show_pay_back(page: CapexPage) -> None:
    """What the segment must grow to earn the plan back."""
    show_readout("capex-pay-back", [blocks.sentence(texts.PAY_BACK)])


def show_formulas(page: CapexPage) -> None:
    """How it is computed, with the numbers in it."""
    facts, slots, values = page.facts, page.frame.slots, page.values
    spent, currency = facts.spent, facts.currency
    added = spent.plan * values["required_return"] / 100 / (values["payback_margin"] / 100)
    amounts = " + ".join(f"{each:.1f}" for each in spent.amounts)
    lines = [
        f"Spent = {amounts} = {currency} {spent.total:.1f}bn, from the first full quarter after the announcement",
        f"Reached at the latest pace = ({spent.plan:.0f} − {spent.total:.1f}) ÷ {spent.amounts[-1]:.1f} = "
        f"{spent.left / spent.amounts[-1]:.2f} quarters, so {slots['reached.latest']}",
        f"Operating cash flow of quarter n = {facts.cash_flow:.1f} × (1 + {values['cash_flow_growth']:g} %)^(n ÷ 4)",
        f"Coverage = its sum over {spent.quarters_left} quarters ÷ ({spent.quarters_left} × "
        f"({values['capex_pace']:g} + {values['payouts']:g})) = {slots['coverage']}",
        f"Added revenue = {spent.plan:.0f} × {values['required_return']:g} % ÷ {values['payback_margin']:g} % = "
        f"{currency} {added:,.0f}bn, on {facts.revenue:,.1f}bn of the four quarters to {facts.revenue_to}",
        f"Growth needed = (({facts.revenue:,.1f} + {added:,.0f}) ÷ {facts.revenue:,.1f})^(1 ÷ "
        f"{values['payback_years']:g}) − 1 = {slots['needed']}",
    ]
    with st.expander("How this is computed"):
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.caption("Interest, taxes on the return and exchange rates are left out. EBITA is after depreciation.")
