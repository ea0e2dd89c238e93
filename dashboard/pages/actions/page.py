"""Actions and resources: who does what by when, with what money, and how far it is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.actions import actions_in, priority_titles
from dashboard.analysis.area_view import AreaView
from dashboard.pages.actions import words
from dashboard.pages.actions.board import legend, show_board
from dashboard.pages.actions.money import money_section
from dashboard.pages.actions.states import states_section
from dashboard.ui.action_state import recorded, state_names
from dashboard.ui.address import put, read_one
from dashboard.ui.big_number import show_big_numbers
from dashboard.ui.choices import choose_view
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain, small_print
from dashboard.ui.plan_editor import plan_editor
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words.actions import actions_reading_table


def page(view: AreaView) -> None:
    """Draw the page: the board with the list of what is chosen on it, the money, the editor."""
    if not view.plan_id or actions_in(view).empty:
        st.title("Actions and resources", anchor=False)
        st.info("No action plan is loaded for this area.", icon=":material/info:")
    else:
        _plan(view)
    plan_editor(view, "actions")


@redrawn_alone
def _plan(view: AreaView) -> None:
    progress = recorded(view)
    actions = actions_in(view, progress)
    st.title(plain(words.actions_title(actions)), anchor=False)
    show_big_numbers(words.big_numbers(actions))
    only = choose_view("Show", "only", Choice("kind of action", words.SHOWN, words.ALL))
    names = (
        words.priorities_to_choose(actions, priority_titles(view)),
        words.leads_to_choose(actions),
    )
    with st.container(key="board_and_list"):
        with st.container(key="board"):
            priority = read_one("priority", Choice("priority", names[0]))
            lead = read_one("agency", Choice("agency", names[1]))
            show_board(actions, names, (priority, lead, only), _choose)
            st.html(legend(only))
            if closed := words.closed_line(actions):
                st.markdown(plain(closed))
        with st.container(key="list"):
            found = words.chosen_actions(actions, priority=priority, lead=lead, only=only)
            said = (names[0][priority], names[1][lead], words.SHOWN[only])
            st.header(plain(words.chosen_heading(len(found), said)), anchor=False)
            _list(view, found, progress, f"{priority}_{lead}_{only}")
    money_section(view)
    small_print(words.HOW_READ)


def _list(view: AreaView, found: pd.DataFrame, progress: pd.DataFrame | None, place: str) -> None:
    if found.empty:
        st.info("No action of the plan is like that.", icon=":material/info:")
        return
    states_section(view, found, progress, place)
    with st.container(key="printed"):
        table = actions_reading_table(found, state_names())
        show_reading_table(table, caption="Actions", widths=words.WIDTHS)
    download(words.actions_download(found), name="actions", illustrative=False)


def _choose(priority: str, lead: str) -> None:
    put({"priority": [priority] if priority else [], "agency": [lead] if lead else []})
