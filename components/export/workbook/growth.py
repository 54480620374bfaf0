"""The sheet of the growth model: its value, and the growth that the price implies."""

from components import formats
from components.answers.peers import BesidePeers
from components.answers.valuation import ValuationAnswer
from components.answers.whole import WholeAnswer
from components.calculators import implied_growth
from components.export.workbook.claims import Claims
from components.export.workbook.sheets import MONEY, NONE, PERCENT, Book, Sum, named
from components.scenario.inputs.valuation import MODEL
from data.figures import Figure, rescaled, value_in

_GRID, _STEPS = 301, 45  # growths that are tried, and halvings of the interval in which the price is met


def growth_model(book: Book, found: ValuationAnswer | WholeAnswer, claims: Claims) -> None:
    """The two-stage model, its value, and the growth at which it gives the price."""
    price = found.facts.price if isinstance(found, ValuationAnswer) else found.price
    eps = _earnings(found, price)
    if eps is None or not all(found.scenario.has(key) for key in MODEL):
        return
    scenario, unit = found.scenario, price.unit.text
    per_share, quoted = value_in(eps, price.unit), value_in(price, price.unit)
    growth, years, discount, terminal, roic = (scenario.number(key) for key in MODEL)
    rates = (years, discount / 100, terminal / 100, roic / 100)
    sheet = book.sheet("Growth model", (44, 16, 20, 64, 4, 12, 14, 8, 4, 12, 12, 12, 14), (4, 1))
    sheet.title(
        "Growth model", "Two stages of earnings, of which growth ÷ return on new capital is kept and the rest paid."
    )
    sheet.head("", "Value", "Unit", "Formula or source")
    label, told = formats.capitalised(eps.label or "earnings per share"), f"{eps.source}, {eps.as_of}"
    earned = sheet.here(sheet.line(label, claims.cell(eps, eps.value), unit, told), 1)
    told = f"{price.source}, {price.as_of}"
    paid = sheet.here(sheet.line("Price", claims.cell(price, price.value, MONEY), unit, told), 1)
    g, n, r, h, c = (named(key) for key in MODEL)

    def worth(rate: str) -> str:
        ratio = f"((1+{rate})/(1+{r}/100))"
        stage = f"IF(ABS({ratio}-1)<1E-9,{n},{ratio}*(1-{ratio}^{n})/(1-{ratio}))"
        after = f"{ratio}^{n}*(1+{h}/100)/({r}/100-{h}/100)"
        kept = f"(1-MAX({rate},0)/({c}/100))", f"(1-MAX({h}/100,0)/({c}/100))"
        return f"$B${_row_of(earned)}*({stage}*{kept[0]}+{after}*{kept[1]})"

    model = implied_growth.value(per_share, growth / 100, *rates)
    line = sheet.line("Value by the model", Sum(f'IF({r}>{h},{worth(f"({g}/100)")},"{NONE}")', float(model)), unit,
                      "earnings × (first stage + all later years), each at its payout", strong=True)  # fmt: skip
    book.name("model_value", sheet.at(line, 1))
    solved = implied_growth.implied(quoted, per_share, *rates)
    line = sheet.row
    top, values = 4, [float(implied_growth.value(per_share, -0.5 + place * 0.005, *rates)) for place in range(_GRID)]
    for place, heading in ((5, "Growth tried"), (6, "Value"), (7, "Met"), (9, "Low"), (10, "High"), (11, "Middle"),
                           (12, "Value")):  # fmt: skip
        sheet.sheet.write_string(top - 1, place, heading, book.form("", "head"))
    for place in range(_GRID):
        row, tried = top + place, -0.5 + place * 0.005
        sheet.put(row, 5, Sum(f"-0.5+{place}*0.005", tried, "0.0%"))
        sheet.put(row, 6, Sum(worth(sheet.here(row, 5)), values[place]))
        sheet.put(row, 7, Sum(f"IF({sheet.here(row, 6)}>={paid},1,0)", float(values[place] >= quoted), "0"))
    tried_at, met = (f"{sheet.here(top, column)}:{sheet.here(top + _GRID - 1, column)}" for column in (5, 7))
    crossing = next((place for place, value in enumerate(values) if value >= quoted), None)
    # Where the price is never met, or already at the lowest growth, nothing is halved.
    low = None if not crossing else -0.5 + (crossing - 1) * 0.005
    high = None if low is None else low + 0.005
    at = f"MATCH(1,{met},0)"
    found_low, found_high = f'IFERROR(INDEX({tried_at},{at}-1),"")', f'IFERROR(INDEX({tried_at},{at}),"")'
    for place in range(_STEPS):
        row = top + place
        ends = [sheet.here(row, column) for column in (9, 10, 11, 12)]
        if place:
            before = [sheet.here(row - 1, column) for column in (9, 10, 11, 12)]
            found_low = f'IF({before[2]}="","",IF({before[3]}<{paid},{before[2]},{before[0]}))'
            found_high = f'IF({before[2]}="","",IF({before[3]}<{paid},{before[1]},{before[2]}))'
        middle = None if low is None or high is None else (low + high) / 2
        value = None if middle is None else float(implied_growth.value(per_share, middle, *rates))
        sheet.put(row, 9, Sum(found_low, "" if low is None else low, "0.0000%"))
        sheet.put(row, 10, Sum(found_high, "" if high is None else high, "0.0000%"))
        sheet.put(row, 11, Sum(f'IF({ends[0]}="","",({ends[0]}+{ends[1]})/2)', "" if middle is None else middle,
                                 "0.0000%"))  # fmt: skip
        sheet.put(row, 12, Sum(f'IF({ends[2]}="","",{worth(ends[2])})', "" if value is None else value))
        if middle is not None and value is not None:
            low, high = (middle, high) if value < quoted else (low, middle)
    end = sheet.here(top + _STEPS - 1, 11)
    sheet.row = line
    sheet.line("Growth that the price implies", Sum(f'IF({end}="","{NONE}",{end})', NONE if solved is None else solved,
               PERCENT), "a year", "the lowest growth at which the model gives the price: columns F to M")  # fmt: skip


def _row_of(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _earnings(found: BesidePeers, price: Figure) -> Figure | None:
    """The earnings per share that the growth model starts from, in the unit of the price; None where none are known."""
    earned = found.peers.eps
    figure = found.earnings if isinstance(found, WholeAnswer) else None if earned is None else earned.figure
    return None if figure is None else rescaled(figure, price.unit)
