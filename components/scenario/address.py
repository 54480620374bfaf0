"""Writes scenario and view into an address, and reads them back.

Each parameter has the name of its input, so that a reader can understand the link: `?v=3&bull_target=230&price=113.24&
price_day=2026-09-04`. A list is one line of CSV, so its items may contain commas and it may be empty. A number is
written with all its digits. `migrations` updates links of older versions. A parameter that cannot be read is ignored,
with a sentence that says so; the others are kept.
"""

import csv
import datetime as dt
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from components.scenario.migrations import VERSION, migrate
from components.scenario.record import PriceReference, Scenario, View
from components.scenario.types import ChoiceInput, Choices, Inputs, NumberInput, Value

PRICES = (1e-6, 1e9)  # of a listed share, in any currency
FIRST_DAY = dt.date(1970, 1, 1)
_RESERVED = ("v", "price", "price_day", "thesis")


class AddressProblem(ValueError):
    """One parameter of an address cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Reading:
    """What an address says.

    Attributes
    ----------
    problems : one sentence for each part that could not be used.
    """

    scenario: Scenario
    view: View
    problems: tuple[str, ...]


def write_address(scenario: Scenario, view: View, thesis: str = "", pinned: Iterable[str] = ()) -> dict[str, str]:
    """The query parameters for settings and view; empty for the article's own case in its default view.

    `pinned` inputs are written beside others even where they have their defaults, because these change with the market.
    Wherever another parameter is written, `thesis` is too, so that a link cannot come to mean another thesis.
    """
    kept = {key: scenario.inputs[key].default for key in pinned if scenario.has(key)} if scenario.reference else {}
    query = {key: _written(value) for key, value in {**kept, **scenario.changed, **view.chosen}.items()}
    if not query and scenario.reference is None:
        return {}
    query = {"v": str(VERSION), **query}
    if scenario.reference is not None:
        query |= write_reference(scenario.reference)
    return query | ({"thesis": thesis} if thesis else {})


def write_reference(reference: PriceReference) -> dict[str, str]:
    """The query parameters for the market price that the settings were made at."""
    return {"price": _digits(reference.price), "price_day": reference.day.isoformat()}


def read_address(query: Mapping[str, str], inputs: Inputs, choices: Choices, today: dt.date = dt.date.max) -> Reading:
    """What an address says of these inputs and choices; a market price of a day after `today` is not believed."""
    current, problems = migrate(query)
    changed: dict[str, Value] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    for key, text in current.items():
        if key in _RESERVED:
            continue
        try:
            if key in choices:
                options = _read_choice(choices[key], text)
                if options != choices[key].default:
                    chosen[key] = options
                continue
            value = _read_value(key, text, inputs)
        except AddressProblem as problem:
            problems.append(str(problem))
            continue
        if value != inputs[key].default:
            changed[key] = value
    reference = None
    try:
        reference = _read_reference(current, today)
    except AddressProblem as problem:
        problems.append(str(problem))
    scenario = Scenario(inputs, changed, reference)
    return Reading(scenario, View(choices, chosen), tuple(problems))


def _written(value: Value) -> str:
    return _line(value) if isinstance(value, tuple) else _digits(value)


def _digits(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return repr(float(value)).removesuffix(".0")


def _line(items: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(items)
    return text.getvalue()


def _items(text: str) -> list[str]:
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error:
        return [text]  # not CSV; `_read_choice` then reports it as no valid choice


def _read_value(key: str, text: str, inputs: Inputs) -> Value:
    if key not in inputs:
        raise AddressProblem(f"The link sets “{key[:40]}”, which this dashboard does not have. It was left out.")
    each = inputs[key]
    return _read_choice(each, text) if isinstance(each, ChoiceInput) else _read_number(each, text)


def _read_choice(each: ChoiceInput, text: str) -> tuple[str, ...]:
    items = _items(text)
    chosen = tuple(option for option in each.options if option in items)
    fits = len(chosen) == len(set(items)) if each.several else len(chosen) == 1
    if (not chosen and items) or not fits:
        options = f" ({', '.join(each.options)})" if len(each.options) <= 6 else ""
        raise AddressProblem(f"“{text[:40]}” is no choice for “{each.label}”{options}. It was left out.")
    return chosen


def _read_number(each: NumberInput, text: str) -> float:
    stays = f"It stays at {each.default:g}."
    try:
        value = float(text)
    except ValueError:
        raise AddressProblem(f"“{text[:40]}” is no number for “{each.label}”. {stays}") from None
    if not math.isfinite(value) or not each.low <= value <= each.high:
        raise AddressProblem(f"“{text[:40]}” lies outside {each.low:g} to {each.high:g} for “{each.label}”. {stays}")
    return each.taken(value)


def _read_reference(query: Mapping[str, str], today: dt.date) -> PriceReference | None:
    if "price" not in query and "price_day" not in query:
        return None
    try:
        price, day = float(query["price"]), dt.date.fromisoformat(query["price_day"])
    except (KeyError, ValueError):
        raise AddressProblem("The link’s market price cannot be read; today’s is used.") from None
    if not math.isfinite(price) or price <= 0:
        raise AddressProblem("The link’s market price is not a positive number; today’s is used.")
    if not PRICES[0] <= price <= PRICES[1]:
        raise AddressProblem(f"The link’s market price of {price:g} is no price of a share; today’s is used.")
    # A sender's clock may be a day ahead of the server's.
    if not FIRST_DAY <= day <= today and (day - today).days != 1:
        raise AddressProblem(f"The link’s market price is of {day.isoformat()}, which cannot be; today’s is used.")
    return PriceReference(price, day)
