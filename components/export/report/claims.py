"""The claims in the report: a row each, the sources of their figures, and what is not known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components import formats
from components.answers.registry import PAGES
from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import Verdict
from components.readouts import claims as claim_texts
from components.readouts.claim_table import by_harm


@dataclass(frozen=True)
class Source:
    """Where figures of the report come from."""

    number: int
    text: str
    url: str | None


@dataclass(frozen=True)
class Tested:
    """A verdict with what was found, and what that is of: its measure where the two verdicts have several, its day."""

    badge: Mapping[str, Any]
    found: str = ""
    of: str = ""


@dataclass(frozen=True)
class Row:
    """One claim: what is stated, both verdicts with what was found, and the numbers of all sources of both, those in a
    row as one: (7, “7–10”).
    """

    label: str
    statement: str
    stated: str
    then: Tested
    now: Tested
    sources: Sequence[tuple[int, str]]


def row_of(finding: Finding, numbers: Mapping[tuple[str, str | None], int]) -> Row:
    """A claim as a row; `numbers` are those of the sources."""
    claim, both = finding.claim, (finding.published, finding.today)
    measures = {each.evidence.deciding.measure for each in both if each.evidence.deciding is not None}
    named = {numbers[source] for each in both for source in _sources(each) if source in numbers}
    then, now = (_tested(finding, each, len(measures) > 1) for each in both)
    return Row(
        label=claim.label,
        statement=claim.statement,
        stated=claim_texts.stated_figure(claim) or "in words",
        then=then,
        now=now,
        sources=list(_in_rows(sorted(named))),
    )


def _in_rows(numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    start = 0
    for place, number in enumerate(numbers):
        if place + 1 < len(numbers) and numbers[place + 1] == number + 1:
            continue
        first, sign = numbers[start], "–" if number > numbers[start] + 1 else ", "
        yield first, str(first) if first == number else f"{first}{sign}{number}"
        start = place + 1


def _tested(finding: Finding, judgement: Judgement, says_measure: bool) -> Tested:
    badge = claim_texts.verdict_badge(judgement.verdict, claim_texts.turned(finding.claim, judgement))
    reading = judgement.evidence.deciding
    if reading is None or judgement.verdict is Verdict.RECORDED:
        return Tested(badge)
    measure = formats.capitalised(reading.measure) if says_measure else ""
    of = ", ".join(part for part in (measure, formats.day(reading.figure.as_of)) if part)
    return Tested(badge, claim_texts.tested(reading, finding.claim.stated), of)


def _sources(judgement: Judgement) -> list[tuple[str, str | None]]:
    reading = judgement.evidence.deciding
    figures = () if reading is None else (*reading.terms, reading.figure)
    return [(each.source, each.url) for each in figures if each.source]


def sources_of(found: Sequence[Finding]) -> list[Source]:
    """Every source of a figure that gives a verdict, each once, in the order of the claims."""
    named: dict[tuple[str, str | None], None] = {}
    for finding in by_harm(found):
        for judgement in (finding.today, finding.published):
            for source in _sources(judgement):
                named.setdefault(source)
    return [Source(number, text, url) for number, (text, url) in enumerate(named, start=1)]


def unknown(found: Sequence[Finding], missing: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is not known, with what is needed: of claims, and of pages by their names."""
    for finding in found:
        if finding.today.verdict is Verdict.UNTESTABLE:
            yield finding.claim.label, f"needed: {finding.today.missing}."
    for name, what in missing.items():
        yield PAGES[name].title, f"needed: {what}"
