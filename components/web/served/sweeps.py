"""What a page would show at each step of a slider, answered when the browser asks for it.

A page sends its numbers alone, so they never wait for its sweeps: half a megabyte on a page with eight sliders. The
browser asks for those of the sliders on the screen once the page stands, and for another as soon as a reader goes near
it. The address says everything that an answer depends on, so any process can give it and no session is touched.
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

# The model of a page at an address, for some of its sliders; None for a page that has none of them.
ModelAt = Callable[[str, tuple[str, ...], Mapping[str, str], Any], SweepModel | None]


def routes(model_at: ModelAt, version: Callable[[], Hashable]) -> list[Route]:
    """The route of the sweeps; `version` says what the answers of a moment rest on."""

    @lru_cache(maxsize=256)
    def answer(page: str, keys: tuple[str, ...], query: tuple[tuple[str, str], ...], now: Hashable) -> bytes:
        """Sweeps of some sliders, compressed; kept as long as nothing that they rest on changes."""
        model = model_at(page, keys, dict(query), now)
        sweeps = {} if model is None else {key: model.sweep(key) for key in keys if key in model.values}
        if not sweeps:
            raise KeyError(", ".join(keys))
        return gzip.compress(json.dumps(sweeps, separators=(",", ":")).encode(), compresslevel=1, mtime=0)

    # A plain function, so that Starlette works it out on a worker thread.
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
