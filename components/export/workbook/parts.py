"""The sheet of the sum of the parts."""

from collections.abc import Mapping

from components.answers.sum_of_parts import SumOfParts
from components.answers.valuation import ValuationAnswer, growing_part, implied_by_price
from components.calculators.parts import businesses, value_of
from components.export.workbook.claims import Claims
from components.export.workbook.sheets import (
    MONEY,
    MULTIPLE,
    NUMBER,
    PERCENT,
    RATE,
    Book,
    Cell,
    Given,
    Sheet,
    Sum,
    named,
)
from components.scenario.inputs.valuation import NEW_MONEY, multiple_key
from components.scenario.types import NumberInput
from data.figures import value_in
from data.sums import Sum as ReadSum
from data.sums import total_of


def sum_of_parts(book: Book, found: ValuationAnswer, claims: Claims) -> None:
    """The businesses at their multiples, less the discount, plus cash and stakes, per listed share."""
    summed, scenario, facts = found.summed, found.scenario, found.facts
    values = {key: scenario.number(key) for key in scenario.inputs if isinstance(scenario.inputs[key], NumberInput)}
    money, unit = f"{facts.currency} bn", facts.price.unit.text
    sheet = book.sheet("Sum of the parts", (44, 16, 12, 14, 12, 16, 14, 70), (4, 1))
    sheet.title("Sum of the parts", f"A year to {facts.quarter}. {' '.join(f'{each}.' for each in summed.notes())}")
    sheet.head("Business", "A year", "Multiple", "Loss a year", "Years of it", "Worth", "Unit", "Basis and source")
    years = named("loss_years") if scenario.has("loss_years") else "0"
    multiples, count = summed.multiples(values), summed.loss_years(values)
    first = sheet.row
    for valued, part in zip(facts.parts, summed.parts, strict=True):
        line = sheet.row
        basis, multiple, loss = (sheet.here(line, column) for column in (1, 2, 3))
        source = valued.measured.figure(summed.by_quarter)
        sheet.line(
            part.name, claims.cell(source, part.basis), Sum(named(multiple_key(part)), multiples[part], MULTIPLE),
            Given(part.loss), Sum(years, count, NUMBER),
            Sum(f"{basis}*{multiple}-{loss}*{sheet.here(line, 4)}", value_of(part, multiples[part], count)), money,
            f"{part.measure}; {source.source}; as of {source.as_of}",
        )  # fmt: skip
    last = sheet.row - 1
    discount, added = named("holding_discount"), summed.adjustments
    all_of_them = businesses(multiples, count)
    total = _amount(
        sheet, "All businesses", Sum(f"SUM({sheet.here(first, 5)}:{sheet.here(last, 5)})", all_of_them), money
    )
    rate = scenario.number("holding_discount") / 100
    kept = _amount(
        sheet, "Less the holding discount", Sum(f"{total}*(1-{discount}/100)", all_of_them * (1 - rate)), money
    )
    cash = facts.cash
    told = "left out" if cash is None else f"{cash.reported_in_billions.source}, {cash.reported_in_billions.as_of}"
    held: Cell = Given(0.0)
    if cash is not None and added.net_cash is not None:
        held = claims.cell(cash.reported, float(added.net_cash))
    net = _amount(sheet, "Net cash", held, money, told)
    steps = [] if cash is None or added.net_cash is None else [s for s in cash.steps if s.key in summed.cash_steps]
    gone: Cell = Given(float(added.since))
    if steps:
        gone = claims.sum(ReadSum(total_of([step.sum.expression for step in steps]), money), float(added.since))
    said = "; ".join(f"{step.label}: {step.sum.text}" for step in steps) or "nothing is counted"
    since = _amount(sheet, "Since then", gone, money, said)
    has_new = scenario.has(NEW_MONEY) and NEW_MONEY in summed.cash_steps
    raised: Cell = Sum(named(NEW_MONEY), float(added.new_money), NUMBER) if has_new else Given(0.0)
    new = _amount(sheet, "Capital raised", raised, money, "the settings" if has_new else "not counted")
    stakes = _amount(sheet, "Stakes", Given(float(added.stakes)), money, "; ".join(s.label for s in summed.stakes))
    conversion = facts.per_share_conversion
    rated, of = claims.cell(facts.rate, conversion.rate, RATE), f"{facts.rate.source}, {facts.rate.as_of}"
    per = _amount(sheet, f"Rate, {facts.currency} per what the price counts", rated, facts.rate.unit.text, of)
    share = found.dossier.share_class
    shares = _amount(sheet, f"{share}, millions", Given(conversion.shares_m), f"{share} m", facts.shares_note)
    worth, quoted = float(summed.worth(values)), value_in(facts.price, facts.price.unit)
    value = _amount(sheet, f"Value per {found.dossier.share_class}",
                    Sum(f"({kept}+{net}+{since}+{new}+{stakes})*1000/{per}/{shares}", worth), unit,
                    "(businesses kept + what is added) × 1000 ÷ rate ÷ shares", strong=True)  # fmt: skip
    book.name("parts_value", f"'{sheet.name}'!{_absolute(value)}")
    price = _amount(sheet, "Price", claims.cell(facts.price, facts.price.value, MONEY), unit,
                    f"{facts.price.source}, {facts.price.as_of}")  # fmt: skip
    _amount(sheet, "Value over price", Sum(f"{value}/{price}-1", worth / quoted - 1, PERCENT), "ratio")
    _implied_multiple(sheet, summed, values, first, (price, per, shares, net, since, new, stakes, total), discount)


def _implied_multiple(
    sheet: Sheet, summed: SumOfParts, values: Mapping[str, float], first: int, cells: tuple[str, ...], discount: str
) -> None:
    """The multiple of the growing business at which the sum is the price."""
    price, per, shares, net, since, new, stakes, total = cells
    growing = growing_part(summed)
    line = first + [part.key for part in summed.parts].index(growing.key)
    needed = f"({price}*{shares}*{per}/1000-{net}-{since}-{new}-{stakes})/(1-{discount}/100)"
    others = f"({total}-{sheet.here(line, 5)})"
    loss = f"{sheet.here(line, 3)}*{sheet.here(line, 4)}"
    implied = float(implied_by_price(summed, growing, values))
    formula = f"({needed}-{others}+{loss})/{sheet.here(line, 1)}"
    label = f"The price implies, for {growing.name}"
    _amount(sheet, label, Sum(formula, implied, MULTIPLE), f"x {growing.measure}")


def _amount(sheet: Sheet, label: str, cell: Cell, unit: str, source: str = "", strong: bool = False) -> str:
    """A row with one amount under the worths; the reference of its cell on this sheet."""
    line = sheet.line(label, None, None, None, None, cell, unit, source, strong=strong)
    return sheet.here(line, 5)


def _absolute(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"
