"""The growth model of the valuation page, at the reader's settings: value, and implied growth."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from components import formats
from components.calculators import implied_growth
from components.charts import valuation as charts
from components.charts.chart import Chart
from components.numbers import step_by_step
from components.readouts import valuation as texts
from components.scenario.inputs.valuation import MODEL
from components.scenario.sweep import FigurePatch
from data.figures import Figure

CURVE = (-0.2, 0.5)  # the growths, as ratios, over which the model's value is drawn


def said(values: Mapping[str, Any], eps: float | None, currency: str) -> dict[str, Any]:
    """The reader's growth and the value at it, as slots; without known earnings there is no value."""
    growth = {"model_growth": formats.percent1(np.divide(values["model_growth"], 100))}
    return growth if eps is None else {**growth, "model_value": formats.money(worth(eps, values), currency)}


def chart(price: Figure, currency: str) -> Chart:
    """The model's value by growth, beside the price; the curve comes as patches."""
    return charts.growth_chart(price.value, *CURVE, currency, f"Two-stage model; price: {price.source}.")


def patches(eps: float, values: Mapping[str, Any]) -> list[FigurePatch]:
    """The curve of the chart, and the reader's own point on it."""
    curve = worth(eps, {**values, "model_growth": charts.growth_axis(*CURVE) * 100}, over_growth=True)
    return charts.growth_patches(curve, np.divide(values["model_growth"], 100), worth(eps, values))


def worth(eps: float, values: Mapping[str, Any], over_growth: bool = False) -> Any:
    """The model's value; `over_growth`, at each growth of an array on a last axis of its own."""
    rates = {key: np.asarray(values[key], dtype=float) for key in MODEL}
    if over_growth:
        rates = {key: each if key == MODEL[0] else each[..., np.newaxis] for key, each in rates.items()}
    growth, years, discount, terminal, roic = rates.values()
    return implied_growth.value(eps, growth / 100, years, discount / 100, terminal / 100, roic / 100)


def implied(values: Mapping[str, Any], eps: float | None, price: float) -> Any:
    """The growth that the price implies, as text; a list of texts while a slider moves."""
    if eps is None:
        return "a growth that cannot be told: earnings are not known"
    given = [values[key] for key in MODEL[1:]]

    def found(years: float, *rates: float) -> str:
        return texts.growth(implied_growth.implied(price, eps, years, *(rate / 100 for rate in rates)), rates[-1] / 100)

    return step_by_step(found, given)
