"""Texts of the capex page."""

import datetime as dt
from functools import partial
from typing import Any

import numpy as np

from components import formats
from components.calculators import capex
from components.calculators.capex_case import CapexFacts
from components.numbers import step_by_step
from components.readouts import blocks

_SENTENCE = (
    "{verdict} Of {plan}, {spent.total} ({spent.share}) is spent. Operating cash flow and capital raised pay for "
    "{coverage.plan} of the rest of the plan and the payouts to {plan.end} and, spending on at {pace} a quarter, for "
    "{coverage.pace}. At that pace the plan is {reached.words}"
)


def sentence(knows_cash: bool) -> str:
    """The page's answer, with net cash at the plan's end where it is known."""
    return f"{_SENTENCE}, and net cash ends at {{cash.end}}." if knows_cash else f"{_SENTENCE}."


PAY_BACK = (
    "At a margin of {margin} the revenue of {segment} must grow by {needed} a year for {years}; the article says "
    "{claimed}, the latest quarter grew by {reported}. A return before tax on all of {plan}, as if all of it served "
    "this business."
)


def fixed_slots(facts: CapexFacts, claimed: str) -> dict[str, str]:
    """The slots that no slider changes."""
    spent, currency = facts.spent, facts.currency
    return {
        "plan": billions(spent.plan, currency, 0),
        "spent.total": billions(spent.total, currency),
        "spent.share": str(formats.percent0(spent.total / spent.plan)),
        "ahead": str(spent.quarters_left),
        "plan.end": f"{capex.quarter_end(spent.ends[-1], spent.quarters_left):%B %Y}",
        "claimed": claimed,
        "segment": facts.segment,
        "reported": str(formats.percent1(facts.growth)),
    }


def billions(value: Any, currency: str, decimals: int = 1) -> Any:
    """An amount with its currency: CNY 193.7bn."""
    return formats.each(formats.money(value, currency, decimals), "{}bn".format)


def _by(spent: capex.Spent, count: float) -> str:
    if not np.isfinite(count):
        return "never"
    if count > MOST_QUARTERS:
        return "not in twenty years"
    end: dt.date = capex.quarter_end(spent.ends[-1], count)
    return f"{end:%B %Y}"


MOST_QUARTERS = 80


def _covered(share: Any) -> Any:
    """A covered share; words where there is nothing to cover."""
    return formats.each(formats.percent0(share), _told)


def _told(text: str) -> str:
    return "nothing, for nothing goes out" if text == formats.NOT_STATED else text


def _reached(spent: capex.Spent, count: float) -> str:
    """When the plan is reached, as the end of a sentence."""
    if not np.isfinite(count):
        return "never reached"
    if count > MOST_QUARTERS:
        return "not reached in twenty years"
    return f"reached by {_by(spent, count)}" if count > 0 else "reached already"


def _verdict(covered: float) -> str:
    """Whether cash flow and new money pay for the rest of the plan, in words."""
    if np.isnan(covered):
        return "Nothing is left to pay for."
    if covered >= 1:
        return "Yes, on these assumptions."
    return "Cash flow and capital raised do not cover plan and payouts."


def moving_slots(facts: CapexFacts, values: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The slots that follow the sliders; a list of texts where an input is an array."""
    currency, count = facts.currency, capex.quarters_to_go(facts.spent.left, values["capex_pace"])
    return {
        "verdict": step_by_step(_verdict, [found["coverage.plan"]]),
        "reached.words": step_by_step(partial(_reached, facts.spent), [count]),
        "coverage.plan": _covered(found["coverage.plan"]),
        "coverage.pace": _covered(found["coverage.pace"]),
        "pace": billions(values["capex_pace"], currency),
        "reached.yours": step_by_step(partial(_by, facts.spent), [count]),
        "required": formats.percent1(np.divide(values["required_return"], 100)),
        "break_even": _growths(found["break_even"]),
        "needed": formats.percent1(found["growth_needed"]),
        "years": formats.years(values["payback_years"]),
        "margin": formats.percent1(np.divide(values["payback_margin"], 100)),
        "cash.end": "not known" if found["cash_end"] is None else billions(found["cash_end"], currency),
    }


def _growths(found: Any) -> Any:
    """Growth rates as texts. None reads as more than +500%."""
    if isinstance(found, list):
        return [_growths(each) for each in found]
    return "more than +500%" if found is None else formats.change1(found)


def coverage_table(rows: list[tuple[str, float | None, float | None]], currency: str) -> blocks.Block:
    """Reported coverage over several windows: (name, operating cash flow, capex) in billions; None: not known."""
    columns = [blocks.column("Reported")]
    columns += [blocks.column(name, True) for name in (f"Operating cash flow, {currency} bn", "Capex", "Coverage")]
    return blocks.table(
        columns,
        [
            blocks.row(
                name,
                "not known" if flow is None else str(formats.number(flow, 1)),
                "not known" if spend is None else str(formats.number(spend, 1)),
                str(formats.percent1(flow / spend)) if flow is not None and spend else "not known",
            )
            for name, flow, spend in rows
        ],
    )
