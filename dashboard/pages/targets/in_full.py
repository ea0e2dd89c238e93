"""One target in full: chart with its range and projection, what if, what is needed, its facts."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.analysis.rows import Verdict
from dashboard.analysis.status import verdict_on
from dashboard.analysis.trajectory import trajectory
from dashboard.pages.targets.in_full_words import outlook_lines, rank_lines
from dashboard.ui.choices import choose
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain, show, show_chip, show_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.ui.target_charts import chart_of, months_chart, what_if_chart
from dashboard.ui.target_sheet import sheet_of
from dashboard.ui.what_if import what_if_choices
from dashboard.words.on_target import reason_text
from dashboard.words.places import projected_place_in_words
from dashboard.words.projection import DRAWN
from dashboard.words.reasons import reason_in_words
from dashboard.words.target_facts import target_facts
from dashboard.words.verdict import GOAL_MADE_UP

RANK = "rank"
IN_FULL = "in_full"
"""The anchor of the heading of the one target."""
CHOICES_OF_ONE = ("change", "part", "level_of")


@redrawn_alone
def one_target(view: AreaView) -> None:
    """Draw the section; a choice in it redraws the section alone."""
    sheet = sheet_of(view)
    # A link from another page may name the indicator only: its principal target is meant.
    asked = sheet.by_indicator.get(st.query_params.get("indicator", ""))
    first = asked or next(iter(sheet.names))
    chosen = choose(
        "One target in full", "target", Choice("target", sheet.names, first), CHOICES_OF_ONE
    )
    target = verdict_on(view, chosen)
    if target.goal_is_illustrative:
        show_chip(GOAL_MADE_UP)
    if target.goal == RANK:
        _place(view, target)
    else:
        _level(view, target)
    with st.expander("What the plan says of this target, its owner and its figures"):
        facts = target_facts(target, view.indicator(target.indicator_id))
        show_table(facts, alt="What the plan says of this target")
    link_to("indicator", "Everything about this indicator", indicator=target.indicator_id)


def _place(view: AreaView, target: Verdict) -> None:
    chart = chart_of(view, target.target_id)
    if chart is None:
        st.markdown(plain(f"{target.title}: {reason_in_words(target.reason)}."))
        return
    show(chart, key="target", help_for="rank_target", anchor=IN_FULL)
    if target.closed:
        st.markdown(plain(f"{reason_text(target)}."))
        return
    ranking = ranking_answer(view, target.indicator_id, group=MOST_SIMILAR_GROUP)
    is_projected = target.probability_at_due is not None
    at_due = projected_place_in_words(target.at_due)
    _say(rank_lines(ranking, target.place_asked, at_due, is_projected=is_projected))


def _level(view: AreaView, target: Verdict) -> None:
    indicator, target_id = target.indicator_id, target.target_id
    chart_place, words_place = st.container(), st.container()
    found = None if target.closed else what_if_choices(view, indicator, target_id)
    with chart_place:
        chart = chart_of(view, target_id)
        if found is not None:
            chart = what_if_chart(view, target_id, found)
            st.markdown(f"**{plain(DRAWN)}**")
        if chart is not None:
            show(chart, key="target", help_for="trajectory", anchor=IN_FULL)
    with words_place:
        if target.closed:
            st.markdown(plain(f"{reason_text(target)}."))
            return
        _say(
            outlook_lines(
                trajectory(view, indicator, target_id), projection(view, indicator, target_id)
            )
        )
    months = months_chart(view, target_id)
    if months is not None:
        show(months, key="target_months", help_for="monthly_path")


def _say(lines: list[tuple[str, str]]) -> None:
    st.markdown("\n".join(f"- **{plain(name)}.** {plain(text)}" for name, text in lines))
