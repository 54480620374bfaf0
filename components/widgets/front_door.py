"""What the server sets up before its first visitor: pages, routes, and modules loaded in advance."""

import atexit
import gc
import logging
from collections.abc import Mapping
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime import get_instance

from components.answers.address import DataVersion, asked_at, data_version, theses, write
from components.answers.pictures import pictures
from components.answers.registry import PAGES, START, work_out
from components.answers.scenarios import answer as side_by_side
from components.readouts.blocks import Sentence
from components.readouts.freshness import about
from components.scenario.record import View
from components.scenario.sweep import SweepModel
from components.web.served import assets, charts, document, health, login, security, sweeps
from components.web.served.health import Health
from components.web.served.sweeps import Question
from components.widgets import articles, methods, own_article, scenarios
from data.market.service import market_service
from data.notes import own_notes
from data.own import own_theses
from data.scenarios import own_scenarios


def use_declared_pages() -> None:
    """Tells Streamlit that `app.py` declares the pages.

    Until a first call of `st.navigation`, Streamlit treats a `pages/` folder as an older kind of multi-page app. On a
    fresh server, the first visitor who opens a page by its own address would get it without `app.py` around it. This
    call outside a session is harmless, and the warning that it causes is switched off.
    """
    log = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    log.disabled = True
    try:
        st.navigation([st.Page(lambda: None, title="none")])
    finally:
        log.disabled = False


def log_to_stderr() -> None:
    """Writes what the app says of its work to the server's log, a line each; Streamlit logs for itself alone."""
    lines = logging.StreamHandler()
    lines.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in ("data", "components"):
        log = logging.getLogger(name)
        log.setLevel(logging.INFO)
        log.addHandler(lines)
    if problem := login.problem():
        logging.getLogger(__name__).error("%s", problem)


def load_ahead() -> None:
    """Loads what the first visitor would otherwise wait for, and excludes it from garbage collection.

    These objects stay for good, and scanning them would delay every answer at that moment by more than 100 ms.
    """
    market_service()
    atexit.register(_leave)
    gc.collect()
    gc.freeze()


def _leave() -> None:
    """What a process does that ends in order: it leaves the asking to others, and writes what waits."""
    for each in (own_scenarios(), own_notes(), own_theses(), market_service()):
        each.stop()


def routes() -> list[Route]:
    """The server's routes besides Streamlit's."""
    return [
        *assets.routes(),
        *sweeps.routes(_question_at, _model_of),
        *charts.routes(_charts_at),
        *health.routes(_health),
        *document.routes(_paths(), _first_words, data_version, login.lets_in),
    ]


def middleware() -> list[Middleware]:
    """What stands between the network and everything that the server answers."""
    documents = tuple(_paths().values())
    return [
        Middleware(security.Guard, scripts=document.scripts()),
        Middleware(login.Door, documents=(*documents, f"/{methods.PATH}")),
    ]


def _paths() -> dict[str, str]:
    """The path of each page that has a document of its own."""
    names = [*PAGES, scenarios.PATH, articles.PATH, own_article.PATH]
    return {name: "/" if name == START else f"/{name}" for name in names}


def pages() -> list[StreamlitPage]:
    """The pages for Streamlit's navigation, in the registry's order, and the methods, which no menu shows."""
    shown = [st.Page(f"pages/{each.name}.py", title=each.title, default=each.name == START) for each in PAGES.values()]
    shown.append(st.Page(f"pages/{scenarios.PATH}.py", title=scenarios.TITLE))
    shown.append(st.Page(articles.page, title=articles.TITLE, url_path=articles.PATH))
    shown.append(st.Page(f"pages/{own_article.PATH}.py", title=own_article.TITLE))
    return [*shown, st.Page(methods.page, title="Methods", url_path=methods.PATH, visibility="hidden")]


def _question_at(page: str, query: Mapping[str, str]) -> Question | None:
    if page not in PAGES:
        return None
    version = data_version()
    asked = asked_at(query, version)
    # The view moves no slider: without it, a filter that changes asks for nothing anew.
    settings = write(asked.dossier.name, asked.scenario, View(asked.view.choices))
    settings |= {"thesis": asked.dossier.name}
    return Question(page, tuple(sorted(settings.items())), frozenset(PAGES[page].sliders(asked.scenario)), version)


def _model_of(question: Question) -> SweepModel | None:
    assert isinstance(question.version, DataVersion)
    return work_out(question.page, asked_at(dict(question.settings), question.version)).model


def _health() -> Health:
    service, manager = market_service(), get_instance()._session_mgr
    own = (own_scenarios(), own_notes(), own_theses())
    for each in own:
        each.refresh()  # a database that has gone or come back is noticed though nobody works
    problems = [login.problem(), *(each.problem for each in own)]
    return Health(
        service.status(), service.ages(), service.counts(), manager.num_active_sessions(),
        [problem for problem in problems if problem],
    )  # fmt: skip


def _charts_at(page: str, query: Mapping[str, str]) -> list[dict[str, Any]] | None:
    if page not in (*PAGES, scenarios.PATH, charts.ALL):
        return None
    version = data_version()
    found = pictures(asked_at(query, version), version, () if page == charts.ALL else (page,))
    return [
        {
            "page": each.page, "name": each.name, "figure": each.figure(), "png": each.options,
            "slots": dict(each.answer.slots), "narrow": {},
        }
        for each in found
    ]  # fmt: skip


def _first_words(page: str, query: Mapping[str, str], version: DataVersion) -> document.FirstWords:
    asked = asked_at(query, version)
    if page == articles.PATH:
        return document.FirstWords(about(asked.dossier), articles.QUESTION, Sentence(""))
    if page == own_article.PATH:
        return document.FirstWords(own_article.ABOUT, own_article.QUESTION, Sentence(""))
    if page == scenarios.PATH:
        # With a login, scenarios are a person's: the document, which is kept for all, says nothing of them.
        lead = Sentence("") if login.is_on() else side_by_side(asked, version).lead
        return document.FirstWords(about(asked.dossier), scenarios.QUESTION, lead, len(theses()) > 1)
    entry = PAGES[page]
    return document.FirstWords(about(asked.dossier), entry.question, work_out(page, asked).lead, len(theses()) > 1)
