"""How a value reacts to its inputs: tornado and simulation.

The tornado moves one input at a time, by the same percentage of its own value. The simulation draws all inputs at once,
each from a triangular distribution around its present value (Law, Simulation Modeling and Analysis: the usual choice
where only a range and a best guess are known), and the earnings of each business from its quarters known. The random
numbers are seeded, so that the same inputs give the same picture. Draws are independent, which understates the spread
where inputs move together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Value = Callable[[Mapping[str, float | np.ndarray]], float | np.ndarray]
DRAWS = 100_000
SEED = 20260101


@dataclass(frozen=True)
class Swing:
    """The value with one input lower (`low`) and higher (`high`)."""

    key: str
    low: float
    high: float

    @property
    def width(self) -> float:
        return abs(self.high - self.low)


def tornado(value: Value, inputs: Mapping[str, float], swing: float) -> list[Swing]:
    """The value with each input at (1 - swing) and (1 + swing) times itself, the others unchanged; widest first.

    `swing` is a ratio.
    """
    swings = []
    for key, centre in inputs.items():
        low, high = (float(value({**inputs, key: centre * factor})) for factor in (1 - swing, 1 + swing))
        swings.append(Swing(key, low, high))
    return sorted(swings, key=lambda each: -each.width)


def simulate(
    value: Value,
    inputs: Mapping[str, float],
    spread: float,
    earned: Mapping[str, Sequence[float]] | None = None,
    draws: int = DRAWS,
) -> np.ndarray:
    """The value in `draws` random draws; shape (draws,).

    Each of `inputs` has a triangular distribution from `spread` (a ratio of itself) below its present value to as much
    above. Each of `earned` is a year made of quarters drawn from those known; `value` is handed by how much that year
    differs from the one known, under the same key. One quarter alone has no spread: it is drawn as the inputs are.
    """
    generator = np.random.default_rng(SEED)
    drawn: dict[str, float | np.ndarray] = {}
    for key, centre in inputs.items():
        reach = abs(centre) * spread
        drawn[key] = generator.triangular(centre - reach, centre, centre + reach, draws) if reach > 0 else centre
    for key, quarters in (earned or {}).items():
        if len(quarters) > 1:
            drawn[key] = year_apart(quarters, generator, draws)
        elif (reach := abs(quarters[0]) * spread) > 0:
            drawn[key] = generator.triangular(-reach, 0, reach, draws)
    return np.broadcast_to(np.asarray(value(drawn), dtype=float), (draws,))


def year_apart(quarters: Sequence[float], generator: np.random.Generator, draws: int) -> np.ndarray:
    """By how much a year of four quarters drawn from those known differs from their mean; shape (draws,).

    The quarters are yearly rates. Drawing them with replacement (the bootstrap of Efron) takes their spread as that of
    the years to come; it knows nothing of a trend.
    """
    known = np.asarray(quarters, dtype=float)
    return known[generator.integers(0, known.size, (draws, 4))].mean(axis=1) - known.mean()


def share_above(values: np.ndarray, level: float) -> float:
    """The share of the draws above a level, from 0 to 1."""
    return float(np.mean(values > level))


@dataclass(frozen=True)
class Histogram:
    """The middle of each bin, and the share of all draws in it."""

    middles: tuple[float, ...]
    shares: tuple[float, ...]


def histogram(values: np.ndarray, bins: int = 60) -> Histogram:
    """The draws in bins of equal width, from their 0.2th to their 99.8th percentile.

    Draws beyond are not shown but count in the total, so the shares add up to slightly less than one.
    """
    low, high = np.percentile(values, [0.2, 99.8])
    counts, edges = np.histogram(values, bins=bins, range=(float(low), float(high)))
    middles = (edges[:-1] + edges[1:]) / 2
    return Histogram(tuple(np.round(middles, 2).tolist()), tuple(np.round(counts / values.size, 6).tolist()))
