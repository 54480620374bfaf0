"""The table of a run, the ratios that count, and what they are held to."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, float]
OURS, BARE, FIVE, HUNG, DASH, SLOW = (
    "this dashboard",
    "bare Streamlit",
    "five bare charts",
    "service hanging",
    "Dash, client side",
    "300 ms away",
)


@dataclass(frozen=True)
class Target:
    """A value of a run and the bound that it has to keep."""

    name: str
    value: Callable[[dict[str, Row]], float]
    bound: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Whether the value keeps the bound."""
        return value >= self.bound if self.at_least else value <= self.bound


def _ratio(row: str, other: str, name: str = OURS) -> Callable[[dict[str, Row]], float]:
    return lambda rows: rows[name][row] / rows[other][row]


def _value(row: str) -> Callable[[dict[str, Row]], float]:
    return lambda rows: rows[OURS][row]


def _extreme(choose: Callable[[Iterable[float]], float], start: str) -> Callable[[dict[str, Row]], float]:
    """The least or the largest of the rows that begin so."""
    return lambda rows: choose(value for row, value in rows[OURS].items() if row.startswith(start))


def _growth(row: str, small: str) -> Callable[[dict[str, Row]], float]:
    return lambda rows: rows[OURS][row] / rows[OURS][small]


TARGETS = (
    Target("key to paint, median, to bare", _ratio("key to paint, median", BARE), 0.3),
    Target("key to paint, p95, to bare", _ratio("key to paint, p95", BARE), 0.3),
    Target("repaints a second in a drag", _value("repaints a second"), 30, at_least=True),
    Target("repaints a second, slowest page", _extreme(min, "repaints a second"), 30, at_least=True),
    Target("release to agreed, to bare", _ratio("release to agreed, median", BARE), 1.3),
    Target("key to paint, median, to Dash", _ratio("key to paint, median", DASH), 2),
    Target("layout shift at 1280 px, worst page", _extreme(max, "shift at 1280 px"), 0.08),
    Target("layout shift at 390 px, worst page", _extreme(max, "shift at 390 px"), 0.02),
    Target("first number, to five bare charts", _ratio("first number", FIVE), 0.75),
    Target("all charts, to five bare charts", _ratio("all charts", FIVE), 0.95),
    Target("page switch, slowest page, ms", _extreme(max, "page switch"), 400),
    Target("PNG to file, ms", _value("PNG to file, median"), 250),
    Target("25 sessions: release, p95, ms", _value("25 sessions: release, p95"), 300),
    Target(
        "result strip on a slow phone", _value("result strip on a slow phone, repaints a second"), 30, at_least=True
    ),
    Target(
        "opening claims, to overview", lambda rows: rows[OURS]["opening claims"] / rows[OURS]["opening overview"], 1
    ),
    Target("opening, service hanging, to ours", _ratio("all charts", OURS, HUNG), 1.05),
    # What grows by so much may take that much longer at most.
    Target("500 claims, to 20", _growth("claims page of 500 claims, ms", "claims page of 20 claims, ms"), 25),
    Target("10,000 closes, to 450", _growth("overview on 10000 closes, ms", "overview on 450 closes, ms"), 22),
    Target("80 quarters, to 15", _growth("pages on 80 quarters, ms", "pages on 15 quarters, ms"), 5.3),
    Target("50 articles, to one", _growth("list of 50 articles, ms", "list of 1 articles, ms"), 50),
    Target("repaints 300 ms away, to ours", _ratio("repaints a second", OURS, SLOW), 0.9, at_least=True),
)


def report(rows: dict[str, Row], path: Path) -> None:
    """Prints the table and the targets, and writes both."""
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    width = max(map(len, names)) + 2
    print(f"{'':{width}}" + "".join(f"{subject:>19}" for subject in rows))
    for name in names:
        cells = [_text(row[name]) if name in row else "" for row in rows.values()]
        print(f"{name:{width}}" + "".join(f"{cell:>19}" for cell in cells))
    print(f"\n{'':40}{'now':>9}{'target':>12}")
    found = {}
    for target in TARGETS:
        value = found[target.name] = target.value(rows)
        bound = f"{'≥' if target.at_least else '≤'} {target.bound:g}"
        print(f"{target.name:40}{_text(value):>9}{bound:>12}  {'' if target.met(value) else 'not met'}")
    path.parent.mkdir(exist_ok=True)
    held = {target.name: {"value": found[target.name], "bound": target.bound} for target in TARGETS}
    text = json.dumps({"rows": rows, "targets": held, "cores": os.cpu_count()}, indent=1)
    path.write_text(text, encoding="utf-8")


def _text(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
