"""Texts of the capex page of a thesis without a plan. Amounts are in billions of the filing's currency."""

from collections.abc import Callable
from typing import Any

from components import formats
from components.calculators.billions import in_billions
from components.calculators.spending import FLOWS, Spending
from components.readouts import blocks
from components.readouts.blocks import Sentence
from data.figures import Figure

Words = Callable[[str], str]


def _billions(figure: Figure, currency: str) -> str:
    return f"{formats.money(in_billions(figure), currency, 1)}bn"


def cash_words(last: Figure) -> str:
    """Net cash of USD 142.3bn; net debt of GBP 0.8bn where it is below nought."""
    word = "Net debt" if last.value < 0 else "Net cash"
    amount = formats.money(abs(in_billions(last)), str(last.unit.currency), 1)
    return f"{word} of {amount}bn"


def lead(found: Spending, currency: str, words: Words) -> Sentence:
    """What was spent in twelve months, what paid for it, and what lies in the till."""
    spent, flow, free = (found.year.get(metric) for metric in ("capex", "operating_cash_flow", "free_cash_flow"))
    slots, parts = {}, []
    if spent is not None:
        slots["spent"] = _billions(spent, currency)
        said = f"In the twelve months to {spent.as_of:%B %Y} {words('capex')} came to {{spent}}"
        if found.revenue is not None and found.revenue.as_of == spent.as_of and found.revenue.value > 0:
            slots["share"] = str(formats.percent1(spent.value / found.revenue.value))
            said += ", {share} of revenue"
        if found.coverage is not None and flow is not None:
            slots["covered"] = str(formats.percent0(found.coverage))
            said += f"; {words('operating_cash_flow')} covered {{covered}} of it"
        parts.append(f"{said}.")
    else:
        parts.append(f"{formats.capitalised(words('capex'))} is not known by itself.")
    if free is not None:
        slots["free"] = _billions(free, currency)
        parts.append(
            f"{formats.capitalised(words('free_cash_flow'))} of twelve months to {free.as_of:%B %Y} was {{free}}."
        )
    if found.net_cash:
        slots["cash"] = cash_words(found.net_cash[-1])
        parts.append(f"{{cash}} stood in the books in {found.net_cash[-1].as_of:%B %Y}.")
    parts.append("The article names no investment plan, so there is nothing to assume.")
    return Sentence(" ".join(parts), slots)


def flows_title(found: Spending, currency: str, words: Words) -> str:
    """The finding of the chart of flows."""
    if found.coverage is not None:
        share = formats.percent0(found.coverage)
        return (
            f"{formats.capitalised(words('operating_cash_flow'))} covered {share} of {words('capex')} in twelve months"
        )
    free = found.year.get("free_cash_flow")
    if free is not None:
        return f"{formats.capitalised(words('free_cash_flow'))} of twelve months: {_billions(free, currency)}"
    return "Cash flow by period"


def strip(found: Spending, currency: str) -> list[tuple[str, str, str]]:
    """What a phone keeps in view."""
    items = []
    for metric, name in (("capex", "Capex"), ("free_cash_flow", "Free cash flow")):
        if (each := found.year.get(metric)) is not None:
            items.append((name, _billions(each, currency), f"12 months to {each.as_of:%b %Y}"))
    if found.coverage is not None:
        items.append(("Covered", str(formats.percent0(found.coverage)), "by cash flow"))
    if found.net_cash:
        last = found.net_cash[-1]
        items.append(("Net cash", f"{formats.money(in_billions(last), currency, 1)}bn", f"{last.as_of:%b %Y}"))
    return items[:3]


def table(found: Spending, currency: str, words: Words) -> blocks.Block:
    """One row a period, latest first."""
    metrics = [metric for metric in (*FLOWS, "net_cash") if any(metric in p.values for p in found.periods)]
    columns = [blocks.column("Period")]
    columns += [blocks.column(f"{formats.capitalised(words(metric))}, {currency} bn", True) for metric in metrics]
    rows = []
    for period in reversed(found.periods):
        cells: list[dict[str, Any] | str] = [formats.quarter(period.end)]
        for metric in metrics:
            known = metric in period.values
            cells.append(str(formats.number(in_billions(period.figure(metric)), 2)) if known else "not known")
        rows.append(blocks.row(*cells))
    return blocks.table(columns, rows, fit="stacked")
