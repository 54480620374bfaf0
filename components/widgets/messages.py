"""What is said to the reader once, and what the browser says that must be heard once."""

from collections.abc import Mapping
from typing import Any, cast

import streamlit as st


class Sayings:
    """Sentences for the reader that wait in the session until a page shows them."""

    def __init__(self, name: str) -> None:
        self._key = f"_said_{name}"

    def say(self, *sentences: str) -> None:
        """Adds sentences; empty ones are passed over."""
        st.session_state[self._key] = [*st.session_state.get(self._key, []), *(each for each in sentences if each)]

    def told(self) -> list[str]:
        """What is to be said. Each sentence is returned once."""
        return cast(list[str], st.session_state.pop(self._key, []))


def heard_first(name: str, sent: object) -> Mapping[str, Any] | None:
    """A message of the browser's if it is one, and new at this place; None otherwise.

    A component hands its last message over again in each run of the page.
    """
    if not isinstance(sent, Mapping):
        return None
    key, message = f"_heard_{name}", (sent.get("at"), sent.get("sent"))
    if st.session_state.get(key) == message:
        return None
    st.session_state[key] = message
    return sent
