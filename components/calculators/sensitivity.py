"""How a value answers to its inputs: tornado and simulation.

The tornado moves one input at a time by the same share of itself. The simulation draws every input at once from a
triangle between the reader's low and high with its peak at the present value (Law, Simulation Modeling and Analysis:
the usual choice where only a range and a best guess are known). Draws are seeded, so the same ranges give the same
picture, and independent, which understates the spread where inputs move together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

Value = Callable[[Mapping[str, float | np.ndarray]], float | np.ndarray]
DRAWS = 100_000
SEED = 20260101


@dataclass(frozen=True)
class Swing:
    """What the value becomes with one input lower and higher."""

    key: str
    low: float
    high: float

    @property
    def width(self) -> float:
        return abs(self.high - self.low)


def tornado(value: Value, inputs: Mapping[str, float], swing: float) -> list[Swing]:
    """Each input at (1 - swing) and (1 + swing) of itself, the others where they are; widest first."""
    swings = []
    for key, centre in inputs.items():
        low, high = (float(value({**inputs, key: centre * factor})) for factor in (1 - swing, 1 + swing))
        swings.append(Swing(key, low, high))
    return sorted(swings, key=lambda each: -each.width)


def simulate(value: Value, inputs: Mapping[str, float], spread: float, draws: int = DRAWS) -> np.ndarray:
    """Values of `draws` draws, each input from a triangle of plus and minus `spread` of itself."""
    generator = np.random.default_rng(SEED)
    drawn: dict[str, float | np.ndarray] = {}
    for key, centre in inputs.items():
        reach = abs(centre) * spread
        drawn[key] = generator.triangular(centre - reach, centre, centre + reach, draws) if reach > 0 else centre
    return np.broadcast_to(np.asarray(value(drawn), dtype=float), (draws,))


def share_above(values: np.ndarray, level: float) -> float:
    """Share of the draws above a level."""
    return float(np.mean(values > level))


@dataclass(frozen=True)
class Histogram:
    """Shares of the draws by value: middles of the bins, and the share in each."""

    middles: tuple[float, ...]
    shares: tuple[float, ...]


def histogram(values: np.ndarray, bins: int = 60) -> Histogram:
    """The draws in bins of one width, from their 0.2th to their 99.8th percentile; what lies beyond is left out."""
    low, high = np.percentile(values, [0.2, 99.8])
    counts, edges = np.histogram(values, bins=bins, range=(float(low), float(high)))
    middles = (edges[:-1] + edges[1:]) / 2
    return Histogram(tuple(np.round(middles, 2).tolist()), tuple(np.round(counts / values.size, 6).tolist()))
