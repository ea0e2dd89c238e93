"""The Quarterly review on a projector: one thing at a time, in large type."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.charts import theme
from dashboard.pages.quarterly_review.printed import tables_by_priority
from dashboard.pages.quarterly_review.sheet import evidence, meeting_sheet
from dashboard.ui.parts import labelled, plain, show_source
from dashboard.ui.scorecard import framed
from dashboard.ui.style import background, offer_projector

SLIDE = "slide"
"""The parameter of the address that holds which of them is shown, from 1."""
HEIGHT, FONT_SIZE = 320, 20
"""Pixels of a chart that is read from the back of a room, and of its text."""

Draw = Callable[[], None]


def slides(view: AreaView) -> None:
    """Draw one slide: an exception, or the indicators of a priority."""
    sheet = meeting_sheet(view)
    st.title(plain(sheet.title), anchor=False)
    drawn: list[Draw] = [
        *(partial(_exception, each, view) for each in sheet.exceptions),
        *(partial(_priority, *each) for each in tables_by_priority(view)),
    ]
    shown = _asked(len(drawn))
    _turning(shown, len(drawn))
    if drawn:
        drawn[shown - 1]()


def _asked(count: int) -> int:
    asked = st.query_params.get(SLIDE, "1")
    return min(max(int(asked), 1), max(count, 1)) if asked.isdecimal() else 1


def _turning(shown: int, count: int) -> None:
    """Offer the slides before and after."""
    with st.container(horizontal=True, vertical_alignment="center", key="not_printed_turning"):
        for label, icon, to, is_end in (
            ("Previous", ":material/chevron_left:", shown - 1, shown <= 1),
            ("Next", ":material/chevron_right:", shown + 1, shown >= count),
        ):
            st.button(
                label, key=label.lower(), icon=icon, disabled=is_end, on_click=_go_to, args=(to,)
            )
        st.markdown(f"{shown} of {count}")
        offer_projector()


def _go_to(slide: int) -> None:
    st.query_params[SLIDE] = str(slide)


def _exception(indicator: str, view: AreaView) -> None:
    said = meeting_sheet(view).said[indicator]
    st.header(plain(said.title), anchor=False)
    labelled([("Why", said.why), ("Change", said.figures), ("Owner", said.owner)])
    found = evidence(view, indicator)
    if found is None:
        return
    chart = found.chart
    st.markdown(plain(chart.caption.subtitle))
    # What is kept for all readers stays as it is.
    figure = go.Figure(theme.for_background(chart.figure, background()), skip_invalid=False)
    figure.update_layout(height=HEIGHT, font_size=FONT_SIZE)
    figure.update_xaxes(tickfont_size=FONT_SIZE).update_yaxes(tickfont_size=FONT_SIZE)
    figure.update_annotations(font_size=FONT_SIZE)
    st.plotly_chart(
        figure, theme=None, config=theme.CONFIG, key=f"slide_{indicator}", alt=chart.alt
    )
    show_source(chart.caption.source, illustrative=chart.caption.illustrative)


def _priority(title: str, table: str) -> None:
    st.header(plain(title), anchor=False)
    st.html(framed(table))
