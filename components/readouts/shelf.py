"""The articles as a table: company, day, price since, and how many claims held and hold."""

from collections.abc import Sequence
from typing import Any

from components import formats
from components.calculators import returns
from components.calculators.shelf import Entry
from components.readouts import blocks
from components.readouts.blocks import Readout
from data.figures import value_in

COLUMNS = ("Article", "Company", "Published", "Price before it", "Price now", "Since", "Claims that held → hold")


def table(entries: Sequence[Entry]) -> Readout:
    """One row an article; its title opens it."""
    columns = [blocks.column(name, name in COLUMNS[3:6]) for name in COLUMNS]
    return Readout("articles", [blocks.table(columns, [_row(each) for each in entries], fit="stacked")])


def _row(entry: Entry) -> dict[str, Any]:
    title = {**blocks.cell(entry.title), "opens": entry.name}
    if entry.problem or entry.published is None:
        return blocks.row(title, blocks.cell("its files are wrong", entry.problem), "", "", "", "", "")
    since = "not known"
    if entry.then is not None and entry.now is not None:
        since = str(formats.change1(returns.upside(value_in(entry.now, entry.then.unit), entry.then.value)))
    return blocks.row(
        title,
        entry.company,
        formats.day(entry.published),
        _price(entry.then),
        _price(entry.now),
        since,
        f"{entry.held} → {entry.hold} of {entry.tested}",
    )


def _price(figure: Any) -> dict[str, Any]:
    if figure is None:
        return blocks.cell("not known")
    return blocks.cell(formats.figure(figure), formats.day(figure.as_of))
