"""All claims as a table: both verdicts, what is stated, what was found then and now, and where that comes from."""

from collections.abc import Mapping, Sequence
from typing import Any

from components import formats
from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import Reading, Verdict
from components.readouts import blocks
from components.readouts import claims as texts
from components.readouts.blocks import Readout
from data.figures import Confidence, Origin
from data.thesis import Claim
from data.units import Unit

COLUMNS = ("Verdict, then → now", "Statement", "The article", "Tested then", "Tested now", "Of stated", "Source now")
SORTED = (COLUMNS[0], COLUMNS[1], COLUMNS[5], COLUMNS[6])
WORST_FIRST = ("worse", "", "better")
NO_SHARE = ("date", "year", "days")  # units of which a share of the stated figure says nothing


def by_harm(findings: Sequence[Finding]) -> list[Finding]:
    """The findings by what they do to the thesis: contradicted, outdated, imprecise, untestable, recorded, supported.

    Today's verdict counts first, then whether it turned for the worse, then the verdict at publication.
    """
    order = list(Verdict)

    def harm(finding: Finding) -> tuple[int, int, int]:
        turn = WORST_FIRST.index(_turn(finding.claim, finding.today))
        return order.index(finding.today.verdict), turn, order.index(finding.published.verdict)

    return sorted(findings, key=harm)


def table_readout(findings: Sequence[Finding]) -> Readout:
    """One row for each claim, in the order given; its statement opens it."""
    columns = [{**blocks.column(name), "sorts": name in SORTED} for name in COLUMNS]
    rows = [_row(place, finding) for place, finding in enumerate(findings)]
    return Readout("claims-table", [blocks.table(columns, rows, fit="rows")])


def key_figures(findings: Sequence[Finding], only_then: bool = False) -> blocks.Block:
    """The same of the article's key figures, by their names; `only_then` leaves out what is found today."""
    names = ["Key figure", *COLUMNS[2:6], "Over time", "Verdict, then → now"]
    if only_then:
        names = ["Key figure", COLUMNS[2], "Tested when it appeared", COLUMNS[5], "Over time", "Verdict"]
    rows = []
    for finding in findings:
        verdicts, _, stated, then, now, share, _ = _row(0, finding)["cells"]
        name = {**blocks.cell(finding.claim.label), "strong": True}
        rows.append(blocks.row(name, stated, *([] if only_then else [then]), now, share, _spark(finding), verdicts))
    return blocks.table([blocks.column(each) for each in names], rows, fit="keys")


def strip(findings: Sequence[Finding], links: Mapping[str, str]) -> blocks.Block:
    """All claims side by side, by topic: both verdicts of each, and a link to it."""
    items = [
        {
            "topic": finding.claim.topic,
            "label": finding.claim.label,
            "statement": finding.claim.statement,
            "verdicts": verdicts(finding),
            "link": links[finding.claim.id],
        }
        for finding in findings
    ]
    return {"kind": "strip", "items": items}


def _row(place: int, finding: Finding) -> dict[str, Any]:
    claim, then, now = finding.claim, finding.published, finding.today
    share = _bullet(finding)
    reading = now.evidence.deciding
    words = "said in words" if texts.is_in_words(claim) else ""
    stated = texts.stated_figure(claim) or "in words"
    return blocks.row(
        {**blocks.cell(""), "verdicts": verdicts(finding), "order": place},
        {**blocks.cell(claim.statement), "opens": claim.id, "order": claim.statement},
        _figure(stated, blocks.plain_badge(Origin.ARTICLE, words, claim.place)),
        _tested(claim, then),
        {**_tested(claim, now), "strong": now.verdict is not Verdict.UNTESTABLE},
        {**blocks.cell(""), "bullet": share, "order": -1 if share is None else share["now"][1]},
        {**blocks.cell(_source(reading)), "order": "" if reading is None else reading.figure.as_of.isoformat()},
    )


def verdicts(finding: Finding) -> list[dict[str, Any]]:
    """Both verdicts, then and now, each with its word and whether it turned for the better or the worse."""
    return [
        {**texts.verdict_badge(each.verdict), "turn": _turn(finding.claim, each)}
        for each in (finding.published, finding.today)
    ]


def _turn(claim: Claim, judgement: Judgement) -> str:
    """“better” or “worse” for a claim that turned so; otherwise empty."""
    return texts.turned(claim, judgement).removeprefix("for the ")


def _figure(text: str, badge: dict[str, Any] | None) -> dict[str, Any]:
    return {**blocks.cell(text), "chip": badge}


def _tested(claim: Claim, judgement: Judgement) -> dict[str, Any]:
    reading = judgement.evidence.deciding
    if reading is None:
        return _figure("not tested" if judgement.verdict is Verdict.RECORDED else "not known", None)
    last = "last known " if judgement.verdict is Verdict.UNTESTABLE else ""
    found = _figure(f"{last}{texts.tested(reading, claim.stated)}", blocks.badge(reading.figure))
    later = [*judgement.evidence.since, *([judgement.evidence.successor] if judgement.evidence.successor else [])]
    return {**found, "after": f"since then {texts.tested(later[-1], claim.stated)}" if later else ""}


def _source(reading: Reading | None) -> str:
    """Where a figure comes from and of when it is: “press on filing, Mar 2026”."""
    if reading is None:
        return ""
    figure = reading.figure
    kind = {
        Confidence.OFFICIAL: str(figure.origin),
        Confidence.SECONDARY: f"press on {figure.origin}" if figure.origin is Origin.FILING else "press report",
        Confidence.DERIVED: f"{figure.origin}, derived",
    }[figure.confidence]
    return f"{kind}, {figure.as_of:%b %Y}" if figure.origin is Origin.FILING else f"{kind}, {formats.day(figure.as_of)}"


SHORTEST = 3  # values, of which fewer are no course


def _spark(finding: Finding) -> dict[str, Any]:
    """The measure over time as lines of (day, value), one for each of its definitions; empty where little is known."""
    series = finding.today.evidence.series
    lines: dict[str, list[list[float]]] = {}
    for reading in series:
        lines.setdefault(reading.measure, []).append([reading.figure.as_of.toordinal(), round(reading.figure.value, 4)])
    spark = list(lines.values()) if len(series) >= SHORTEST else []
    return {**blocks.cell(""), "spark": spark}


def _bullet(finding: Finding) -> dict[str, Any] | None:
    """What was stated and found as shares of what is stated; None where that says nothing.

    `stated`, `then` and `now` are pairs of a low and a high share. A stated minimum has no high end.
    """
    says, now, then = finding.claim.stated, finding.today.evidence.deciding, finding.published.evidence.deciding
    ends = [end for end in says.ends if end is not None]
    if not ends or now is None or says.counted_in is None or says.counted_in in NO_SHARE:
        return None
    if finding.today.verdict is Verdict.UNTESTABLE:
        return None
    middle = (ends[0] + ends[-1]) / 2
    if middle <= 0 or now.figure.unit != Unit.parse(says.counted_in):
        return None

    def shares(reading: Reading) -> list[float]:
        return [round(min(reading.values) / middle, 4), round(max(reading.values) / middle, 4)]

    return {
        "stated": [
            0.0 if says.maximum is not None else ends[0] / middle,
            None if says.minimum is not None else ends[-1] / middle,
        ],
        "then": shares(then) if then is not None and then.figure.unit == now.figure.unit else None,
        "now": shares(now),
        "turn": _turn(finding.claim, finding.today),
    }
