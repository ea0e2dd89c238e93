"""Who writes: asked for wherever something is recorded, and given once for all pages of a visit."""

from __future__ import annotations

import streamlit as st

from dashboard.store.partner_records import LONGEST_NAME

NAME, AGENCY = "remembered_name", "remembered_agency"
"""Where what was given is kept. Not a widget's key: Streamlit forgets those on another page."""


def ask_name(key: str, *, help: str | None = None) -> str:
    """Ask for the writer's name, and fill in the one that was given last.

    Args:
        key: Of the widget; another one on every form.
        help: What is said beside it.
    """
    return _ask("Your name", key, NAME, help)


def remember_name(name: str) -> None:
    """Fill a name into the forms that follow, where its own form is not drawn again."""
    st.session_state[NAME] = name


def ask_agency(key: str) -> str:
    """Ask for the writer's agency in the same way."""
    return _ask("Your agency, such as police", key, AGENCY, None)


def _ask(label: str, key: str, state_key: str, help: str | None) -> str:
    # Only a name that is there is filled in: what a script sets replaces what is being typed.
    if not st.session_state.get(key) and (remembered := st.session_state.get(state_key)):
        st.session_state[key] = remembered
    given = st.text_input(label, max_chars=LONGEST_NAME, key=key, help=help)
    if given:
        st.session_state[state_key] = given
    return given
