"""The audit as rows: one per claim."""

import datetime as dt
from collections.abc import Iterator, Sequence

from components.calculators.audit.audit import Finding
from components.calculators.audit.rules import Reading
from components.export.cells import Cell
from components.readouts import claims as texts
from data.figures import Figure

CLAIM_COLUMNS = (
    "claim", "topic", "statement", "place in the article", "stated", "unit",
    "verdict as published", "tested as published", "to, as published", "unit, as published", "as of, as published",
    "why, as published", "sum, as published", "source, as published", "link, as published",
    "verdict today", "tested today", "to, today", "unit, today", "as of, today", "why, today", "sum, today",
    "source, today", "link, today", "remark",
)  # fmt: skip


def claim_rows(findings: Sequence[Finding]) -> Iterator[tuple[Cell, ...]]:
    """One row per claim, in the article's order."""
    for finding in findings:
        claim, then, now = finding.claim, finding.published, finding.today
        first, last = then.evidence.deciding, now.evidence.deciding
        yield (
            claim.id,
            claim.topic,
            claim.statement,
            claim.place,
            texts.stated(claim),
            claim.stated.unit,
            str(then.verdict),
            _value(first),
            first.upper if first else None,
            first.figure.unit.text if first else None,
            first.figure.as_of if first else None,
            texts.explain(claim, then),
            first.working if first else None,
            *_source(first),
            str(now.verdict),
            _value(last),
            last.upper if last else None,
            last.figure.unit.text if last else None,
            last.figure.as_of if last else None,
            texts.explain(claim, now),
            last.working if last else None,
            *_source(last),
            now.evidence.note,
        )


def _value(reading: Reading | None) -> Cell:
    if reading is None:
        return None
    return _plain(reading.figure)


def _source(reading: Reading | None) -> tuple[Cell, Cell]:
    """Where the figures of a reading come from, each source once, and the first address."""
    figures = () if reading is None else (*reading.terms, reading.figure)
    sources = dict.fromkeys(each.source for each in figures if each.source)
    return "; ".join(sources) or None, next((each.url for each in figures if each.url), None)


def _plain(figure: Figure) -> Cell:
    """The number; a date where the figure is one."""
    return dt.date.fromordinal(round(figure.value)) if figure.unit.text == "date" else figure.value
