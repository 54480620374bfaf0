"""What differs between scenarios: the rows of their settings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components import formats
from components.readouts import blocks
from components.readouts.panel import full_label, shown_value
from components.readouts.sides import Side, alike, bit, cell, row, setting
from components.scenario.inputs.upside import OF_START, PROBABILITIES, TARGETS
from components.scenario.types import ChoiceInput, Input
from data.dossier import Dossier
from data.figures import Origin, value_in

# What stands in rows of its own, whether it differs or not.
_ALWAYS = (*TARGETS.values(), *OF_START, "start", "own_price", *PROBABILITIES.values())
EARNINGS = ("eps_trailing", "eps_forward")


def input_rows(dossier: Dossier, sides: Sequence[Side]) -> Iterator[dict[str, Any]]:
    """The starting price, the targets and what belongs to them; and whatever else is not the same everywhere."""
    unit = dossier.company.profile.listing.quoted_in
    yield row(f"Price to start from, {unit}", [_start_cell(side, sides[0]) for side in sides])
    if sides[0].scenario.has(TARGETS["base"]):
        yield row(f"Targets, bear · base · bull, {unit}", [_of_cases(side, sides[0], TARGETS, True) for side in sides])
    if not alike(sides, PROBABILITIES.values()):
        yield row("Probabilities, bear · base · bull, %", [_of_cases(s, sides[0], PROBABILITIES, False) for s in sides])
    keys = ["months", "dividend"]
    every = dict.fromkeys(key for side in sides for key in side.scenario.inputs)
    keys += [key for key in every if key not in _ALWAYS and not alike(sides, [key])]
    if any(side.scenario.has(key) for side in sides for key in EARNINGS):
        yield row(f"EPS, trailing · forward, {unit}", [_earnings_cell(side, sides[0]) for side in sides])
    for key in keys:
        each = next((side.scenario.inputs[key] for side in sides if side.scenario.has(key)), None)
        if each is not None:
            label = each.label if isinstance(each, ChoiceInput) else full_label(each)
            yield row(label, [_input_cell(side, sides[0], key) for side in sides])


def _start_cell(side: Side, first: Side) -> dict[str, Any]:
    if side.start is None:
        return cell([bit("not known", quiet=True)], f"needed: {side.missing}")
    number = str(formats.number(side.start.value, 2))
    differs = first.start is None or value_in(first.start, side.start.unit) != side.start.value
    day = bit(formats.day(side.start.as_of), quiet=True)
    return cell([bit(number, chip=blocks.badge(side.start), strong=differs or side is first), day])


def _of_cases(side: Side, first: Side, keys: Mapping[str, str], marked: bool) -> dict[str, Any]:
    bits = []
    for case, key in keys.items():
        each, value = side.scenario.inputs.get(key), setting(side, key)
        if each is None or value is None:
            return cell([bit("not known", quiet=True)])
        bits.append(bit(shown_value(each, value), mark=case if marked else "", strong=value != setting(first, key)))
    moved = any(key in side.scenario.changed for key in keys.values())
    bits[-1]["chip"] = _chip(side.scenario.inputs[keys["base"]], moved)
    return cell(bits)


def _input_cell(side: Side, first: Side, key: str) -> dict[str, Any]:
    each, value = side.scenario.inputs.get(key), setting(side, key)
    if each is None or value is None:
        return cell([bit("not known", quiet=True)])
    differs = value != setting(first, key)
    chip = _chip(each, key in side.scenario.changed)
    return cell([bit(shown_value(each, value), chip=chip, strong=differs, quiet=not differs and side is not first)])


def _earnings_cell(side: Side, first: Side) -> dict[str, Any]:
    bits = []
    for key in EARNINGS:
        each, value = side.scenario.inputs.get(key), setting(side, key)
        known = each is not None and value is not None
        made = bit(shown_value(each, value) if each is not None and value is not None else "not known", quiet=not known)
        made["strong"] = known and value != setting(first, key)
        made["chip"] = _chip(each, key in side.scenario.changed) if each is not None else None
        bits.append(made)
    bits.insert(1, bit("·", quiet=True))
    return cell(bits)


def _chip(each: Input, is_moved: bool) -> dict[str, Any] | None:
    if is_moved:
        return blocks.plain_badge(Origin.READER, "set by you")
    origin = None if isinstance(each, ChoiceInput) else each.origin
    return blocks.plain_badge(origin, "", getattr(each, "provenance", "")) if origin else None
