"""The browser code that the app serves itself: plotly.js, and the live component.

Both have addresses that change with their content and may be kept for a year. Nothing is written to disk, so a
read-only checkout works, and nothing is loaded from another host.
"""

import gzip
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.charts.chart import TEMPLATES
from components.web.served import plotly_js
from components.web.served.paths import ASSETS, address

_LIVE = Path(__file__).parent.parent / "live"


@cache
def _live_source() -> bytes:
    styles = json.dumps((_LIVE / "live.css").read_text(encoding="utf-8"))
    templates = json.dumps(TEMPLATES)
    source = (_LIVE / "live.js").read_text(encoding="utf-8")
    return f"const STYLES = {styles};\nconst TEMPLATES = {templates};\n{source}".encode()


@cache
def _plotly_source() -> bytes:
    return plotly_js.source()


@cache
def _compressed(source: Callable[[], bytes]) -> bytes:
    return gzip.compress(source(), compresslevel=6, mtime=0)


def _name(stem: str, version: str) -> str:
    return f"{ASSETS}/{stem}-{version}.js"


@cache
def live_path() -> str:
    """Path of the live component's module, without the server's base path."""
    return _name("live", hashlib.sha256(_live_source()).hexdigest()[:12])


@cache
def plotly_path() -> str:
    """Path of plotly.js, without the server's base path."""
    return _name("plotly", f"{plotly_js.VERSION}-{'basic' if plotly_js.is_small() else 'whole'}")


def _serve(source: Callable[[], bytes]) -> Callable[[Request], Response]:
    # A plain function, so Starlette runs the first, slow compression on a worker thread.
    def endpoint(request: Request) -> Response:
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(source(), media_type="text/javascript", headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(_compressed(source), media_type="text/javascript", headers=headers)

    return endpoint


def routes() -> list[Route]:
    """The routes of the browser code."""
    return [
        Route(address(live_path()), _serve(_live_source)),
        Route(address(plotly_path()), _serve(_plotly_source)),
    ]
