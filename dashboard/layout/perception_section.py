"""One question put to residents: the chart, what it says, and what is recorded beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.perception import PerceptionAnswer
from dashboard.exhibits.perception import (
    chart_title,
    interval_line,
    perception_chart,
    recorded_lines,
    said_lines,
    side_by_side,
)
from dashboard.exhibits.sources import source_of_indicators
from dashboard.exhibits.survey_questions import asked_first
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain, show, small_print


def perception_section(answer: PerceptionAnswer, view: AreaView) -> None:
    """Draw one question."""
    chart = perception_chart(answer, source=source_of_indicators(view, answer.indicator))
    if chart is None:
        st.header(plain(chart_title(answer)), anchor=answer.indicator)
        st.markdown(plain(answer.about.definition))
    else:
        show(
            chart,
            key=f"perception_{answer.indicator}",
            help_for="survey_dots",
            anchor=answer.indicator,
        )
    together = side_by_side(answer)
    if together:
        st.markdown(f"**{plain(together)}**")
    for question, reply in asked_first(answer):
        st.markdown(f"**{plain(question)}** {plain(reply)}")
    said, recorded = st.columns(2)
    with said:
        _lines("What residents say", said_lines(answer))
    with recorded:
        _lines("What is recorded", recorded_lines(answer))
    small_print(interval_line(answer))
    link_to("quarterly_review", "Notes, actions and commentary", indicator=answer.indicator)


def _lines(title: str, texts: list[str]) -> None:
    st.markdown(f"**{title}**")
    st.markdown("\n".join(f"- {plain(text)}" for text in texts))
