"""What the report says, gathered from the answers of the pages at one reader's settings."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from components import formats
from components.answers.address import DataVersion
from components.answers.answer import Answer, Asked
from components.answers.capex import CapexAnswer
from components.answers.overview import OverviewAnswer, claims_alone
from components.answers.pictures import moved, options
from components.answers.reference import market_price, moved_since
from components.answers.registry import PAGES, work_out
from components.answers.segments import SegmentsAnswer
from components.answers.spending import SpendingAnswer
from components.answers.upside import UpsideAnswer
from components.answers.valuation import ValuationAnswer
from components.answers.whole import WholeAnswer
from components.charts.chart import Chart
from components.charts.finished import finished
from components.export.report.claims import Row, Source, row_of, sources_of, unknown
from components.readouts import blocks, findings
from components.readouts import segments as segment_texts
from components.readouts.blocks import Block, Readout, Sentence
from components.readouts.claim_table import by_harm
from components.readouts.panel import full_label, shown_value
from components.scenario.inputs.valuation import MODEL
from components.scenario.types import NumberInput
from components.slots import filled
from data.errors import DataFileError, UnknownFigure
from data.figures import Figure
from data.notes import Note


@dataclass(frozen=True)
class Drawing:
    """A chart with its texts filled in, and its figure as the browser draws it."""

    id: str
    title: str
    subtitle: str
    source: str
    alt: str
    height: int
    figure: Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One part of the report: a question, its answer in a sentence, blocks, charts, or why there is none."""

    title: str
    lead: Sentence = field(default_factory=lambda: Sentence(""))
    shown: Sequence[Readout] = ()
    drawings: Sequence[Drawing] = ()
    missing: str = ""


@dataclass(frozen=True)
class Content:
    """All that the report says."""

    title: str
    company: str
    symbol: str
    sentence: str
    published: str
    made: str
    price: str
    remarks: Sequence[str]
    score: Sentence
    overview: Sentence
    rows: Sequence[Row]
    settings: Block
    parts: Sequence[Part]
    sources: Sequence[Source]
    unknown: Sequence[tuple[str, str]]
    notes: Sequence[tuple[Note, str]]
    link: str


def gather(asked: Asked, version: DataVersion, notes: Sequence[Note] = (), link: str = "") -> Content:
    """The report's content. Raises DataFileError for a file that is wrong.

    `link` leads to the same settings in the app; without one the report names none.
    """
    dossier = asked.dossier
    answers, missing = _answers(asked)
    overview = answers.get("overview") or claims_alone(asked)
    assert isinstance(overview, Answer)
    found = list(overview.findings)  # type: ignore[attr-defined]
    price = market_price(dossier, asked.scenario)
    sources = sources_of(found)
    numbers = {(each.text, each.url): each.number for each in sources}
    article = dossier.thesis.article
    return Content(
        title=article.name,
        company=dossier.company.profile.name,
        symbol=dossier.symbol,
        sentence=article.sentence,
        published=formats.day(article.published),
        made=formats.day(version.day),
        price=_price(price),
        remarks=[each for each in (moved(asked.scenario), moved_since(dossier, asked.scenario)) if each],
        score=findings.score(found),
        overview=overview.lead,
        rows=[row_of(finding, numbers) for finding in by_harm(found)],
        settings=_settings(asked),
        parts=[
            _part(name, answers.get(name), missing.get(name, ""), version.day) for name in PAGES if name != "claims"
        ],
        sources=sources,
        unknown=list(unknown(found, missing)),
        notes=[(note, formats.day(note.changed.date())) for note in notes],
        link=link,
    )


def _answers(asked: Asked) -> tuple[dict[str, Answer], dict[str, str]]:
    """The pages that can be worked out, and of the others the figure that is missing."""
    found: dict[str, Answer] = {}
    missing: dict[str, str] = {}
    for name in PAGES:
        try:
            found[name] = work_out(name, asked)
        except UnknownFigure as unknown:
            missing[name] = f"{unknown.what}."
        except DataFileError as wrong:
            missing[name] = str(wrong)
    return found, missing


def _price(price: Figure | None) -> str:
    if price is None:
        return "no price is known"
    return f"{formats.figure(price)} of {formats.day(price.as_of)}, {price.source}"


# --- Settings -----------------------------------------------------------------------------------------------------


def _settings(asked: Asked) -> Block:
    """The settings of the upside, and whatever else the reader moved: where each started, and where it stands."""
    scenario, dossier = asked.scenario, asked.dossier
    start = scenario.choice("start") if scenario.has("start") else ""
    keys = [each.key for each in PAGES["upside"].inputs(dossier, start)]
    keys += [key for key in scenario.changed if key not in keys]
    rows = []
    for key in keys:
        each = scenario.inputs[key]
        value = scenario.changed.get(key, each.default)
        label = full_label(each) if isinstance(each, NumberInput) else each.label
        if key == "own_price" and start != "own":
            continue
        reason = each.provenance if isinstance(each, NumberInput) else ""
        yours = shown_value(each, value) if key in scenario.changed else ""
        row = blocks.row(label, shown_value(each, each.default), yours, formats.capitalised(reason), strong=bool(yours))
        rows.append(row)
    columns = [
        blocks.column("Setting"), blocks.column("Starts at", True), blocks.column("Yours", True),
        blocks.column("Where the start comes from"),
    ]  # fmt: skip
    return blocks.table(columns, rows)


# --- Parts --------------------------------------------------------------------------------------------------------


def _part(name: str, answer: Answer | None, missing: str, day: dt.date) -> Part:
    title = PAGES[name].title
    if answer is None:
        return Part(title, missing=f"Not known: {missing}")
    readouts, charts = _chosen(answer)
    lead = answer.lead if name != "overview" else Sentence("")
    return Part(title, lead, readouts, [_drawing(answer, chart, day) for chart in charts])


def _chosen(answer: Answer) -> tuple[list[Readout], list[Chart]]:
    """Of a page's tables and charts those that stand in a report of few pages."""
    charts = answer.charts()
    match answer:
        case OverviewAnswer():
            return [], charts
        case UpsideAnswer():
            return [answer.table()], charts[:2]
        case ValuationAnswer():
            return [*_model(answer)], charts[:2]
        case WholeAnswer():
            whole, said = answer.whole(), f"{answer.overtaken} {answer.peers.why}".strip()
            readouts = [whole] if whole else []
            readouts += [Readout("valuation-basis", [blocks.note(said)])] if said else []
            return [*readouts, *_model(answer)], charts[:2]
        case SegmentsAnswer():
            currency, words = answer.filing_currency, answer.table_words
            table = segment_texts.table(answer.latest or answer.quarters[-1:], currency, words, "segments")
            return [Readout("segments-latest", [{**table, "fit": "plain"}])], charts[:2]
        case CapexAnswer():
            return [answer.given(), _opened(answer.coverage())], charts[:2]
        case SpendingAnswer():
            return [answer.table()], charts[:1]
    return [], []


def _model(answer: ValuationAnswer | WholeAnswer) -> list[Readout]:
    """What the growth model comes to at settings that the reader moved; nothing where its own stand."""
    if "model_value" not in answer.slots or not any(key in answer.scenario.changed for key in MODEL):
        return []
    text = f"The growth model, at your settings: {answer.slots['model_value']} per {answer.dossier.share_class}."
    return [Readout("valuation-model", [blocks.note(text)])]


def _opened(readout: Readout) -> Readout:
    """A readout whose details stand open: paper has nothing to click on."""
    (block,) = readout.blocks
    return Readout(readout.name, [blocks.heading(block["summary"]), *block["blocks"]], readout.slots)


def _narrow(chart: Chart, slots: Mapping[str, Any]) -> dict[str, Any]:
    """The changes to a chart's layout for narrow places, with their texts filled in."""
    narrow = dict(chart.narrow)
    if "annotations" in narrow:
        narrow["annotations"] = [
            {**note, "text": filled(note.get("text", ""), slots)} for note in narrow["annotations"]
        ]
    return narrow


def _drawing(answer: Answer, chart: Chart, day: dt.date) -> Drawing:
    slots = answer.slots
    return Drawing(
        id=chart.id,
        title=filled(chart.title, slots),
        subtitle=filled(chart.subtitle, slots),
        source=chart.source,
        alt=filled(chart.alt, slots),
        height=min(chart.height, 300),
        figure={
            **finished(chart, answer.patches, slots),
            "narrow": _narrow(chart, slots),
            "name": options(answer, chart, day)["filename"],
        },
    )
