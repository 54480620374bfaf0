"""The scenario: everything that the reader has set, stored as differences from the article's case.

The view is separate: what the reader looks at (a filter, an open claim) is no assumption of his.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from components.scenario.types import Choices, Input, Inputs, Value
from data.figures import Figure


@dataclass(frozen=True)
class PriceReference:
    """The market price at which the reader made his settings, in the listing's currency per listed share."""

    price: float
    day: dt.date

    @classmethod
    def of(cls, price: Figure) -> "PriceReference":
        """The reference for a market price."""
        return cls(price.value, price.as_of)


@dataclass(frozen=True)
class Scenario:
    """The reader's settings.

    Attributes
    ----------
    inputs : all inputs that the thesis has.
    changed : the values that differ from their defaults; empty for the article's own case.
    reference : the market price at which they were set, or the link was made; None where the reader has set nothing
        and came by no such link, or no price was known.
    """

    inputs: Inputs
    changed: Mapping[str, Value]
    reference: PriceReference | None = None

    @classmethod
    def of_article(cls, inputs: Inputs) -> "Scenario":
        """The article's own case."""
        return cls(inputs, {})

    def number(self, key: str) -> float:
        """The value of a number input. Raises KeyError where the thesis does not have it."""
        value = self.changed.get(key, self._input(key).default)
        assert isinstance(value, (int, float))
        return float(value)

    def choice(self, key: str) -> str:
        """The option chosen for a choice input. Raises KeyError where the thesis does not have it."""
        value = self.changed.get(key, self._input(key).default)
        assert isinstance(value, tuple)
        return value[0]

    def options(self, key: str) -> tuple[str, ...]:
        """The options chosen for a choice of several. Raises KeyError where the thesis does not have it."""
        value = self.changed.get(key, self._input(key).default)
        assert isinstance(value, tuple)
        return value

    def has(self, key: str) -> bool:
        """Whether the thesis has this input."""
        return key in self.inputs

    def set(self, key: str, value: Value, market: PriceReference | None = None) -> "Scenario":
        """The scenario with one input changed.

        `market` is today's price; it is kept only if the scenario has no price from an earlier change. Raises KeyError
        where the thesis does not have the input.
        """
        changed = {name: kept for name, kept in self.changed.items() if name != key}
        if value != self._input(key).default:
            changed[key] = value
        return replace(self, changed=changed, reference=(self.reference or market) if changed else None)

    def pinned(self, market: PriceReference | None) -> "Scenario":
        """The same settings at a market price that stays with them, as a link needs it."""
        return replace(self, reference=self.reference or market)

    def against(self, market: PriceReference) -> "Scenario":
        """The same settings with another market price as their reference."""
        return replace(self, reference=market if self.changed else None)

    def back(self, keys: Collection[str]) -> "Scenario":
        """The scenario with these inputs back at their defaults."""
        changed = {key: value for key, value in self.changed.items() if key not in keys}
        return replace(self, changed=changed, reference=self.reference if changed else None)

    def _input(self, key: str) -> Input:
        return self.inputs[key]


@dataclass(frozen=True)
class View:
    """What the reader looks at: filters, an open claim, chosen segments, the axes of a grid."""

    choices: Choices
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self, key: str) -> tuple[str, ...]:
        """All options chosen. Raises KeyError where the thesis does not have this choice."""
        return self.chosen.get(key, self.choices[key].default)

    def one(self, key: str) -> str:
        """The option chosen, where only one can be. Raises KeyError where the thesis does not have this choice."""
        return self.all(key)[0]

    def set(self, key: str, chosen: tuple[str, ...]) -> "View":
        """The view with one choice changed. A default is not stored."""
        others = {name: kept for name, kept in self.chosen.items() if name != key}
        return replace(self, chosen=others if chosen == self.choices[key].default else {**others, key: chosen})
