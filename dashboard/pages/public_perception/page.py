"""Public perception: what residents say, how sure that is, and what is recorded beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.perception import perception
from dashboard.pages.public_perception.question import question, without_answers
from dashboard.pages.public_perception.words import CAUTION, page_title
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.without_targets import plan_without_figures

BESIDE = 2
"""Questions in a line."""


def page(view: AreaView) -> None:
    """Draw the page: each question to residents, and a caution about the two kinds of figures."""
    if not view.as_at_text:
        plan_without_figures(view)
        return
    answers = perception(view)
    st.title(plain(page_title(answers)), anchor=False)
    if not answers:
        st.info(
            "Load survey results to see them here: the template for surveys asks for the "
            "question, the percentage and how many people answered.",
            icon=":material/info:",
        )
        link_to("getting_started", "The template for surveys")
        return
    answered = [answer for answer in answers if answer.waves]
    for start in range(0, len(answered), BESIDE):
        columns = st.columns(BESIDE)
        for column, answer in zip(columns, answered[start : start + BESIDE], strict=False):
            with column:
                question(answer, view)
    without_answers([answer for answer in answers if not answer.waves])
    with st.popover("Perceived and recorded", icon=":material/help:"):
        st.markdown(plain(CAUTION))
