"""Texts of the capex page."""

import datetime as dt
from typing import Any

import numpy as np

from components import formats
from components.calculators import capex
from components.calculators.capex_case import CapexFacts
from components.readouts import blocks

SENTENCE = (
    "Of {plan}, {spent.total} ({spent.share}) is spent in {spent.quarters}; the {spent.left} left are spent by "
    "{reached.yours} at {pace} a quarter. Over the {ahead} quarters that the plan still runs, operating cash flow and "
    "new money pay for {coverage.plan} of what is left of it, and for {coverage.pace} of spending on at that pace."
)
BREAK_EVEN = (
    "Capex at {pace} a quarter ({pace.latest} in the latest quarter, {pace.mean} on average so far) and the payouts "
    "are covered over those {ahead} quarters if operating cash flow changes by {break_even} a year or better."
)
PAY_BACK = (
    "To earn {required} a year before tax on {plan}, the revenue of {segment} must grow by {needed} a year for {years} "
    "at a margin of {margin}. The article says {claimed}; the latest quarter grew by {reported}."
)


def fixed_slots(facts: CapexFacts, claimed: str) -> dict[str, str]:
    """The slots that no slider changes."""
    spent, currency = facts.spent, facts.currency
    latest = capex.quarters_to_go(spent.left, spent.amounts[-1])
    return {
        "plan": billions(spent.plan, currency, 0),
        "spent.total": billions(spent.total, currency),
        "spent.left": billions(spent.left, currency),
        "spent.share": str(formats.percent0(spent.total / spent.plan)),
        "spent.quarters": f"{len(spent.amounts)} quarters",
        "ahead": str(spent.quarters_left),
        "reached.latest": _by(spent, latest),
        "claimed": claimed,
        "segment": facts.segment,
        "pace.latest": billions(spent.amounts[-1], currency),
        "pace.mean": billions(facts.mean_pace, currency),
        "reported": str(formats.percent1(facts.growth)),
    }


def billions(value: Any, currency: str, decimals: int = 1) -> Any:
    """An amount with its currency: CNY 193.7bn."""
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
    """The slots that follow the sliders; a list of texts where an input is an array."""
    currency = facts.currency
    return {
        "coverage.plan": formats.percent0(found["coverage.plan"]),
        "coverage.pace": formats.percent0(found["coverage.pace"]),
        "pace": billions(values["capex_pace"], currency),
        "reached.yours": _by(facts.spent, capex.quarters_to_go(facts.spent.left, values["capex_pace"])),
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
