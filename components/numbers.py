"""The type of a calculation's inputs and results: one number, or an array with one number per step of a slider."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

Number = float | np.ndarray
T = TypeVar("T")


def step_by_step(function: Callable[..., T], given: Sequence[Number]) -> T | list[T]:
    """What a function of single numbers gives; a list of it, one per step, where one of them is an array."""
    if not any(np.ndim(each) for each in given):
        return function(*given)
    return [function(*step) for step in zip(*(each.tolist() for each in np.broadcast_arrays(*given)), strict=True)]
