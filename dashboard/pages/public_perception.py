"""Public perception: what residents say, how sure that is, and what is recorded beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.perception import perception
from dashboard.exhibits.perception import CAUTION, page_title
from dashboard.exhibits.words import named
from dashboard.layout.links import link_to
from dashboard.layout.parts import jump_links, plain
from dashboard.layout.perception_section import perception_section
from dashboard.layout.without_targets import plan_without_figures


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
    st.markdown(plain(CAUTION))
    jump_links({answer.indicator: named(answer.about) for answer in answers})
    for answer in answers:
        perception_section(answer, view)
