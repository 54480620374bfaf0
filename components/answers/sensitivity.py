"""How the sum of the parts reacts to its inputs: to one at a time, to all at once, and to any two on a grid."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from components import formats
from components.answers.answer import Asked
from components.answers.sum_of_parts import SumOfParts
from components.calculators import sensitivity
from components.calculators.cases import CASES
from components.charts import sensitivity as charts
from components.charts.chart import Chart
from components.readouts import valuation as texts
from components.scenario.inputs.upside import TARGETS
from components.scenario.inputs.valuation import multiple_key
from components.scenario.types import NumberInput

ADDED = {"net_cash": "Net cash", "since": "Cash since then", "new_money": "Capital raised", "stakes": "Stakes"}
STEPS = 9  # the most values on each axis of the grid


@dataclass(frozen=True)
class Sensitivity:
    """The sum of the parts as a function of its inputs, around the reader's settings."""

    asked: Asked
    summed: SumOfParts
    source: str

    @property
    def unit(self) -> str:
        return self.summed.facts.price.unit.text

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
        measure = f"{self.unit}, with one input {self.swing:.0%} lower (hollow) and higher (filled)"
        centre = float(self._value(inputs))
        return charts.tornado_chart(swings, names, centre, self.summed.facts.price.value, title, measure, self.source)

    def histogram_chart(self) -> Chart:
        """The distribution of the value when all inputs and the earnings are drawn, independently of each other."""
        drawn = sensitivity.simulate(self._value, self._inputs(), self.swing, self._earned())
        price = self.summed.facts.price.value
        targets = {case: self.asked.scenario.number(TARGETS[case]) for case in CASES}
        low, middle, high = np.percentile(drawn, [5, 50, 95])
        above = formats.capitalised(texts.share(sensitivity.share_above(drawn, price)))
        title = f"{above} of simulations exceed the price of {price:,.2f}"
        measure = (
            f"{len(drawn):,} simulations by value, {self.unit}: nine of ten between {low:,.0f} and {high:,.0f}, half "
            f"below {middle:,.0f}. Each input within ±{self.swing:.0%}, earnings from the quarters known"
        )
        return charts.histogram_chart(sensitivity.histogram(drawn), price, targets, title, measure, self.source)

    def grid_chart(self) -> Chart | None:
        """The value at each pair of values of the two chosen inputs; None where both are the same input."""
        across, down = (self.asked.view.one(key) for key in ("grid_across", "grid_down"))
        if across == down:
            return None
        axes = [self._axis(key) for key in (across, down)]
        columns, rows = np.meshgrid(axes[0][1], axes[1][1])
        worth = np.asarray(self._value({**self._inputs(), across: columns, down: rows}))
        price = self.summed.facts.price.value
        title = f"The value runs from {np.min(worth):,.0f} to {np.max(worth):,.0f} over these two inputs"
        measure = f"{self.unit}; coloured by its distance from the price of {price:,.2f}"
        return charts.value_grid(axes[0], axes[1], worth, price, title, measure, self.source)

    def _inputs(self) -> dict[str, float]:
        """The inputs at the reader's values. What is added is absent where it is zero or not known."""
        scenario = self.asked.scenario
        keys = [*(multiple_key(part) for part in self.summed.parts), "holding_discount"]
        keys += ["loss_years"] if scenario.has("loss_years") else []
        added = {key: getattr(self.summed.adjustments, key) for key in ADDED}
        return {key: scenario.number(key) for key in keys} | {key: float(each) for key, each in added.items() if each}

    def _names(self) -> dict[str, str]:
        names = {multiple_key(part): part.name for part in self.summed.parts}
        inputs = self.asked.scenario.inputs
        labels = {key: inputs[key].label for key in ("holding_discount", "loss_years") if key in inputs}
        return {**names, **labels, **ADDED}

    def _earned(self) -> dict[str, tuple[float, ...]]:
        """The quarters from which each business's year is drawn."""
        found: dict[str, tuple[float, ...]] = {}
        for each in self.summed.facts.parts:
            found[f"measured_{each.case.family}"] = each.measured.known
            if each.earnings is not None:
                found[f"earned_{each.case.family}"] = each.earnings.known
        return found

    def _value(self, values: Mapping[str, Any]) -> Any:
        """Value per listed share, with the years of the businesses as drawn where `values` holds any."""
        years = values.get("loss_years", 0.0)
        worths = []
        for part in self.summed.parts:
            apart = values.get(f"measured_{part.key}", 0.0)
            less = values.get(f"earned_{part.key}", 0.0)
            loss = np.maximum(part.loss - less, 0.0) if part.loss else 0.0  # earnings above the year's are less loss
            worths.append((part.basis + apart) * values[multiple_key(part)] - loss * years)
        discount = np.minimum(np.divide(values["holding_discount"], 100), 1.0)
        kept = sum(worths) * (1 - discount)
        return self.summed.facts.per_share_conversion.per_share(kept + sum(values.get(key, 0.0) for key in ADDED))

    def _axis(self, key: str) -> tuple[str, np.ndarray]:
        """An input's label, and the values on its axis.

        They are at most STEPS multiples of the input's step, up to about 80% on either side of the reader's value, and
        within the input's bounds.
        """
        each, centre = self.asked.scenario.inputs[key], self.asked.scenario.number(key)
        assert isinstance(each, NumberInput)
        reach = max(centre, each.step * 4) * 0.8
        low, high = max(each.low, centre - reach), min(each.high, centre + reach)
        return f"{each.label}, {each.unit}", np.unique(np.round(np.linspace(low, high, STEPS) / each.step) * each.step)
