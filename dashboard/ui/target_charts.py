"""Targets drawn: one in full, and the others as small charts, kind by kind."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.projection import ProjectionAnswer
from dashboard.analysis.projection import projection as projection_answer
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.analysis.rows import Verdict
from dashboard.analysis.scenario import scenario as scenario_answer
from dashboard.analysis.status import verdict_on
from dashboard.analysis.target_trajectory import path_of
from dashboard.analysis.trajectory import trajectory
from dashboard.charts.chart import Chart
from dashboard.store.cache import cached_per_build
from dashboard.ui.links import opened_anew
from dashboard.ui.parts import plain, plot, show_chip, show_help, show_source, show_table
from dashboard.ui.target_sheet import KindOfTargets, SmallTarget
from dashboard.ui.what_if import WhatIf
from dashboard.words import all_targets as words
from dashboard.words.rank_target import rank_target_chart
from dashboard.words.sources import source_of_indicators
from dashboard.words.trajectory import seasonal_chart, trajectory_chart

COLUMNS = 3


def show_kind(view: AreaView, targets: KindOfTargets) -> None:
    """Show all targets of a kind: small charts, and in words those that have no line."""
    st.header(targets.heading, anchor=targets.kind)
    for first in range(0, len(targets.drawn), COLUMNS):
        # From the bottom up: the charts of a row stand side by side however long their words.
        cells = st.columns(COLUMNS, vertical_alignment="bottom")
        part = targets.drawn[first : first + COLUMNS]
        for cell, target in zip(cells, part, strict=False):
            with cell:
                _small(view, target)
    if targets.drawn:
        show_source(targets.source, illustrative=targets.illustrative)
        show_help("small_trajectory", key=targets.kind, of="these charts")
    if targets.without is not None:
        with st.expander(f"{len(targets.without)} without a line to draw, and why"):
            show_table(targets.without, alt=f"{targets.heading}: those without a path")


def _small(view: AreaView, target: SmallTarget) -> None:
    chart = chart_of(view, target.target_id, compact=True)
    if chart is None:
        return
    opened_anew("targets", target.title, target=target.target_id)
    show_chip(target.chip)
    st.markdown(f":small[{plain(target.verdict)}]")
    plot(chart, key=f"chart_{target.target_id}")


@cached_per_build
def chart_of(view: AreaView, target: str, *, compact: bool = False) -> Chart | None:
    """Draw one target once for all readers: building a figure takes longer than showing it."""
    found = verdict_on(view, target)
    indicator = found.indicator_id
    source = source_of_indicators(view, indicator)
    if found.goal == "rank":
        if not words.has_chart(found):
            return None
        ranking = ranking_answer(judged(view, found), indicator, group=MOST_SIMILAR_GROUP)
        return rank_target_chart(ranking, goal=found.place_asked, due=found.due, source=source)
    return level_chart(view, found, projection_answer(view, indicator, target), compact=compact)


@cached_per_build
def what_if_chart(view: AreaView, target: str, what_if: WhatIf) -> Chart | None:
    """Draw a target that is a level, with its projection if months to come went otherwise."""
    found = verdict_on(view, target)
    percent, part, level_of = what_if
    scenario = scenario_answer(
        view, found.indicator_id, target, percent=percent, part=part, level_of=level_of
    )
    return level_chart(view, found, scenario.otherwise)


@cached_per_build
def months_chart(view: AreaView, target: str) -> Chart | None:
    """Draw the months of a target that is a level beside those its path asks for."""
    indicator = verdict_on(view, target).indicator_id
    source, series = source_of_indicators(view, indicator), view.series(indicator)
    return seasonal_chart(path_of(view, indicator, target), series, source=source)


def level_chart(
    view: AreaView, target: Verdict, projection: ProjectionAnswer, *, compact: bool = False
) -> Chart | None:
    """Draw a target that is a level, with a projection of it; in full, with chance's range too."""
    indicator = target.indicator_id
    return trajectory_chart(
        path_of(view, indicator, target.target_id),
        view.indicator(indicator),
        source=source_of_indicators(view, indicator),
        verdict=target,
        projection=projection,
        chance=None if compact else trajectory(view, indicator, target.target_id).chance,
        compact=compact,
    )


def judged(view: AreaView, target: Verdict) -> AreaView:
    """Return the view of the month that a target is judged by: of a closed one, its last."""
    return view.at((target.due or target.closed)[:7]) if target.closed else view
