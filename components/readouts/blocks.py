"""The building blocks of a readout: plain dictionaries that the browser component shows as text, never as HTML.

A text may hold slots such as `{base.total}`. Their values are sent separately and may follow a slider.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from components import formats
from components.slots import SLOT, filled
from data import clock
from data.figures import Confidence, Figure, Origin
from data.sums import Sum

Block = dict[str, Any]
Slots = Mapping[str, Any]


@dataclass(frozen=True)
class Sentence:
    """A sentence with slots, and the value of each slot: a text, or a list of texts for a slider's steps."""

    text: str
    slots: Slots = field(default_factory=dict)

    def as_html(self) -> str:
        """The sentence with its slots filled in bold, as escaped HTML. A slot without a value is empty."""
        return SLOT.sub(
            lambda slot: f"<b>{html.escape(str(self.slots.get(slot[1], '')))}</b>",
            html.escape(self.text, quote=False),
        )

    def as_text(self) -> str:
        """The sentence with its slots filled in, as plain text."""
        return filled(self.text, self.slots)


@dataclass(frozen=True)
class Readout:
    """Blocks that are shown together.

    Attributes
    ----------
    slots : the values of the slots in the blocks.
    spoken : what a screen reader says after the release of a slider.
    """

    name: str
    blocks: Sequence[Block]
    slots: Slots = field(default_factory=dict)
    spoken: str = ""


_MARKS = {Confidence.OFFICIAL: "", Confidence.SECONDARY: " · from press reports", Confidence.DERIVED: " · derived"}


def would_stand(where: str) -> str:
    """The file and field that would fill what is missing, as a sentence after another; nothing where there is none."""
    return f" It would stand in {where}." if where else ""


def sentence(text: str) -> Block:
    """The result of a page in one sentence."""
    return {"kind": "sentence", "text": text}


def note(text: str) -> Block:
    """A smaller remark."""
    return {"kind": "note", "text": text}


def details(summary: str, inner: list[Block]) -> Block:
    """Blocks that a click on their summary opens."""
    return {"kind": "details", "summary": summary, "blocks": inner}


def panel(inner: list[Block]) -> Block:
    """Blocks under a rule, which parts them from what stands above."""
    return {"kind": "panel", "blocks": inner}


def strip_below(items: Sequence[tuple[str, str, str]]) -> Block:
    """A few results, each with label and remark: on a phone they stay in view at the foot, elsewhere they are not."""
    return {"kind": "strip_below", "items": [{"label": label, "value": value, "detail": detail}
                                             for label, value, detail in items]}  # fmt: skip


def heading(text: str, badges: list[dict[str, Any]] | None = None) -> Block:
    """A small heading, followed by badges."""
    return {"kind": "heading", "text": text, "badges": badges or []}


def figures(items: list[dict[str, Any]]) -> Block:
    """Large numbers side by side, each with the mark of its origin."""
    return {"kind": "figures", "items": items}


def big(
    label: str, value: str, detail: str = "", badges: list[dict[str, Any]] | None = None, help: str = ""
) -> dict[str, Any]:
    """One large number with its label, a remark, and badges for its source."""
    return {"label": label, "value": value, "detail": detail, "badges": badges or [], "help": help}


def column(label: str, numeric: bool = False) -> dict[str, Any]:
    """A column of a table."""
    return {"label": label, "numeric": numeric}


def cell(text: str, detail: str = "", badge: dict[str, Any] | None = None, url: str | None = None) -> dict[str, Any]:
    """A cell of a table."""
    return {"text": text, "detail": detail, "badge": badge, "url": url}


def row(*cells: dict[str, Any] | str, strong: bool = False, help: str = "") -> dict[str, Any]:
    """A row of a table; a plain text counts as a cell."""
    return {"cells": [cell(each) if isinstance(each, str) else each for each in cells], "strong": strong, "help": help}


def table(columns: list[dict[str, Any]], rows: list[dict[str, Any]], caption: str = "", fit: str = "plain") -> Block:
    """A table.

    On narrow screens, `fit` decides: a `stacked` table becomes a list of entries. `rows` and `keys` are tables of one
    line a row, which become entries too; that of `rows` can be searched. A `sheet` is a long one that scrolls in its
    place and can be searched and saved.
    """
    return {"kind": "table", "columns": columns, "rows": rows, "caption": caption, "fit": fit}


def workings(name: str, sums: Sequence[tuple[str, Sum]], remarks: Sequence[str] = ()) -> Readout:
    """The formulas of a page, hidden behind a summary: each first in words, then with its numbers."""
    lines = [note(one.explained(what)) for what, one in sums]
    return Readout(name, [details("How this is computed", [*lines, *(note(remark) for remark in remarks)])])


def badge(figure: Figure) -> dict[str, Any]:
    """The origin of a figure, with its date (or its age, if it is live) and its source."""
    when = formats.day(figure.as_of)
    if figure.origin is Origin.MARKET and figure.fetched is not None:
        # The age of a quote counts from its own time: a halted share is asked for as often as any other.
        when = formats.age(figure.quoted or figure.fetched, clock.now())
    text = f"{figure.origin} · {when}{_MARKS[figure.confidence]}"
    help = "; ".join([figure.source, *figure.chain])
    return {"origin": str(figure.origin), "text": text, "help": help, "url": figure.url}


def plain_badge(origin: Origin, text: str, help: str = "") -> dict[str, Any]:
    """A badge for something that is not a Figure."""
    return {"origin": str(origin), "text": f"{origin} · {text}" if text else str(origin), "help": help, "url": None}


def estimated_height(parts: list[Block]) -> int:
    """The approximate height of blocks on a wide screen, in pixels, so that the page does not jump when they arrive."""
    gap = 8
    return sum(_height(part) + gap for part in parts) - gap if parts else 0


def _height(part: Block) -> int:
    kind = part["kind"]
    if kind == "strip_below":
        return 0
    if kind == "panel":
        return 9 + estimated_height(part["blocks"])
    if kind == "table":
        return 24 + sum(_row_height(each) for each in part["rows"])
    if kind == "compare":
        return 100 + sum(28 + 27 * len(group["rows"]) for group in part["groups"])
    if kind == "figures":
        return 66 if any(item["detail"] for item in part["items"]) else 50
    return {
        "sentence": 28 * (1 + len(part.get("text", "")) // 110),
        "note": 19 * (1 + len(part.get("text", "")) // 105),
    }.get(kind, 21)


def _row_height(each: dict[str, Any]) -> int:
    extra = max(
        16 * bool(one["detail"]) + 20 * bool(one["badge"]) - (17 if not one["text"] else 0) for one in each["cells"]
    )
    return 26 + max(extra, 0)
