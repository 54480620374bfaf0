"""The document that a browser gets first for each page: Streamlit's own, with the page's first words in it.

Streamlit's document is an empty shell, and a reader would see nothing until a megabyte of script has come and a run of
the page has been answered. So the question and the sentence with the page's numbers stand in it as text, made by the
functions that make them on the page; the page takes their place as one piece when it stands, and nothing jumps.
"""

import html
import logging
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import file_util

from components.calculators.audit.audit import audit
from components.calculators.segments import by_quarter
from components.readouts import capex as capex_words
from components.readouts import upside as upside_words
from components.readouts import valuation as valuation_words
from components.readouts.headings import HEADINGS
from components.scenario.record import Scenario
from components.widgets import capex, claims, freshness, overview, segments, session, upside, valuation
from components.web.served.assets import live_paths, plotly_path
from components.web.served.paths import address
from data.dossier import Dossier
from data.errors import DataFileError, UnknownFigure

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent

Sentence = tuple[str, Mapping[str, Any]]


def _overview(file: Dossier, scenario: Scenario) -> Sentence:
    moment = scenario.choice("moment")
    shown = file.as_published() if moment == "published" else file
    return overview.lead(file, file.price_before_publication(), shown.market.price(file.symbol), moment)


def _segments(file: Dossier, scenario: Scenario) -> Sentence:
    return segments.lead(file, by_quarter(file)) or "", {}


def _claims(file: Dossier, scenario: Scenario) -> Sentence:
    return claims.score(audit(file)) if scenario.choice("claim") == "all" else ("", {})


def _calculator(work_out: Callable[[Dossier, Scenario], Any], text: str, file: Dossier, scenario: Scenario) -> Sentence:
    return text, work_out(file, scenario).frame.slots


FIRST_SENTENCES: Mapping[str, Callable[[Dossier, Scenario], Sentence]] = {
    "overview": _overview,
    "upside": partial(_calculator, upside.work_out_page, upside_words.SENTENCE),
    "valuation": partial(_calculator, valuation.work_out_page, valuation_words.SENTENCE),
    "segments": _segments,
    "capex": partial(_calculator, capex.work_out_page, capex_words.SENTENCE),
    "claims": _claims,
}


def first_words(page: str, query: Mapping[str, str]) -> str:
    """What a page opens with, as HTML with all text escaped. Raises UnknownFigure and DataFileError."""
    file, scenario = session.at_address(query)
    heading = HEADINGS[page]
    template, slots = FIRST_SENTENCES[page](file, scenario)
    # As on the page: what stands in a slot is set off, and a slot's value is text.
    sentence = re.sub(
        r"\{([\w.-]+)\}",
        lambda slot: f"<b>{html.escape(str(slots.get(slot[1], '')))}</b>",
        html.escape(template, quote=False),
    )
    line = heading.line.format(case=file.thesis.article.sentence)
    return (
        f'<div id="first-words" data-page="{page}"><p class="first-about">{html.escape(freshness.about(file))}</p>'
        f"<h2>{html.escape(heading.question)}</h2><p>{html.escape(line)}</p>"
        f'<p class="first-sentence">{sentence}</p></div>'
    )


@lru_cache(maxsize=64)
def _document(page: str, query: tuple[tuple[str, str], ...], now: session.Basis) -> str:
    head, body = _shell()
    try:
        words = first_words(page, dict(query))
    except (UnknownFigure, DataFileError) as missing:
        _log.info("no first words for %s: %s", page, missing)  # the page says it where the reader is
        words = ""
    return f"{head}{words}{body}"


@cache
def _shell() -> tuple[str, str]:
    """Streamlit's document with what the app adds, in two parts: the first words stand between them."""
    static = Path(file_util.get_static_dir())
    document = (static / "index.html").read_text(encoding="utf-8")
    early = [f'<link rel="modulepreload" href="{address(path)}">' for path in live_paths()]
    # The part of Streamlit that draws components is only asked for when the first one is on the page.
    early += [
        f'<link rel="modulepreload" crossorigin href="./static/js/{part.name}">'
        for part in (static / "static" / "js").glob("BidiComponent.*.js")
    ]
    early += [f'<link rel="preload" as="script" fetchpriority="low" href="{address(plotly_path())}">']
    style = f"<style>{(_HERE / 'opening.css').read_text(encoding='utf-8')}</style>"
    script = f"<script>{(_HERE / 'opening.js').read_text(encoding='utf-8')}</script>"
    head, found, body = document.replace("</head>", f"{''.join(early)}{style}</head>", 1).partition('<div id="root">')
    return (head, f"{script}{found}{body}") if found else (document, "")


def _serve(page: str) -> Callable[[Request], HTMLResponse]:
    # A plain function, so that Starlette works it out on a worker thread.
    def endpoint(request: Request) -> HTMLResponse:
        query = tuple(sorted(request.query_params.items()))
        return HTMLResponse(_document(page, query, session.basis()), headers={"Cache-Control": "no-cache"})

    return endpoint


def routes() -> list[Route]:
    """The routes of the pages; the overview is the start."""
    return [Route(address("/" if page == "overview" else f"/{page}"), _serve(page)) for page in FIRST_SENTENCES]
