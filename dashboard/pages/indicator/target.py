"""The tab Target: what the plan asks of an indicator, its path, the projection, what is needed."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView, plan_of_area
from dashboard.analysis.names import distinct_names
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import target_status
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose
from dashboard.ui.indicator_charts import target_of
from dashboard.ui.links import link_to
from dashboard.ui.marked_dates import marked
from dashboard.ui.parts import plain, show_chip, show_table
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words import all_targets as words
from dashboard.words.indicator import targets_table
from dashboard.words.on_target import reason_text
from dashboard.words.projection import (
    expected_reward_text,
    projection_sentence,
    projection_table,
)
from dashboard.words.rank_target import needed_for_rank
from dashboard.words.target_facts import target_facts
from dashboard.words.trajectory import levels_said, target_subtitle
from dashboard.words.verdict import GOAL_MADE_UP

RANK, NOT_GIVEN = "rank", "not_given"


@redrawn_alone
def target(view: AreaView, indicator: str) -> None:
    """Draw the tab."""
    targets = target_status(view, view.as_at_text, indicator=indicator)
    if targets.empty:
        _without_target(view, indicator)
        return
    names = distinct_names(words.titles(targets))
    first = str(targets["target_id"].iloc[0])
    chosen = first
    if len(targets) > 1:
        chosen = choose("Target", "target", Choice("target", names, first))
    (found,) = rows_of(targets[targets["target_id"].eq(chosen)], Verdict)
    if found.goal_is_illustrative:
        show_chip(GOAL_MADE_UP)
    _chart(view, indicator, found)
    _what_follows(view, indicator, found)
    if len(targets) > 1:
        show_reading_table(targets_table(targets), caption="Targets on this indicator")
    with st.popover("What the plan says", icon=":material/description:"):
        facts = target_facts(found, view.indicator(indicator))
        show_table(facts, alt="What the plan says of this target")
    link_to("targets", "Beside the other targets", target=chosen)


def _without_target(view: AreaView, indicator: str) -> None:
    """Say that there is no target, and invite the first where the area has no plan at all."""
    if view.plan_id:
        st.markdown("The plan sets no target on it.")
    elif plan := plan_of_area(view.warehouse, view.area_code):
        asked = {"plan": plan, "indicator": indicator, "tab": "target"}
        link_to("indicator", "See it under the plan", **asked)
    else:
        st.markdown("No plan is loaded.")
        asked = {"partnership": view.area_code, "indicator": indicator}
        link_to("getting_started", "Set the first target", **asked)


def _chart(view: AreaView, indicator: str, found: Verdict) -> None:
    drawn = target_of(view, indicator, found.target_id)
    if drawn is not None:
        chart_card(
            marked(view, indicator, drawn),
            title=levels_said(found),
            subtitle=target_subtitle(found, view.area_name),
            key=f"target_{found.target_id}",
            file=file_name(view, indicator, "target"),
            verdict=found.status,
            help_for="rank_target" if found.goal == RANK else "trajectory",
        )
    elif found.goal == NOT_GIVEN:
        st.markdown("The plan does not give the goal as a figure, so there is no path to draw.")
    else:
        st.markdown("There is no figure to hold against the goal, so nothing is drawn.")


def _what_follows(view: AreaView, indicator: str, found: Verdict) -> None:
    if found.closed:
        st.markdown(plain(f"{reason_text(found)}."))
    elif found.goal == RANK:
        if target_of(view, indicator, found.target_id) is not None:
            st.markdown(plain(needed_for_rank(ranking(view, indicator), found.place_asked)))
    else:
        _projection(view, indicator, found.target_id)


def _projection(view: AreaView, indicator: str, target_id: str) -> None:
    answer = projection(view, indicator, target_id)
    st.markdown(plain(projection_sentence(answer)))
    reward = expected_reward_text(answer)
    if reward:
        st.markdown(plain(reward))
    table = projection_table(answer)
    if len(table):
        show_reading_table(table, caption="What the indicator is heading for")
