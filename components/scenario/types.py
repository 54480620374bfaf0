"""The description of an input: label, unit, bounds, step, default, and where the default comes from.

The page's slider, the link and the exports all use this one description.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.figures import Origin

Value = float | tuple[str, ...]


@dataclass(frozen=True)
class NumberInput:
    """A number that the reader may change.

    Attributes
    ----------
    key : its name in the address.
    low, high, step : the bounds and the step of its slider, in `unit`; `default` lies on a step.
    decimals : the number of decimals shown.
    provenance : where the default comes from, as the end of a sentence.
    origin : the default's origin; None for an assumption of the dashboard.
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
        """The nearest value on a step of the input. Bounds are not checked."""
        return round(self.low + round((value - self.low) / self.step) * self.step, 6)

    def steps(self) -> np.ndarray:
        """All values that the slider can take, from low to high; shape (steps,)."""
        count = round((self.high - self.low) / self.step)
        return np.round(self.low + np.arange(count + 1) * self.step, 6)


@dataclass(frozen=True)
class ChoiceInput:
    """A choice of one named option or, with `several`, of any number of them, even none.

    Attributes
    ----------
    options : the label of each option, by its name in the address.
    default : the options chosen at first.
    """

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
    """A number input with a step exactly on the default, so that the reader can return to the article's value.

    `bounds` narrow to the outermost steps inside them.
    """
    default = round(default, decimals)
    low = default - np.floor((default - bounds[0]) / step + 1e-9) * step
    high = default + np.floor((bounds[1] - default) / step + 1e-9) * step
    return NumberInput(
        key, label, unit, round(float(low), 6), round(float(high), 6), step, default, decimals, provenance, origin, help
    )
