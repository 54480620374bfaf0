"""What all pages share: the heading, the answer, the reset button, and the note on the market price."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from components.answers.answer import Answer
from components.answers.reference import market_now, market_price, moved_since
from components.answers.registry import PAGES, work_out
from components.readouts import panel as texts
from components.readouts.blocks import Readout, would_stand
from components.readouts.freshness import about
from components.readouts.head import head
from components.scenario.inputs.beginning import TWELVE
from components.scenario.record import PriceReference
from components.web.served.paths import public_url
from components.widgets import controls, keeping, menu, session, show
from components.widgets.failures import readable_failures
from components.widgets.plain import as_text
from data import places
from data.errors import UnknownFigure
from data.market.service import market_service

INPUTS_BESIDE = [484, 884]  # the widths of the inputs and of what follows from them


def heading(name: str, choice: str | None = None) -> None:
    """The bar on top: the page's question, the article, the price, a choice that changes the whole page, exports.

    Below it, warnings about the address, and the choice of the article where there is more than one.
    """
    entry, dossier = PAGES[name], session.dossier()
    st.set_page_config(page_title=f"{entry.title} · {dossier.thesis.article.name}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="page-head"):
        follows = bool(entry.sliders(session.scenario()))
        # A page without settings shows today's figures, whatever price settings on other pages were made at.
        price = market_price(dossier, session.scenario()) if follows else market_now(dossier)
        if choice is not None and session.chosen(choice) == ("published",):
            price = dossier.price_before_publication()  # nothing later is known there
        line = entry.line_for(dossier)
        settings = session.link()
        block = head(
            entry.question,
            line,
            about(dossier),
            price,
            dossier.symbol,
            dossier.day,
            settings,
            follows,
            public_url(),
            bool(session.scenario().changed),
        )
        show.readout(Readout("head", [block]))
        if choice is not None:
            controls.choice(choice, is_named=False)
        if len(names := session.theses()) > 1:
            controls.thesis(names)
        menu.menu(dossier, name)
    for said in keeping.told():
        show.info(said)
    for problem in session.take_problems():
        st.warning(as_text(problem), icon=":material/link_off:")


def answer(name: str) -> Answer | None:
    """The computed page for this reader. Where a figure is missing: None, and a sentence on the page."""
    try:
        return work_out(name, session.asked())
    except UnknownFigure as missing:
        off = "" if market_service().status().enabled else " Live market data, which may know it, is switched off."
        show.info(f"Not known: {missing.what}. The page needs it.{would_stand(missing.where)}{off}")
        return None


def lacks(what: str, *measures: str) -> str:
    """A remark on what is missing, with the columns that would fill it."""
    return what + would_stand(places.of_measure(session.dossier().company, *measures))


def calculator(draw: Callable[[], None]) -> Callable[[], None]:
    """A part of a page that follows its sliders: a move reruns it alone, and a failure in it is a sentence there."""

    @st.fragment
    @wraps(draw)
    def drawn() -> None:
        with readable_failures():
            draw()

    return drawn


def reset_button(page: str) -> None:
    """Returns this page to the article's values, and says what is moved. Always there, if disabled: nothing jumps."""
    scenario = session.scenario()
    keys = session.page_keys(page)
    moved = [scenario.inputs[key].label for key in keys if key in scenario.changed]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        help = "Sets back what you moved on this page. The menu at the top has the same for all pages."
        back = "Back to the article’s values"
        if st.button(back, key="reset", icon=":material/undo:", disabled=not moved, help=help):
            session.back_to_article(page)
            st.rerun()  # the head shows the price that settings stand on
        st.caption(as_text(texts.moved(moved, len(keys))), width="content")


def twelve_months() -> None:
    """Returns to twelve months from today, where the article's own are shorter."""
    st.button(
        "Twelve months from today",
        key="twelve",
        icon=":material/date_range:",
        on_click=session.change,
        args=("months", TWELVE),
    )


def pinned_price() -> None:
    """Where the settings were made at another price than today's: a note, and a button to take over today's."""
    dossier = session.dossier()
    moved, now = moved_since(dossier, session.scenario()), market_now(dossier)
    if not moved or now is None:
        return
    show.note(moved)
    if st.button("Use today’s price", icon=":material/update:"):
        session.take_market(PriceReference.of(now))
        st.rerun()  # the head shows it, too
