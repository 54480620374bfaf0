"""Sweeps: what a page would show at each step of a slider, computed when the browser asks.

A page is sent without its sweeps, so it never waits for them: they are half a megabyte on a page with eight sliders.
Once the page is complete, the browser asks for the sweeps of the sliders on the screen, and for others when the reader
comes near one. The address holds all that the answer depends on, so any server process can answer, without a session.
"""

import gzip
import json
import logging
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.scenario.sweep import SweepModel
from components.web.served.paths import SWEEPS, address
from data.errors import DataFileError, UnknownFigure

_log = logging.getLogger(__name__)

# The model of a page at an address; None where the page has none of the given sliders.
ModelAt = Callable[[str, tuple[str, ...], Mapping[str, str], Any], SweepModel | None]


def routes(model_at: ModelAt, version: Callable[[], Hashable]) -> list[Route]:
    """The route of the sweeps.

    Parameters
    ----------
    model_at : the model of a page at an address.
    version : the version of the data; an answer is kept until it changes.
    """

    @lru_cache(maxsize=256)
    def answer(page: str, keys: tuple[str, ...], query: tuple[tuple[str, str], ...], now: Hashable) -> bytes:
        """Sweeps of some sliders as compressed JSON. Raises KeyError where the page has none of these sliders."""
        model = model_at(page, keys, dict(query), now)
        sweeps = {} if model is None else {key: model.sweep(key) for key in keys if key in model.values}
        if not sweeps:
            raise KeyError(", ".join(keys))
        return gzip.compress(json.dumps(sweeps, separators=(",", ":")).encode(), compresslevel=1, mtime=0)

    # Not async, so that Starlette runs it on a worker thread.
    def endpoint(request: Request) -> Response:
        page, keys = request.path_params["page"], tuple(sorted(request.path_params["keys"].split(",")))
        try:
            body = answer(page, keys, tuple(sorted(request.query_params.items())), version())
        except KeyError:
            return JSONResponse({"error": f"There is no page “{page[:40]}” with any of these sliders."}, 404)
        except (UnknownFigure, DataFileError) as error:
            _log.warning("no sweeps of %s for %s: %s", page, ", ".join(keys), error)
            return JSONResponse({"error": str(error)}, 404)
        headers = {"Content-Encoding": "gzip", "Cache-Control": "no-store"}
        return Response(body, media_type="application/json", headers=headers)

    return [Route(address(f"{SWEEPS}/{{page}}/{{keys}}"), endpoint)]
