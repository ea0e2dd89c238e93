"""Actions and resources: who does what by when, with what money, and what it is to move."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.actions import actions_in, by_agency
from dashboard.analysis.area_view import AreaView
from dashboard.ui.action_state import recorded, state_form, state_names
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain, small_print
from dashboard.ui.plan_editor import plan_editor
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words import actions as words

#: Of the columns of a section's table, in percent.
WIDTHS = (26, 11, 9, 14, 18, 13, 9)


def page(view: AreaView) -> None:
    """Draw the page: what is open, the actions chosen, agencies, and a form for the state."""
    actions = actions_in(view, recorded(view)) if view.plan_id else pd.DataFrame()
    if actions.empty:
        st.title("Actions and resources", anchor=False)
        st.info("No action plan is loaded for this area.", icon=":material/info:")
        plan_editor(view, "actions")
        return
    st.title(plain(words.actions_title(actions)), anchor=False)
    st.markdown(plain(words.actions_summary(actions, view.as_at_text)))
    _chosen(view, actions)
    st.header("By agency", anchor=False)
    show_reading_table(words.agencies_table(by_agency(actions)), caption="Actions by agency")
    state_form(view, words.actions_to_choose(actions))
    plan_editor(view, "actions")
    small_print(
        "Funding and dates are read from the plan's own words, which stand beside them. A quarter "
        "without a year is one of the plan's year. Late means due before the month shown, and not "
        "recorded as done; nothing of a plan that is over is late."
    )
    download(words.actions_download(actions), name="actions", illustrative=False)


@redrawn_alone
def _chosen(view: AreaView, actions: pd.DataFrame) -> None:
    priorities = view.warehouse.cached_frame("priorities", plan=view.plan_id)
    names = dict(zip(priorities["priority_id"], priorities["title"], strict=True))
    first, second, third = st.columns(3)
    with first:
        priority = choose(
            "Priority", "priority", Choice("priority", {"": "All priorities"} | names)
        )
    with second:
        agency = choose("Agency", "agency", Choice("agency", words.agencies_to_choose(actions)))
    with third:
        only = choose("Show", "only", Choice("kind of action", words.SHOWN, words.ALL))
    found = words.chosen_actions(actions, priority=priority, agency=agency, only=only)
    if found.empty:
        st.info("No action of the plan is like that.", icon=":material/info:")
    for section, part in words.sections_of(found).items():
        st.header(plain(section), anchor=False)
        table = words.actions_reading_table(part, state_names())
        show_reading_table(table, caption=f"Actions: {section}", widths=WIDTHS)
