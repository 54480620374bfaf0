"""The browser code that the app serves itself: plotly.js and the live component.

Their addresses change with their content, so browsers may cache them for a year. The live component is a folder of
modules that import each other by relative names; the folder's name changes when any of them does. Nothing is written to
disk, so the checkout may be read-only, and nothing is loaded from another host.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.charts import palette, plotly_js
from components.charts.chart import TEMPLATES
from components.charts.font import font_face
from components.web.served.paths import ASSETS, address

_LIVE = Path(__file__).parent.parent / "live"


@cache
def _live_modules() -> Mapping[str, bytes]:
    """The live component's modules by file name. `served.js` is generated: styles, chart templates and colours."""
    generated = {
        "STYLES": "".join(file.read_text(encoding="utf-8") for file in sorted((_LIVE / "styles").glob("*.css"))),
        "TEMPLATES": TEMPLATES,  # plotly's light and dark theme
        "DARK": palette.in_the_dark(),
        "FONT": address(font_path()) if font_path() else "",  # the app's font for pictures, as a rule of CSS
    }
    served = "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in generated.items()).encode()
    return {**{file.name: file.read_bytes() for file in sorted(_LIVE.glob("*.js"))}, "served.js": served}


@cache
def _plotly_source() -> bytes:
    return plotly_js.source()


@cache
def _compressed(source: bytes) -> bytes:
    return gzip.compress(source, compresslevel=6, mtime=0)


@cache
def _live_folder() -> str:
    digests = {name: hashlib.sha256(source).hexdigest() for name, source in _live_modules().items()}
    return f"{ASSETS}/live-{hashlib.sha256(json.dumps(digests).encode()).hexdigest()[:12]}"


def live_path() -> str:
    """Path of the live component's entry module, without the server's base path."""
    return f"{_live_folder()}/index.js"


def live_paths() -> list[str]:
    """Paths of all modules of the live component, the entry first, without the server's base path."""
    others = (name for name in _live_modules() if name != "index.js")
    return [live_path(), *(f"{_live_folder()}/{name}" for name in others)]


@cache
def plotly_path() -> str:
    """Path of plotly.js, without the server's base path."""
    return f"{ASSETS}/plotly-{plotly_js.VERSION}-{'basic' if plotly_js.is_small() else 'whole'}.js"


@cache
def _font() -> bytes:
    return font_face().encode()


@cache
def font_path() -> str:
    """Path of the app's font as a rule of CSS that carries it; empty where it is not installed."""
    return f"{ASSETS}/font-{hashlib.sha256(_font()).hexdigest()[:12]}.css" if _font() else ""


def _serve(source: Callable[[], bytes], kind: str = "text/javascript") -> Callable[[Request], Response]:
    # Not async, so that Starlette runs it on a worker thread: the first compression is slow.
    def endpoint(request: Request) -> Response:
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(source(), media_type=kind, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(_compressed(source()), media_type=kind, headers=headers)

    return endpoint


def routes() -> list[Route]:
    """The routes of the browser code."""
    modules = [
        Route(address(f"{_live_folder()}/{name}"), _serve(partial(_live_modules().__getitem__, name)))
        for name in _live_modules()
    ]
    font = [Route(address(font_path()), _serve(_font, "text/css"))] if font_path() else []
    return [*modules, *font, Route(address(plotly_path()), _serve(_plotly_source))]
