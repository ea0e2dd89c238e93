"""The targets on one indicator: each with its path, the projection, and what is needed."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_names
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import target_status
from dashboard.exhibits import targets as words
from dashboard.exhibits.indicator import targets_table
from dashboard.exhibits.projection import (
    expected_reward_text,
    projection_sentence,
    projection_table,
)
from dashboard.exhibits.rank_target import needed_for_rank
from dashboard.exhibits.target_facts import target_facts
from dashboard.exhibits.verdicts import reason_text
from dashboard.layout.choices import choose
from dashboard.layout.indicator_charts import target_of
from dashboard.layout.indicator_head import heading
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain, show, show_chip, show_table
from dashboard.layout.reading_table import show_reading_table
from dashboard.layout.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words.verdict import GOAL_MADE_UP

RANK, NOT_GIVEN = "rank", "not_given"


@redrawn_alone
def targets_section(view: AreaView, indicator: str) -> None:
    """Draw the section."""
    heading("targets")
    targets = target_status(view, view.as_at_text, indicator=indicator)
    if targets.empty:
        none = "The plan sets no target on it." if view.plan_id else "No plan is loaded."
        st.markdown(none)
        return
    show_reading_table(targets_table(targets), caption="Targets on this indicator")
    names = distinct_names(words.titles(targets))
    first = str(targets["target_id"].iloc[0])
    chosen = first
    if len(targets) > 1:
        chosen = choose("Target in full", "target", Choice("target", names, first))
    (target,) = rows_of(targets[targets["target_id"].eq(chosen)], Verdict)
    if target.goal_is_illustrative:
        show_chip(GOAL_MADE_UP)
    _chart(view, indicator, chosen, target.goal)
    if target.closed:
        st.markdown(plain(f"{reason_text(target)}."))
    elif target.goal == RANK:
        _needed_for_place(view, indicator, chosen, target.place_asked)
    else:
        _projection(view, indicator, chosen)
    with st.expander("What the plan says of this target"):
        facts = target_facts(target, view.indicator(indicator))
        show_table(facts, alt="What the plan says of this target")
    link_to("targets", "Beside the other targets", target=chosen)


def _chart(view: AreaView, indicator: str, target: str, goal: str) -> None:
    drawn = target_of(view, indicator, target)
    if drawn is not None:
        kind = "rank_target" if goal == RANK else "trajectory"
        show(drawn, key=f"target_{target}", help_for=kind, in_section=True)
    elif goal == NOT_GIVEN:
        st.markdown("The plan does not give the goal as a figure, so there is no path to draw.")
    else:
        st.markdown("There is no figure to hold against the goal, so nothing is drawn.")


def _needed_for_place(view: AreaView, indicator: str, target: str, goal: int) -> None:
    if target_of(view, indicator, target) is not None:
        st.markdown(plain(needed_for_rank(ranking(view, indicator), goal)))


def _projection(view: AreaView, indicator: str, target: str) -> None:
    answer = projection(view, indicator, target)
    st.markdown(plain(projection_sentence(answer)))
    reward = expected_reward_text(answer)
    if reward:
        st.markdown(plain(reward))
    table = projection_table(answer)
    if len(table):
        show_reading_table(table, caption="What the indicator is heading for")
