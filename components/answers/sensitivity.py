"""How the sum of the parts reacts to its inputs: to one at a time, to all at once, and to any two on a grid."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from components.answers.answer import Asked
from components.calculators import sensitivity
from components.calculators.cases import CASES
from components.calculators.parts import Adjustments, total
from components.calculators.valuation_case import ValuationFacts
from components.charts import valuation as charts
from components.charts.chart import Chart
from components.readouts import valuation as texts
from components.scenario.inputs.upside import TARGETS
from components.scenario.inputs.valuation import multiple_key
from components.scenario.types import NumberInput

ADJUSTMENT_NAMES = {"net_cash": "Net cash", "new_money": "New money", "stakes": "Stakes"}
STEPS = 9  # the most values on each axis of the grid


@dataclass(frozen=True)
class Sensitivity:
    """The sum of the parts as a function of its inputs, around the reader's settings."""

    asked: Asked
    facts: ValuationFacts
    adjustments: Adjustments
    source: str

    @property
    def unit(self) -> str:
        return self.facts.price.unit.text

    @property
    def swing(self) -> float:
        """How far each input moves, as a ratio of its own value."""
        return self.asked.scenario.number("swing") / 100

    def tornado_chart(self) -> Chart:
        """The value with one input lower, then higher, and all others unchanged."""
        inputs, names = self._inputs(), self._names()
        swings = sensitivity.tornado(self._value, inputs, self.swing)
        low, high = sorted((swings[0].low, swings[0].high))
        title = f"{names[swings[0].key]} moves the value most: {low:,.0f} to {high:,.0f}"
        measure = f"Value with one input {self.swing:.0%} lower and higher, {self.unit}"
        centre = float(self._value(inputs))
        return charts.tornado_chart(swings, names, centre, title, measure, self.source)

    def histogram_chart(self) -> Chart:
        """The distribution of the value when all inputs are drawn at random, independently of each other."""
        draws = sensitivity.simulate(self._value, self._inputs(), self.swing)
        price = self.facts.price.value
        targets = {case: self.asked.scenario.number(TARGETS[case]) for case in CASES}
        above = texts.share(sensitivity.share_above(draws, price))
        shares = ", ".join(
            f"{name} {texts.share(sensitivity.share_above(draws, target))}" for name, target in targets.items()
        )
        title = f"Above the price lie {above} of the draws; above the targets: {shares}"
        measure = (
            f"Share of {len(draws):,} draws by value, {self.unit}; every input drawn by itself within ±{self.swing:.0%}"
        )
        histogram = sensitivity.histogram(draws)
        return charts.histogram_chart(histogram, price, targets, title, measure, self.source)

    def grid_chart(self) -> Chart | None:
        """The value at each pair of values of the two chosen inputs; None where both are the same input."""
        across, down = (self.asked.view.one(key) for key in ("grid_across", "grid_down"))
        if across == down:
            return None
        axes = [self._axis(key) for key in (across, down)]
        columns, rows = np.meshgrid(axes[0][1], axes[1][1])
        worth = np.asarray(self._value({**self._inputs(), across: columns, down: rows}))
        price = self.facts.price.value
        title = f"The value runs from {np.min(worth):,.0f} to {np.max(worth):,.0f} over these two inputs"
        measure = f"Value in {self.unit}; green lies above the price of {price:,.2f}, orange below"
        return charts.value_grid(axes[0], axes[1], worth, price, title, measure, self.source)

    def _inputs(self) -> dict[str, float]:
        """The inputs at the reader's values. Net cash, new money and stakes are absent where zero or unknown."""
        scenario = self.asked.scenario
        keys = [*(multiple_key(each.part) for each in self.facts.parts), "holding_discount"]
        added = {key: getattr(self.adjustments, key) for key in ADJUSTMENT_NAMES}
        return {key: scenario.number(key) for key in keys} | {key: float(each) for key, each in added.items() if each}

    def _names(self) -> dict[str, str]:
        parts = {multiple_key(each.part): each.part.name for each in self.facts.parts}
        discount = {"holding_discount": self.asked.scenario.inputs["holding_discount"].label}
        return {**parts, **discount, **ADJUSTMENT_NAMES}

    def _value(self, values: Mapping[str, Any]) -> Any:
        """Value per listed share."""
        multiples = {each.part: values[multiple_key(each.part)] for each in self.facts.parts}
        added = Adjustments(values.get("net_cash"), values.get("new_money", 0.0), values.get("stakes", 0.0))
        worth = total(multiples, added, np.divide(values["holding_discount"], 100))
        return self.facts.per_share_conversion.per_share(worth)

    def _axis(self, key: str) -> tuple[str, np.ndarray]:
        """An input's label, and the values on its axis.

        They are at most STEPS multiples of the input's step, up to about 80 % on either side of the reader's value, and
        within the input's bounds.
        """
        each, centre = self.asked.scenario.inputs[key], self.asked.scenario.number(key)
        assert isinstance(each, NumberInput)
        reach = max(centre, each.step * 4) * 0.8
        low, high = max(each.low, centre - reach), min(each.high, centre + reach)
        return f"{each.label}, {each.unit}", np.unique(np.round(np.linspace(low, high, STEPS) / each.step) * each.step)
