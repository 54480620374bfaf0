"""The claims in the report: a row each, the sources of their figures, and what is not known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components import formats
from components.answers.registry import PAGES
from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import Verdict
from components.readouts import blocks
from components.readouts import claims as claim_texts
from components.readouts.claim_table import by_harm


@dataclass(frozen=True)
class Source:
    """Where figures of the report come from."""

    number: int
    text: str
    url: str | None


@dataclass(frozen=True)
class Row:
    """One claim: what is stated, both verdicts with what was found, and the number of the source."""

    label: str
    statement: str
    stated: str
    then: tuple[dict[str, Any], str]
    now: tuple[dict[str, Any], str]
    of: str
    source: int | None


def row_of(finding: Finding, numbers: Mapping[tuple[str, str | None], int]) -> Row:
    """A claim as a row; `numbers` are those of the sources."""
    claim, now = finding.claim, finding.today.evidence.deciding
    source = None if now is None else _first_source(finding.today)
    return Row(
        label=claim.label,
        statement=claim.statement,
        stated=claim_texts.stated_figure(claim) or "as a statement",
        then=_verdict(finding, finding.published),
        now=_verdict(finding, finding.today),
        of="" if now is None else formats.day(now.figure.as_of),
        source=None if source is None else numbers.get(source),
    )


def _verdict(finding: Finding, judgement: Judgement) -> tuple[dict[str, Any], str]:
    badge = claim_texts.verdict_badge(judgement.verdict, claim_texts.turned(finding.claim, judgement))
    reading = judgement.evidence.deciding
    if reading is None or judgement.verdict is Verdict.RECORDED:
        return badge, ""
    return badge, claim_texts.tested(reading, finding.claim.stated)


def _first_source(judgement: Judgement) -> tuple[str, str | None] | None:
    reading = judgement.evidence.deciding
    figures = () if reading is None else (*reading.terms, reading.figure)
    return next(((each.source, each.url) for each in figures if each.source), None)


def sources_of(found: Sequence[Finding]) -> list[Source]:
    """Every source of a figure that gives a verdict, each once, in the order of the claims."""
    named: dict[tuple[str, str | None], None] = {}
    for finding in by_harm(found):
        for judgement in (finding.today, finding.published):
            reading = judgement.evidence.deciding
            for each in () if reading is None else (*reading.terms, reading.figure):
                if each.source:
                    named.setdefault((each.source, each.url))
    return [Source(number, text, url) for number, (text, url) in enumerate(named, start=1)]


def unknown(found: Sequence[Finding], missing: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is not known, with what is needed: of claims, and of pages by their names."""
    for finding in found:
        if finding.today.verdict is Verdict.UNTESTABLE:
            where = blocks.would_stand(finding.today.where)
            yield finding.claim.label, f"needed: {finding.today.missing}.{where}"
    for name, what in missing.items():
        yield PAGES[name].title, f"needed: {what}"
