"""What partners write of an indicator in a quarter: shown, added to, amended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.metrics.periods import parse_month, quarter_label
from dashboard.store.builds import data_dir
from dashboard.store.commentary import (
    HEADINGS,
    LONGEST_BODY,
    Commentary,
    Entry,
    Subject,
)
from dashboard.store.partner_records import RecordError
from dashboard.ui.parts import plain, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.writer import ask_agency, ask_name
from dashboard.words.commentary import byline, history_table, rivals_text

NAME, AGENCY = "commentary_writer", "commentary_agency"
"""Keys of the form's fields."""


@st.fragment
def commentary_section(view: AreaView, indicator: str) -> None:
    """Draw what partners wrote of the indicator in the quarter shown, and the form to write."""
    quarter = quarter_label(parse_month(view.as_at_text))
    about = Subject(view.area_code, indicator, quarter)
    st.markdown(f"**What partners say of {plain(quarter)}**")
    try:
        store = Commentary.of(data_dir())
        current = store.current(about)
    except RecordError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _entries(current, about)
    _form(store, about, current)
    _history(store, about, current)


def _entries(current: pd.DataFrame, about: Subject) -> None:
    if current.empty:
        st.markdown("Nobody has written anything yet.")
    for heading, title in HEADINGS.items():
        entries = current[current["heading"].eq(heading)]
        if entries.empty:
            continue
        st.markdown(f"*{title}*")
        for _, entry in entries.iterrows():
            _entry(entry, about)


def _entry(entry: pd.Series, about: Subject) -> None:
    with st.container(border=True, gap="xxsmall", key=f"entry_{entry['entry_id']}"):
        # A text keeps the lines it was written in.
        st.markdown(plain(str(entry["body"])).replace("\n", "  \n"))
        small_print(byline(entry))
        if entry["rivals"]:
            st.warning(rivals_text(entry), icon=":material/call_split:")
        st.button(
            "Amend",
            key=f"amend_{entry['entry_id']}",
            icon=":material/edit:",
            type="tertiary",
            on_click=_amend,
            args=(about, entry),
        )


def _form(store: Commentary, about: Subject, current: pd.DataFrame) -> None:
    """Ask for an entry; one that is amended is in the form already."""
    amended = st.session_state.get(_key(about, "replaces"))
    is_amending = amended is not None and amended in set(current["entry_id"])
    label = "Amend an entry" if is_amending else "Write an entry"
    with st.expander(label, expanded=is_amending), st.form(_key(about, "form"), border=False):
        st.radio(
            "Heading",
            list(HEADINGS),
            format_func=HEADINGS.__getitem__,
            horizontal=True,
            key=_key(about, "heading"),
        )
        st.text_area("Text", max_chars=LONGEST_BODY, key=_key(about, "body"))
        ask_name(NAME)
        ask_agency(AGENCY)
        replaces = amended if is_amending else None
        with st.container(horizontal=True):
            _button("Save", _save, (store, about, replaces, False), type="primary")
            if is_amending:
                _button("Withdraw", _save, (store, about, replaces, True))
                _button("Cancel", _empty, (about,))
    # It stays until the form is sent again: what is drawn anew meanwhile does not take it away.
    if refused := st.session_state.get(_key(about, "refused")):
        st.error(plain(refused), icon=":material/error:")


def _button(label: str, do: Callable[..., None], args: tuple, **look: Any) -> None:  # noqa: ANN401
    # Done before the section is drawn anew, so that it shows at once what came of it.
    st.form_submit_button(label, on_click=do, args=args, **look)


def _save(store: Commentary, about: Subject, replaces: int | None, withdraws: bool) -> None:
    """Keep what the form holds; what cannot be kept stays in the form."""
    st.session_state.pop(_key(about, "refused"), None)
    entry = Entry(
        heading=st.session_state[_key(about, "heading")],
        body="" if withdraws else st.session_state[_key(about, "body")],
        author=st.session_state[NAME],
        agency=st.session_state[AGENCY],
        replaces=replaces,
    )
    try:
        if not (entry.body.strip() or withdraws):
            raise RecordError("Write something first, or withdraw the entry.")
        store.write(about, entry)
    except RecordError as error:
        st.session_state[_key(about, "refused")] = str(error)
        return
    _empty(about)


def _empty(about: Subject) -> None:
    """Empty the form; the writer's name stays."""
    st.session_state[_key(about, "body")] = ""
    for part in ("replaces", "refused"):
        st.session_state.pop(_key(about, part), None)


def _amend(about: Subject, entry: pd.Series) -> None:
    st.session_state.pop(_key(about, "refused"), None)
    st.session_state[_key(about, "replaces")] = int(entry["entry_id"])
    st.session_state[_key(about, "heading")] = entry["heading"]
    st.session_state[_key(about, "body")] = entry["body"]


def _history(store: Commentary, about: Subject, current: pd.DataFrame) -> None:
    history = store.history(about)
    if len(history) == len(current):
        return
    with st.expander(f"Earlier versions ({len(history)} entries in all)"):
        named = history.assign(heading=history["heading"].map(HEADINGS))
        show_reading_table(history_table(named), caption="Every version of what partners wrote")


def _key(about: Subject, part: str) -> str:
    return f"commentary_{part}_{about.area_code}_{about.indicator_id}_{about.quarter}"
