"""The browser code that the app serves itself: plotly.js from the installed package, and the live component.

Both have addresses that change with their content and may be kept for a year. Nothing is written to disk, so a
read-only checkout works, and nothing is loaded from another host.
"""

import gzip
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import plotly
import streamlit as st
from plotly.offline import get_plotlyjs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_HERE = Path(__file__).parent
_PREFIX = "/assets"


@cache
def _live_source() -> bytes:
    styles = json.dumps((_HERE / "live.css").read_text(encoding="utf-8"))
    return f"const STYLES = {styles};\n{(_HERE / 'live.js').read_text(encoding='utf-8')}".encode()


@cache
def _plotly_source() -> bytes:
    return get_plotlyjs().encode()


@cache
def _compressed(source: Callable[[], bytes]) -> bytes:
    return gzip.compress(source(), compresslevel=6, mtime=0)


def _name(stem: str, version: str) -> str:
    return f"{_PREFIX}/{stem}-{version}.js"


@cache
def live_path() -> str:
    """Path of the live component's module, without the server's base path."""
    return _name("live", hashlib.sha256(_live_source()).hexdigest()[:12])


@cache
def plotly_path() -> str:
    """Path of plotly.js, without the server's base path."""
    return _name("plotly", plotly.__version__)


def address(path: str) -> str:
    """The path as a browser must ask for it, under ``server.baseUrlPath``."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


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
    """Routes to mount beside Streamlit's own."""
    return [
        Route(live_path(), _serve(_live_source)),
        Route(plotly_path(), _serve(_plotly_source)),
    ]
