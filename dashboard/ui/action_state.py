"""How far actions are, as partners record it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.store.builds import data_dir
from dashboard.store.commentary import LONGEST_NOTE, STATES, Progress, State
from dashboard.store.partner_records import RecordError
from dashboard.ui.parts import plain
from dashboard.ui.writer import ask_name

ACTION, STATE, NOTE, NAME = "state_action", "state_state", "state_note", "state_writer"
REFUSED, RECORDED = "state_refused", "state_recorded"


def recorded(view: AreaView) -> pd.DataFrame | None:
    """Return what was last recorded of each action; None, and a notice, when it cannot be read."""
    try:
        return Progress.of(data_dir()).latest(view.plan_id)
    except RecordError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None


def state_names() -> dict[str, str]:
    """Return the names of the states by id."""
    return STATES


def state_form(view: AreaView, actions: Mapping[str, str]) -> None:
    """Ask how far an action is.

    Args:
        view: Of the plan.
        actions: Names of the actions by id.
    """
    with st.expander("Record how far an action is"), st.form("state", border=False):
        st.selectbox("Action", list(actions), format_func=actions.__getitem__, key=ACTION)
        st.radio("State", list(STATES), format_func=STATES.__getitem__, horizontal=True, key=STATE)
        st.text_input("Note, if any", max_chars=LONGEST_NOTE, key=NOTE)
        ask_name(NAME)
        st.form_submit_button(
            "Record", icon=":material/save:", type="primary", on_click=_record, args=(view.plan_id,)
        )
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused), icon=":material/error:")
    if done := st.session_state.pop(RECORDED, ""):
        st.success(plain(f"Recorded: {actions.get(done, done)}"), icon=":material/check_circle:")


def _record(plan: str) -> None:
    chosen = st.session_state
    state = State(chosen[ACTION], chosen[STATE], chosen[NAME], chosen[NOTE])
    try:
        Progress.of(data_dir()).write(plan, state)
    except RecordError as error:
        chosen[REFUSED] = str(error)
        return
    chosen[RECORDED], chosen[NOTE] = state.action_id, ""
