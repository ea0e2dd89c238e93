"""What leaves the Quarterly review: the projector's view, the figures, a link that keeps all."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.quarterly_review.sheet import meeting_sheet
from dashboard.ui.choices import query_with
from dashboard.ui.downloads import download
from dashboard.ui.links import link_to
from dashboard.ui.style import offer_projector


def to_take_away(view: AreaView) -> None:
    """Offer them in one row."""
    with st.container(horizontal=True, key="not_printed_away"):
        offer_projector()
        with st.popover("Figures as a file", icon=":material/download:", key="away_figures"):
            numbers = meeting_sheet(view).numbers
            name = f"review_{view.as_at_text}"
            download(numbers, name=name, illustrative=view.is_illustrative)
        with st.popover("Link", icon=":material/link:", key="away_link"):
            st.code(_address(view), language=None, wrap_lines=True)
        link_to("data_and_methods", "Sources and methods")


def _address(view: AreaView) -> str:
    """Return the page's address with the quarter in it, which a later one does not change."""
    kept = {"plan": view.plan_id, "area": view.area_code, "as_at": view.as_at_text}
    query = query_with(**{name: value for name, value in kept.items() if value})
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(query)}"
