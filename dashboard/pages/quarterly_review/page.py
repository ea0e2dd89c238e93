"""Quarterly review: the Performance Management Group's page, what needs a decision first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.metrics.periods import parse_month, quarter_label
from dashboard.pages.quarterly_review.exception_cards import exceptions_and_one_indicator, headings
from dashboard.pages.quarterly_review.projector import slides
from dashboard.pages.quarterly_review.sheet import meeting_sheet
from dashboard.ui.downloads import download
from dashboard.ui.links import link_to
from dashboard.ui.parts import jump_links, plain, show_help, small_print
from dashboard.ui.reading_table import show_markup
from dashboard.ui.style import is_projected, offer_projector
from dashboard.ui.without_targets import plan_without_figures
from dashboard.words.meeting import NOTE_MARK


def page(view: AreaView) -> None:
    """Draw the page: quarter, exceptions, the indicator chosen, every indicator by priority."""
    if not view.as_at_text:
        plan_without_figures(view)
        return
    sheet = meeting_sheet(view)
    st.title(plain(sheet.title), anchor=False)
    if is_projected():
        slides(view, sheet.priorities)
        return
    _choose_quarter(view)
    st.markdown(plain(sheet.quarter))
    offer_projector()
    priorities = {f"priority_{n}": each for n, each in enumerate(sheet.priorities)}
    jump_links(headings(view) | {name: each.title for name, each in priorities.items()})
    exceptions_and_one_indicator(view)
    for name, priority in priorities.items():
        with st.container(key=name):
            st.header(plain(priority.title), anchor=name)
            show_markup(priority.markup)
            for note in priority.notes:
                small_print(f"{NOTE_MARK} {note}")
    show_help("sparkline", key="lines", of="the lines of the last three years")
    small_print(
        f"{NOTE_MARK} A data note. Last three years: twelve-month totals or rates, or the "
        "percentages; each line runs from its own lowest to its own highest, and two or three "
        "figures are dots over zero. Against target: the same. Changes compare the same months of "
        "two years."
    )
    name = f"review_{view.as_at_text}"
    download(sheet.numbers, name=name, illustrative=view.is_illustrative)
    link_to("data_and_methods", "Sources, vintages and methods")


def _choose_quarter(view: AreaView) -> None:
    """Ask for the quarter; it sets the month that the whole app is as at."""
    quarters = _quarters(view.months_with_figures())
    st.session_state["quarter"] = quarter_label(parse_month(view.as_at_text))
    st.selectbox(
        "Quarter", list(quarters), key="quarter", on_change=_go_to, args=(quarters,), width=220
    )


def _quarters(months: list[pd.Period]) -> dict[str, str]:
    """Return the last month with figures of every quarter, the latest quarter first."""
    last = {quarter_label(month): str(month) for month in months}
    return dict(reversed(last.items()))


def _go_to(quarters: dict[str, str]) -> None:
    st.query_params["as_at"] = quarters[st.session_state["quarter"]]
