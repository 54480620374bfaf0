"""Words of the capex page."""

import datetime as dt
from typing import Any

import numpy as np

from components import formats
from components.calculators import capex
from components.calculators.capex_case import CapexFacts
from components.readouts import blocks

SENTENCE = (
    "Of {plan}, {spent.total} ({spent.share}) is spent in {spent.quarters}. With your assumptions, operating cash flow "
    "pays for {coverage} of the capex of the {ahead} quarters that are left: it {covered.verb}."
)
PAY_BACK = (
    "To earn {required} a year before tax on {plan}, the revenue of {segment} must grow by {needed} a year for {years} "
    "at a margin of {margin}. The article says {claimed}; the latest quarter grew by {reported}."
)


def fixed_slots(facts: CapexFacts, claimed: str) -> dict[str, str]:
    """What no slider moves."""
    spent, currency = facts.spent, facts.currency
    latest = capex.quarters_to_go(spent.left, spent.amounts[-1])
    return {
        "plan": billions(spent.plan, currency, 0),
        "spent.total": billions(spent.total, currency),
        "spent.share": str(formats.percent0(spent.total / spent.plan)),
        "spent.quarters": f"{len(spent.amounts)} quarters",
        "ahead": str(spent.quarters_left),
        "reached.latest": _by(spent, latest),
        "claimed": claimed,
        "segment": facts.case.segment,
        "reported": str(formats.percent1(facts.growth)),
    }


def billions(value: Any, currency: str, decimals: int = 1) -> Any:
    """CNY 193.7bn"""
    text = formats.money(value, currency, decimals)
    return [f"{each}bn" for each in text] if isinstance(text, list) else f"{text}bn"


def _by(spent: capex.Spent, count: Any) -> Any:
    if isinstance(count, np.ndarray):
        return [_by(spent, float(each)) for each in count]
    if not np.isfinite(count):
        return "never"
    if count > 80:
        return "no time within twenty years"
    end: dt.date = capex.quarter_end(spent.ends[-1], count)
    return f"{end:%B %Y}"


def moving_slots(facts: CapexFacts, values: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What follows the sliders; lists of texts where an input is an array."""
    currency = facts.currency
    pays = np.asarray(found["coverage"]) >= 1
    verb = ["is covered" if each else "is not covered" for each in pays.tolist()] if pays.ndim else None
    return {
        "coverage": formats.percent0(found["coverage"]),
        "covered.verb": verb if verb is not None else ("is covered" if pays else "is not covered"),
        "pace": billions(values["capex_pace"], currency),
        "reached.yours": _by(facts.spent, capex.quarters_to_go(facts.spent.left, values["capex_pace"])),
        "required": formats.percent1(np.divide(values["required_return"], 100)),
        "needed": formats.percent1(found["growth_needed"]),
        "years": _years(values["payback_years"]),
        "margin": formats.percent1(np.divide(values["payback_margin"], 100)),
        "cash.end": "not known" if found["cash_end"] is None else billions(found["cash_end"], currency),
    }


def _years(value: Any) -> Any:
    text = formats.number(value)
    return [f"{each} years" for each in text] if isinstance(text, list) else f"{text} years"


def coverage_table(rows: list[tuple[str, float, float]], currency: str) -> blocks.Block:
    """Reported coverage over several windows: (name, operating cash flow, capex) in billions."""
    columns = [blocks.column("Reported")]
    columns += [blocks.column(name, True) for name in (f"Operating cash flow, {currency} bn", "Capex", "Coverage")]
    return blocks.table(
        columns,
        [
            blocks.row(
                name,
                str(formats.number(flow, 1)),
                str(formats.number(spend, 1)),
                str(formats.percent1(flow / spend)),
            )
            for name, flow, spend in rows
        ],
    )
