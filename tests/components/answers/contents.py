"""Everything that an answer would show, as plain data that can be compared and read in a diff."""

import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from components.answers.answer import Answer
from components.answers.claims import ClaimsAnswer
from components.answers.segments import SegmentsAnswer
from components.charts.chart import Chart
from components.readouts.blocks import Readout
from components.scenario.sweep import plain
from tests.marked import marked

OTHERWISE = ("shown", "charts")  # what these give is told by other methods
LONG = 16  # values; a longer line is told by its ends, its length and its sum


def contents(answer: Answer) -> dict[str, Any]:
    """The sentence, and what each method without arguments gives, by name."""
    shown = {"lead": answer.lead.as_html(), "slots": dict(answer.slots), **_methods(answer, answer)}
    if isinstance(answer, ClaimsAnswer):
        shown["claims"] = [
            {
                "finding": _told(answer.finding(finding), answer),
                "chart": _told(answer.chart(finding), answer),
                "link": answer.claim_link(finding.claim.id),
            }
            for finding in answer.shown()
        ]
    if isinstance(answer, SegmentsAnswer):
        shown["business_charts"] = [_told(each, answer) for each in answer.business_charts()]
    return shown


def charts(answer: Answer) -> list[Chart]:
    """All charts that an answer would show."""
    found = [result for result in _results(answer) if isinstance(result, Chart)]
    if isinstance(answer, SegmentsAnswer):
        found += answer.business_charts() or answer.latest_charts()
    if isinstance(answer, ClaimsAnswer):
        found += [chart for finding in answer.shown() if isinstance(chart := answer.chart(finding), Chart)]
    return found


def _results(owner: Any) -> Iterator[Any]:
    for name, method in inspect.getmembers(owner, inspect.ismethod):
        if name.startswith("_") or name in OTHERWISE or inspect.signature(method).parameters:
            continue
        result = method()
        yield result
        if is_dataclass(result) and not isinstance(result, (Readout, Chart)):
            yield from _results(result)


def _methods(owner: Any, answer: Answer) -> dict[str, Any]:
    shown = {}
    for name, method in inspect.getmembers(owner, inspect.ismethod):
        # Not in small letters are those that `make mutants` puts beside ours.
        if name.startswith("_") or not name.islower() or name in OTHERWISE or inspect.signature(method).parameters:
            continue
        result = method()
        known = isinstance(result, (Readout, Chart, str, list)) or result is None
        shown[name] = _told(result, answer) if known else _methods(result, answer)
    return shown


def _told(thing: Any, answer: Answer) -> Any:
    if isinstance(thing, Readout):
        return {"name": thing.name, "blocks": thing.blocks, "slots": dict(thing.slots), "spoken": thing.spoken}
    if isinstance(thing, Chart):
        return _chart(thing, answer)
    if is_dataclass(thing) and not isinstance(thing, type):
        return {each.name: _told(getattr(thing, each.name), answer) for each in fields(thing)}
    return thing


def _chart(chart: Chart, answer: Answer) -> dict[str, Any]:
    patches = [(patch.path, plain(patch.value)) for patch in answer.patches if patch.chart == chart.id]
    figure = marked({"data": chart.figure.to_plotly_json()["data"], "layout": _layout(chart)}, patches)
    return {
        "id": chart.id,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "source": chart.source,
        "alt": chart.alt,
        "height": chart.height,
        "figure": _short(figure),
        "narrow": _short(chart.narrow),
    }


def _layout(chart: Chart) -> dict[str, Any]:
    layout = chart.figure.to_plotly_json()["layout"]
    layout.pop("template", None)
    return layout


def _short(value: Any) -> Any:
    """Figures rounded, and long lines told by what a change of any value would change."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        if len(value) <= LONG:
            return [_short(each) for each in value]
        numbers = [each for each in value if isinstance(each, (int, float))]
        letters = sum(len(str(each)) for each in value)
        return {"first": _short(value[0]), "last": _short(value[-1]), "count": len(value),
                "sum": _short(float(sum(numbers))), "letters": None if numbers else letters}  # fmt: skip
    return f"{value:.6g}" if isinstance(value, float) else value
