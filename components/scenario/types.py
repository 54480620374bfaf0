"""The description of an input: label, unit, bounds, step, default, and where the default comes from.

The page's slider, the link and the exports all use this one description.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.figures import Origin

DIGITS = 9  # of a value: a share may cost thousandths
NEARLY = 1e-9
Value = float | tuple[str, ...]


@dataclass(frozen=True)
class NumberInput:
    """A number that the reader may change.

    Attributes
    ----------
    key : its name in the address.
    low, high : the bounds, in `unit`. Any number between them may be typed.
    step : what its slider goes in, a round number.
    decimals : the least number of decimals shown.
    provenance : where the default comes from, as the end of a sentence.
    origin : the default's origin; None for an assumption of the dashboard.
    short : its label among others under one heading; empty where `label` serves there too.
    slides : whether it has a slider; otherwise it is only typed.
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
    short: str = ""
    slides: bool = True

    def stops(self) -> np.ndarray:
        """Where the slider's handle can stand, from low to high: all round steps, and the default as it is.

        Shape (stops,).
        """
        first, last = math.ceil(self.low / self.step - NEARLY), math.floor(self.high / self.step + NEARLY)
        round_ones = np.round(np.arange(first, last + 1) * self.step, DIGITS)
        if round_ones.size and np.min(np.abs(round_ones - self.default)) < NEARLY * self.step:
            return round_ones
        return np.sort(np.append(round_ones, self.default))

    def taken(self, value: float) -> float:
        """A typed or written value as it is kept: the default where it is as good as that, without invisible digits."""
        return self.default if abs(value - self.default) < NEARLY else round(value, DIGITS)


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
    short: str = "",
) -> NumberInput:
    """A number input whose slider stands on round steps and on the default, so that the reader can return to that.

    The bounds move inwards to the outermost round steps within them, and outwards where the default lies outside.
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
    default = round(default, decimals)
    first = min(round(math.ceil(low / step - NEARLY) * step, DIGITS), default)
    last = max(round(math.floor(high / step + NEARLY) * step, DIGITS), default)
    if not last > first:  # a slider needs two ends
        last = round(first + step, DIGITS)
    return NumberInput(key, label, unit, first, last, step, default, decimals, provenance, origin, help, short)
