"""What a page would show at each step of a slider, answered when the browser asks for it.

A page sends its numbers alone, so they never wait for its sweeps: half a megabyte on a page with eight sliders. The
browser asks for those of the sliders on the screen once the page stands, and for another as soon as a reader goes near
it. The address says everything that an answer depends on, so any process can give it and no session is touched.
"""

import gzip
import json
import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.scenario.record import Scenario
from components.web.served.paths import SWEEPS, address
from components.widgets import capex, session, upside, valuation
from data.dossier import Dossier
from data.errors import DataFileError, UnknownFigure

_log = logging.getLogger(__name__)

PAGES: Mapping[str, Callable[[Dossier, Scenario], Any]] = {
    "upside": upside.work_out_page,
    "valuation": valuation.work_out_page,
    "capex": capex.work_out_page,
}


@lru_cache(maxsize=256)
def _answer(page: str, keys: tuple[str, ...], query: tuple[tuple[str, str], ...], now: session.DataVersion) -> bytes:
    """The sweeps of some sliders, compressed; kept as long as nothing that they rest on (`now`) changes.

    Raises UnknownFigure and DataFileError as the page does, KeyError for a slider that the page does not have.
    """
    model = PAGES[page](*session.at_address(dict(query))).model
    sweeps = {key: model.sweep(key) for key in keys if key in model.now}
    if not sweeps:
        raise KeyError(", ".join(keys))
    return gzip.compress(json.dumps(sweeps, separators=(",", ":")).encode(), compresslevel=1, mtime=0)


def _sweeps(request: Request) -> Response:
    # A plain function, so that Starlette works it out on a worker thread.
    page, keys = request.path_params["page"], tuple(sorted(request.path_params["keys"].split(",")))
    if page not in PAGES:
        return JSONResponse({"error": f"There is no page “{page[:40]}” with sliders."}, 404)
    try:
        body = _answer(page, keys, tuple(sorted(request.query_params.items())), session.basis())
    except KeyError:
        return JSONResponse({"error": "The page has none of these sliders."}, 404)
    except (UnknownFigure, DataFileError) as error:
        _log.warning("no sweeps of %s for %s: %s", page, ", ".join(keys), error)
        return JSONResponse({"error": str(error)}, 404)
    headers = {"Content-Encoding": "gzip", "Cache-Control": "no-store"}
    return Response(body, media_type="application/json", headers=headers)


def routes() -> list[Route]:
    """The route of the sweeps."""
    return [Route(address(f"{SWEEPS}/{{page}}/{{keys}}"), _sweeps)]
