"""The tab Partners: what they say of an indicator, and the actions that serve it."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.actions import actions_in
from dashboard.analysis.area_view import AreaView
from dashboard.ui.action_state import recorded, state_names
from dashboard.ui.commentary import commentary_section
from dashboard.ui.links import link_to
from dashboard.ui.reading_table import show_reading_table
from dashboard.words.actions import actions_reading_table, serving


def partners(view: AreaView, indicator: str) -> None:
    """Draw the tab."""
    commentary_section(view, indicator)
    st.header("Actions that serve it", anchor=False)
    if not view.plan_id:
        st.markdown("No plan is loaded for this area.")
        return
    found = serving(actions_in(view, recorded(view)), indicator)
    if found.empty:
        st.markdown("The plan names none.")
    else:
        table = actions_reading_table(found, state_names()).drop(columns="Serves")
        show_reading_table(table, caption="Actions that serve this indicator")
    link_to("actions", "The whole plan, and how far it is")
