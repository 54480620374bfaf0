"""What a page would show at each step of a slider, with the other inputs where they are.

The same functions that make the page make the frames, with an array in place of one number; so a frame reads to the
last digit as the page does after release. Only what changes with the slider is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from components.scenario.record import Scenario
from components.scenario.types import NumberInput

Values = Mapping[str, Any]


@dataclass(frozen=True)
class FigurePatch:
    """A place in a chart's figure and what stands there: one value, or one for each step of a slider."""

    chart: str
    path: tuple[str | int, ...]
    value: Any


@dataclass(frozen=True)
class Frame:
    """What a page shows: texts by slot, and patches of charts."""

    slots: Mapping[str, str | list[str]]
    patches: tuple[FigurePatch, ...]


@dataclass(frozen=True)
class SweepModel:
    """A page's sliders at their present values, and the function that gives the page's frame for any values.

    With an array in place of one value `frame_for` gives that slider's frames. A sweep is made when it is asked for:
    what a page shows does not wait for what it might show.
    """

    scenario: Scenario
    values: Values
    frame_for: Callable[[Values], Frame]

    @cached_property
    def current(self) -> Frame:
        """The frame as things stand."""
        return self.frame_for(self.values)

    def sweep(self, key: str) -> dict[str, Any]:
        """Frames of all that changes with one slider, for each of its steps."""
        moved = self.frame_for({**self.values, key: self._input(key).steps()})
        return {
            "slots": {name: _packed(texts) for name, texts in moved.slots.items() if isinstance(texts, list)},
            "patches": [
                {"chart": patch.chart, "path": list(patch.path), "frames": plain(patch.value)}
                for patch, before in zip(moved.patches, self.current.patches, strict=True)
                # What moves has an axis more than it has at rest; a line of points that stays has not.
                if np.ndim(patch.value) > np.ndim(before.value)
            ],
        }

    def places(self) -> dict[str, dict[str, float]]:
        """Where each slider begins, how far a step takes it, and where it stands."""
        inputs = {key: self._input(key) for key in self.values}
        return {key: {"low": each.low, "step": each.step, "at": self.values[key]} for key, each in inputs.items()}

    def _input(self, key: str) -> NumberInput:
        each = self.scenario.inputs[key]
        assert isinstance(each, NumberInput)
        return each


def _packed(texts: list[str]) -> dict[str, Any]:
    """Texts without what they all begin and end with: half of what a sweep sends is units and currencies."""
    head = _shared_start(min(texts), max(texts))  # what the first and the last in order share, all share
    start = len(head)
    tail = _shared_start(texts[0][start:][::-1], texts[-1][start:][::-1])[::-1]
    while tail and not all(text.endswith(tail, start) for text in texts):
        tail = tail[1:]
    end = -len(tail) or None
    return {"head": head, "tail": tail, "cores": [text[start:end] for text in texts]}


def _shared_start(one: str, other: str) -> str:
    length = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return min(one, other, key=len) if length is None else one[:length]


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
