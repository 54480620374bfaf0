"""One reader's answer after the other."""

from collections.abc import Callable
from functools import wraps
from threading import Lock

import streamlit as st

_turn = Lock()
PATIENCE_S = 2.0


def fragment(show: Callable[[], None]) -> Callable[[], None]:
    @wraps(show)
    def in_turn() -> None:
        mine = _turn.acquire(timeout=PATIENCE_S)
        try:
            show()
        finally:
            if mine:
                _turn.release()

    return st.fragment(in_turn)
