"""All that a page shows, as text: what its answer's sentences, tables and charts say."""

import dataclasses
import inspect
import json
import re
from typing import Any

from components.answers.answer import Answer, Asked
from components.answers.registry import PAGES, choices_of, inputs_of
from components.charts.chart import Chart
from components.readouts.blocks import Readout
from components.scenario.record import Scenario, View
from components.scenario.sweep import plain
from data.dossier import Dossier
from data.errors import UnknownFigure

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def asked_of(dossier: Dossier) -> Asked:
    """The article's case, with every choice made that lets more be shown."""
    scenario = Scenario.of_article(inputs_of(dossier))
    if scenario.has("net_cash_start"):
        scenario = scenario.set("net_cash_start", ("last",))
    return Asked(dossier, scenario, View(choices_of(dossier)))


def shown(dossier: Dossier) -> dict[str, str]:
    """What all pages show. A figure that is not known is said by its name, as on the page."""
    asked = asked_of(dossier)
    return {name: json.dumps(_page(name, asked), ensure_ascii=False, sort_keys=True) for name in PAGES}


def numbers(text: str) -> set[str]:
    """The numbers in a text as they are written."""
    return set(_NUMBER.findall(text))


def _page(name: str, asked: Asked) -> Any:
    try:
        answer = PAGES[name].answer(asked)
        return {"lead": answer.lead.text, "slots": dict(answer.slots), "parts": _parts(answer), "marks": _marks(answer)}
    except UnknownFigure as missing:
        return {"missing": missing.what}


def _marks(answer: Answer) -> list[Any]:
    return [(patch.chart, list(patch.path), plain(patch.value)) for patch in answer.patches]


def _parts(answer: Any) -> dict[str, Any]:
    """Every part that a page may ask its answer for."""
    found: dict[str, Any] = {}
    for name, method in inspect.getmembers(type(answer), inspect.isfunction):
        if name.startswith("_") or len(inspect.signature(method).parameters) != 1:
            continue
        found[name] = _plain(method(answer))
    for finding in getattr(answer, "findings", []):
        if hasattr(answer, "finding"):
            found[f"finding {finding.claim.id}"] = [_plain(answer.finding(finding)), _plain(answer.chart(finding))]
    return found


def _plain(part: Any) -> Any:
    if isinstance(part, Chart):
        return [part.title, part.subtitle, part.source, part.alt, json.dumps(json.loads(part.written))]
    if isinstance(part, Readout):
        return [part.blocks, dict(part.slots)]
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if part is None or isinstance(part, str):
        return part
    if hasattr(part, "tornado_chart"):  # the sensitivity of the valuation
        return _parts(part)
    if dataclasses.is_dataclass(part):
        return repr(part.claim.id) if hasattr(part, "claim") else type(part).__name__
    return str(part)
