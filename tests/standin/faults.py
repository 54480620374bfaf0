"""Ways in which a data service goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from .answers import Answer, needs_crumb, unauthorised

MISSING = frozenset(
    {
        "regularMarketPrice", "currentPrice", "currency", "financialCurrency", "close", "targetMeanPrice",
        "earningsCurrency", "trailingEps", "epsTrailingTwelveMonths", "sharesOutstanding", "strongBuy",
        "reportedValue", "bid",
    }
)  # fmt: skip
_PAGE = b"<!DOCTYPE html><html><head><title>Stand-in</title></head><body><p>Not now.</p></body></html>"


class Fault(StrEnum):
    """What is wrong with the service.

    Body faults (from `TRUNCATED` on) spare the cookie and the crumb; the others take them too unless
    the text says otherwise.
    """

    RATE_LIMITED = "rate-limited"
    """429 with plain text, on everything."""
    RATE_LIMITED_CRUMB = "rate-limited-crumb"
    """429 on the crumb alone; what needs a crumb then gets its 401."""
    UNAUTHORISED = "unauthorised"
    """401 on what needs a crumb: quote, quoteSummary, options."""
    OFFLINE = "offline"
    """The connection is reset."""
    SERVER_ERROR = "server-error"
    """500 with a page that is not JSON."""
    HANG = "hang"
    """The request is read, the answer waits until the fault is cleared or the service stops."""
    TRUNCATED = "truncated"
    """Half of the body, with the length of that half."""
    HTML = "html"
    """200 with an HTML page."""
    EMPTY = "empty"
    """``result`` is an empty list."""
    EMPTY_NULL = "empty-null"
    """``result`` is null."""
    MISSING_FIELD = "missing-field"
    """The keys of `MISSING` are left out, wherever they are."""
    NULL_CLOSES = "null-closes"
    """In charts the newest and every tenth row before it is null throughout, and the row after each of
    the latter lacks its closes only."""


def distort(fault: Fault, answer: Callable[[], Answer], path: str, is_data: bool) -> Answer:
    """Return `answer` as `fault` changes it; transport faults are not for this function.

    Parameters
    ----------
    answer
        Makes the healthy answer; not called where the fault replaces it.
    path
        The path of the request.
    is_data
        Whether the request is for data rather than for a cookie or crumb.
    """
    if fault is Fault.RATE_LIMITED or (fault is Fault.RATE_LIMITED_CRUMB and path.endswith("/getcrumb")):
        return Answer(429, b"Too Many Requests\r\n", "text/plain")
    if fault is Fault.UNAUTHORISED and needs_crumb(path):
        return unauthorised()
    if fault is Fault.SERVER_ERROR:
        return Answer(500, b"<h1>Internal Error</h1>", "text/html")
    if fault is Fault.HTML and is_data:
        return Answer(200, _PAGE, "text/html")
    healthy = answer()
    if fault is Fault.TRUNCATED and is_data:
        return healthy._replace(body=healthy.body[: len(healthy.body) // 2])
    change = _CHANGES.get(fault)
    return _changed(healthy, change) if change and is_data and healthy.status == 200 else healthy


def _changed(healthy: Answer, change: Callable[[Any], Any]) -> Answer:
    try:
        content = json.loads(healthy.body)
    except ValueError:
        return healthy
    return healthy._replace(body=json.dumps(change(content)).encode())


def _emptied(result: object) -> Callable[[Any], Any]:
    return lambda content: {name: {"result": result, "error": None} for name in content}


def _without_fields(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _without_fields(value) for name, value in content.items() if name not in MISSING}
    return [_without_fields(value) for value in content] if isinstance(content, list) else content


def _without_closes(content: Any) -> Any:
    for result in content.get("chart", {}).get("result") or []:
        tables = [result["indicators"]["quote"][0], result["indicators"].get("adjclose", [{}])[0]]
        for name, column in ((name, table[name]) for table in tables for name in table):
            column[::-10] = [None] * len(column[::-10])
            if name in ("close", "adjclose"):
                column[-10::-10] = [None] * len(column[-10::-10])
    return content


_CHANGES: dict[Fault, Callable[[Any], Any]] = {
    Fault.EMPTY: _emptied([]),
    Fault.EMPTY_NULL: _emptied(None),
    Fault.MISSING_FIELD: _without_fields,
    Fault.NULL_CLOSES: _without_closes,
}
