"""The first document that a browser receives for each page: Streamlit's own, with the page's first words in it.

Streamlit's document is empty: a reader would see nothing until a megabyte of script has loaded and the page has run
once. So this document already shows the page's question and its leading sentence with the numbers, made by the same
functions as on the page. The finished page then replaces them in one piece, so that nothing jumps.
"""

import html
import logging
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import file_util

from components.readouts.blocks import Sentence
from components.web.served.assets import live_paths, plotly_path
from components.web.served.paths import address, public_url
from data.errors import DataFileError, UnknownFigure

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent
WANTED = "thesis_wanted"  # a cookie: what someone came for who has to log in first
_LONGEST_WANTED = 3_000


@dataclass(frozen=True)
class FirstWords:
    """The first words of a page.

    Attributes
    ----------
    about : the line about the article.
    question : the page's heading.
    sentence : the page's result.
    chosen : whether an article can be chosen on the page, which takes a row of its own on a phone.
    """

    about: str
    question: str
    sentence: Sentence
    chosen: bool = False

    def as_html(self, page: str) -> str:
        """The words as escaped HTML."""
        marks = f'data-page="{page}"{" data-chosen" if self.chosen else ""}'
        return (
            f'<div id="first-words" {marks}><div class="first-head"><h1>{html.escape(self.question)}</h1>'
            f'<p class="first-about">{html.escape(self.about)}</p></div>'
            f'<p class="first-sentence">{self.sentence.as_html()}</p></div>'
        )

    def preview(self, url: str) -> str:
        """What a chat or a search shows of a link: title and sentence, as escaped tags; `url` is left out if empty."""
        tags = {
            "og:type": "website",
            "og:site_name": "Thesis dashboard",
            "og:title": f"{self.question} {self.about.split(' · ')[0]}".strip(),
            "og:description": self.sentence.as_text() or self.about,
            "og:url": url,
        }
        found = [f'<meta property="{name}" content="{html.escape(text)}">' for name, text in tags.items() if text]
        return "".join([*found, f'<meta name="description" content="{html.escape(tags["og:description"])}">'])


# The first words of a page at an address. Raises UnknownFigure and DataFileError.
WordsAt = Callable[[str, Mapping[str, str], Any], FirstWords]


def routes(
    paths: Mapping[str, str],
    words_at: WordsAt,
    version: Callable[[], Hashable],
    lets_in: Callable[[Request], bool] = lambda request: True,
) -> list[Route]:
    """The routes of the pages.

    Parameters
    ----------
    paths : the path of each page.
    words_at : the first words of a page at an address.
    version : the version of the data; a document is kept until it changes.
    lets_in : whether a request may see figures; others get a document without words.
    """

    @lru_cache(maxsize=64)
    def document(page: str, query: tuple[tuple[str, str], ...], now: Hashable) -> str:
        head, body = _shell()
        try:
            first = words_at(page, dict(query), now)
            words, preview = first.as_html(page), first.preview(_linked(paths[page], query))
        except (UnknownFigure, DataFileError) as missing:
            _log.info("no first words for %s: %s", page, missing)  # the page itself tells the reader
            words = preview = ""
        return f"{head.replace('</head>', f'{preview}</head>', 1)}{words}{body}"

    def serve(page: str) -> Callable[[Request], Response]:
        # Not async, so that Starlette runs it on a worker thread.
        def endpoint(request: Request) -> Response:
            if not lets_in(request):
                closed = HTMLResponse("".join(_shell()), headers={"Cache-Control": "no-cache"})
                _note_wanted(request, closed)
                return closed
            if (wanted := _wanted(request, paths)) is not None:
                return wanted
            query = tuple(sorted(request.query_params.items()))
            return HTMLResponse(document(page, query, version()), headers={"Cache-Control": "no-cache"})

        return endpoint

    return [Route(address(path), serve(page)) for page, path in paths.items()]


def _note_wanted(request: Request, answer: Response) -> None:
    """Remembers what someone who has to log in first came for: a login leads back to the first page."""
    wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    if wanted != address("/") and len(wanted) <= _LONGEST_WANTED:
        secure = request.headers.get("x-forwarded-proto") == "https"
        answer.set_cookie(WANTED, quote(wanted), max_age=900, httponly=True, samesite="lax", secure=secure)


def _wanted(request: Request, paths: Mapping[str, str]) -> Response | None:
    """The way to what someone came for who has just logged in; None where there is none."""
    wanted = unquote(request.cookies.get(WANTED, ""))
    if not wanted or request.url.query or request.url.path != address("/"):
        return None
    path = wanted.partition("?")[0]
    ours = path in {address(each) for each in paths.values()}
    answer = RedirectResponse(wanted if ours else address("/"), 303, {"Cache-Control": "no-store"})
    answer.delete_cookie(WANTED)
    return answer


def _linked(path: str, query: tuple[tuple[str, str], ...]) -> str:
    """The address of a page for readers elsewhere; empty where none is configured."""
    base = public_url()
    return f"{base}{path}{f'?{urlencode(query)}' if query else ''}" if base else ""


@cache
def scripts() -> tuple[str, ...]:
    """The lines of script that stand in the document itself, Streamlit's and ours."""
    return tuple(re.findall(r"<script>(.*?)</script>", "".join(_shell()), flags=re.DOTALL))


@cache
def _shell() -> tuple[str, str]:
    """Streamlit's document with the app's additions, in two parts: before and after the first words."""
    static = Path(file_util.get_static_dir())
    document = (static / "index.html").read_text(encoding="utf-8")
    early = [f'<link rel="modulepreload" href="{address(path)}">' for path in live_paths()]
    # Otherwise the browser would load the part of Streamlit that draws components only once the page has one.
    early += [
        f'<link rel="modulepreload" crossorigin href="./static/js/{part.name}">'
        for part in (static / "static" / "js").glob("BidiComponent.*.js")
    ]
    early += [f'<link rel="preload" as="script" fetchpriority="low" href="{address(plotly_path())}">']
    style = f"<style>{(_HERE / 'opening.css').read_text(encoding='utf-8')}</style>"
    script = f"<script>{(_HERE / 'opening.js').read_text(encoding='utf-8')}</script>"
    head, found, body = document.replace("</head>", f"{''.join(early)}{style}</head>", 1).partition('<div id="root">')
    return (head, f"{script}{found}{body}") if found else (document, "")
