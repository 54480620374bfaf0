"""The sheets of the settings and of the upside."""

from components.answers.upside import UpsideAnswer
from components.calculators.cases import CASES
from components.export.workbook.sheets import (
    MONEY,
    MULTIPLE,
    NONE,
    NUMBER,
    PERCENT,
    WHOLE,
    Book,
    Cell,
    Given,
    Sum,
    named,
)
from components.readouts.panel import full_label, shown_value
from components.scenario.inputs.upside import PROBABILITIES, TARGETS
from components.scenario.record import Scenario
from components.scenario.types import NumberInput
from data.figures import Figure, Origin
from data.units import major_unit


def inputs(book: Book, scenario: Scenario, start: Figure | None) -> None:
    """Every setting, each number in a cell with a name of its own, which the other sheets calculate with."""
    sheet = book.sheet("Inputs", (44, 14, 16, 14, 12, 70, 26), (4, 1))
    sheet.title(
        "Inputs",
        "Change a blue number: the sheets that calculate with it follow. Percentages are numbers of per cent. Figures "
        "of filings and of the market stand on the sheet Figures, each once.",
    )
    sheet.head("Setting", "Value", "Unit", "Starts at", "Origin", "Where the start comes from", "Name in formulas")
    if start is not None:
        sheet.line(
            "Price to start from", Given(start.value, MONEY, "start_price"), start.unit.text, None, str(start.origin),
            f"{start.source}, {start.as_of.isoformat()}", "start_price",
        )  # fmt: skip
    others: list[tuple[str, str, str | float, str, str | float]] = []
    for key, each in scenario.inputs.items():
        value = scenario.changed.get(key, each.default)
        if not isinstance(each, NumberInput):
            others.append((key, each.label, shown_value(each, value), "choice", shown_value(each, each.default)))
            continue
        assert isinstance(value, (int, float))
        origin = str(Origin.READER if key in scenario.changed else each.origin or "assumed")
        name = named(key)
        if name not in book.used:
            others.append((key, full_label(each), float(value), each.unit, float(each.default)))
            continue
        sheet.line(full_label(each), Given(float(value), NUMBER, name), each.unit, float(each.default), origin,
                   each.provenance, name)  # fmt: skip
    if others:
        sheet.line()
        sheet.line("Set in the app, and in no formula of this workbook", strong=True)
    for key, label, chosen, unit, home in others:
        origin = str(Origin.READER) if key in scenario.changed else "assumed"
        line = sheet.line(label, chosen, unit, home, origin, "change it in the app")
        if not isinstance(chosen, str):
            book.name(named(key), sheet.at(line, 1))


def cases(book: Book, found: UpsideAnswer) -> None:
    """The three cases and their mean, as formulas over the settings."""
    scenario, outcome, code = found.scenario, found.outcome, found.currency
    currency, parts = major_unit(code)
    sheet = book.sheet("Upside", (44, 14, 14, 14, 14, 16, 60), (4, 1))
    sheet.title(
        "Upside", f"From {found.start.value:,.2f} {found.start.unit}, {found.start.source}, {found.start.as_of}."
    )
    sheet.head("", *(case.capitalize() for case in CASES), "Expected", "Unit", "Formula")
    columns = {case: place for place, case in enumerate(CASES, start=1)}

    def row(label: str, cells: list[Cell], expected: Cell, unit: str, rule: str) -> int:
        return sheet.line(label, *cells, expected, unit, rule)

    def of(line: int, case: str) -> str:
        return sheet.here(line, columns[case])

    target = row(
        "Price target", [Sum(named(TARGETS[case]), outcome.cases[case].target) for case in CASES], None,
        found.start.unit.text, "the settings",
    )  # fmt: skip
    weight = row(
        "Probability",
        [Sum(named(PROBABILITIES[case]), scenario.number(PROBABILITIES[case]), WHOLE) for case in CASES],
        None, "%, in proportion", "the settings",
    )  # fmt: skip
    row(
        "Upside", [Sum(f"{of(target, case)}/start_price-1", outcome.cases[case].upside, PERCENT) for case in CASES],
        None, "ratio", "target ÷ starting price − 1",
    )  # fmt: skip
    paid = row(
        "Dividends until then",
        [Sum(f"{named('dividend')}*{named('months')}/12", outcome.cases[case].dividends) for case in CASES],
        None, found.start.unit.text, "dividends a year × months ÷ 12",
    )  # fmt: skip
    weights = f"{of(weight, CASES[0])}:{of(weight, CASES[-1])}"

    def mean(line: int) -> str:
        values = f"{of(line, CASES[0])}:{of(line, CASES[-1])}"
        return f'IF(SUM({weights})>0,SUMPRODUCT({weights},{values})/SUM({weights}),"{NONE}")'

    total_row = sheet.row
    total = row(
        "Total return",
        [
            Sum(f"({of(target, case)}+{of(paid, case)})/start_price-1", outcome.cases[case].total, PERCENT)
            for case in CASES
        ],
        Sum(mean(total_row), _told(outcome.expected_total), PERCENT),
        "ratio", "(target + dividends) ÷ starting price − 1",
    )  # fmt: skip
    months = named("months")
    row(
        "Annualised",
        [
            Sum(f'IF({months}>=12,MAX(1+{of(total, case)},0)^(12/{months})-1,"{NONE}")',
                _told(outcome.cases[case].annualised), PERCENT)
            for case in CASES
        ],
        None, "ratio a year", "(1 + total return) ^ (12 ÷ months) − 1; none under a year",
    )  # fmt: skip
    for key, what, attribute, needed in (
        ("eps_trailing", "trailing", "pe_trailing", "eps_needed"),
        ("eps_forward", "forward", "pe_forward", "eps_needed_forward"),
    ):
        if not scenario.has(key):
            continue
        eps = named(key)
        row(
            f"Implied P/E, {what}",
            [
                Sum(f'IF({eps}>0,{of(target, case)}/{eps},"{NONE}")', _told(getattr(outcome.cases[case], attribute)),
                    MULTIPLE)
                for case in CASES
            ],
            None, "x", f"target ÷ {what} EPS",
        )  # fmt: skip
        row(
            f"EPS needed at the same {what} P/E",
            [
                Sum(f'IF({eps}>0,{eps}*{of(target, case)}/start_price,"{NONE}")',
                    _told(getattr(outcome.cases[case], needed)))
                for case in CASES
            ],
            None, found.start.unit.text, "EPS × target ÷ starting price",
        )  # fmt: skip
    whole = f"/{parts}" if parts != 1 else ""
    held = named("position")
    row(
        "Value of the position",
        [
            Sum(f"{held}*({of(target, case)}+{of(paid, case)}){whole}", outcome.cases[case].position_value)
            for case in CASES
        ],
        Sum(f'IF(SUM({weights})>0,{held}*start_price*(1+{sheet.here(total, 4)}){whole},"{NONE}")',
            _told(outcome.expected_position)),
        currency, "shares held × (target + dividends)",
    )  # fmt: skip
    sheet.line("Expected price", None, None, None, Sum(mean(target), _told(outcome.expected_target)),
               found.start.unit.text, "targets weighted by the probabilities")  # fmt: skip
    for line, case in ((total, case) for case in CASES):
        book.name(f"total_{case}", sheet.at(line, columns[case]))


def _told(value: object) -> float | str:
    """A number, or the words of a cell where it is none."""
    number = float(value)  # type: ignore[arg-type]
    return NONE if number != number else number
