"""Texts of the valuation page."""

from collections.abc import Sequence
from typing import Any

from components import formats
from components.calculators.audit.rules import Reading
from components.calculators.valuation_case import ValuationFacts
from components.readouts import blocks

SENTENCE = (
    "At these multiples the parts are worth {value} per {share_class}, {gap} against the price of {price}. With the "
    "other parts as they are, the price puts {growing} at {implied} its {measure}."
)
RERATING = (
    "At {peer_share} of the peers’ P/E of {peers} on {earnings} of {eps}, the {share_class} would cost {rerated}, "
    "{rerated_gap} against the price."
)

PLAUSIBLE = (0.2, 5.0)


def whole_sentence(share_class: str, has_earnings: bool, found: Sequence[Reading]) -> str:
    """What the whole trades at, and what growth its price implies."""
    first = f"The {share_class} trades at {{price}}"
    if found:
        first += f", {formats.multiple1(found[0].figure.value)} {_basis(found[0])}"
    if not has_earnings:
        return f"{first}. What growth the price implies is not told: {{no_earnings}}."
    implied = "The growth that the price implies, by the model: {implied_growth}"
    return f"{first}. {implied}; at {{model_growth}} a year the {share_class} would be worth {{model_value}}."


def _basis(reading: Reading) -> str:
    """What a multiple is of: “the diluted EPS of twelve months to June 2026”."""
    return f"its {reading.measure.partition('÷')[2].strip()}"


def whole_table(found: Sequence[Reading]) -> blocks.Block:
    """One row per multiple of the whole, with its calculation."""
    columns = [blocks.column("Multiple, twelve months"), blocks.column("", True), blocks.column("Calculation")]
    rows = [
        blocks.row(
            blocks.cell(each.measure, each.label.removeprefix(f"{each.measure}, ")),
            blocks.cell(str(formats.multiple1(each.figure.value))) | {"chip": blocks.badge(each.terms[-1])},
            each.working,
        )
        for each in found
    ]
    return blocks.table(columns, rows, fit="stacked")


def doubts(value: float, price: float, implied: float | None, basis: float, part: str) -> list[str]:
    """Warnings about results outside a plausible range, with the likely cause. An `implied` of None gets no warning."""
    found = []
    if not PLAUSIBLE[0] <= value / price <= PLAUSIBLE[1]:
        found.append(
            f"A value of {value / price:.1f} times the price is outside what is plausible ({PLAUSIBLE[0]:g} to "
            f"{PLAUSIBLE[1]:g} times). Look for a multiple of the wrong measure, or a quarter that is no fair quarter."
        )
    if implied is not None and not 0 <= implied <= 40:
        cause = "the other parts alone are worth more than the price" if implied < 0 else "its basis is tiny"
        found.append(
            f"A multiple of {formats.multiple1(implied)} for {part} is no finding: {cause} "
            f"(basis {basis:,.1f}bn a year)."
        )
    return found


def own_table(readings: Sequence[Reading]) -> blocks.Block:
    """The share's own P/E today: the one that leads first, each with its sum."""
    columns = [blocks.column("The share’s own P/E"), blocks.column("", True), blocks.column("Calculation")]
    rows = []
    for place, each in enumerate(readings):
        of = each.overtaken or f"of {formats.day(each.terms[1].as_of)}"
        leads = ", which leads" if place == 0 and not each.overtaken else ""
        what = f"{formats.capitalised(each.measure)}{leads}"
        name = blocks.cell(what, f"EPS {of}; price of {formats.day(each.figure.as_of)}")
        ratio = blocks.cell(str(formats.multiple1(each.figure.value)), badge=blocks.badge(each.terms[1]))
        rows.append(blocks.row(name, ratio, each.working))
    return blocks.table(columns, rows, fit="stacked")


def multiples_table(dates: Sequence[str], rows: list[tuple[str, list[Reading | None], list[str]]]) -> blocks.Block:
    """One row per share, one column per date: its P/E with the sum, and the company's discount to it."""
    columns = [blocks.column("Share"), *(blocks.column(f"P/E on {date}") for date in dates)]
    return blocks.table(
        columns,
        [
            blocks.row(name, *(_ratio(reading, said) for reading, said in zip(ratios, discounts, strict=True)))
            for name, ratios, discounts in rows
        ],
        fit="stacked",
    )


def _ratio(reading: Reading | None, discount: str) -> dict[str, Any]:
    if reading is None:
        return blocks.cell("not known")
    detail = f"{discount}; {reading.working}" if discount else reading.working
    return blocks.cell(str(formats.multiple1(reading.figure.value)), detail, blocks.badge(reading.terms[1]))


def checks(facts: ValuationFacts, measure: str) -> list[dict[str, Any]]:
    """What the value comes to by other measures; the numbers are slots."""
    return [
        blocks.big(
            f"Businesses ÷ {facts.profit_words}",
            "{check.ebita}",
            f"after discount; {facts.ebita:,.1f}bn to {facts.to_quarter}",
        ),
        blocks.big(f"Value ÷ {measure}", "{check.earnings}", "per listed share"),
        blocks.big("Without the largest part", "{check.without}", "without {check.largest}"),
    ]


def growth(found: float | None, roic: float) -> str:
    """An implied growth; None means that it lies outside the range searched.

    Beyond the return on new capital the shareholders would have to pay in, which is said.
    """
    if found is None:
        return "no growth between −50% and +100% a year"
    more = ", more than new capital earns: shareholders would have to pay in" if found > roic else ""
    return f"{formats.percent1(found)} a year{more}"


def share(ratio: float) -> str:
    """A share of the draws, from 0 to 1. Almost none does not read as 0%, nor almost all as 100%."""
    if 0 < ratio < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 < ratio < 1 else str(formats.percent0(ratio))


def enterprise(facts: ValuationFacts, cap: float, net_cash: float, new_money: float) -> list[dict[str, Any]]:
    """Enterprise value over sales and over adjusted EBITA; market capitalisation and cash are in billions."""
    value, currency = cap - net_cash - new_money, facts.currency
    return [
        blocks.big(
            "Enterprise value",
            f"{currency} {value:,.0f}bn",
            f"{cap:,.0f} less net cash {formats.number(net_cash)}, raised {formats.number(new_money)}",
        ),
        blocks.big(
            "EV ÷ sales",
            f"{value / facts.sales:.2f}x" if facts.sales > 0 else "not meaningful",
            f"÷ {facts.sales:,.0f}bn, same quarters",
        ),
        blocks.big(
            f"EV ÷ {facts.profit_words}",
            # A ratio to a loss reads as a low one.
            f"{value / facts.ebita:.1f}x" if facts.ebita > 0 else "not meaningful",
            f"÷ {facts.ebita:,.1f}bn",
        ),
    ]
