"""Streamlit widgets for a scenario's inputs. Each shows the scenario's value and writes changes back to it."""

from collections.abc import Callable, Mapping

import streamlit as st

from components import formats
from components.scenario.types import NumberInput
from components.widgets import session
from components.widgets.plain import as_text
from data.figures import Origin

BADGES = {
    Origin.ARTICLE: ":violet-badge[article]",
    Origin.FILING: ":blue-badge[filing]",
    Origin.MARKET: ":green-badge[market]",
    Origin.SNAPSHOT: ":gray-badge[snapshot]",
    Origin.READER: ":orange-badge[yours]",
}

NUMBER_WIDTH = 340  # pixels


def _store(key: str) -> None:
    session.change(key, float(st.session_state[key]))


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


def _label(each: NumberInput) -> str:
    return each.label if each.unit.lower() in each.label.lower() else f"{each.label}, {each.unit}"


def _badge(each: NumberInput, value: float) -> str:
    """The mark of where a value comes from: the default's origin, or the reader once it is moved."""
    origin = each.origin if value == each.default else Origin.READER
    return f" {BADGES[origin]}" if origin else ""


def _reason(each: NumberInput) -> str:
    """Why an input starts where it does, and what is to be known about it."""
    home = "The article says" if each.origin is Origin.ARTICLE else "It starts at"
    start = f"{home} {formats.number(each.default, each.decimals)}: {each.provenance}."
    return as_text(f"{start} {each.help}".strip())


def _show(key: str, value: object) -> None:
    """Sets a widget to the scenario's value, if it shows another one.

    Setting an equal value again would also move the widget in the browser, and a handle that the reader has dragged
    further in the meantime would jump back.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def slider(key: str) -> float:
    """A slider for a number input, with the origin of its value beside the label and its reason behind the mark."""
    each, value = session.number_input(key), session.scenario().number(key)
    whole = each.decimals == 0
    cast = int if whole else float
    _show(key, cast(value))
    st.slider(
        f"{as_text(_label(each))}{_badge(each, value)}",
        min_value=cast(each.low),
        max_value=cast(each.high),
        step=cast(each.step),
        format="%d" if whole else f"%.{each.decimals}f",
        key=key,
        help=_reason(each),
        on_change=_store,
        args=(key,),
    )
    return value


def number(key: str) -> float:
    """A number field for a number input."""
    each, value = session.number_input(key), session.scenario().number(key)
    whole = each.decimals == 0
    cast = int if whole else float
    _show(key, cast(value))
    st.number_input(
        as_text(_label(each)),
        min_value=cast(each.low),
        max_value=cast(each.high),
        step=cast(each.step) if whole else 1.0,
        format="%d" if whole else f"%.{each.decimals}f",
        key=key,
        help=as_text(each.help) or None,
        on_change=_store,
        args=(key,),
        width=NUMBER_WIDTH,
    )
    return value


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
