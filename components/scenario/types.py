"""What an input is: label, unit, bounds, step, default, and where the default comes from.

A page draws its slider, the link carries it and a report prints it from this one description.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.figures import Origin

Value = float | tuple[str, ...]


@dataclass(frozen=True)
class NumberInput:
    """A number that the reader may move.

    Attributes
    ----------
    key : its name in the address.
    low, high, step : what a slider can take, in `unit`; `default` lies on a step.
    decimals : the places that it is shown with.
    provenance : where the default comes from, as the end of a sentence.
    origin : the default's origin, or None for an assumption of ours.
    """

    key: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    default: float
    decimals: int
    provenance: str
    origin: Origin | None = None
    help: str = ""

    def snap(self, value: float) -> float:
        """The nearest value on the input's own steps."""
        return round(self.low + round((value - self.low) / self.step) * self.step, 6)

    def steps(self) -> np.ndarray:
        """All values that the slider can take, low to high; shape (steps,)."""
        count = round((self.high - self.low) / self.step)
        return np.round(self.low + np.arange(count + 1) * self.step, 6)


@dataclass(frozen=True)
class ChoiceInput:
    """One of several named options, or, where `several`, any number of them, none included."""

    key: str
    label: str
    options: Mapping[str, str]
    default: tuple[str, ...]
    several: bool = False
    help: str = ""


Input = NumberInput | ChoiceInput
Inputs = Mapping[str, Input]
Choices = Mapping[str, ChoiceInput]


def number_input(
    key: str,
    label: str,
    unit: str,
    default: float,
    bounds: tuple[float, float],
    step: float,
    provenance: str,
    *,
    decimals: int = 2,
    origin: Origin | None = None,
    help: str = "",
) -> NumberInput:
    """A number input whose steps meet the default exactly, so that the article's value can be set again.

    The bounds move inwards to the outermost steps that lie within them.
    """
    default = round(default, decimals)
    low = default - np.floor((default - bounds[0]) / step + 1e-9) * step
    high = default + np.floor((bounds[1] - default) / step + 1e-9) * step
    return NumberInput(
        key, label, unit, round(float(low), 6), round(float(high), 6), step, default, decimals, provenance, origin, help
    )
