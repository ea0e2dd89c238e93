"""What partners write of an indicator in a quarter: shown, added to, amended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
FIELD_HEIGHT = 90
"""Pixels of a field to write in."""


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
    """Ask for what belongs under each heading; what is amended is in the form already."""
    amended = {
        heading: entry
        for heading in HEADINGS
        if (entry := st.session_state.get(_key(about, f"replaces_{heading}")))
        in set(current["entry_id"])
    }
    label = "Amend, or write more" if amended else "Write"
    with st.expander(label, expanded=bool(amended)), st.form(_key(about, "form"), border=False):
        for heading, title in HEADINGS.items():
            st.text_area(
                title, max_chars=LONGEST_BODY, key=_key(about, heading), height=FIELD_HEIGHT
            )
        ask_name(NAME)
        ask_agency(AGENCY)
        with st.container(horizontal=True):
            _button("Save", _save, (store, about, amended), type="primary")
            if amended:
                _button("Withdraw", _withdraw, (store, about, amended))
                _button("Cancel", _empty, (about,))
    # It stays until the form is sent again: what is drawn anew meanwhile does not take it away.
    if refused := st.session_state.get(_key(about, "refused")):
        st.error(plain(refused), icon=":material/error:")


def _button(label: str, do: Callable[..., None], args: tuple, **look: Any) -> None:  # noqa: ANN401
    # Done before the section is drawn anew, so that it shows at once what came of it.
    st.form_submit_button(label, on_click=do, args=args, **look)


def _save(store: Commentary, about: Subject, amended: Mapping[str, int]) -> None:
    """Keep what the form holds, under all headings at once; what is refused stays in it."""
    bodies = {heading: st.session_state[_key(about, heading)] for heading in HEADINGS}
    bodies = {heading: body for heading, body in bodies.items() if body.strip()}
    _keep(store, about, bodies, amended, missing=set(amended) - set(bodies))


def _withdraw(store: Commentary, about: Subject, amended: Mapping[str, int]) -> None:
    """Take back what is amended."""
    _keep(store, about, dict.fromkeys(amended, ""), amended, missing=set())


def _keep(
    store: Commentary,
    about: Subject,
    bodies: Mapping[str, str],
    amended: Mapping[str, int],
    missing: set[str],
) -> None:
    st.session_state.pop(_key(about, "refused"), None)
    name, agency = st.session_state[NAME], st.session_state[AGENCY]
    entries = [
        Entry(heading, body, name, agency, amended.get(heading)) for heading, body in bodies.items()
    ]
    try:
        if missing or not entries:
            raise RecordError("Write something first, or withdraw the entry.")
        store.write(about, *entries)
    except RecordError as error:
        st.session_state[_key(about, "refused")] = str(error)
        return
    _empty(about)


def _empty(about: Subject) -> None:
    """Empty the form; the writer's name stays."""
    for heading in HEADINGS:
        st.session_state[_key(about, heading)] = ""
        st.session_state.pop(_key(about, f"replaces_{heading}"), None)
    st.session_state.pop(_key(about, "refused"), None)


def _amend(about: Subject, entry: pd.Series) -> None:
    st.session_state.pop(_key(about, "refused"), None)
    st.session_state[_key(about, f"replaces_{entry['heading']}")] = int(entry["entry_id"])
    st.session_state[_key(about, entry["heading"])] = entry["body"]


def _history(store: Commentary, about: Subject, current: pd.DataFrame) -> None:
    history = store.history(about)
    if len(history) == len(current):
        return
    with st.expander(f"Earlier versions ({len(history)} entries in all)"):
        named = history.assign(heading=history["heading"].map(HEADINGS))
        show_reading_table(history_table(named), caption="Every version of what partners wrote")


def _key(about: Subject, part: str) -> str:
    return f"commentary_{part}_{about.area_code}_{about.indicator_id}_{about.quarter}"
