"""The scenario: everything that the reader has set, as the difference from the article's case."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from components.scenario.inputs import Input, Inputs
from data.figures import Figure

Value = float | tuple[str, ...]


@dataclass(frozen=True)
class SeenMarket:
    """The market price that the reader's settings were made against."""

    price: float
    day: dt.date

    @classmethod
    def of(cls, price: Figure) -> "SeenMarket":
        """A market price as a link keeps it."""
        return cls(price.value, price.as_of)


@dataclass(frozen=True)
class Scenario:
    """What differs from the article's case, and the market price it was set against.

    `changed` never holds a value that equals its default, so an unchanged scenario is an empty one.
    """

    inputs: Inputs
    changed: Mapping[str, Value]
    seen: SeenMarket | None = None

    @classmethod
    def of_article(cls, inputs: Inputs) -> "Scenario":
        """The article's own case."""
        return cls(inputs, {})

    def number(self, key: str) -> float:
        """The value of a number input."""
        value = self.changed.get(key, self._input(key).default)
        assert isinstance(value, (int, float))
        return float(value)

    def choices(self, key: str) -> tuple[str, ...]:
        """The chosen options of a choice input."""
        value = self.changed.get(key, self._input(key).default)
        assert isinstance(value, tuple)
        return value

    def choice(self, key: str) -> str:
        """The one chosen option of a choice input."""
        return self.choices(key)[0]

    def has(self, key: str) -> bool:
        """Whether the thesis has this input at all."""
        return key in self.inputs

    def set(self, key: str, value: Value, market: SeenMarket | None = None) -> "Scenario":
        """A scenario with one input changed; the market price seen at the first change is kept."""
        changed = {name: kept for name, kept in self.changed.items() if name != key}
        if value != self._input(key).default:
            changed[key] = value
        return replace(self, changed=changed, seen=(self.seen or market) if changed else None)

    def against(self, market: SeenMarket) -> "Scenario":
        """The same settings against another market price."""
        return replace(self, seen=market if self.changed else None)

    def _input(self, key: str) -> Input:
        return self.inputs[key]
