"""The target that is chosen: its trajectory large, what it is heading for, and what if."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Verdict
from dashboard.analysis.scenario import scenario
from dashboard.analysis.status import verdict_on
from dashboard.analysis.target_trajectory import path_of
from dashboard.charts.chart import Chart
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.pages.targets import numbers
from dashboard.pages.targets.what_if import AS_THINGS_GO, WhatIf, as_things_go, choose_what_if
from dashboard.pages.targets.words import heading
from dashboard.store.cache import cached_per_build
from dashboard.ui.big_number import show_big_numbers
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.chip import chip
from dashboard.ui.indicator_charts import target_of
from dashboard.ui.marked_dates import marked
from dashboard.ui.parts import plain
from dashboard.words.on_target import reason_text
from dashboard.words.projection import (
    NOT_A_FORECAST,
    condition_text,
    implied_sentence,
    scenario_sentence,
)
from dashboard.words.sources import source_of_indicators
from dashboard.words.target_words import RANK
from dashboard.words.trajectory import target_subtitle, trajectory_chart

PANEL = "chosen_target"
"""The key of what shows the target that is chosen."""


def chosen_target(view: AreaView, target: Verdict) -> None:
    """Draw a target beside its numbers and, of one that is projected, what would be if."""
    drawn, beside = st.columns([7, 3], gap="small")
    is_level = target.goal != RANK and not target.closed
    plain_one = as_things_go(view, target.indicator_id, target.target_id) if is_level else None
    asked, found = AS_THINGS_GO, plain_one
    with beside:
        place = st.container()
        if plain_one is not None:
            asked, found = choose_what_if(view, plain_one)
        with place:
            show_big_numbers(numbers.of_target(view, target, found))
    with drawn:
        said = []
        if plain_one is not None:
            said = [implied_sentence(plain_one), NOT_A_FORECAST]
        line = f"{reason_text(target)}." if target.status == CANNOT_SAY else ""
        if found is not None and asked != AS_THINGS_GO:
            line, said = f"{condition_text(found)}.", [scenario_sentence(found), *said]
        _card(view, target, chart_if(view, target.target_id, asked), line, said)


def _card(view: AreaView, target: Verdict, chart: Chart | None, line: str, said: list[str]) -> None:
    if chart is None:
        _in_words(target)
        return
    chart_card(
        chart if target.goal == RANK else marked(view, target.indicator_id, chart),
        title=heading(target),
        subtitle=target_subtitle(target, view.area_name),
        key=f"target_{target.target_id}",
        file=file_name(view, target.indicator_id, "target"),
        verdict=target.status,
        line=line,
        said=said,
        help_for="rank_target" if target.goal == RANK else "trajectory",
    )


def _in_words(target: Verdict) -> None:
    with st.container(border=True):
        st.header(plain(heading(target)), anchor=False)
        st.html(chip(target.status))
        st.markdown(plain(f"{reason_text(target)}."))


@cached_per_build
def chart_if(view: AreaView, target: str, what_if: WhatIf) -> Chart | None:
    """Draw a target, with its projection if months to come went otherwise."""
    found = verdict_on(view, target)
    indicator = found.indicator_id
    if what_if == AS_THINGS_GO:
        return target_of(view, indicator, target)
    percent, part, level_of = what_if
    return trajectory_chart(
        path_of(view, indicator, target),
        view.indicator(indicator),
        source=source_of_indicators(view, indicator),
        verdict=found,
        projection=scenario(
            view, indicator, target, percent=percent, part=part, level_of=level_of
        ).otherwise,
    )
