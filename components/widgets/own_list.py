"""The reader's own articles: open, edit, take along, delete and bring back; and the import of one."""

from functools import partial

import streamlit as st

from components import formats
from components.answers import address
from components.export.zipped import unzipped, zipped
from components.widgets import desk as work
from components.widgets import session, show
from components.widgets.plain import as_text
from data.errors import DataFileError
from data.library import case_problems, open_case
from data.own import MOST_BYTES, Files, checked, own_theses
from data.own_records import NotKept

_GONE, _TAKEN = "_own_gone", "_own_taken"
MOST_FILES = 10  # of one article


def listed() -> None:
    """The list, below the first step."""
    own = own_theses()
    if own.problem:
        show.warning(own.problem)
    if gone := st.session_state.get(_GONE):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"“{as_text(gone[1])}” is deleted.", width="content")
            st.button("Undo", icon=":material/undo:", on_click=_bring_back, args=(gone[0],))
    for said in work.told():
        show.info(said)
    names = own.names()
    if names:
        st.subheader("Your articles")
    for name in names:
        title = session.title_of(name)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"own-row-{name}"):
            st.markdown(f"{as_text(title)} :gray[{as_text(_told(name))}]", width="stretch")
            st.button("Open", key=f"own-open-{name}", on_click=_open, args=(name,))
            st.button("Edit", key=f"own-edit-{name}", on_click=_edit, args=(name,))
            st.download_button(
                "Files", partial(zipped, own.files(name)), f"{name}.zip", "application/zip", key=f"own-save-{name}",
                on_click="ignore", help="The files of this article, as docs/write-a-thesis.md describes them.",
            )  # fmt: skip
            st.button("Delete", key=f"own-delete-{name}", on_click=_delete, args=(name, title))
    with st.expander("Bring in an article’s files"):
        given = st.file_uploader(
            "A ZIP that was saved here, or a thesis file ending in .toml", type=["zip", "toml"], key="own-import",
            max_upload_size=1,
        )  # fmt: skip
        if given is not None and st.session_state.get(_TAKEN) != given.file_id:
            st.session_state[_TAKEN] = given.file_id
            _take(given.name, given.getvalue())


def _told(name: str) -> str:
    """Share, day and number of claims of an article; why it cannot be opened where it cannot."""
    try:
        case = open_case(name, address.data_version().day, address.library())
    except DataFileError as error:
        return f"cannot be opened: {error.problems[0].problem}"
    article, count = case.thesis.article, len(case.thesis.claim)
    claims = "1 claim" if count == 1 else f"{count} claims"
    return f"{article.company} · {formats.day(article.published)} · {claims}"


def _open(name: str) -> None:
    try:
        open_case(name, address.data_version().day, address.library())
    except DataFileError as error:
        work.say(*(str(problem) for problem in error.problems))
        return
    work.open_dashboard(name)


def _edit(name: str) -> None:
    try:
        work.edit(name)
    except DataFileError as error:
        work.say(*(str(problem) for problem in error.problems))


def _delete(name: str, title: str) -> None:
    st.session_state[_GONE] = (name, title)
    own_theses().delete(name)
    if session.is_open(name):
        session.open_thesis(session.theses()[0])


def _bring_back(name: str) -> None:
    st.session_state.pop(_GONE, None)
    own_theses().bring_back(name)


def _take(name: str, content: bytes) -> None:
    """Keeps what was handed in, if it is a thesis; says what is wrong with it otherwise."""
    try:
        files = _unpacked(name, content)
        thesis = next(place for place in files if place.startswith("theses/"))
        stem = thesis.removeprefix("theses/").removesuffix(".toml")
        if stem in session.theses():
            raise NotKept(f"There is an article “{stem}” here already. Rename the file, or delete that one.")
        own, before = own_theses(), own_theses().taken_away(stem)
        own.keep(stem, files)
        if problems := case_problems(stem, address.data_version().day, address.library()):
            if before is not None:
                own.keep(stem, before)  # what was deleted can still be brought back
            own.delete(stem)
            raise DataFileError.of(problems)
        if st.session_state.get(_GONE, ("",))[0] == stem:
            st.session_state.pop(_GONE)
        said = [f"“{session.title_of(stem)}” is here."]
    except NotKept as wrong:
        said = [str(wrong)]
    except DataFileError as error:
        said = [str(problem) for problem in error.problems]
    work.say(*said)
    st.rerun()


def _unpacked(name: str, content: bytes) -> Files:
    """The files in what was handed in. Raises NotKept."""
    if name.lower().endswith(".toml"):
        try:
            return checked({f"theses/{name.rsplit('/', 1)[-1].lower()}": content.decode()})
        except UnicodeDecodeError:
            raise NotKept("The file is no text in UTF-8.") from None
    too_much, not_one = "The ZIP holds more than the files of one article.", "This is no ZIP of text files."
    return checked(unzipped(content, MOST_FILES, MOST_BYTES, too_much, not_one))
