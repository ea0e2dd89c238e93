"""The actions of a choice as a table in which their states are written, several in one save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.actions import NOT_RECORDED
from dashboard.analysis.area_view import AreaView
from dashboard.pages.actions.words import history_lines, in_full, states_table
from dashboard.store.builds import data_dir
from dashboard.store.commentary import LONGEST_NOTE, STATES, Progress, State
from dashboard.store.partner_records import RecordError
from dashboard.ui.grid import fill_grid
from dashboard.ui.parts import labelled, plain
from dashboard.ui.writer import ask_name

Changes = dict[str, dict[str, Any]]
"""What was filled in and is not saved yet: state, note, by action."""

NAME, READ = "states_writer", "states_read"
SAVED, REFUSED = "states_saved", "states_refused"


def states_section(
    view: AreaView, actions: pd.DataFrame, progress: pd.DataFrame | None, place: str
) -> None:
    """Draw the table and what saves it.

    Args:
        view: Of the plan.
        actions: Those of the choice.
        progress: What was last said of each action of the plan.
        place: A name of the choice.
    """
    changes = unsaved(view.plan_id)
    table = with_changes(states_table(actions, progress), actions["action_id"].tolist(), changes)
    key = f"states_{view.plan_id}_{st.session_state.get(SAVED, (0, 0))[0]}_{place}"
    known = actions["action_id"].tolist()
    with st.container(key="not_printed_states"):
        fill_grid(
            table, _columns(), key=key, alt="Actions and their states, to fill in",
            empty=NOT_RECORDED, on_change=_keep, args=(view.plan_id, key, known),
        )  # fmt: skip
    if clicked := st.session_state.get(READ):
        _read(actions.iloc[int(clicked["row"])], view.plan_id)
    changed = states_of(changes, progress, "")
    with st.container(horizontal=True, vertical_alignment="bottom", key="not_printed_save"):
        with st.container(width=280):
            ask_name(NAME)
        several = f"Save {len(changed)} states" if len(changed) > 1 else "Save the state"
        st.button(
            several if changed else "Save states", type="primary", icon=":material/save:",
            disabled=not changed, on_click=_save, args=(view.plan_id,),
        )  # fmt: skip
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/error:")
    round_, count = st.session_state.get(SAVED, (0, 0))
    if count and not changed:
        said = "One state is recorded." if count == 1 else f"{count} states are recorded."
        st.success(said, icon=":material/check_circle:")
        st.session_state[SAVED] = (round_, 0)


def unsaved(plan: str) -> Changes:
    """Return what a visit filled in of a plan's states and did not save yet."""
    return st.session_state.setdefault(f"states_unsaved_{plan}", {})


def with_changes(table: pd.DataFrame, known: list[str], changes: Changes) -> pd.DataFrame:
    """Return the table with what was filled in, of whatever choice it was."""
    filled = table.copy()
    for column in ("state", "note"):
        filled[column] = [
            changes.get(action, {}).get(column, cell)
            for action, cell in zip(known, table[column], strict=True)
        ]
    return filled


def states_of(changes: Changes, progress: pd.DataFrame | None, author: str) -> tuple[State, ...]:
    """Return the states that differ from what was recorded last.

    Args:
        changes: What was filled in; a note without a state goes with the state recorded last.
        progress: What was last said of each action; None for nothing.
        author: Who says so.
    """
    rows = [] if progress is None else progress.to_dict("records")
    last = {each["action_id"]: (each["state"], each["note"]) for each in rows}
    found = []
    for action, filled in changes.items():
        state, note = last.get(action, ("", ""))
        wanted = (filled.get("state") or state, (filled.get("note", note) or "").strip())
        if wanted != (state, note):
            found.append(State(action, wanted[0], author, wanted[1]))
    return tuple(found)


def _keep(plan: str, key: str, known: list[str]) -> None:
    changes = unsaved(plan)
    rows: Mapping[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    for row, cells in rows.items():
        action = known[int(row)]
        changes[action] = changes.get(action, {}) | cells


def _save(plan: str) -> None:
    """Keep what is filled in by now: more than when the button was drawn, if it came since."""
    kept, changes = st.session_state, unsaved(plan)
    try:
        progress = Progress.of(data_dir())
        states = states_of(changes, progress.latest(plan), kept[NAME])
        progress.write(plan, *states)
    except RecordError as error:
        kept[REFUSED] = str(error)
        return
    changes.clear()
    kept[SAVED] = (kept.get(SAVED, (0, 0))[0] + 1, len(states))


def _columns() -> dict[str, Any]:
    kinds = st.column_config
    return {
        "state": kinds.SelectboxColumn("State", options=list(STATES), width=110,
                                       format_func=lambda known: STATES[str(known)]),
        "read": kinds.ButtonColumn("Action (click to read it in full)", type="tertiary",
                                   alignment="left", width=330, key=READ),
        "note": kinds.TextColumn("Note", max_chars=LONGEST_NOTE, width=130),
        "lead": kinds.TextColumn("Lead", disabled=True, width=110),
        "due": kinds.TextColumn("By when", disabled=True, width=120),
        "money": kinds.TextColumn("Money", disabled=True, width=150),
        "section": kinds.TextColumn("Section", disabled=True, width=150),
        "recorded": kinds.TextColumn("Recorded by", disabled=True, width=150),
    }  # fmt: skip


@st.dialog("The action in full", width="large")
def _read(action: pd.Series, plan: str) -> None:
    labelled(in_full(action))
    st.markdown("**How far it is**")
    try:
        history = Progress.of(data_dir()).history(plan)
    except RecordError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    said = history_lines(history[history["action_id"].eq(action["action_id"])], STATES)
    st.markdown("\n".join(f"- {plain(line)}" for line in said or ["Nothing is recorded yet."]))
