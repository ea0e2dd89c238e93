"""What is on paper and not on the screen: every indicator, by priority."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.quarterly_review.sheet import MeetingSheet, meeting_sheet
from dashboard.store.cache import cached_per_build
from dashboard.ui.parts import plain, small_print
from dashboard.ui.scorecard import framed, markup


def printed(view: AreaView) -> None:
    """Draw a table of each priority, and the notes on the figures."""
    with st.container(key="printed"):
        for n, (title, table) in enumerate(tables_by_priority(view)):
            with st.container(key=f"priority_{n}"):
                st.header(plain(title), anchor=False)
                st.html(framed(table))
        small_print("\n".join(meeting_sheet(view).notes))


@cached_per_build
def tables_by_priority(view: AreaView) -> list[tuple[str, str]]:
    """Return each priority's title with the scorecard of its indicators, as HTML."""
    sheet: MeetingSheet = meeting_sheet(view)
    return [
        (
            title,
            markup(
                sheet.columns, [sheet.rows[each] for each in listed], caption=f"Indicators: {title}"
            ),
        )
        for title, listed in sheet.priorities
    ]
