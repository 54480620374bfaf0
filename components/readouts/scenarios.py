"""Texts of the page of scenarios: the leading sentence, and the table that compares them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from components import formats
from components.readouts.blocks import Readout
from components.readouts.panel import settings_said
from components.readouts.scenario_inputs import input_rows
from components.readouts.scenario_results import odds_note, result_rows, since_rows
from components.readouts.sides import Side, is_reached, moved, still_to_go
from components.scenario.record import Scenario
from data.dossier import Dossier
from data.figures import Figure
from data.scenarios import LONGEST_NAME

_NAMED = 2  # inputs in a suggested name


def lead(sides: Sequence[Side], now: Figure | None) -> tuple[str, dict[str, str]]:
    """How far the base cases lie, and how the price moved since they were made; with the values of its slots."""
    if not sides:
        return (
            "Nothing is saved yet: the article’s own case stands alone. Move a slider on any page, then save it here "
            "under a name.",
            {},
        )
    away = sorted(found for side in sides if (found := still_to_go(side, now)) is not None)
    if not away:
        return "What stands here cannot be worked out: a price is not known.", {}
    reached = sum(is_reached(side, now) for side in sides)
    first, last = (str(formats.change1(each)) for each in (away[0], away[-1]))
    slots = {"from": first, "to": last}
    if len(away) == 1:
        text = "Your base case is reached." if reached else "Your base case is not reached yet: it lies {from} away."
    elif reached:
        slots["count"] = f"{reached} of your {len(away)}"
        verb = "is" if reached == 1 else "are"
        text = f"{{count}} base cases {verb} reached; they lie {{from}} to {{to}} away."
    else:
        text = "None of your base cases is reached yet: they lie {from} to {to} away."
    courses = [side.course for side in sides if side.kept is not None and side.course is not None]
    moves = [moved(each) for each in courses if each.then.as_of < each.now.as_of]
    if moves:
        slots["moves"] = _listed([str(formats.change1(each)) for each in moves])
        text += f" Since {'they were' if len(moves) > 1 else 'it was'} saved the price moved {{moves}}."
    return text, slots


def suggested_name(scenario: Scenario, day: dt.date) -> str:
    """A name from what the reader has set: “Base target 230, months to the target 24”."""
    said = settings_said(scenario, _NAMED, without=("start",)) or f"The article’s case, {day.day} {day:%b %Y}"
    return shortened(said.replace(formats.NBSP, " "), LONGEST_NAME)


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, cut after a word, with a sign that it was."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}".rstrip(" ,") + "…"


def source(sides: Sequence[Side], now: Figure | None) -> str:
    """Where the prices of the chart come from."""
    known = "" if now is None else f" Price now: {now.source}, {formats.day(now.as_of)}."
    saved = " Settings as saved." if any(side.kept for side in sides) else ""
    return f"Targets: the article and yours.{saved}{known}"


def compared(dossier: Dossier, sides: Sequence[Side], base: str = "") -> Readout:
    """The table: a column for each scenario. `base` is where readers elsewhere find the app, if that is configured."""
    heads = [_head(side, dossier) for side in sides]
    groups = [
        {"title": "What differs from the article’s case", "note": "", "rows": list(input_rows(dossier, sides))},
        {"title": "Results", "note": odds_note(sides), "rows": list(result_rows(dossier, sides))},
        {"title": "What the market did since", "note": "", "rows": list(since_rows(dossier, sides))},
    ]
    return Readout("scenarios", [{"kind": "compare", "heads": heads, "groups": groups, "base": base}])


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


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
