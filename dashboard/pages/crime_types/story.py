"""The story of a type: when it happens, where, how the area compares, and how sure it is."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.control import control
from dashboard.analysis.ranking import ranking
from dashboard.charts.chart import Chart
from dashboard.intake.boundaries import BoundaryError
from dashboard.metrics.ranking import ordinal
from dashboard.pages.crime_types.choices import Chosen
from dashboard.pages.crime_types.headline import big_numbers, change_of
from dashboard.pages.crime_types.months import SEASON_LINE, season_of
from dashboard.pages.crime_types.where import files_for, map_of, places_in
from dashboard.store.cache import cached_per_build
from dashboard.ui.big_number import show_big_numbers
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.indicator_charts import control_of
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.words.change import change_in_words
from dashboard.words.control_chart import control_title
from dashboard.words.help import Kind
from dashboard.words.levels import capital
from dashboard.words.places import place_in_words
from dashboard.words.places_map import places_title, shadings
from dashboard.words.ranking import among, movement_chart, rank_before
from dashboard.words.reasons import reason_in_words
from dashboard.words.sources import source_of_indicators

MAP_HEIGHT = 400


class Part(NamedTuple):
    """A part of the story, drawn.

    Attributes:
        chart: What is drawn.
        says: What it says, in few words.
        subtitle: Unit and period; the chart's own where it is "".
        help_for: The kind of the chart.
    """

    chart: Chart
    says: str
    subtitle: str
    help_for: Kind


def story(chosen: Chosen, _beside: DeltaGenerator) -> None:
    """Draw the story of the type; what cannot be drawn is said in a line."""
    if not chosen.indicator:
        return
    parts = {
        "when": _when(chosen.monthly, chosen.indicator),
        "where": _where(chosen),
        "compared": _compared(chosen.view, chosen.indicator, chosen.basis),
        "sure": _how_sure(chosen.monthly, chosen),
    }
    drawn = [(key, part) for key, part in parts.items() if isinstance(part, Part)]
    left, right = st.columns(2, gap="small")
    with left:
        for key, part in drawn[::2]:
            _show(chosen, key, part)
    with right:
        with st.container(key="numbers_of_story"):
            show_big_numbers(big_numbers(chosen))
        for key, part in drawn[1::2]:
            _show(chosen, key, part)
        for part in parts.values():
            if isinstance(part, str):
                st.markdown(plain(f"{part}."))
        link_to("indicator", "Everything about it", indicator=chosen.indicator)


def _show(chosen: Chosen, key: str, part: Part) -> None:
    chart_card(
        part.chart,
        key=key,
        file=file_name(chosen.view, chosen.indicator, key),
        title=part.says,
        subtitle=part.subtitle,
        help_for=part.help_for,
    )


@cached_per_build
def _when(view: AreaView, indicator: str) -> Part | str:
    try:
        chart = season_of(view, indicator)
    except NoFiguresError:
        return "It is not counted by month"
    return Part(chart, chart.caption.title, SEASON_LINE, "heat_map")


def _where(chosen: Chosen) -> Part | str:
    for path in files_for(chosen.whole).values():
        try:
            found = places_in(chosen, path)
        except (BoundaryError, NoFiguresError):
            continue
        shading = next(iter(shadings(found.answer)))
        says = places_title(found.answer, found.shapes, shading)
        chart = map_of(found, chosen.indicator, shading, height=MAP_HEIGHT)
        return Part(chart, says, "", "area_map")
    return "Neither another area nor one within this has figures for a map"


@cached_per_build
def _compared(view: AreaView, indicator: str, basis: str) -> Part | str:
    try:
        answer = ranking(view, indicator, basis)
    except NoFiguresError as nothing:
        return f"Not ranked: {nothing}"
    chart = movement_chart(answer, source=source_of_indicators(view, indicator))
    if answer.place.is_withheld or chart is None:
        return f"Not ranked: {reason_in_words(answer.place.why_withheld(answer.period))}"
    before = rank_before(answer)
    was = "" if before is None else f", {ordinal(before)} a year before"
    says = f"{capital(place_in_words(answer.place))}{was}"
    return Part(chart, says, f"{capital(among(answer))}, 1 is best", "movement")


def _how_sure(monthly: AreaView, chosen: Chosen) -> Part | str:
    said = capital(change_in_words(change_of(chosen).change))
    chart = control_of(monthly, chosen.indicator)
    if isinstance(chart, str):
        return said
    answer, about = control(monthly, chosen.indicator), monthly.indicator(chosen.indicator)
    return Part(chart, control_title(answer, about), said, "control")
