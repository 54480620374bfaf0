"""Texts of the page of scenarios: what differs, what comes of it, and what the market did since."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components import formats
from components.calculators import returns
from components.calculators.aims import Aims
from components.calculators.audit.audit import audit
from components.calculators.cases import CASES, Outcome
from components.readouts import blocks
from components.readouts.blocks import Readout
from components.readouts.panel import full_label, shown_value
from components.scenario.inputs.upside import OF_START, PROBABILITIES, TARGETS
from components.scenario.record import Scenario
from components.scenario.types import ChoiceInput, Input, Value
from data.dossier import Dossier
from data.figures import Figure, Origin, value_in
from data.scenarios import SavedScenario

MARKS = {"bear": "bear", "base": "base", "bull": "bull"}
# What stands in rows of its own, whether it differs or not.
_ALWAYS = (*TARGETS.values(), *OF_START, "start", "own_price", *PROBABILITIES.values())
EARNINGS = ("eps_trailing", "eps_forward")
_NAMED = 2  # inputs in a suggested name


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


def lead(sides: Sequence[Side], now: Figure | None) -> tuple[str, dict[str, str]]:
    """How far the base cases lie, and how the price moved since they were made; with the values of its slots."""
    if not sides:
        return (
            "Nothing is saved yet: the article’s own case stands alone. Move a slider on any page, then save it here "
            "under a name.",
            {},
        )
    away = sorted(found for side in sides if (found := _still_to_go(side, now)) is not None)
    if not away:
        return "What stands here cannot be worked out: a price is not known.", {}
    reached = sum(each <= 0 for each in away)
    first, last = (str(formats.change1(each)) for each in (away[0], away[-1]))
    slots = {"from": first, "to": last}
    if len(away) == 1:
        text = "The base case is reached." if reached else "The base case is not reached yet: it lies {from} away."
    elif reached:
        slots["count"] = f"{reached} of {len(away)}"
        text = "{count} base cases are reached; they lie {from} to {to} away."
    else:
        text = "No base case is reached yet: they lie {from} to {to} away."
    courses = [side.course for side in sides if side.kept is not None and side.course is not None]
    moves = [_moved(each) for each in courses if each.then.as_of < each.now.as_of]
    if moves:
        slots["moves"] = _listed([str(formats.change1(each)) for each in moves])
        text += f" Since {'they were' if len(moves) > 1 else 'it was'} saved the price moved {{moves}}."
    return text, slots


def suggested_name(scenario: Scenario, day: dt.date) -> str:
    """A name from what the reader has set: “Base target 230, months to the target 24”."""
    said = [
        f"{scenario.inputs[key].label} {shown_value(scenario.inputs[key], value)}"
        for key, value in scenario.changed.items()
        if key != "start"
    ]
    if not said:
        return f"The article’s case, {day.day} {day:%b %Y}"
    more = f" and {len(said) - _NAMED} more" if len(said) > _NAMED else ""
    return f"{', '.join(said[:_NAMED])}{more}".replace(formats.NBSP, " ")[:60]


def source(sides: Sequence[Side], now: Figure | None) -> str:
    """Where the prices of the chart come from."""
    known = "" if now is None else f" Price now: {now.source}, {formats.day(now.as_of)}."
    saved = " Settings as saved." if any(side.kept for side in sides) else ""
    return f"Targets: the article and yours.{saved}{known}"


def compared(dossier: Dossier, sides: Sequence[Side], aims: Aims | None) -> Readout:
    """The table: a column for each scenario."""
    heads = [_head(side, dossier) for side in sides]
    groups = [
        {"title": "What differs from the article’s case", "note": "", "rows": list(_inputs(dossier, sides))},
        {"title": "Results", "note": _odds_note(sides), "rows": list(_results(dossier, sides))},
        {"title": "What the market did since", "note": "", "rows": list(_since(dossier, sides))},
    ]
    return Readout("scenarios", [{"kind": "compare", "heads": heads, "groups": groups}])


# --- Heads --------------------------------------------------------------------------------------------------------


def _head(side: Side, dossier: Dossier) -> dict[str, Any]:
    if not side.key:
        note = f"published {formats.day(side.day)} · always first"
    elif side.kept is None:
        note = "not saved"
    else:
        note = f"saved {formats.day(side.day)}"
    note += "".join(f" · {problem}" for problem in side.problems)
    return {
        "id": side.key, "name": side.name, "note": note, "is_saved": side.kept is not None,
        "link": {**side.query, "thesis": dossier.name}, "page": (side.kept.page if side.kept else "") or "upside",
    }  # fmt: skip


# --- Inputs -------------------------------------------------------------------------------------------------------


def _inputs(dossier: Dossier, sides: Sequence[Side]) -> Iterator[dict[str, Any]]:
    unit = dossier.company.profile.listing.quoted_in
    yield _row(f"Price to start from, {unit}", [_start_cell(side, sides[0]) for side in sides])
    if sides[0].scenario.has(TARGETS["base"]):
        yield _row(f"Targets, bear · base · bull, {unit}", [_of_cases(side, sides[0], TARGETS, True) for side in sides])
    if not _alike(sides, PROBABILITIES.values()):
        yield _row(
            "Probabilities, bear · base · bull, %", [_of_cases(s, sides[0], PROBABILITIES, False) for s in sides]
        )
    keys = ["months", "dividend"]
    every = dict.fromkeys(key for side in sides for key in side.scenario.inputs)
    keys += [key for key in every if key not in _ALWAYS and not _alike(sides, [key])]
    if any(side.scenario.has(key) for side in sides for key in EARNINGS):
        yield _row(f"EPS, trailing · forward, {unit}", [_earnings_cell(side, sides[0]) for side in sides])
    for key in keys:
        each = next((side.scenario.inputs[key] for side in sides if side.scenario.has(key)), None)
        if each is not None:
            label = each.label if isinstance(each, ChoiceInput) else full_label(each)
            yield _row(label, [_input_cell(side, sides[0], key) for side in sides])


def _alike(sides: Sequence[Side], keys: Any) -> bool:
    return all(_set(side, key) == _set(sides[0], key) for side in sides for key in keys)


def _set(side: Side, key: str) -> Value | None:
    each = side.scenario.inputs.get(key)
    return None if each is None else side.scenario.changed.get(key, each.default)


def _start_cell(side: Side, first: Side) -> dict[str, Any]:
    if side.start is None:
        return _cell([_bit("not known", quiet=True)], f"needed: {side.missing}")
    number = str(formats.number(side.start.value, 2))
    differs = first.start is None or value_in(first.start, side.start.unit) != side.start.value
    day = _bit(formats.day(side.start.as_of), quiet=True)
    return _cell([_bit(number, chip=blocks.badge(side.start), strong=differs or side is first), day])


def _of_cases(side: Side, first: Side, keys: Mapping[str, str], marked: bool) -> dict[str, Any]:
    bits = []
    for case, key in keys.items():
        each, value = side.scenario.inputs.get(key), _set(side, key)
        if each is None or value is None:
            return _cell([_bit("not known", quiet=True)])
        bits.append(
            _bit(shown_value(each, value), mark=MARKS[case] if marked else "", strong=value != _set(first, key))
        )
    moved = any(key in side.scenario.changed for key in keys.values())
    bits[-1]["chip"] = _chip(side.scenario.inputs[keys["base"]], moved)
    return _cell(bits)


def _input_cell(side: Side, first: Side, key: str) -> dict[str, Any]:
    each, value = side.scenario.inputs.get(key), _set(side, key)
    if each is None or value is None:
        return _cell([_bit("not known", quiet=True)])
    differs = value != _set(first, key)
    chip = _chip(each, key in side.scenario.changed)
    return _cell([_bit(shown_value(each, value), chip=chip, strong=differs, quiet=not differs and side is not first)])


def _earnings_cell(side: Side, first: Side) -> dict[str, Any]:
    bits = []
    for key in EARNINGS:
        each, value = side.scenario.inputs.get(key), _set(side, key)
        known = each is not None and value is not None
        bit = _bit(shown_value(each, value) if each is not None and value is not None else "not known", quiet=not known)
        bit["strong"] = known and value != _set(first, key)
        bit["chip"] = _chip(each, key in side.scenario.changed) if each is not None else None
        bits.append(bit)
    bits.insert(1, _bit("·", quiet=True))
    return _cell(bits)


def _chip(each: Input, is_moved: bool) -> dict[str, Any] | None:
    if is_moved:
        return blocks.plain_badge(Origin.READER, "set by you")
    origin = None if isinstance(each, ChoiceInput) else each.origin
    return blocks.plain_badge(origin, "", getattr(each, "provenance", "")) if origin else None


# --- Results ------------------------------------------------------------------------------------------------------


def _odds_note(sides: Sequence[Side]) -> str:
    """The probabilities, where they are the same everywhere."""
    if not _alike(sides, PROBABILITIES.values()):
        return ""
    found = [_set(sides[0], key) for key in PROBABILITIES.values()]
    if None in found:
        return ""
    return f"probabilities {', '.join(f'{each:g}' for each in found)} in all of them"


def _results(dossier: Dossier, sides: Sequence[Side]) -> Iterator[dict[str, Any]]:
    for case in CASES:
        cells = [_text("not known") if s.outcome is None else _return(s.outcome.cases[case].total) for s in sides]
        yield _row(f"Total return, {case}", cells, mark=case, strong=case == "base")
    money = dossier.company.profile.listing.quoted_in
    yield _row("Expected, by probability", [_of(side, lambda f: _expected(f, money)) for side in sides],
               mark="expected")  # fmt: skip
    yield _row("Base case, a year", [_of(side, lambda found: _a_year(found)) for side in sides])
    if any(side.scenario.has("eps_trailing") or side.scenario.has("eps_forward") for side in sides):
        yield _row("Implied P/E of base, trailing · forward", [_of(side, _multiples) for side in sides])
    if any(side.odds for side in sides):
        yield _row("Model odds of base, at its date", [_text(side.odds or "not known") for side in sides])
    for key, label in (
        ("value", f"Sum of the parts, per {dossier.share_class}"),
        ("model", f"Growth model, per {dossier.share_class}"),
        ("coverage", "Cash covers, of plan and payouts"),
    ):
        if len({side.more.get(key) for side in sides}) > 1:
            yield _row(label, [_text(side.more.get(key, "not known")) for side in sides])


def _of(side: Side, told: Callable[[Outcome], dict[str, Any]]) -> dict[str, Any]:
    return _text("not known") if side.outcome is None else told(side.outcome)


def _return(ratio: Any) -> dict[str, Any]:
    return _text(str(formats.change1(ratio)), tone="loss" if float(ratio) < 0 else "")


def _expected(found: Outcome, currency: str) -> dict[str, Any]:
    at = _bit(f"at {formats.money(found.expected_target, currency)}", quiet=True)
    cell = _return(found.expected_total)
    return {**cell, "bits": [*cell["bits"], at]}


def _a_year(found: Outcome) -> dict[str, Any]:
    a_year = str(formats.change1(found.cases["base"].annualised))
    return _text("under a year" if a_year == formats.NOT_STATED else a_year)


def _multiples(found: Outcome) -> dict[str, Any]:
    base = found.cases["base"]
    told = [
        "not known" if each is None else str(formats.multiple1(each)) for each in (base.pe_trailing, base.pe_forward)
    ]
    return _text(" · ".join(told))


# --- Since --------------------------------------------------------------------------------------------------------


def _since(dossier: Dossier, sides: Sequence[Side]) -> Iterator[dict[str, Any]]:
    known = next((side.course.now for side in sides if side.course is not None), None)
    if known is None:
        yield _row("Price", [_text("not known") for _ in sides])
        return
    yield _row(f"Price, to {formats.day(known.as_of)}", [_price_cell(side) for side in sides])
    yield _row("Still to go to the base target", [_to_go(side, known) for side in sides])
    for name, label in (("rate", "Exchange rate"), ("eps_trailing", "Trailing EPS"), ("eps_forward", "Forward EPS")):
        cells = [_seen_cell(dossier, side, name) for side in sides]
        if any(cells):
            yield _row(label, [cell or _text("") for cell in cells])
    changes = [_verdict_cell(dossier, side, sides) for side in sides]
    if any(changes):
        yield _row("Verdicts that changed", [each or _text("none", quiet=True) for each in changes])


def _moved(course: Course) -> float:
    return float(returns.upside(value_in(course.now, course.then.unit), course.then.value))


def _price_cell(side: Side) -> dict[str, Any]:
    course = side.course
    if course is None:
        return _text("not known")
    change, then, now = _moved(course), course.then, course.now
    span = f"{formats.number(then.value, 2)} → {formats.number(now.value, 2)}"
    points = [[day.toordinal(), value] for day, value in course.points if day <= now.as_of]
    split = then.as_of.toordinal()
    course_drawn = {
        "before": [*([point for point in points if point[0] < split]), [split, then.value]],
        "after": [
            [split, then.value],
            *(point for point in points if point[0] > split),
            [now.as_of.toordinal(), now.value],
        ],
    }
    if then.as_of >= now.as_of:
        return {**_text("no later price"), "detail": span, "course": {**course_drawn, "after": [[split, now.value]]}}
    tone = "loss" if change < 0 else "gain"
    return {**_text(str(formats.change1(change)), tone=tone), "detail": span, "course": course_drawn}


def _still_to_go(side: Side, now: Figure | None) -> float | None:
    return None if now is None or side.targets is None else float(returns.upside(side.targets[1], now.value))


def _to_go(side: Side, now: Figure) -> dict[str, Any]:
    found = _still_to_go(side, now)
    if found is None:
        return _text("not known")
    return _text("reached" if found <= 0 else str(formats.change1(found)))


def _seen_cell(dossier: Dossier, side: Side, name: str) -> dict[str, Any] | None:
    """How a figure has changed since a scenario was saved; None where it has not, or cannot be told."""
    was = side.kept.seen.get(name) if side.kept else None
    if was is None:
        return None
    is_now = _figure_now(dossier, side, name)
    if is_now is None or abs(is_now - was.value) < 1e-9:
        return None
    places = 4 if name == "rate" else 2
    return {**_text(f"{formats.number(was.value, places)} → {formats.number(is_now, places)}"), "detail": was.unit}


def _figure_now(dossier: Dossier, side: Side, name: str) -> float | None:
    if name == "rate":
        return dossier.filing_rate().value
    each = side.scenario.inputs.get(name)
    default = getattr(each, "default", None)
    return float(default) if isinstance(default, (int, float)) else None


def _verdict_cell(dossier: Dossier, side: Side, sides: Sequence[Side]) -> dict[str, Any] | None:
    """The claims whose verdict of today is another than on the day of saving."""
    if side.kept is None:
        return None
    now = _verdicts_now(dossier)
    labels = {claim.id: claim.label for claim in dossier.thesis.claim}
    changed = [
        f"{labels[claim]}: {was} → {now[claim]}"
        for claim, (_, was) in side.kept.verdicts.items()
        if claim in now and now[claim] != was
    ]
    return {**_text(f"{len(changed)}"), "detail": "; ".join(changed)} if changed else None


def _verdicts_now(dossier: Dossier) -> Mapping[str, str]:
    return dossier.once("verdicts", lambda: {each.claim.id: str(each.today.verdict) for each in audit(dossier)})


# --- Pieces -------------------------------------------------------------------------------------------------------


def _row(label: str, cells: list[dict[str, Any]], mark: str = "", strong: bool = False) -> dict[str, Any]:
    return {"label": label, "mark": mark, "strong": strong, "cells": cells}


def _cell(bits: list[dict[str, Any]], detail: str = "") -> dict[str, Any]:
    return {"bits": bits, "detail": detail, "tone": "", "course": None}


def _text(text: str, tone: str = "", quiet: bool = False) -> dict[str, Any]:
    return {**_cell([_bit(text, quiet=quiet)]), "tone": tone}


def _bit(
    text: str, mark: str = "", chip: dict[str, Any] | None = None, strong: bool = False, quiet: bool = False
) -> dict[str, Any]:
    return {"text": text, "mark": mark, "chip": chip, "strong": strong, "quiet": quiet}


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
