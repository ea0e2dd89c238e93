"""The scorecard of the review, and beside it the panel of the indicator that is chosen."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_names
from dashboard.pages.quarterly_review.panel import PANEL, panel
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


@redrawn_alone
def scorecard_and_panel(view: AreaView) -> None:
    """Draw the indicators of a list, one row each, and what is known of the one chosen."""
    sheet = meeting_sheet(view)
    if not sheet.parts:
        return
    names = {known: part.name for known, part in sheet.parts.items()}
    with st.container(horizontal=True, vertical_alignment="center", key="not_printed_lists"):
        lists = Choice("list", names, next(iter(names)))
        listed = sheet.parts[choose_view("List", "list", lists, (INDICATOR,))].indicators
        _about(sheet)
    known = distinct_names({each: row.name for each, row in sheet.rows.items()})
    chosen = read_one(INDICATOR, Choice("indicator", known, listed[0]))
    left, right = st.columns([5, 3], gap="small")
    with left:
        show_scorecard(
            sheet.columns,
            [sheet.rows[each] for each in listed],
            caption="Indicators: the arrow keys move, Enter shows one beside the list",
            key="scorecard",
            chosen=chosen,
            choose=_choose,
            panel=PANEL,
        )
    with right:
        panel(view, chosen)


def _choose(indicator: str) -> None:
    st.query_params[INDICATOR] = indicator


def _about(sheet: MeetingSheet) -> None:
    with st.popover("About", icon=":material/help:", key="about_list"):
        st.markdown("\n".join(f"- {plain(each)}" for each in sheet.about))
        st.markdown("**How to read the rows**")
        st.markdown("\n".join(f"- {plain(each)}" for each in HOW_TO_READ))
