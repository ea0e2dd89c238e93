"""Quarterly review: the Performance Management Group's page, what needs a decision first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.metrics.periods import parse_month, quarter_label
from dashboard.pages.quarterly_review.printed import printed
from dashboard.pages.quarterly_review.projector import slides
from dashboard.pages.quarterly_review.scorecard import scorecard_and_panel
from dashboard.pages.quarterly_review.sheet import meeting_sheet
from dashboard.pages.quarterly_review.to_take_away import to_take_away
from dashboard.ui.parts import plain
from dashboard.ui.style import is_projected
from dashboard.ui.without_targets import plan_without_figures


def page(view: AreaView) -> None:
    """Draw the page: quarter, scorecard with the indicator chosen beside it, what leaves it."""
    if not view.as_at_text:
        plan_without_figures(view)
        return
    sheet = meeting_sheet(view)
    if is_projected():
        slides(view)
        return
    said, chosen = st.columns([4, 1], vertical_alignment="center")
    said.title(plain(sheet.title), anchor=False)
    with chosen:
        _choose_quarter(view)
    # Above the list, which may be long: who prepares a meeting looks for them first.
    to_take_away(view)
    scorecard_and_panel(view)
    printed(view)


def _choose_quarter(view: AreaView) -> None:
    """Ask for the quarter; it sets the month that the whole app is as at."""
    quarters = _quarters(view.months_with_figures())
    st.session_state["quarter"] = quarter_label(parse_month(view.as_at_text))
    st.selectbox(
        "Quarter", list(quarters), key="quarter", on_change=_go_to, args=(quarters,),
        label_visibility="collapsed",
    )  # fmt: skip


def _quarters(months: list[pd.Period]) -> dict[str, str]:
    """Return the last month with figures of every quarter, the latest quarter first."""
    last = {quarter_label(month): str(month) for month in months}
    return dict(reversed(last.items()))


def _go_to(quarters: dict[str, str]) -> None:
    st.query_params["as_at"] = quarters[st.session_state["quarter"]]
