"""The scorecard of the review, and beside it the panel of the indicator that is chosen."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_names
from dashboard.pages.quarterly_review.meeting import ITEM, agenda, meeting, show_minutes
from dashboard.pages.quarterly_review.panel import PANEL, own_item, panel
from dashboard.pages.quarterly_review.scorecard_rows import HOW_TO_READ
from dashboard.pages.quarterly_review.sheet import MeetingSheet, meeting_sheet
from dashboard.ui.address import read_one
from dashboard.ui.choices import choose_view
from dashboard.ui.parts import plain
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.scorecard import show_scorecard
from dashboard.ui.selection import Choice

INDICATOR = "indicator"
"""The parameter of the address that holds the row that is chosen."""
CAPTION = (
    "Indicators: the arrow keys up and down move, Enter shows one beside the list, the right arrow "
    "goes there"
)


@redrawn_alone
def scorecard_and_panel(view: AreaView) -> None:
    """Draw the indicators of a list, one row each, and what is known of the one chosen."""
    sheet = meeting_sheet(view)
    if not sheet.parts:
        return
    names = {known: part.name for known, part in sheet.parts.items()}
    with st.container(horizontal=True, vertical_alignment="center", key="not_printed_lists"):
        lists = Choice("list", names, next(iter(names)))
        listed = sheet.parts[choose_view("List", "list", lists, (INDICATOR, ITEM))].indicators
        _about(sheet)
    known = distinct_names({each: row.name for each, row in sheet.rows.items()})
    chosen = read_one(INDICATOR, Choice("indicator", known, listed[0]))
    items = agenda(view)
    own = next((each for each in items if each.subject == st.query_params.get(ITEM)), None)
    shown = own.subject if own else chosen
    left, right = st.columns([5, 3], gap="small")
    with left:
        show_scorecard(
            sheet.columns,
            [sheet.rows[each] for each in listed],
            caption=CAPTION,
            key="scorecard",
            chosen=shown,
            choose=_choose,
            panel=PANEL,
        )
        meeting(view, items, shown, partial(_choose_item, known))
    with right:
        if own:
            own_item(view, own.subject, items)
        else:
            panel(view, chosen, items)
    with st.container(key="printed_minutes"):
        show_minutes(view, items)


def _choose(indicator: str) -> None:
    st.query_params.pop(ITEM, None)
    st.query_params[INDICATOR] = indicator


def _choose_item(known: Collection[str], subject: str) -> None:
    """Show an item of the agenda with its decision."""
    if subject in known:
        _choose(subject)
        st.query_params.pop("part", None)
    else:
        st.query_params[ITEM] = subject


def _about(sheet: MeetingSheet) -> None:
    with st.popover("About", icon=":material/help:", key="about_list"):
        st.markdown("\n".join(f"- {plain(each)}" for each in sheet.about))
        st.markdown("**How to read the rows**")
        st.markdown("\n".join(f"- {plain(each)}" for each in HOW_TO_READ))
