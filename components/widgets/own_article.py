"""The page on which a reader makes a thesis of an article: hand it in, say what it is about, decide on its claims."""

import streamlit as st

from components import formats
from components.answers import address
from components.answers.desk import company_on, preview
from components.authoring.desk import Desk, State
from components.authoring.model import endpoint
from components.authoring.proposals import NoArticle
from components.authoring.sources import from_file, pasted
from components.readouts import desk as texts
from components.readouts.blocks import Readout
from components.readouts.head import plain_head
from components.widgets import desk as work
from components.widgets import own_about, own_list, session, show
from components.widgets.failures import readable_failures
from components.widgets.plain import as_text
from data.errors import DataFileError
from data.market.breakers import Key
from data.market.service import market_service
from data.own_records import NotKept

PATH, TITLE, QUESTION = "thesis", "Your article", "Your own article"
LINE = "Paste a text about a listed company, confirm its figures, and open this dashboard on them."
ABOUT = "paste a text, confirm its figures, open a dashboard on them"
_ASIDE, _POLL_S = "_own_aside", 2


def page() -> None:
    """The three steps, of which each shows what the one before has left."""
    if work.has_opened():
        st.switch_page("pages/overview.py")
    st.set_page_config(page_title=f"{TITLE} · Thesis dashboard")
    block = plain_head(QUESTION, LINE, ABOUT)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="page-head"):
        show.readout(Readout("head", [block]))
    for problem in session.take_problems():
        st.warning(as_text(problem), icon=":material/link_off:")
    with readable_failures():
        desk = work.on_desk()
        if desk is not None:
            _decide(desk)
        elif work.source() is not None:
            own_about.form()
        else:
            _hand_in()
    if desk is None:
        own_list.listed()


def _hand_in() -> None:
    """The first step: a text, pasted or as a file."""
    if (aside := st.session_state.get(_ASIDE)) is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"“{as_text(aside.about.title or aside.about.name)}” is put aside.", width="content")
            st.button("Take it back", icon=":material/undo:", on_click=_take_back)
    paste, drop = st.columns([2, 1], gap="large")
    with paste, st.form("own-paste", border=False):
        text = st.text_area(
            "The article’s text", height=300, key="own-text",
            placeholder="Paste the article here: the text alone, in English.",
        )  # fmt: skip
        go = st.form_submit_button("Find its figures", type="primary", icon=":material/search:")
    with drop:
        dropped = st.file_uploader("Or a saved file: HTML, PDF or text", key="own-file", max_upload_size=10)
        show.note(
            "The text stays in this session: it is not stored, and it is sent nowhere. What is kept is what you "
            "confirm, with the sentence that says it."
        )
    try:
        if dropped is not None:
            with st.spinner("Reading the file…"):
                work.hand_in(from_file(dropped.name, dropped.getvalue()))
            st.rerun()
        if go:
            work.hand_in(pasted(text))
            st.rerun()
    except NoArticle as wrong:
        st.warning(as_text(str(wrong)), icon=":material/description:")


def _decide(desk: Desk) -> None:
    """The third step: the queue of claims, and what comes of them."""
    version = address.data_version()
    company = company_on(desk.about, version.library)
    found = preview(desk, version)
    close = ""
    if found.close is not None:
        close = f"close before {formats.figure(found.close)} on {formats.day(found.close.as_of)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="own-bar"):
        st.markdown(as_text(texts.about_line(desk, close)), width="stretch")
        with st.popover("Change", icon=":material/edit:"):
            own_about.change(desk)
        st.button("Put aside", on_click=_put_aside, help="Clears the desk. What was opened as a dashboard stays.")
        accepted = desk.count(State.ACCEPTED)
        st.button(
            "Open the dashboard", type="primary", disabled=accepted == 0, on_click=_open, args=(desk,),
            icon=":material/dashboard:",
        )  # fmt: skip
    for said in (desk.remark, *work.told()):
        if said:
            show.warning(said)
    if not desk.entries:
        show.info("No figure is found in this text. Mark a passage, or start from a blank claim, and add them by hand.")
    with st.container(key="own-desk"):
        block = texts.desk_block(desk, found.findings, found.wrong, company, work.problem())
        show.desk(block, work.opens(), work.act)
    if desk.text and endpoint() is not None:
        st.button(
            "Ask the model for more claims", icon=":material/smart_toy:", on_click=work.ask_model,
            help="The text goes to the endpoint that THESIS_MODEL_URL names. What comes back is marked, and open.",
        )  # fmt: skip
    _follow(found.keys)
    lacking = [each for each in block["rows"] if each["state"] == "accepted" and each["lacks"]]
    if lacking:
        count = f"{len(lacking)} accepted claims lack" if len(lacking) > 1 else "One accepted claim lacks"
        show.note(
            f"{count} a figure that nothing here knows: type it in under Edit, with its day and source, or leave it "
            "unknown. The dashboard opens all the same, and says what is missing."
        )


def _follow(keys: tuple[Key, ...]) -> None:
    """Draws the desk anew when the market service has answered something about the share."""
    service = market_service()
    before = service.status(keys).version

    @st.fragment(run_every=_POLL_S if keys and service.status().enabled else None)
    def follow() -> None:
        service.cached(keys)
        if service.status(keys).version != before:
            st.rerun()

    follow()


def _put_aside() -> None:
    st.session_state[_ASIDE] = work.on_desk()
    work.put(None)
    work.hand_in(None)


def _take_back() -> None:
    work.put(st.session_state.pop(_ASIDE))


def _open(desk: Desk) -> None:
    """Keeps what was accepted, and opens it on the overview."""
    try:
        said = work.keep(desk)
    except (NotKept, DataFileError) as wrong:
        work.say(str(wrong))
        return
    session.tell(said)
    work.open_dashboard(desk.name)
