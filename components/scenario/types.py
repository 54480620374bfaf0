"""The description of an input: label, unit, bounds, step, default, and where the default comes from.

The page's slider, the link and the exports all use this one description.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.figures import Origin

DIGITS = 9  # of a step: a share may cost thousandths
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
        """The nearest value on the input's own steps."""
        return round(self.low + round((value - self.low) / self.step) * self.step, DIGITS)

    def steps(self) -> np.ndarray:
        """All values that the slider can take, from low to high; shape (steps,)."""
        count = round((self.high - self.low) / self.step)
        return np.round(self.low + np.arange(count + 1) * self.step, DIGITS)


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


MOST_STEPS = 1000
SOME_STEPS = 200
COARSE = 0.02  # how far rounding may move a default, as a share of it


def fitting_step(wanted: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is no more than `wanted`, which is above zero."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return round(max(each * power for each in (1, 2, 5) if each * power <= wanted * (1 + 1e-9)), 12)


MOST_PLACES = 3  # a converted figure has more digits than anybody knows of it


def known_places(value: float, least: int) -> int:
    """The decimals that a known value has, `least` of them and at most three: 67.678 has three, 2.0 as many as asked.

    A default that is rounded further would put every figure that is derived from it off.
    """
    return next(
        (places for places in range(least, MOST_PLACES) if abs(value - round(value, places)) < 1e-9), MOST_PLACES
    )


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

    The bounds move inwards to the outermost steps that lie within them, and outwards where the default lies outside. A
    bound of nought stays one: the step gives way to it by a little.
    Where there would be more than `MOST_STEPS` steps (each is a frame that travels), or where they are too coarse for
    the default, they become steps of 1, 2 or 5 that make some hundreds, with the decimals that these need.
    """
    low, high = min(bounds[0], default), max(bounds[1], default)
    if not high > low:
        high = low + step
    wanted = round(default, decimals)
    if (high - low) / step > MOST_STEPS or (default and abs(wanted / default - 1) > COARSE):
        span = abs(default) if default and (high - low) / step <= MOST_STEPS else high - low
        step = fitting_step(span / SOME_STEPS)
        decimals = max(decimals if step < 1 else 0, -math.floor(math.log10(step)), 0)
        if (high - low) / step > MOST_STEPS:
            low, high = max(low, default - 2 * abs(default)), min(high, default + 2 * abs(default))
    bounds = (low, high)
    default = round(default, decimals)
    if low == 0 < default and (count := round(default / step)):
        step = default / count  # nothing must stay a possible value, and so must the default
    below = max(np.floor((default - bounds[0]) / step + 1e-9), 0.0)
    above = max(np.floor((bounds[1] - default) / step + 1e-9), 0.0 if below else 1.0)  # a slider needs two ends
    first, last = default - below * step, default + above * step
    first, last = round(float(first), DIGITS), round(float(last), DIGITS)
    return NumberInput(key, label, unit, first, last, step, default, decimals, provenance, origin, help)
