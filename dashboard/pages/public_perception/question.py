"""One question put to residents: the chart, and what is recorded beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.perception import PerceptionAnswer
from dashboard.pages.public_perception.asked_first import asked_first
from dashboard.pages.public_perception.words import (
    interval_line,
    perception_chart,
    recorded_line,
    recorded_lines,
    said_lines,
    short_title,
    side_by_side,
)
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.words.levels import named
from dashboard.words.sources import source_of_indicators


def question(answer: PerceptionAnswer, view: AreaView) -> None:
    """Draw a question that has an answer."""
    indicator = answer.indicator
    chart = perception_chart(answer, source=source_of_indicators(view, indicator))
    if chart is None:
        return
    with st.container(key=f"question_{indicator}"):
        chart_card(
            chart,
            title=short_title(answer),
            subtitle=named(answer.about),
            key=f"perception_{indicator}",
            file=file_name(view, indicator, "surveys"),
            help_for="survey_dots",
            line=recorded_line(answer),
            said=[side_by_side(answer), *said_lines(answer), interval_line(answer)],
            beside=lambda: _is_it_real(answer),
        )
        link_to("indicator", "Notes, actions and commentary", indicator=indicator, tab="partners")


def without_answers(answers: Sequence[PerceptionAnswer]) -> None:
    """Say which questions have no answer, and what each asks."""
    if not answers:
        return
    names = ", ".join(plain(named(answer.about)) for answer in answers)
    st.markdown(f"**No answer is loaded for** {names}.")
    with st.popover("What they ask", icon=":material/forum:"):
        for answer in answers:
            lines = [answer.about.definition, *said_lines(answer), *recorded_lines(answer)]
            st.markdown(f"**{plain(named(answer.about))}**")
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _is_it_real(answer: PerceptionAnswer) -> None:
    """Answer what a reader asks of the figure first, and say what is recorded in full."""
    with st.popover("Is it real?", icon=":material/query_stats:"):
        for asked, reply in asked_first(answer):
            st.markdown(f"**{plain(asked)}** {plain(reply)}")
        st.markdown("**What is recorded**")
        st.markdown("\n".join(f"- {plain(line)}" for line in recorded_lines(answer)))
