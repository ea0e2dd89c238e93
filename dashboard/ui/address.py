"""Choices read from the address and written to it: what the widgets of `choices` rest on."""

from __future__ import annotations

import streamlit as st

from dashboard.ui.parts import show_notices
from dashboard.ui.selection import Choice, values_of


def read_one(name: str, choice: Choice) -> str:
    """Return what the address asks for, or the default, which then takes its place there."""
    asked = asked_for(name)
    value, notice = choice.read(asked[-1]) if asked else (choice.default, "")
    if notice:
        show_notices([notice])
        mend(name, [])
    return value


def read_several(name: str, choice: Choice) -> list[str]:
    """Return the things that the address asks for; what is not there is taken out of it."""
    read = [choice.read(value) for value in asked_for(name)]
    known = list(dict.fromkeys(value for value, notice in read if not notice))
    notices = [notice for _, notice in read if notice]
    if notices:
        show_notices(notices)
        mend(name, known)
    return known


def mend(name: str, known: list[str]) -> None:
    """Leave only what is there in the address, so that it can be passed on."""
    if known:
        st.query_params[name] = known
    else:
        st.query_params.pop(name, None)


def write(name: str, default: str | list[str], *resets: str) -> None:
    """Put what was just chosen into the address, in one step of the browser's history."""
    chosen = st.session_state[widget_key(name)]
    known = [] if chosen == default else [chosen] if isinstance(chosen, str) else list(chosen)
    put({name: known} | {each: [] for each in resets})


def put(changes: dict[str, list[str]]) -> None:
    """Put values into the address, in one step of the browser's history; none takes a name out."""
    query = {known: st.query_params.get_all(known) for known in st.query_params} | changes
    st.query_params.from_dict({name: values for name, values in query.items() if values})


def set_all(**values: str) -> None:
    """Put several values into the address, in one step of the browser's history."""
    query = {known: st.query_params.get_all(known) for known in st.query_params}
    st.query_params.from_dict(query | {name: [value] for name, value in values.items()})


def asked_for(name: str) -> list[str]:
    """Return what the address asks for under a parameter, empty values left out."""
    return values_of({name: st.query_params.get_all(name)}, name)


def widget_key(name: str) -> str:
    """Return the key of the widget that a parameter belongs to."""
    return f"choose_{name}"
