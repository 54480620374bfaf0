"""The scenario as the address carries it, and back.

Every parameter bears the input's own name, so that a link can be read: `?v=1&bull_target=230&price=113.24&
price_day=2026-09-04`. What cannot be read is left out with a sentence; the rest is kept.
"""

import datetime as dt
import math
from collections.abc import Mapping

from components.scenario.inputs import ChoiceInput, Inputs, NumberInput
from components.scenario.record import Scenario, SeenMarket, Value

VERSION = 1
_RESERVED = ("v", "price", "price_day", "thesis")


class LinkProblem(ValueError):
    """One parameter of a link cannot be used; the message says which and why."""


def write_link(scenario: Scenario) -> dict[str, str]:
    """The query parameters of a scenario; none for the article's own case."""
    if not scenario.changed:
        return {}
    query = {"v": str(VERSION)}
    for key, value in scenario.changed.items():
        query[key] = ",".join(value) if isinstance(value, tuple) else f"{value:.10g}"
    return query | (write_price(scenario.seen) if scenario.seen is not None else {})


def write_price(seen: SeenMarket) -> dict[str, str]:
    """The part of a link that says which market price it was made on."""
    return {"v": str(VERSION), "price": f"{seen.price:.10g}", "price_day": seen.day.isoformat()}


def read_link(query: Mapping[str, str], inputs: Inputs) -> tuple[Scenario, list[str]]:
    """The scenario of a link, and a sentence for each part of it that could not be used."""
    problems: list[str] = []
    changed: dict[str, Value] = {}
    if query.get("v", str(VERSION)) != str(VERSION):
        problems.append(f"This link is of version “{query['v'][:20]}”; this dashboard reads version {VERSION}.")
    for key, text in query.items():
        if key in _RESERVED:
            continue
        try:
            value = _read_value(key, text, inputs)
        except LinkProblem as problem:
            problems.append(str(problem))
            continue
        if value != inputs[key].default:
            changed[key] = value
    seen = None
    try:
        seen = _read_seen(query)
    except LinkProblem as problem:
        problems.append(str(problem))
    return Scenario(inputs, changed, seen if changed else None), problems


def _read_value(key: str, text: str, inputs: Inputs) -> Value:
    if key not in inputs:
        raise LinkProblem(f"The link sets “{key[:40]}”, which this dashboard does not have. It was left out.")
    each = inputs[key]
    return _read_choice(each, text) if isinstance(each, ChoiceInput) else _read_number(each, text)


def _read_choice(each: ChoiceInput, text: str) -> tuple[str, ...]:
    chosen = tuple(option for option in each.options if option in text.split(","))
    if not chosen or (len(chosen) > 1 and not each.several):
        options = f" ({', '.join(each.options)})" if len(each.options) <= 6 else ""
        raise LinkProblem(f"“{text[:40]}” is no choice for “{each.label}”{options}. It was left out.")
    return chosen


def _read_number(each: NumberInput, text: str) -> float:
    stays = f"It stays at {each.default:g}."
    try:
        value = float(text)
    except ValueError:
        raise LinkProblem(f"“{text[:40]}” is no number for “{each.label}”. {stays}") from None
    if not math.isfinite(value) or not each.low <= value <= each.high:
        raise LinkProblem(f"“{text[:40]}” lies outside {each.low:g} to {each.high:g} for “{each.label}”. {stays}")
    return each.snap(value)


def _read_seen(query: Mapping[str, str]) -> SeenMarket | None:
    if "price" not in query and "price_day" not in query:
        return None
    try:
        price, day = float(query["price"]), dt.date.fromisoformat(query["price_day"])
    except (KeyError, ValueError):
        raise LinkProblem("The link’s market price cannot be read; today’s is used.") from None
    if not math.isfinite(price) or price <= 0:
        raise LinkProblem("The link’s market price is not a positive number; today’s is used.")
    return SeenMarket(price, day)
