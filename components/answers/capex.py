"""Can it pay for it? The investment plan, the spending so far, and what pays for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from components import formats
from components.answers import spending
from components.answers.answer import Answer, Asked, drawn
from components.answers.spending import SpendingAnswer
from components.calculators import capex, funding
from components.calculators.capex_case import CapexFacts, gather
from components.charts import capex as charts
from components.charts import funding as paying
from components.charts.chart import Chart
from components.numbers import step_by_step
from components.readouts import blocks
from components.readouts import capex as texts
from components.readouts import claims as claim_texts
from components.readouts.blocks import Readout, Sentence
from components.readouts.panel import Group
from components.scenario.inputs.capex import SLIDERS
from components.scenario.record import Scenario
from components.scenario.sweep import Frame, SweepModel
from data.figures import Confidence
from data.sums import Sum, term, total_of


@dataclass(frozen=True, kw_only=True)
class CapexAnswer(Answer):
    """The capex page at the reader's settings: the plan and its funding.

    `claimed` is the growth of the segment that the article states, in per cent; None where it states none.
    """

    facts: CapexFacts
    claimed: float | None

    # --- Inputs ---

    def groups(self) -> list[Group]:
        """The inputs, as they stand beside each other."""
        money = f"{self.facts.currency} bn"
        return [
            Group("What goes out and comes in", ("capex_pace", "payouts", "new_money", "cash_flow_growth"), money),
            Group("What it must earn", ("required_return", "payback_margin", "payback_years")),
        ]

    # --- Words ---

    def strip(self) -> Readout:
        """The plan, its coverage and net cash, which stay in view on a phone."""
        items = [
            ("Plan reached", "{reached.yours}", "at {pace}"),
            ("Covered", "{coverage.plan}", "{coverage.pace} at your pace"),
            ("Net cash", "{cash.end}", "at the plan’s end"),
        ]
        return Readout("capex-strip", [blocks.strip_below(items)])

    def given(self) -> Readout:
        """What the page starts from: the plan, what is spent, the cash flow; and what would pay for all of it."""
        spent, facts = self.facts.spent, self.facts
        amounts = " + ".join(str(formats.number(amount, 1)) for amount in spent.amounts)
        rows = [
            ("Plan", f"{texts.billions(spent.plan, facts.currency, 0)} over {spent.quarters} quarters"),
            ("Spent", f"{amounts} = {texts.billions(spent.total, facts.currency)}"),
            ("Cash flow", f"{texts.billions(facts.cash_flow, facts.currency)} a quarter, mean of four to "
                          f"{facts.cash_flow_to.end:%B %Y}"),
            ("Paid in full", "at {break_even} a year of cash flow growth, or better"),
        ]  # fmt: skip
        columns = [blocks.column(""), blocks.column("")]
        return Readout("capex-given", [blocks.table(columns, [blocks.row(*row) for row in rows])])

    def coverage(self) -> Readout:
        """Operating cash flow ÷ capex, as reported, over the last four and the last two quarters."""
        inner = [texts.coverage_table(self.facts.windows(), self.facts.currency), blocks.note(self.flows_note())]
        return Readout("capex-coverage", [blocks.details("Coverage as reported, quarter by quarter", inner)])

    def flows_note(self) -> str:
        """What the figures are of, and a bound of the latest operating cash flow where that is not known."""
        said = "The filings state the whole group’s capex, which is more than the plan’s."
        if self.facts.at_most is None:
            return said
        last = self.facts.quarters[-1].end
        return (
            f"{said} Operating cash flow of the quarter to {last:%B %Y} is not known: by free cash flow and capex it "
            f"was at most about {texts.billions(self.facts.at_most.value, self.facts.currency, 0)}, other items apart."
        )

    def net_cash_note(self) -> str:
        """Where the path of net cash starts; empty unless the reader starts it from the last known value."""
        if not goes_on(self.asked):
            return ""
        known = self.facts.cash.reported_in_billions
        since = "; ".join(f"{step.label}: {step.sum.text}" for step in self.facts.cash.steps)
        return (
            f"Starts from {formats.figure(known)} of {known.as_of:%B %Y} ({known.confidence}), and adds what is known "
            f"since: {since or 'nothing'}. Other flows of that time are not known and left out."
        )

    def pay_back(self) -> Readout:
        """The revenue growth that the segment needs to earn the required return on the plan."""
        return Readout("capex-pay-back", [blocks.note(texts.PAY_BACK)])

    def workings(self) -> Readout:
        """The formulas behind the page's figures, with the present numbers."""
        facts, spent, money = self.facts, self.facts.spent, f"{self.facts.currency} bn"
        pace, payouts, growth, raised, required, margin, years = (
            self.scenario.number(key)
            for key in (
                "capex_pace",
                "payouts",
                "cash_flow_growth",
                "new_money",
                "required_return",
                "payback_margin",
                "payback_years",
            )
        )
        ahead = spent.quarters_left
        flows = capex.cash_flows(facts.cash_flow, growth / 100, ahead)
        quarters = [term(f"{end:%B %Y}", amount, 1) for end, amount in zip(spent.ends, spent.amounts, strict=True)]
        plan = term("plan", spent.plan, 0)
        a_year = (1 + term("growth a year", growth, 0, "%")) ** (term("quarter n", 1, 0) / 4)
        going_out = term("quarters", ahead, 0) * (term("capex", pace, 1) + term("payouts", payouts, 1))
        added = Sum(plan * term("return", required, 1, "%") / term("margin", margin, 1, "%"), money, 0)
        revenue = term(f"revenue of four quarters to {facts.revenue_to}", facts.revenue, 1)
        more = term("added revenue", added.value, 0)
        needed = Sum(((revenue + more) / revenue) ** (1 / term("years", years, 0)) - 1, "%", 1)
        sums = [
            ("Spent, from the first full quarter after the announcement", Sum(total_of(quarters), money, 1)),
            ("Operating cash flow of quarter n", Sum(term("mean of four", facts.cash_flow, 1) * a_year, money, 1)),
            ("Added revenue", added),
            ("Growth needed", needed),
        ]
        # Without any pace nothing is ever reached, and nothing has to be covered: there is no sum to show.
        if spent.amounts[-1] > 0:
            left = plan - term("spent", spent.total, 1)
            sums.insert(
                1, ("Left at the latest pace", Sum(left / term("latest quarter", spent.amounts[-1], 1), "quarters"))
            )
        coming_in = term("cash flow ahead", float(flows.sum()), 1) + term("capital raised", raised, 1)
        plan_left = term("left of the plan", spent.left, 1) + term("quarters", ahead, 0) * term("payouts", payouts, 1)
        if plan_left.value > 0:
            sums.insert(-2, ("Coverage of what is left of the plan, and payouts", Sum(coming_in / plan_left, "%", 0)))
        if going_out.value > 0:
            sums.insert(-2, (f"Coverage at that pace, {ahead} quarters", Sum(coming_in / going_out, "%", 0)))
        if facts.at_most is not None:
            name = f"Operating cash flow, quarter to {facts.quarters[-1].end:%B %Y}, at most about"
            sums.append((name, facts.at_most))
        remark = "Interest, taxes on the return and exchange rates are left out."
        return blocks.workings("capex-workings", sums, [remark])

    # --- Charts ---

    def charts(self) -> list[Chart]:
        return drawn(
            self.plan_chart(), self.coverage_chart(), self.flows_chart(), self.net_cash_chart(), self.payback_chart()
        )

    def plan_chart(self) -> Chart:
        """Cumulative capex against the plan."""
        return charts.plan_chart(self.facts.spent, self.facts.currency, self._source())

    def coverage_chart(self) -> Chart:
        """What meets the rest of the plan, and spending on at the reader's pace."""
        return paying.coverage_chart(self.facts.currency, self._source())

    def flows_chart(self) -> Chart:
        """Sources and uses of the plan's quarters so far, and of those ahead."""
        _, flow, spend = self.facts.windows()[0]
        paid = "Sources and uses by quarter"
        if flow is not None and spend is not None and spend > 0:
            share = formats.percent0(flow / spend)
            paid = f"Cash flow paid for {share} of capex over the last four quarters known"
        return paying.flows_chart(
            self.facts.reported(), self.facts.spent.quarters_left, self.facts.currency, paid, self._source()
        )

    def net_cash_chart(self) -> Chart:
        """Reported net cash and, if the reader agrees, its path under the assumptions."""
        spent = self.facts.spent
        return charts.cash_chart(
            self.facts.known_net_cash(), spent.ends[-1], spent.quarters_left, self.facts.currency, self._source()
        )

    def payback_chart(self) -> Chart:
        """The growth that the plan asks of the segment, by margin, beside the growth that is claimed and reported."""
        levels = [(self.facts.growth, f"latest quarter {formats.percent1(self.facts.growth)}", False)]
        if self.claimed is not None:
            levels.append((self.claimed / 100, f"the article {formats.number(self.claimed)}%", True))
        return charts.payback_chart(levels, self.dossier.company.profile.profit_words, self._source())

    def _source(self) -> str:
        name, last = self.dossier.company.profile.short_name, self.facts.quarters[-1].end
        reports = [formats.quarter(q.end) for q in self.facts.quarters if q.confidence is not Confidence.OFFICIAL]
        quoted = f" ({' and '.join(reports)} from press reports)" if reports else ""
        return f"{name} results releases to {last:%B %Y}{quoted}; plan: {self.facts.plan.source}."


def answer(asked: Asked) -> CapexAnswer | SpendingAnswer:
    """Computes the page; for a thesis without a plan, or with one whose time is over, that of what was reported.

    Raises
    ------
    UnknownFigure : a figure is not known.
    KeyError : the thesis names a fact or a claim that does not exist.
    UnitMismatch : the thesis's rate for the new money is not in the currency of that money.
    """
    if asked.dossier.thesis.article.capex is None:
        return spending.answer(asked)
    facts = gather(asked.dossier)
    if facts.spent.quarters_left < 1:
        return spending.answer(asked)
    claim = facts.case.growth_claim
    stated = asked.dossier.thesis.claim_by_id(claim) if claim else None
    claimed = claim_texts.stated(stated) if stated else "nothing on it"

    behind, known = len(facts.reported()), facts.known_net_cash()

    def frame_for(values: Mapping[str, Any]) -> Frame:
        found = _solve(facts, values, goes_on(asked))
        slots = texts.moving_slots(facts, dict(values), found)
        slots["cash.title"] = _cash_title(facts, slots["cash.end"], goes_on(asked))
        patches = charts.plan_patches(facts.spent, values["capex_pace"])
        covered = [slots["coverage.plan"], slots["coverage.pace"]]
        patches += paying.coverage_patches(found["paid.plan"], found["paid.pace"], covered)
        patches += paying.flows_patches(found["ahead"], behind)
        patches += charts.cash_patches(known[-1][1], facts.net_cash_now, found["change"])
        margin = np.divide(values["payback_margin"], 100)
        patches += charts.payback_patches(found["curve"], margin, found["growth_needed"])
        return Frame(slots, tuple(patches))

    model = SweepModel(asked.scenario, {key: asked.scenario.number(key) for key in sliders(asked.scenario)}, frame_for)
    slots = {**texts.fixed_slots(facts, claimed), **model.current.slots}
    return CapexAnswer(
        asked=asked,
        lead=Sentence(texts.sentence(goes_on(asked)), slots),
        model=model,
        facts=facts,
        claimed=None if stated is None else stated.stated.value,
    )


def sliders(scenario: Scenario) -> list[str]:
    """The keys of the page's sliders; empty where the thesis has no plan."""
    return [key for key in SLIDERS if scenario.has(key)]


def goes_on(asked: Asked) -> bool:
    """Whether the reader agreed to continue net cash from the last known value."""
    return asked.scenario.choice("net_cash_start") == "last"


def _solve(facts: CapexFacts, values: Mapping[str, Any], from_last: bool) -> dict[str, Any]:
    """Coverage and what it is made of, break-even growth, sources and uses, net cash, and the growth needed.

    `change` and `cash_end` are None unless net cash continues `from_last`.
    """
    ahead = facts.spent.quarters_left
    pace, payouts, raised = values["capex_pace"], values["payouts"], values["new_money"]
    flows = capex.cash_flows(facts.cash_flow, np.divide(values["cash_flow_growth"], 100), ahead)
    needs = {
        "plan": np.add(facts.spent.left, np.multiply(payouts, ahead)),
        "pace": np.add(np.multiply(pace, ahead), np.multiply(payouts, ahead)),
    }
    change = capex.change_in_net_cash(flows, pace, payouts, raised)
    cash = facts.net_cash_now if from_last else None
    earning = (np.divide(values["required_return"], 100), values["payback_years"])
    rows = [np.asarray(each, dtype=float)[..., np.newaxis] for each in earning]
    margin = np.divide(values["payback_margin"], 100)
    return {
        **{f"coverage.{name}": capex.coverage(flows, raised, need) for name, need in needs.items()},
        **{f"paid.{name}": funding.paid(need, flows.sum(axis=-1), raised, cash) for name, need in needs.items()},
        "ahead": funding.ahead(flows, facts.spent.left, pace, payouts, raised),
        "break_even": _break_even(facts, values, ahead),
        "change": change if from_last else None,
        "cash_end": facts.net_cash_now + change[..., -1] if from_last else None,
        "growth_needed": capex.growth_that_earns(facts.spent.plan, earning[0], margin, facts.revenue, earning[1]),
        "curve": capex.growth_that_earns(facts.spent.plan, rows[0], charts.MARGINS, facts.revenue, rows[1]),
    }


def _break_even(facts: CapexFacts, values: Mapping[str, Any], ahead: int) -> Any:
    """The growth at which cash flow just pays for capex and payouts; a list of them while a slider moves."""
    given = [values[key] for key in ("capex_pace", "payouts", "new_money")]

    def found(pace: float, paid: float, raised: float) -> float | None:
        return capex.growth_that_covers(facts.cash_flow, pace, paid, ahead, raised)

    return step_by_step(found, given)


def _cash_title(facts: CapexFacts, end: Any, from_last: bool) -> Any:
    if not from_last:
        day, value = facts.known_net_cash()[-1]
        return f"Net cash was {texts.billions(value, facts.currency)} in {day:%B %Y}; after that it is not known"
    last = capex.quarter_end(facts.spent.ends[-1], facts.spent.quarters_left)
    return formats.each(end, lambda each: f"At your pace net cash ends at {each} in {last:%B %Y}")
