"""Parts of the Most Similar Group page: place, who is near, course, funnel, what it rests on."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.funnel import AMONG, TARGET
from dashboard.analysis.funnel import funnel as funnel_answer
from dashboard.analysis.groups import groups_of
from dashboard.analysis.movement import movement
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.charts.chart import Chart
from dashboard.pages.most_similar_group.choices import PeerChoice
from dashboard.pages.most_similar_group.funnel import beside_the_means, funnel_chart
from dashboard.pages.most_similar_group.places_over_time import editions_table, places_chart
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain, show_table
from dashboard.ui.selection import Choice
from dashboard.words import peers
from dashboard.words.help import Kind
from dashboard.words.rank_certainty import chances_text, going_on_text, near_table, place_title
from dashboard.words.ranking import (
    gap_text,
    headline,
    measure,
    movement_chart,
    ranking_chart,
)
from dashboard.words.sources import source_of_indicators

ABOUT = {"": "The usual rate", TARGET: "The target"}
"""What the limits of a funnel can be about."""


class Place(NamedTuple):
    """The ranked bars and what is said of them; the members next to the area."""

    chart: Chart
    measure: str
    said: list[str]
    near: pd.DataFrame


class Course(NamedTuple):
    """The places over time, or the step of a year; what the editions of the group changed."""

    chart: Chart | None
    help_for: Kind
    editions: pd.DataFrame


class Members(NamedTuple):
    """Every member, in words and to take away; what the comparison rests on."""

    table: pd.DataFrame
    numbers: pd.DataFrame
    rests_on: pd.DataFrame


def show_place(view: AreaView, chosen: PeerChoice) -> None:
    """Show the ranked bars, with how sure the place is behind them."""
    place = _place(view, chosen)
    chart_card(
        place.chart,
        title="Every member, best first",
        subtitle=place.measure,
        key="ranking",
        file=file_name(view, chosen.indicator, "places"),
        help_for="ranked_bars",
        said=place.said,
    )


def show_course(view: AreaView, chosen: PeerChoice) -> None:
    """Show the places over time, or the step of a year, and what changed in the group."""
    course = _course(view, chosen)
    if course.chart is None:
        return
    chart_card(
        course.chart,
        title="Places over time",
        subtitle="1 is best",
        key="movement",
        file=file_name(view, chosen.indicator, "places_over_time"),
        help_for=course.help_for,
        beside=lambda: _editions(course.editions),
    )


def _editions(editions: pd.DataFrame) -> None:
    if len(editions):
        with st.popover("Editions of the group", icon=":material/groups:"):
            show_table(editions, alt="Editions of the group")


def show_near(view: AreaView, chosen: PeerChoice) -> None:
    """Show the members next to the area in order of place."""
    near = _place(view, chosen).near
    if near.empty:
        st.markdown("No other member has a figure.")
        return
    show_table(near, alt=f"Members next to {view.area_name} in order of place")


def show_funnel(view: AreaView, chosen: PeerChoice) -> None:
    """Show the funnel of the group, or of every area of the kind, about the usual or a target."""
    whom, level = st.columns(2)
    with whom:
        among = choose("Funnel of", "among", Choice("set of areas", AMONG, "group"))
    with level:
        about = choose("About", "about", Choice("level", ABOUT, ""))
    try:
        drawn = _funnel(view, chosen, among, about)
        funnel = funnel_answer(view, chosen.indicator, *chosen.options, among=among, about=about)
    except (NoFiguresError, ValueError) as why:
        st.info(plain(f"{str(why)[:1].upper()}{str(why)[1:]}."), icon=":material/info:")
        return
    if drawn is None:
        return
    ranking = ranking_answer(view, chosen.indicator, *chosen.options)
    chart_card(
        drawn,
        key="funnel",
        file=file_name(view, chosen.indicator, "funnel"),
        help_for="funnel",
        said=[] if about else [beside_the_means(funnel, ranking)],
    )


def show_members(view: AreaView, chosen: PeerChoice) -> None:
    """Show every member."""
    answer, members = (
        ranking_answer(view, chosen.indicator, *chosen.options),
        _members(view, chosen),
    )
    show_table(members.table, alt=f"Members of {answer.group}, best first")
    name = file_name(view, answer.indicator, "ranking")
    download(members.numbers, name=name, illustrative=answer.illustrative)


def show_rests(view: AreaView, chosen: PeerChoice) -> None:
    """Show what the comparison rests on."""
    show_table(_members(view, chosen).rests_on, alt="Group, means and denominators")


@cached_per_build
def _place(view: AreaView, chosen: PeerChoice) -> Place:
    answer = ranking_answer(view, chosen.indicator, *chosen.options)
    said = [
        headline(answer),
        gap_text(answer),
        going_on_text(answer),
        chances_text(answer),
        peers.about_group(answer, len(groups_of(view))),
    ]
    source = source_of_indicators(view, answer.indicator)
    drawn = ranking_chart(answer, source=source, title=place_title(answer))
    measured = f"{measure(answer)}, {answer.period}"
    return Place(drawn, measured, said, near_table(answer))


@cached_per_build
def _course(view: AreaView, chosen: PeerChoice) -> Course:
    source = source_of_indicators(view, chosen.indicator)
    course = movement(view, chosen.indicator, *chosen.options)
    places, editions = places_chart(course, source=source), editions_table(course)
    if places is not None:
        return Course(places, "places", editions)
    step = movement_chart(ranking_answer(view, chosen.indicator, *chosen.options), source=source)
    return Course(step, "movement", editions)


@cached_per_build
def _funnel(view: AreaView, chosen: PeerChoice, among: str, about: str) -> Chart | None:
    funnel = funnel_answer(view, chosen.indicator, *chosen.options, among=among, about=about)
    return funnel_chart(funnel, source=source_of_indicators(view, chosen.indicator))


@cached_per_build
def _members(view: AreaView, chosen: PeerChoice) -> Members:
    answer = ranking_answer(view, chosen.indicator, *chosen.options)
    tables = (peers.members_table, peers.members_for_download, peers.rests_on)
    return Members(*(table(answer) for table in tables))
