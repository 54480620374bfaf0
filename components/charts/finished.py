"""A chart's figure as it stands at rest: the present values at their places, the present texts in its slots."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from components.charts.chart import Chart
from components.scenario.sweep import FigurePatch, plain
from components.slots import filled


def finished(chart: Chart, patches: Iterable[FigurePatch], slots: Mapping[str, Any]) -> dict[str, Any]:
    """Data and layout as JSON. Patches of other charts are passed over; a slot without a value is empty."""
    figure: dict[str, Any] = json.loads(chart.written)
    for patch in patches:
        if patch.chart == chart.id:
            *way, last = patch.path
            place: Any = figure
            for step in way:
                place = place[step]
            place[last] = plain(patch.value)
    for note in figure["layout"].get("annotations", []):
        note["text"] = filled(note.get("text", ""), slots)
    return figure
