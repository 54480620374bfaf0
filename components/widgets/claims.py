"""The parts of the claims page, and the score that the overview shows."""

import datetime as dt
import re

import streamlit as st

from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import Reading, Verdict, supporting
from components.charts.claim import claim_chart
from components.export.audit import as_csv, as_workbook
from components.readouts import blocks
from components.readouts import claims as texts
from components.scenario.record import Scenario
from components.widgets import session
from components.widgets.mount import show_chart, show_readout
from data.dossier import Dossier
from data.thesis import Claim

_ORDER = list(Verdict)


def wrong_first(findings: list[Finding]) -> list[Finding]:
    """Contradicted, outdated, imprecise, untestable, supported; today's verdict counts before the first one."""
    return sorted(findings, key=lambda f: (_ORDER.index(f.today.verdict), _ORDER.index(f.published.verdict)))


def chosen(findings: list[Finding], scenario: Scenario) -> list[Finding]:
    """The claims that the reader's filter lets through; one claim, where a link names it."""
    one = scenario.choice("claim")
    if one != "all":
        return [finding for finding in findings if finding.claim.id == one]
    topics, verdicts = scenario.choices("topics"), scenario.choices("verdicts")
    return [
        finding
        for finding in findings
        if (not topics or finding.claim.topic in topics)
        and (
            not verdicts or {finding.published.verdict.name.lower(), finding.today.verdict.name.lower()} & set(verdicts)
        )
    ]


def score(findings: list[Finding]) -> tuple[str, dict[str, str]]:
    """How many claims held and hold in a sentence, with its slots."""
    held, hold = (sum(f.at(moment).verdict is Verdict.SUPPORTED for f in findings) for moment in ("published", "today"))
    turns = [texts.turned(finding.claim, finding.today) for finding in findings]
    better, worse = turns.count("for the better"), turns.count("for the worse")
    outdated = sum(finding.today.verdict is Verdict.OUTDATED for finding in findings)
    counts = {"held": held, "hold": hold, "better": better, "worse": worse, "neither": outdated - better - worse}
    return (
        f"Of {len(findings)} claims, {{held}} held when the article appeared and {{hold}} hold today. Of the outdated "
        "ones, {better} moved in the thesis’s favour, {worse} against it, {neither} in no plain direction."
    ), {slot: str(count) for slot, count in counts.items()}


def show_score(findings: list[Finding]) -> None:
    """How many claims got which verdict, as published and today."""
    columns = [blocks.column("Verdict"), blocks.column("As published", True), blocks.column("Today", True)]
    rows = []
    for verdict in reversed(_ORDER):
        counts = [sum(f.at(moment).verdict is verdict for f in findings) for moment in ("published", "today")]
        first = {**blocks.cell(""), "badge": texts.verdict_badge(verdict)}
        rows.append(blocks.row(first, *(str(count) for count in counts)))
    sentence, slots = score(findings)
    show_readout("score", [blocks.sentence(sentence), blocks.table(columns, rows, fit="narrow")], slots)


def show_claim(finding: Finding, dossier: Dossier) -> None:
    """One claim: stated, tested, both verdicts with a sentence each, the sum, and a chart where a series says more."""
    claim = finding.claim
    with st.container(border=True):
        show_readout(f"finding-{claim.id}", _claim_blocks(finding))
        series = finding.today.evidence.series
        if len(series) >= 3:
            chart = claim_chart(claim, series, texts.stated(claim), _chart_title(finding), _series_source(series))
            show_chart(chart, dossier.symbol, dossier.thesis.article.name, session.today())
        st.markdown(f":small[[Link to this claim](?claim={claim.id})]")


def _chart_title(finding: Finding) -> str:
    claim, evidence = finding.claim, finding.today.evidence
    reading, after = evidence.readings[0], evidence.successor
    title = f"{claim.label}: {texts.tested(reading, claim.stated)} in {reading.figure.as_of:%B %Y}"
    if after is not None:
        title += f", after regrouping {texts.tested(after, claim.stated)} in {after.figure.as_of:%B %Y}"
    return f"{title}; the article says {texts.stated(claim)}"


def _series_source(series: tuple[Reading, ...]) -> str:
    sources = "; ".join(sorted({re.split(" of |, ", reading.terms[0].source)[0] for reading in series}))
    return f"{sources[:1].upper()}{sources[1:]}, to {series[-1].figure.as_of:%B %Y}."


def _claim_blocks(finding: Finding) -> list[blocks.Block]:
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
        blocks.heading(claim.statement),
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
    same = finding.published.evidence.readings == finding.today.evidence.readings
    if not same and finding.published.evidence.readings:
        shown.append(_sums("The sum, as published", claim, finding.published))
    if finding.today.evidence.readings:
        shown.append(_sums("The sum" if same else "The sum, today", claim, finding.today))
    return shown


def _verdict_row(name: str, finding: Finding, judgement: Judgement) -> dict:
    verdict = texts.judgement_cell(finding.claim, judgement)
    figure = texts.tested_cell(finding, judgement, dt.datetime.now(dt.UTC))
    return blocks.row(name, verdict, figure, texts.explain(finding.claim, judgement))


def _sums(summary: str, claim: Claim, judgement: Judgement) -> blocks.Block:
    inner: list[blocks.Block] = []
    for place, reading in enumerate(judgement.evidence.readings):
        role = "gives the verdict" if place == 0 else "another reading"
        inner.append(blocks.note(f"{reading.label} ({role}): {reading.working}"))
        inner.append(_inputs(reading))
    earlier = supporting(claim.stated, judgement.evidence) if judgement.verdict is Verdict.OUTDATED else None
    if earlier is not None and earlier not in judgement.evidence.readings:
        inner.append(blocks.note(f"{earlier.label} (supports what is stated): {earlier.working}"))
        inner.append(_inputs(earlier))
    return blocks.details(summary, inner)


def _inputs(reading: Reading) -> blocks.Block:
    now = dt.datetime.now(dt.UTC)
    columns = [blocks.column("Input"), blocks.column("Value", True), blocks.column("Source")]
    rows = [
        blocks.row(
            term.label,
            texts.exact(term),
            blocks.cell(term.source, badge=blocks.badge(term, now), url=term.url),
        )
        for term in reading.terms
    ]
    return blocks.table(columns, rows, fit="stacked")


def show_exports(findings: list[Finding], symbol: str) -> None:
    """The whole audit to take away, built when it is asked for."""
    name = f"{symbol.lower()}-claims-{session.today().isoformat()}"
    first, second, _ = st.columns([1, 1, 3])
    first.download_button(
        "All claims as CSV",
        lambda: as_csv(findings),
        f"{name}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    second.download_button(
        "Workbook with inputs",
        lambda: as_workbook(findings),
        f"{name}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
    )
