"""Saves the present settings under a name, from any page; and what is to be said of it."""

import streamlit as st
from pydantic import ValidationError

from components.answers import saving
from components.answers.answer import Asked
from components.readouts.scenarios import suggested_name
from components.widgets import session
from components.widgets.messages import Sayings
from data.own_records import NotKept
from data.scenarios import LONGEST_NAME, own_scenarios

_NAME = "scenario-name"
_sayings = Sayings("kept")
say, told = _sayings.say, _sayings.told


def form(asked: Asked, page: str) -> None:
    """The name under which the present settings are saved, and the button that does it."""
    suggested = suggested_name(asked.scenario, asked.dossier.day)
    with st.form("save-scenario", border=False):
        name = st.text_input("Save these settings as", value=suggested, key=f"{_NAME}-{suggested}")
        if st.form_submit_button("Save", type="primary", icon=":material/bookmark_add:"):
            _save(name, page)


def _save(name: str, page: str) -> None:
    try:
        record = saving.saved(session.asked(), name, page, session.owner())
        key, kept = own_scenarios().save(record)
        record = own_scenarios().one(key)
    except ValidationError:
        say(f"A name has 1 to {LONGEST_NAME} characters.")
    except NotKept as wrong:
        say(str(wrong))
    else:
        why = "" if kept else f" {own_scenarios().problem or 'There is no store.'} It is gone when the app stops."
        say(f"“{record.name}” is saved.{why}")
    st.rerun()
