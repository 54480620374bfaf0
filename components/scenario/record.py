"""The scenario: everything that the reader has set, as the difference from the article's case.

The view is apart from it: what the reader looks at (a filter, an open claim) is no part of what he believes.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from components.scenario.types import Choices, Input, Inputs, Value
from data.figures import Figure


@dataclass(frozen=True)
class PriceReference:
    """The market price that the reader's settings were made against, in the listing's currency per listed share."""

    price: float
    day: dt.date

    @classmethod
    def of(cls, price: Figure) -> "PriceReference":
        """A market price as a link keeps it."""
        return cls(price.value, price.as_of)


@dataclass(frozen=True)
class Scenario:
    """What differs from the article's case, and the market price it was set against.

    `changed` never holds a value that equals its default, so an unchanged scenario is an empty one.
    """

    inputs: Inputs
    changed: Mapping[str, Value]
    reference: PriceReference | None = None

    @classmethod
    def of_article(cls, inputs: Inputs) -> "Scenario":
        """The article's own case."""
        return cls(inputs, {})

    def number(self, key: str) -> float:
        """The value of a number input."""
        value = self.changed.get(key, self._input(key).default)
        assert isinstance(value, (int, float))
        return float(value)

    def choice(self, key: str) -> str:
        """The chosen option of a choice input."""
        value = self.changed.get(key, self._input(key).default)
        assert isinstance(value, tuple)
        return value[0]

    def has(self, key: str) -> bool:
        """Whether the thesis has this input at all."""
        return key in self.inputs

    def set(self, key: str, value: Value, market: PriceReference | None = None) -> "Scenario":
        """A scenario with one input changed; the market price at the first change is kept."""
        changed = {name: kept for name, kept in self.changed.items() if name != key}
        if value != self._input(key).default:
            changed[key] = value
        return replace(self, changed=changed, reference=(self.reference or market) if changed else None)

    def against(self, market: PriceReference) -> "Scenario":
        """The same settings against another market price."""
        return replace(self, reference=market if self.changed else None)

    def _input(self, key: str) -> Input:
        return self.inputs[key]


@dataclass(frozen=True)
class View:
    """What the reader looks at: filters, an open claim, chosen segments, the axes of a grid."""

    choices: Choices
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self, key: str) -> tuple[str, ...]:
        """The chosen options."""
        return self.chosen.get(key, self.choices[key].default)

    def one(self, key: str) -> str:
        """The chosen option of a choice of one."""
        return self.all(key)[0]

    def set(self, key: str, chosen: tuple[str, ...]) -> "View":
        """A view with one choice changed; a default is not kept."""
        others = {name: kept for name, kept in self.chosen.items() if name != key}
        return replace(self, chosen=others if chosen == self.choices[key].default else {**others, key: chosen})
