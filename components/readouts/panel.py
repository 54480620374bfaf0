"""Inputs as the browser's panel draws them: label, value, bounds, stops, and the reason of where each starts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from components import formats
from components.scenario.record import Scenario
from components.scenario.types import ChoiceInput, Input, NumberInput, Value
from data.figures import Origin


@dataclass(frozen=True)
class Group:
    """Inputs that stand together under a heading; `unit` is what all of them are in, empty where they differ."""

    title: str
    keys: Sequence[str]
    unit: str = ""


def described(groups: Sequence[Group], scenario: Scenario) -> list[dict[str, Any]]:
    """The groups with those of their inputs that the thesis has; a group without any is left out."""
    found = []
    for group in groups:
        inputs = [_entry(each, scenario.number(key), group.unit)
                  for key in group.keys if isinstance(each := scenario.inputs.get(key), NumberInput)]  # fmt: skip
        if inputs:
            found.append({"title": group.title, "unit": group.unit, "inputs": inputs})
    return found


def shown_value(each: Input, value: Value) -> str:
    """A setting as text: a number with all its decimals and a sign that belongs to it, the names of what is chosen."""
    if isinstance(each, ChoiceInput):
        assert isinstance(value, tuple)
        return ", ".join(each.options.get(name, name) for name in value) or "none"
    assert isinstance(value, (int, float))
    places = max(each.decimals, next((n for n in range(4) if abs(value - round(value, n)) < 1e-9), 4))
    return f"{formats.number(value, places)}{_unit_beside(each)}"


def panel_height(groups: Sequence[dict[str, Any]], columns: int) -> int:
    """The height of a panel on a wide screen, in pixels: what stays free for it until it is drawn."""
    heights = [28 * bool(group["title"]) + 60 * len(group["inputs"]) for group in groups]
    rows = [max(heights[start : start + columns]) for start in range(0, len(heights), columns)]
    return sum(rows) + 8 * (len(rows) - 1)


def _entry(each: NumberInput, value: float, shared_unit: str) -> dict[str, Any]:
    origin = each.origin if value == each.default else Origin.READER
    return {
        "key": each.key,
        "label": each.short or each.label,
        "name": full_label(each),
        "unit": "" if shared_unit.startswith(each.unit) else _unit_beside(each),
        "value": value,
        "low": each.low,
        "high": each.high,
        "step": each.step,
        "home": each.default,
        "decimals": each.decimals,
        "slides": each.slides,
        "origin": str(origin) if origin else "assumed",
        "reason": reason(each),
    }


def full_label(each: NumberInput) -> str:
    """The label with its unit."""
    return each.label if each.unit.lower() in each.label.lower() else f"{each.label}, {each.unit}"


def _unit_beside(each: NumberInput) -> str:
    """The sign after the value; units in words are in the label, where there is room."""
    return each.unit if each.unit in ("%", "x") else ""


def reason(each: NumberInput) -> str:
    """Why an input starts where it does, and what is to be known about it."""
    home = "The article says" if each.origin is Origin.ARTICLE else "It starts at"
    tail = each.unit if each.unit in ("%", "x") else ""
    return f"{home} {formats.number(each.default, each.decimals)}{tail}: {each.provenance}. {each.help}".strip()


def settings_said(scenario: Scenario, most: int, without: Collection[str] = ()) -> str:
    """What the reader has moved, “Base target 230, months 24 and 3 more”; empty where that is nothing."""
    said = [
        f"{scenario.inputs[key].label} {shown_value(scenario.inputs[key], value)}"
        for key, value in scenario.changed.items()
        if key not in without
    ]
    more = f" and {len(said) - most} more" if len(said) > most else ""
    return f"{', '.join(said[:most])}{more}"


NAMED = 2  # moved inputs that are named; more are counted


def moved(labels: Sequence[str], count: int) -> str:
    """How many of a page's inputs the reader has moved, and which."""
    if not labels:
        return ""
    named = f": {', '.join(label[:1].lower() + label[1:] for label in labels)}" if len(labels) <= NAMED else ""
    return f"{len(labels)} of {count} moved{named}"
