"""The desk for the browser: the text in pieces with its marks, and the queue of claims with what is found for each."""

from collections.abc import Mapping
from typing import Any

from components import formats
from components.authoring.desk import Desk, Entry, State, in_order
from components.authoring.tests import in_words, offered
from components.calculators.audit.audit import Finding
from components.calculators.audit.rules import Verdict
from components.readouts import claim_table
from components.readouts import claims as texts
from components.readouts.blocks import Block
from data.company import Company
from data.thesis import FORMS, Claim, Stated

MOST_SHOWN = 60_000  # characters of the text; the queue has every claim
FORM_NAMES = {
    "value": "is", "range": "from … to", "minimum": "at least", "maximum": "at most", "times": "times as much",
    "words": "in words", "date": "on the day", "year": "in the year", "happens": "it happens",
}  # fmt: skip


def desk_block(
    desk: Desk, findings: Mapping[str, Finding], wrong: Mapping[str, str], company: Company, problem: Mapping[str, str]
) -> Block:
    """All that the browser shows of the desk. `problem` is a sentence about an edit, with the id of its claim."""
    numbers = {entry.id: place for place, entry in enumerate(desk.entries, start=1)}
    rows = [
        _row(each, numbers[each.id], findings.get(each.id), wrong.get(each.id, ""), company)
        for each in in_order(desk.entries)
    ]
    claims = {each.id: f"{numbers[each.id]}. {each.short}: {_said(each)}" for each in desk.entries}
    return {
        "kind": "desk",
        "text": _pieces(desk, numbers),
        "is_cut": len(desk.text) > MOST_SHOWN,
        "rows": rows,
        "counts": {str(state): desk.count(state) for state in State},
        "tests": offered(claims, company, dict(desk.about.peers)),
        "forms": [[form, FORM_NAMES[form]] for form in FORMS.values() if form in FORM_NAMES],
        "units": _units(desk, company),
        "score": _score(desk, findings),
        "problem": dict(problem),
    }


def _pieces(desk: Desk, numbers: Mapping[str, int]) -> list[list[Any]]:
    """The text in pieces: what stands there, and of a figure the claim, its number and its state.

    Two claims of one passage share its mark: the first one has it.
    """
    pieces: list[list[Any]] = []
    at, text = 0, desk.text[:MOST_SHOWN]
    marked: list[Entry] = []
    # A figure's own mark stands before that of a longer passage around it.
    for entry in sorted((each for each in desk.entries if each.passage is not None), key=_length):
        if not any(_start(each) < _end(entry) and _start(entry) < _end(each) for each in marked):
            marked.append(entry)
    for entry in sorted(marked, key=_start):
        passage = entry.passage
        if passage is None or passage.start < at or passage.end > len(text):
            continue
        if passage.start > at:
            pieces.append([text[at : passage.start]])
        pieces.append([passage.of(text), entry.id, numbers[entry.id], str(entry.state)])
        at = passage.end
    return [*pieces, [text[at:]]] if at < len(text) else pieces


def _said(entry: Entry) -> str:
    return stated_text(Stated.model_validate(entry.stated))


def _start(entry: Entry) -> int:
    return entry.passage.start if entry.passage is not None else 0


def _end(entry: Entry) -> int:
    return entry.passage.end if entry.passage is not None else 0


def _length(entry: Entry) -> int:
    return _end(entry) - _start(entry)


def _row(entry: Entry, number: int, finding: Finding | None, wrong: str, company: Company) -> dict[str, Any]:
    stated = Stated.model_validate(entry.stated)
    verdicts: list[dict[str, Any]] = []
    found, then, chip, why = "", "", None, ""
    if finding is not None:
        verdicts = claim_table.verdicts(finding)
        cell = texts.tested_cell(finding, finding.today)
        found, chip = cell["text"], cell["badge"]
        before = texts.tested_cell(finding, finding.published)["text"]
        then = before if before != found and finding.published.evidence.deciding is not None else ""
        why = texts.explain(finding.claim, finding.today)
    return {
        "id": entry.id,
        "number": number,
        "state": str(entry.state),
        "statement": entry.statement,
        "short": entry.short or entry.statement,
        "topic": entry.topic,
        "said": entry.said,
        "sentence": entry.sentence,
        "period": f"{entry.period:%b} {entry.period.year}" if entry.period else "",
        "stated": stated_text(stated),
        "test": in_words(entry.test, company) if entry.typed is None else "a figure that you typed",
        "found": found,
        "then": then,
        "chip": chip,
        "verdicts": verdicts,
        "why": why,
        "doubts": "" if entry.typed is not None else _doubts(entry, wrong),
        "lacks": entry.typed is None and (finding is None or finding.today.verdict in _LACKING),
        "by": entry.by,
        "likely": [call["name"] for call in entry.offered],
        "edit": _fields(entry, stated),
    }


_LACKING = (Verdict.UNTESTABLE, Verdict.RECORDED)


def _doubts(entry: Entry, wrong: str) -> str:
    found = f"its test cannot be run: {wrong}" if wrong else entry.doubts
    return f"proposed by a model; {found}".removesuffix("; ") if entry.by == "model" else found


def stated_text(stated: Stated) -> str:
    """What is stated, as the pages write it."""
    claim = Claim(id="x", topic="x", statement="x", stated=stated, place="x")
    return texts.stated_figure(claim) or "in words"


def _fields(entry: Entry, stated: Stated) -> dict[str, Any]:
    """What the form for a claim starts with: texts, as a reader would type them."""
    test = {key: value if isinstance(value, (str, bool)) else str(value) for key, value in (entry.test or {}).items()}
    one = next(name for name, form in FORMS.items() if form == stated.form)
    value = getattr(stated, one)
    typed = entry.typed
    return {
        "short": entry.short,
        "statement": entry.statement,
        "form": stated.form,
        "value": _plain(value, stated.decimals),
        "high": _plain(stated.high, stated.decimals),
        "unit": stated.unit or "",
        "approximate": stated.approximate,
        "period": entry.period.isoformat() if entry.period else "",
        "test": test,
        "typed": {}
        if typed is None
        else {
            "value": _plain(typed.value), "unit": typed.unit, "day": typed.day.isoformat(), "source": typed.source,
            "url": typed.url,
        },
    }  # fmt: skip


def _plain(value: object, decimals: int = 0) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if not isinstance(value, float):
        return str(value)
    written = f"{value:.{max(decimals, 0)}f}"  # 24.0 is more exact than 24
    return written if float(written) == value else f"{value:.10g}"


def _units(desk: Desk, company: Company) -> list[str]:
    """Units to choose from: those of the company's measures and of the share, and those that the text states."""
    about = desk.about
    price = f"{about.quoted_in} per {about.share_class}"
    common = ["%", "points", "x", price, f"{about.currency} bn", f"{about.currency} m"]
    stated = [str(each.stated["unit"]) for each in desk.entries if each.stated.get("unit")]
    return list(dict.fromkeys([*common, *stated, *company.profile.units.values(), "analysts", "shares m"]))


def _score(desk: Desk, findings: Mapping[str, Finding]) -> list[dict[str, Any]]:
    """How the accepted claims were found when the article appeared: each verdict and its count."""
    accepted = [each.id for each in desk.entries if each.state is State.ACCEPTED]
    found = [findings[name].published.verdict for name in accepted if name in findings]
    return [{**texts.verdict_badge(each), "count": found.count(each)} for each in Verdict if each in found]


def about_line(desk: Desk, close: str) -> str:
    """What the article is about, in one line: share, exchange, day."""
    about = desk.about
    unit = f"{about.quoted_in} per {about.share_class}"
    told = f"{about.name}, {about.symbol} · {unit} · article of {formats.day(about.published)}"
    return f"{told} · {close}" if close else told
