"""Sweeps: what a page would show at each step of a slider, computed when the browser asks.

A page is sent without its sweeps, so it never waits for them: they are half a megabyte on a page with eight sliders.
Once the page is complete, the browser asks for the sweeps of the sliders on the screen, and for others when the reader
comes near one. The address holds all that the answer depends on, so any server process can answer, without a session.
"""

import logging
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.scenario.sweep import SweepModel
from components.web.served.answering import as_json, packed, refused, turned_away
from components.web.served.pace import Pace
from components.web.served.paths import SWEEPS, address
from data.errors import DataFileError, UnknownFigure

_log = logging.getLogger(__name__)

BUDGET_S = 0.5  # of processor for one request: some ten times what a page's sliders need
TOGETHER = 2  # requests that are worked on at a time, so that pages always have threads left


@dataclass(frozen=True)
class Question:
    """What an address asks, in one form however it was written: two addresses that mean the same are one question.

    `sliders` are those that the page has; `version` says which data the answer depends on.
    """

    page: str
    settings: tuple[tuple[str, str], ...]
    sliders: frozenset[str]
    version: Hashable


# What an address asks of a page; None where there is no such page with sliders.
QuestionAt = Callable[[str, Mapping[str, str]], Question | None]
# The page worked out. Raises UnknownFigure and DataFileError as the page does.
ModelOf = Callable[[Question], SweepModel | None]


def routes(question_at: QuestionAt, model_of: ModelOf, pace: Pace | None = None) -> list[Route]:
    """The route of the sweeps; `pace` says how often one client may ask."""
    kept_pace = pace or Pace()
    limiter: list[CapacityLimiter] = []  # made on first use: it belongs to the loop that then runs
    model = lru_cache(maxsize=32)(model_of)

    @lru_cache(maxsize=512)
    def sweep(question: Question, key: str) -> bytes:
        worked_out = model(question)
        return b"" if worked_out is None else as_json(worked_out.sweep(key))

    async def endpoint(request: Request) -> Response:
        page, wanted = request.path_params["page"], request.path_params["keys"]
        if (away := turned_away(request, kept_pace)) is not None:
            return away
        if not limiter:
            limiter.append(CapacityLimiter(TOGETHER))
        run = partial(to_thread.run_sync, limiter=limiter[0])
        try:
            question = await run(question_at, page, dict(request.query_params))
            keys = [] if question is None else sorted(set(wanted.split(",")) & question.sliders)
            if question is None or not keys:
                return refused(404, f"There is no page “{page[:40]}” with any of these sliders.")
            found: dict[str, bytes] = {}
            spent = 0.0
            for key in keys:
                if await request.is_disconnected():
                    return Response(status_code=499)  # nobody waits for it any more
                if spent > BUDGET_S:
                    _log.warning("sweeps of %s took %.1f s; left out: %s", page, spent, sorted({*keys} - {*found}))
                    break
                found[key], cost = await run(_timed, sweep, question, key)
                spent += cost
        except (UnknownFigure, DataFileError) as error:
            _log.warning("no sweeps of %s for %s: %s", page, wanted[:100], error)
            return refused(404, str(error))
        body = b"{" + b",".join(as_json(key) + b":" + each for key, each in found.items() if each) + b"}"
        return packed(body, request.headers)

    return [Route(address(f"{SWEEPS}/{{page}}/{{keys}}"), endpoint)]


def _timed(sweep: Callable[[Question, str], bytes], question: Question, key: str) -> tuple[bytes, float]:
    """A sweep, and the seconds of processor that it took."""
    began = time.thread_time()
    return sweep(question, key), time.thread_time() - began
