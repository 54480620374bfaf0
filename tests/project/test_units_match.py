"""No sum takes a figure's bare number: its unit would be lost unseen.

A figure enters a sum as a term (`figure.term`), through `value_in`, or through `convert`, which match units. The few
places that take `.value` itself are listed here, each with the reason why nothing can mix. A new one fails.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDERS = ("answers", "calculators", "readouts", "charts", "export", "scenario")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / "components" / folder).rglob("*.py"))

SCALED = "one amount in whole units of its own currency; what it is set against was checked where it was read"
RATIO = "two ratios, or a ratio of one row's own figures, have no currency"
BILLIONS = "each is a sum in billions of the filing's currency"
SEGMENTS = "all rows of segments.csv are in one unit, which reading the files checks"
MATCHED: dict[str, dict[str, str]] = {
    "answers/peers.py": {"ratios[own].figure.value / ratios[other].figure.value": RATIO},
    "answers/starts.py": {
        "OtherStart(price, begin.months.value, begin.dividend.value)": "months beside a dividend: kept, not added",
    },
    "answers/sum_of_parts.py": {"sum((stake.value for stake in self.stakes))": BILLIONS},
    "answers/upside.py": {
        "shares * self.start.value": "a number of shares times a price is written in the price's currency",
        "sum((weight.value for weight in weights))": RATIO,
    },
    "calculators/aims.py": {
        "price.value * (1 + AROUND)": "a share of one price",
        "price.value * (1 - AROUND)": "a share of one price",
    },
    "calculators/audit/reported.py": {
        **dict.fromkeys(
            (
                "each.figure.value >= least",
                "each.figure.value < least",
                "deciding.figure.value < least",
                "deciding.figure.value >= least",
            ),
            "the course was read in the unit of what is stated",
        ),
        **dict.fromkeys(
            ("sign * deciding.figure.value", "sign * each.figure.value"), "values of one measure in one unit"
        ),
    },
    "calculators/valuation_case.py": {
        "rate.value * dossier.listed_unit.scale": "the rate of the currency, for a price that counts parts of it",
    },
    "export/workbook/claims.py": {
        "_is_same(working.value, figure.value)": "a figure and the sum that made it, which gave it its unit",
        "term.number / figure.value": "the same figure as a term of a sum: a factor such as a hundred",
        "value / figure.value": "the same figure in another scale: a factor such as a thousand",
    },
    "readouts/scenario_inputs.py": {
        "value_in(first.start, side.start.unit) != side.start.value": "matched on its left",
    },
    "readouts/scenario_results.py": {
        "is_now - was.value": "the same figure as saved: whether it has changed at all",
    },
    "readouts/spending.py": {"spent.value / found.revenue.value": "all money of one company's files is in millions"},
    "calculators/audit/arithmetic.py": {"low <= one.value <= high": RATIO},
    "calculators/audit/filings.py": {
        "sum((e.value for e in ebita))": SEGMENTS,
        "sum((r.value for r in revenue))": SEGMENTS,
    },
    "calculators/audit/multiples.py": {
        "gaap.figure.value / core.figure.value": "both were converted into the currency of the price",
    },
    "calculators/billions.py": {"figure.value * figure.unit.scale": SCALED},
    "calculators/capex_case.py": {
        "v.value / sales[v.end, v.segment]": SEGMENTS,
        "sum((v.value for v in last))": SEGMENTS,
        "newest.value / newest.prior_year": SEGMENTS,
    },
    "calculators/net_cash.py": {
        "sum((step.value for step in self.steps if keys is None or step.key in keys))": BILLIONS,
    },
    "calculators/segments.py": {
        "growth.margin(profit.value, revenue.value)": SEGMENTS,
        "value.value - value.prior_year": SEGMENTS,
    },
    "readouts/claims.py": {"figure.value - round(figure.value, n)": "one number and its own rounding"},
    "readouts/overview.py": {
        "returns.upside(now.value, then.value)": "the page matched both with the targets' unit",
        "shares * price.value": "a number of shares times a price is written in the price's currency",
        "bound < price.value": "the band is in the unit of the listed price",
        "bound < each.value": "the band is in the unit of the listed price",
    },
    "charts/claim.py": {"r.figure.value - high": "a distance on the chart's own axis, which has the claim's unit"},
}


def is_bare(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "value"


def bare_sums(tree: ast.AST) -> Iterator[str]:
    """Each sum, comparison or call that takes bare numbers of figures, besides constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp):
            sides = [node.left, node.right]
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
            if any(is_bare(each) for each in ast.walk(node) if isinstance(each, ast.expr)):
                yield ast.unparse(node)
            continue
        elif isinstance(node, ast.Call):
            if sum(map(is_bare, [*node.args, *(each.value for each in node.keywords)])) > 1:
                yield ast.unparse(node)
            continue
        else:
            continue
        if any(map(is_bare, sides)) and not any(isinstance(each, ast.Constant) for each in sides):
            yield ast.unparse(node)


@pytest.mark.parametrize("path", SOURCES, ids=[path.relative_to(ROOT).as_posix() for path in SOURCES])
def test_no_sum_takes_a_bare_number(path: Path) -> None:
    found = set(bare_sums(ast.parse(path.read_text(encoding="utf-8"))))
    known = MATCHED.get(path.relative_to(ROOT / "components").as_posix(), {})
    assert found - known.keys() == set(), "use figure.term, value_in or convert, or say why nothing can mix"
    assert known.keys() - found == set(), "the list names what is no longer there"


@pytest.mark.parametrize("code", [
    "a.value + b.value", "a.value / total", "target < price.value", "sum(x.value for x in rows)",
    "upside(now.value, then.value)", "upside(price=now.value, target=then.value)", "x - f.figure.value",
])  # fmt: skip
def test_a_bare_sum_is_found(code: str) -> None:
    assert list(bare_sums(ast.parse(code)))


@pytest.mark.parametrize("code", [
    "a.term() + b.term()", "value_in(a, unit) / value_in(b, unit)", "eps.value <= 0", "money(price.value, code)",
])  # fmt: skip
def test_a_matched_sum_is_not(code: str) -> None:
    assert list(bare_sums(ast.parse(code))) == []
