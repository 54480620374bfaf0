"""A sweep: what a page would show at each stop of one slider, with all other inputs unchanged.

The functions that compute the page also compute the sweep, from an array instead of one number. A frame therefore
agrees to the last digit with the page after release. Only what changes with the slider is sent.
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
    """A new value for one place in a chart's figure.

    Attributes
    ----------
    path : the place, as the steps to it: (“data”, 0, “y”, 2) for instance.
    value : one value, or one for each step of a slider.
    """

    chart: str
    path: tuple[str | int, ...]
    value: Any


@dataclass(frozen=True)
class Frame:
    """What a page shows: a text for each slot (a list of them while a slider is swept), and patches of charts."""

    slots: Mapping[str, str | list[str]]
    patches: tuple[FigurePatch, ...]


@dataclass(frozen=True)
class SweepModel:
    """A page's sliders, and the function that computes what the page shows.

    A sweep is computed only when it is asked for, so the page does not wait for it.

    Attributes
    ----------
    values : the sliders' present values by key.
    frame_for : the frame for any values; with an array for one slider, the frames of all its stops.
    """

    scenario: Scenario
    values: Values
    frame_for: Callable[[Values], Frame]

    @cached_property
    def current(self) -> Frame:
        """The frame at the sliders' present values."""
        return self.frame_for(self.values)

    def sweep(self, key: str) -> dict[str, Any]:
        """The frames of all stops of one slider, ready for JSON. Texts and patches that do not change are left out.

        Raises KeyError where the thesis does not have that input.
        """
        moved = self.frame_for({**self.values, key: self._input(key).stops()})
        return {
            "slots": {name: _packed(texts) for name, texts in moved.slots.items() if isinstance(texts, list)},
            "patches": [
                {"chart": patch.chart, "path": list(patch.path), "frames": plain(patch.value)}
                for patch, before in zip(moved.patches, self.current.patches, strict=True)
                # A value that moves has one axis more in the sweep than at rest; a list that no slider moves has not.
                if np.ndim(patch.value) > np.ndim(before.value)
            ],
        }

    def places(self) -> dict[str, dict[str, float]]:
        """What the stops of each slider follow from: its bounds, its step and its default."""
        inputs = [self._input(key) for key in self.values]
        return {each.key: {"low": each.low, "high": each.high, "step": each.step, "home": each.default}
                for each in inputs}  # fmt: skip

    def _input(self, key: str) -> NumberInput:
        each = self.scenario.inputs[key]
        assert isinstance(each, NumberInput)
        return each


def _packed(texts: list[str]) -> dict[str, Any]:
    """Texts without their common start and end. Units and currencies would otherwise be half of a sweep's size."""
    head = _shared_start(min(texts), max(texts))  # in sorted order, the first and the last share what all share
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
    """A value that JSON can hold: arrays become lists, numbers are rounded to 6 decimals, NaN becomes None."""
    if isinstance(value, np.ndarray):
        numeric = np.issubdtype(value.dtype, np.floating) and bool(np.isfinite(value).all())
        return np.round(value, 6).tolist() if numeric else plain(value.tolist())
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return round(value, 6) if np.isfinite(value) else None
    return value
