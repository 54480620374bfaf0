"""The charts of a page, or of all pages, at the settings of an address: what the browser makes pictures of.

The address holds all that the answer depends on, so any server process can answer, without a session.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.web.served.answering import as_json, packed, refused, turned_away
from components.web.served.pace import Pace
from components.web.served.paths import CHARTS, address
from data.errors import DataFileError, UnknownFigure

_log = logging.getLogger(__name__)
ALL = "all"
AT_ONCE, A_SECOND = 10.0, 0.5  # of one client: nobody packs all charts ten times in a row
TOGETHER = 1  # requests that are worked on at a time: one takes a second

# The charts of a page, or of all of them, each with name, figure and picture's layout; None without such a page.
ChartsAt = Callable[[str, Mapping[str, str]], Sequence[Mapping[str, Any]] | None]


def routes(charts_at: ChartsAt, pace: Pace | None = None) -> list[Route]:
    """The route of the charts; `pace` says how often one client may ask."""
    kept_pace = pace or Pace(AT_ONCE, A_SECOND)
    limiter: list[CapacityLimiter] = []  # made on first use: it belongs to the loop that then runs

    async def endpoint(request: Request) -> Response:
        page = request.path_params["page"]
        if (away := turned_away(request, kept_pace)) is not None:
            return away
        if not limiter:
            limiter.append(CapacityLimiter(TOGETHER))
        try:
            found = await to_thread.run_sync(partial(charts_at, page, dict(request.query_params)), limiter=limiter[0])
        except (UnknownFigure, DataFileError) as error:
            _log.warning("no charts of %s: %s", page, error)
            return refused(404, str(error))
        if found is None:
            return refused(404, f"There is no page “{page[:40]}” with charts.")
        return packed(as_json(found), request.headers)

    return [Route(address(f"{CHARTS}/{{page}}"), endpoint)]
