"""Claims as readouts: the score of all of them, and one with its verdicts, calculations and sources."""

from collections.abc import Sequence

from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import Reading, Verdict, supporting
from components.readouts import blocks
from components.readouts import claims as texts
from components.readouts.blocks import Readout, Sentence
from data.figures import Origin
from data.thesis import Claim

SOURCE_KINDS = {
    Origin.ARTICLE: "the article",
    Origin.FILING: "company filings",
    Origin.MARKET: "Yahoo Finance",
    Origin.SNAPSHOT: "bundled snapshot",
    Origin.READER: "your own",
}


def score(findings: Sequence[Finding], only_then: bool = False) -> Sentence:
    """A sentence on how many claims held at publication and, unless `only_then`, how many hold today."""
    recorded = sum(finding.today.verdict is Verdict.RECORDED for finding in findings)
    tested = len(findings) - recorded
    beside = f" {recorded} more {'is' if recorded == 1 else 'are'} recorded, not tested." if recorded else ""
    held, hold = (sum(f.at(moment).verdict is Verdict.SUPPORTED for f in findings) for moment in ("published", "today"))
    if only_then:
        said = f"Of {tested} claims, {{held}} held when the article appeared.{beside}"
        return Sentence(said, {"held": str(held)})
    turns = [texts.turned(finding.claim, finding.today) for finding in findings]
    better, worse = turns.count("for the better"), turns.count("for the worse")
    outdated = sum(finding.today.verdict is Verdict.OUTDATED for finding in findings)
    counts = {"held": held, "hold": hold, "better": better, "worse": worse, "neither": outdated - better - worse}
    ways = {
        "better": "moved in the thesis’s favour",
        "worse": "against it" if better else "moved against the thesis",
        "neither": "in no plain direction" if better or worse else "moved in no plain direction",
    }
    told = [f"{{{slot}}} {way}" for slot, way in ways.items() if counts[slot]]
    verb = "holds" if hold == 1 else "hold"
    turned = f" Of the outdated ones, {', '.join(told)}." if outdated else ""
    return Sentence(
        f"Of {tested} claims, {{held}} held when the article appeared and {{hold}} {verb} today.{turned}{beside}",
        {slot: str(count) for slot, count in counts.items()},
    )


def counts(findings: Sequence[Finding]) -> dict[Verdict, tuple[int, int]]:
    """How many claims received each verdict, as published and today."""
    then, now = ([finding.at(moment).verdict for finding in findings] for moment in ("published", "today"))
    return {verdict: (then.count(verdict), now.count(verdict)) for verdict in Verdict}


def finding_readout(finding: Finding) -> Readout:
    """One claim: the stated and the tested figure, both verdicts with a sentence each, other readings, calculations."""
    claim = finding.claim
    stated = texts.stated(claim) or "as a statement"
    columns = [blocks.column(name) for name in ("", "", "Tested figure", "Why")]
    if finding.published == finding.today:
        rows = [_verdict_row("Then and today", finding, finding.today)]
    else:
        rows = [
            _verdict_row("As published", finding, finding.published),
            _verdict_row("Today", finding, finding.today),
        ]
    shown = [
        blocks.note(f"The article says: {stated} ({claim.place})"),
        blocks.table(columns, rows, fit="stacked"),
    ]
    if note := finding.today.evidence.note or finding.published.evidence.note:
        shown.append(blocks.note(note))
    for judgement, moment in ((finding.published, "as published"), (finding.today, "today")):
        others = judgement.evidence.readings[1:]
        if others and not (moment == "today" and finding.published == finding.today):
            read = "; ".join(f"{each.label}: {texts.tested(each, claim.stated)}" for each in others)
            shown.append(blocks.note(f"Read otherwise, {moment}: {read}"))
    for reading in finding.today.evidence.since:
        value = texts.tested(reading, claim.stated)
        shown.append(
            blocks.note(f"Since then: {value} ({reading.label}). It changes nothing in what the article says.")
        )
    same = finding.published.evidence.readings == finding.today.evidence.readings
    if not same and finding.published.evidence.readings:
        shown.append(_sums("Calculation, as published", claim, finding.published))
    if finding.today.evidence.readings:
        shown.append(_sums("Calculation" if same else "Calculation, today", claim, finding.today))
    return Readout(f"finding-{claim.id}", shown)


def _verdict_row(name: str, finding: Finding, judgement: Judgement) -> dict:
    verdict, figure = texts.judgement_cell(finding.claim, judgement), texts.tested_cell(finding, judgement)
    return blocks.row(name, verdict, figure, texts.explain(finding.claim, judgement))


def _sums(summary: str, claim: Claim, judgement: Judgement) -> blocks.Block:
    inner: list[blocks.Block] = []
    for place, reading in enumerate(judgement.evidence.readings):
        role = "gives the verdict" if place == 0 else "another reading"
        inner.append(blocks.note(_sum(reading, role)))
        inner.append(_inputs(reading))
    earlier = supporting(claim.stated, judgement.evidence) if judgement.verdict is Verdict.OUTDATED else None
    if earlier is not None and earlier not in judgement.evidence.readings:
        inner.append(blocks.note(_sum(earlier, "supports what is stated")))
        inner.append(_inputs(earlier))
    return blocks.details(summary, inner)


def _sum(reading: Reading, role: str) -> str:
    return f"{reading.label} ({role}): {reading.working.removeprefix(f'{reading.label}: ')}"


def _inputs(reading: Reading) -> blocks.Block:
    columns = [blocks.column("Input"), blocks.column("Value", True), blocks.column("Source")]
    rows = [
        blocks.row(term.label, texts.exact(term), blocks.cell(term.source, badge=blocks.badge(term), url=term.url))
        for term in reading.terms
    ]
    return blocks.table(columns, rows, fit="stacked")


def chart_title(finding: Finding) -> str:
    """The finding of a claim's chart as its title."""
    claim, evidence = finding.claim, finding.today.evidence
    reading, after = evidence.readings[0], evidence.successor
    title = f"{claim.label}: {texts.tested(reading, claim.stated)} in {reading.figure.as_of:%B %Y}"
    if after is not None:
        title += f", after regrouping {texts.tested(after, claim.stated)} in {after.figure.as_of:%B %Y}"
    return f"{title}; the article says {texts.stated(claim)}"


def series_source(series: Sequence[Reading]) -> str:
    """The origins of a series, and the month of its last value."""
    kinds = sorted({SOURCE_KINDS[reading.figure.origin] for reading in series})
    return f"Source: {'; '.join(kinds)}, to {series[-1].figure.as_of:%B %Y}."
