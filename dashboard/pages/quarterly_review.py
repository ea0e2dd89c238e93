"""Quarterly review: the Performance Management Group's page, what needs a decision first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.exhibits.meeting import (
    NOTE_MARK,
    Beside,
    actions_each,
    by_priority,
    meeting_table,
    meeting_title,
    notes_by_priority,
    quarter_sentence,
    usual_period,
)
from dashboard.layout.downloads import download
from dashboard.layout.exception_cards import exceptions_and_one_indicator
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain, small_print
from dashboard.layout.projector import slides
from dashboard.layout.reading_table import show_reading_table
from dashboard.layout.style import is_projected, offer_projector
from dashboard.layout.without_targets import promised
from dashboard.metrics.periods import parse_month, quarter_label
from dashboard.session import Session


def page(session: Session) -> None:
    """Draw the page: quarter, exceptions, the indicator chosen, every indicator by priority."""
    if not session.as_at:
        promised(session)
        return
    review = session.review()
    st.title(plain(meeting_title(review, session.as_at)), anchor=False)
    priorities = session.frame("priorities", plan=session.plan)
    beside = Beside(
        session.recent_levels(), actions_each(session.frame("actions", plan=session.plan))
    )
    tables = by_priority(review, priorities, beside)
    if is_projected():
        slides(session, tables)
        return
    _choose_quarter(session)
    st.markdown(plain(quarter_sentence(review, session.as_at)))
    offer_projector()
    exceptions_and_one_indicator(session)
    notes = notes_by_priority(review, priorities)
    for number, (title, table) in enumerate(tables):
        with st.container(key=f"priority_{number}"):
            st.subheader(plain(title), anchor=False)
            show_reading_table(table, caption=f"Indicators: {title}")
            for note in notes[title]:
                small_print(f"{NOTE_MARK} {note}")
    small_print(
        f"{NOTE_MARK} A data note. Last three years: twelve-month totals or rates, or the "
        "percentages; the line runs from the lowest to the highest. Against target: the same. "
        "Changes compare the same months of two years."
    )
    name = f"review_{session.as_at}"
    download(
        meeting_table(review, usual_period(review)),
        name=name,
        illustrative=session.picture.is_illustrative,
    )
    link_to("data_and_methods", "Sources, vintages and methods")


def _choose_quarter(session: Session) -> None:
    """Ask for the quarter; it sets the month that the whole app is as at."""
    quarters = _quarters(session.picture.months_with_figures())
    st.session_state["quarter"] = quarter_label(parse_month(session.as_at))
    st.selectbox(
        "Quarter", list(quarters), key="quarter", on_change=_go_to, args=(quarters,), width=220
    )


def _quarters(months: list[pd.Period]) -> dict[str, str]:
    """Return the last month with figures of every quarter, the latest quarter first."""
    last = {quarter_label(month): str(month) for month in months}
    return dict(reversed(last.items()))


def _go_to(quarters: dict[str, str]) -> None:
    st.query_params["as_at"] = quarters[st.session_state["quarter"]]
