"""The reader's notes in the session: written on a claim or a chart, and found again."""

import streamlit as st

from components import formats
from components.widgets import keeping, session
from components.widgets.messages import heard_first
from data.notes import LONGEST, Note, own_notes
from data.own_records import NotKept


def of(thesis: str, about: str) -> Note | None:
    """The note on a claim or chart; None where there is none."""
    return own_notes().of(thesis, session.owner()).get(about)


def write(thesis: str, about: str, title: str, text: str) -> None:
    """Writes a note; an empty text deletes it. What stands against it is said on the next page."""
    try:
        kept = own_notes().write(thesis, about, title, text, session.owner())
    except NotKept as wrong:
        keeping.say(str(wrong))
        return
    if not kept:
        keeping.say(f"{own_notes().problem or 'There is no store.'} The note is gone when the app stops.")


def take(thesis: str, about: str, title: str, sent: object) -> None:
    """Writes what the browser sends. It may send anything: what is no note changes nothing."""
    message = heard_first(f"note-{about}", sent)
    if message is not None and isinstance(text := message.get("text"), str):
        write(thesis, about, title, text)


def field(thesis: str, about: str, title: str) -> None:
    """A field for a note, with the day on which it was written."""
    note = of(thesis, about)
    with st.form(f"note-{about}", border=False):
        text = st.text_area(
            "Your note", value="" if note is None else note.text, max_chars=LONGEST, height=90, key=f"note-text-{about}"
        )
        if st.form_submit_button("Save the note"):
            write(thesis, about, title, text)
            st.rerun()
    if note is not None:
        show_days = dict.fromkeys(formats.day(each.date()) for each in (note.written, note.changed))
        st.caption(f"Written on {', changed on '.join(show_days)}.")
