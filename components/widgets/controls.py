"""Streamlit widgets for choices. Each shows what is chosen and writes changes back; numbers have a panel of ours."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.widgets import session
from components.widgets.plain import as_text


def _store_choice(key: str) -> None:
    chosen = st.session_state[key]
    each = session.choice_input(key)
    if each.several:
        session.change(key, tuple(option for option in each.options if option in chosen))
    else:
        session.change(key, (chosen,) if chosen else each.default)


def _pass_on(key: str, on_choice: Callable[[str], None]) -> None:
    chosen = st.session_state[key]
    if chosen:
        on_choice(chosen)


def _show(key: str, value: object) -> None:
    """Sets a widget to the scenario's value, if it shows another one.

    Setting an equal value again would also move the widget in the browser, and a handle that the reader has dragged
    further in the meantime would jump back.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def choice(key: str, on_choice: Callable[[str], None] | None = None, is_named: bool = True) -> str:
    """A segmented control for a choice of one. `on_choice`, where given, replaces the storing of the choice.

    Where its options speak for themselves its name is left to screen readers.
    """
    each = session.choice_input(key)
    _show(key, session.chosen(key)[0])
    st.segmented_control(
        as_text(each.label),
        list(each.options),
        format_func=lambda option: as_text(each.options[option]),
        key=key,
        on_change=_store_choice if on_choice is None else _pass_on,
        args=(key,) if on_choice is None else (key, on_choice),
        help=as_text(each.help) or None,
        label_visibility="visible" if is_named else "collapsed",
        wrap=True,
    )
    return session.chosen(key)[0]


def select(key: str) -> str:
    """A select box for a choice of one among many options."""
    each = session.choice_input(key)
    _show(key, session.chosen(key)[0])
    st.selectbox(
        as_text(each.label),
        list(each.options),
        format_func=lambda option: as_text(each.options[option]),
        key=key,
        on_change=_store_choice,
        args=(key,),
    )
    return session.chosen(key)[0]


def choices(key: str, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Pills for a choice of several, by their own names or those given."""
    each = session.choice_input(key)
    names = each.options if names is None else names
    _show(key, list(session.chosen(key)))
    st.pills(
        as_text(each.label),
        list(each.options),
        format_func=lambda option: as_text(names[option]),
        selection_mode="multi",
        wrap=True,
        key=key,
        on_change=_store_choice,
        args=(key,),
        help=as_text(each.help) or None,
    )
    return session.chosen(key)


def thesis(names: Sequence[str]) -> None:
    """The choice of the article."""
    # Set on every run: the box stands on every page, and after a change of page what the last one left is not its own.
    st.session_state["thesis"] = session.dossier().name
    st.selectbox(
        "Article",
        list(names),
        format_func=lambda name: as_text(session.title_of(name)),
        key="thesis",
        on_change=lambda: session.open_thesis(st.session_state["thesis"]),
        label_visibility="collapsed",
        width=260,
    )
