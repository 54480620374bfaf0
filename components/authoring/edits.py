"""What a reader changes in a claim, as the browser sends it: read, checked, and said where it cannot be."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from components.authoring.desk import Entry, Typed, statement_of
from components.authoring.matching import Call
from components.authoring.tests import call_of
from data.claim_tests import TESTS, Kind
from data.files import plausible_day, web_address
from data.thesis import FORMS, Stated
from data.units import Unit

_NUMBERS = ("value", "low", "high", "minimum", "maximum", "times")


class NotUnderstood(Exception):
    """What was typed cannot be used; the message is a sentence for the reader."""


def edited(entry: Entry, sent: Mapping[str, Any]) -> Entry:
    """The claim with what was sent: statement, form and numbers, unit, period, test. Raises NotUnderstood."""
    statement = statement_of(str(sent.get("statement", entry.statement)))
    if not statement:
        raise NotUnderstood("A claim needs a statement.")
    short = " ".join(str(sent.get("short", entry.short)).replace("{", "(").replace("}", ")").split())[:60]
    stated = _stated(sent, entry)
    period = day_of(sent["period"], "period") if sent.get("period") else None
    test = _test(entry, sent.get("test"))
    topic = (
        entry.topic
        if (test or {}).get("name") == (entry.test or {}).get("name")
        else TOPICS.get((test or {}).get("name", ""))
    )
    return replace(
        entry,
        statement=statement,
        short=short,
        topic=topic or entry.topic,
        stated=stated,
        period=period,
        test=test,
        doubts="",
    )


KEPT = "(kept)"  # stands for a test that the form does not offer
TOPICS = {
    "level": "Level", "growth": "Growth", "ratio": "Margin", "guidance": "Guidance", "estimate": "Estimate",
    "target": "Target", "target_gap": "Upside", "multiple": "Multiple", "price_level": "Price",
    "price_change": "Price change", "market_value": "Market value", "rating": "Rating",
}  # fmt: skip
_NOT_SHOWN = (Kind.FACT, Kind.SERIES, Kind.NUMBER)  # kinds of arguments that no form offers


def _test(entry: Entry, sent: object) -> Call | None:
    """The test that was chosen. One that is left as it was keeps what the form does not show of it."""
    if not isinstance(sent, Mapping):
        return None
    before = entry.test or {}
    if sent.get("name") == KEPT:
        return entry.test
    hidden: Call = {}
    if sent.get("name") == before.get("name") and before:
        declared = TESTS[before["name"]].arguments
        hidden = {key: value for key, value in before.items() if key in declared and declared[key].kind in _NOT_SHOWN}
    try:
        return call_of({**sent, **hidden})
    except ValueError as wrong:
        raise NotUnderstood(str(wrong)) from None


def typed(entry: Entry, sent: Mapping[str, Any]) -> Entry:
    """The claim with a figure that the reader found: value, unit, day, source, link. Raises NotUnderstood."""
    if not str(sent.get("value", "")).strip():
        return replace(entry, typed=None)
    unit = str(sent.get("unit") or entry.stated.get("unit") or "")
    _check_unit(unit)
    source = statement_of(str(sent.get("source", "")))
    if not source:
        raise NotUnderstood("Say where the figure stands: a report, a page, a date.")
    link = str(sent.get("url", "")).strip()
    try:
        url = web_address(link) if link else ""
    except ValueError as wrong:
        raise NotUnderstood(f"{str(wrong).capitalize()}.") from None
    day = day_of(sent.get("day"), "day of the figure")
    return replace(entry, typed=Typed(number_of(sent["value"], "value"), unit, day, source, url), doubts="")


def number_of(text: object, what: str) -> float:
    """A number as people type it: 1,234.5, 34%, −3. Raises NotUnderstood."""
    plain = str(text).strip().replace("\u2212", "-").replace(",", "").replace("\u00a0", "").rstrip("%x")
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or abs(number) > 1e12:
        raise NotUnderstood(f"“{str(text)[:40]}” is no number ({what}). Write 1234.5.")
    return number


def day_of(text: object, what: str) -> dt.date:
    """A day as the browser's own field writes it. Raises NotUnderstood."""
    try:
        return plausible_day(dt.date.fromisoformat(str(text)))
    except ValueError:
        raise NotUnderstood(f"“{str(text)[:40]}” is no {what}. Write 2025-09-30.") from None


def _check_unit(unit: str) -> None:
    try:
        Unit.parse(unit)
    except ValueError as wrong:
        raise NotUnderstood(f"The unit “{unit[:30]}” is not known: {wrong}.") from None


def _stated(sent: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    form = str(sent.get("form") or "")
    if form not in FORMS.values():
        raise NotUnderstood("Say how it is stated: a value, a range, at least, at most, or in words.")
    field = next(name for name, each in FORMS.items() if each == form)
    found: dict[str, Any] = {}
    if field in _NUMBERS:
        found = {field: number_of(sent.get("value"), "value")}
        if field == "low":
            ends = sorted((found["low"], number_of(sent.get("high"), "upper end")))
            found = {"low": ends[0], "high": ends[1]}
        unit = "%" if field == "times" else str(sent.get("unit") or "")
        _check_unit(unit)
        shown = str(sent.get("value", "")).rstrip("%x ")
        places = len(shown.split(".")[1]) if "." in shown else 0
        found |= {"unit": unit, "decimals": min(places, 6)}
        if sent.get("approximate") and field in ("value", "low"):
            found["approximate"] = True
    elif field == "words":
        found = {"words": statement_of(str(sent.get("value") or "")) or entry.statement}
    elif field == "date":
        found = {"date": day_of(sent.get("value"), "day")}
    elif field == "year":
        found = {"year": int(number_of(sent.get("value"), "year"))}
    elif field == "happens":
        found = {"happens": True}
    else:
        found = dict(entry.stated) if field in entry.stated else {"words": entry.statement}
    try:
        Stated.model_validate(found)
    except ValidationError as wrong:
        raise NotUnderstood(f"{str(wrong.errors()[0]['msg']).removeprefix('Value error, ').capitalize()}.") from None
    return found
