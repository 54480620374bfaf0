"""Scenarios beside each other: what is known of each, and the pieces of the table that compares them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.calculators import returns
from components.calculators.cases import CASES, Outcome
from components.scenario.record import Scenario
from components.scenario.types import Value
from data.figures import Figure, value_in
from data.scenarios import SavedScenario


@dataclass(frozen=True)
class Course:
    """The price over time, at the time when a scenario was made, and now."""

    points: Sequence[tuple[dt.date, float]]
    then: Figure
    now: Figure


@dataclass(frozen=True)
class Side:
    """One scenario beside others.

    Attributes
    ----------
    key : its id; empty for the article's own case.
    query : what a link to it holds.
    kept : the record, for one that is saved.
    problems : sentences on what could not be read of it.
    missing : the figure without which it cannot be worked out; empty where it can.
    odds : of the base target at its date, as text.
    more : results of other pages, as text.
    """

    key: str
    name: str
    day: dt.date
    query: Mapping[str, str]
    scenario: Scenario
    kept: SavedScenario | None
    problems: tuple[str, ...]
    missing: str
    start: Figure | None
    outcome: Outcome | None
    odds: str
    more: Mapping[str, str]
    course: Course | None

    @property
    def targets(self) -> tuple[float, float, float] | None:
        """Bear, base and bull, per listed share."""
        if self.outcome is None:
            return None
        bear, base, bull = (float(self.outcome.cases[case].target) for case in CASES)
        return bear, base, bull


def alike(sides: Sequence[Side], keys: Iterable[str]) -> bool:
    """Whether some settings are the same in all scenarios."""
    return all(setting(side, key) == setting(sides[0], key) for side in sides for key in keys)


def setting(side: Side, key: str) -> Value | None:
    """A setting of a scenario; None where the thesis does not have it there."""
    each = side.scenario.inputs.get(key)
    return None if each is None else side.scenario.changed.get(key, each.default)


def moved(course: Course) -> float:
    """What the price has done since, as a ratio."""
    return float(returns.upside(value_in(course.now, course.then.unit), course.then.value))


def still_to_go(side: Side, now: Figure | None) -> float | None:
    """How far the base target lies from the price now, as a ratio; None where one of them is not known."""
    return None if now is None or side.targets is None else float(returns.upside(side.targets[1], now.value))


def is_reached(side: Side, now: Figure | None) -> bool:
    """Whether the price has come to the base target, from whichever side of it the scenario started."""
    away = still_to_go(side, now)
    if away is None or now is None or side.start is None or side.targets is None:
        return False
    target, begun, price = side.targets[1], value_in(side.start, now.unit), value_in(now, now.unit)
    return begun <= target <= price or begun >= target >= price


def row(label: str, cells: list[dict[str, Any]], mark: str = "", strong: bool = False) -> dict[str, Any]:
    """A row: its name with a case's mark, and a cell for each scenario."""
    return {"label": label, "mark": mark, "strong": strong, "cells": cells}


def cell(bits: list[dict[str, Any]], detail: str = "") -> dict[str, Any]:
    """A cell of several texts beside each other."""
    return {"bits": bits, "detail": detail, "tone": "", "course": None}


def told(text: str, tone: str = "", quiet: bool = False) -> dict[str, Any]:
    """A cell of one text, which may stand for a gain or a loss."""
    return {**cell([bit(text, quiet=quiet)]), "tone": tone}


def bit(
    text: str, mark: str = "", chip: dict[str, Any] | None = None, strong: bool = False, quiet: bool = False
) -> dict[str, Any]:
    """A text within a cell: with a case\'s mark, the chip of an origin, heavier or fainter than others."""
    return {"text": text, "mark": mark, "chip": chip, "strong": strong, "quiet": quiet}
