"""What a page would show at each step of a slider, with the other inputs where they are.

The same functions that make the page make the frames, with an array in place of one number; so a frame reads to the
last digit as the page does after release. Only what changes with the slider is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from components.scenario.inputs import NumberInput
from components.scenario.record import Scenario

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """A place in a chart's figure and what stands there: one value, or one for each step of a slider."""

    chart: str
    path: tuple[str | int, ...]
    value: Any


@dataclass(frozen=True)
class Frame:
    """What a page shows: texts by slot, and marks in charts."""

    slots: Mapping[str, str | list[str]]
    marks: tuple[Mark, ...]


def sweeps(scenario: Scenario, now: Values, still: Frame, show: Callable[[Values], Frame]) -> dict[str, dict[str, Any]]:
    """The sweep of each slider in `now`: low, step, present position, and frames of all that changes with it.

    `now` are the present values by slider and `still` the frame that `show` gives for them; with an array in place of
    one value `show` gives that slider's frames.
    """
    return {key: _sweep(scenario, key, still, show({**now, key: _steps(scenario, key)})) for key in now}


def _steps(scenario: Scenario, key: str) -> np.ndarray:
    each = scenario.inputs[key]
    assert isinstance(each, NumberInput)
    return each.steps()


def _sweep(scenario: Scenario, key: str, still: Frame, moved: Frame) -> dict[str, Any]:
    each = scenario.inputs[key]
    assert isinstance(each, NumberInput)
    return {
        "low": each.low,
        "step": each.step,
        "at": scenario.number(key),
        "slots": {name: _packed(texts) for name, texts in moved.slots.items() if isinstance(texts, list)},
        "marks": [
            {"chart": mark.chart, "path": list(mark.path), "frames": plain(mark.value)}
            for mark, before in zip(moved.marks, still.marks, strict=True)
            # What moves has an axis more than it has at rest; a line of points that stays has not.
            if np.ndim(mark.value) > np.ndim(before.value)
        ],
    }


def _packed(texts: list[str]) -> dict[str, Any]:
    """Texts without what they all begin and end with: half of what a sweep sends is units and currencies."""
    head = _shared_start(texts)
    tail = _shared_start([text[len(head) :][::-1] for text in texts])[::-1]
    return {"head": head, "tail": tail, "cores": [text[len(head) : len(text) - len(tail)] for text in texts]}


def _shared_start(texts: list[str]) -> str:
    """What all texts begin with: what the first and the last of them in order share, all others share too."""
    first, last = min(texts), max(texts)
    length = next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]


def plain(value: Any) -> Any:
    """A value as JSON takes it: arrays become lists, numbers are rounded, NaN becomes null."""
    if isinstance(value, np.ndarray):
        numeric = np.issubdtype(value.dtype, np.floating) and bool(np.isfinite(value).all())
        return np.round(value, 6).tolist() if numeric else plain(value.tolist())
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return round(value, 6) if np.isfinite(value) else None
    return value


def place_marks(figure: dict[str, Any], marks: Iterable[Mark]) -> None:
    """Writes the marks' values into a figure's dictionary."""
    for mark in marks:
        place: Any = figure
        for step in mark.path[:-1]:
            place = place[step]
        place[mark.path[-1]] = plain(mark.value)
