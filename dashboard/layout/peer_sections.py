"""Parts of the Most Similar Group page: place, who is near, course, funnel, what it rests on."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.funnel import AMONG
from dashboard.analysis.funnel import funnel as funnel_answer
from dashboard.analysis.groups import groups_of
from dashboard.analysis.movement import movement
from dashboard.analysis.ranking import RankingAnswer
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.charts.chart import Chart
from dashboard.exhibits import peers
from dashboard.exhibits.funnel import beside_the_means, funnel_chart
from dashboard.exhibits.places_over_time import editions_table, places_chart
from dashboard.exhibits.rank_certainty import chances_text, going_on_text, near_table, place_title
from dashboard.exhibits.ranking import gap_text, movement_chart, ranking_chart
from dashboard.exhibits.sources import source_of_indicators
from dashboard.layout.choices import choose
from dashboard.layout.downloads import download
from dashboard.layout.parts import plain, show, show_table
from dashboard.layout.peer_choices import PeerChoice
from dashboard.store.cache import cached_per_build
from dashboard.ui.selection import Choice
from dashboard.words.help import Kind

HEADINGS = {
    "place": "The place",
    "near": "Who is near",
    "course": "Places over time",
    "funnel": "Funnel",
    "members": "Every member",
    "rests": "What this rests on",
}
"""What follows on the page, by the name that the address has for it."""


class Place(NamedTuple):
    """The ranked bars and what is said of them; the members next to the area."""

    chart: Chart
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
    """Show the ranked bars, the gap to third place, how sure the place is, and who is near."""
    place = _place(view, chosen)
    show(place.chart, key="ranking", help_for="ranked_bars", anchor="place")
    for line in place.said:
        st.markdown(line)
    if len(place.near):
        name = view.area_name
        st.header(HEADINGS["near"], anchor="near")
        show_table(place.near, alt=f"Members next to {name} in order of place")


def show_course(view: AreaView, chosen: PeerChoice) -> None:
    """Show the places over time, or the step of a year, and what changed in the group."""
    course = _course(view, chosen)
    if course.chart is not None:
        show(course.chart, key="movement", help_for=course.help_for, anchor="course")
    if len(course.editions):
        with st.expander("What each edition of the group changed"):
            show_table(course.editions, alt="Editions of the group")


def show_funnel(view: AreaView, chosen: PeerChoice) -> None:
    """Show the funnel of the group, or of every area of the kind."""
    among = choose("Funnel of", "among", Choice("set of areas", AMONG, "group"))
    drawn = _funnel(view, chosen, among)
    if drawn is not None:
        show(drawn, key="funnel", help_for="funnel", anchor="funnel")
        funnel = funnel_answer(view, chosen.indicator, *chosen.options, among=among)
        ranking = ranking_answer(view, chosen.indicator, *chosen.options)
        said = beside_the_means(funnel, ranking)
        if said:
            st.markdown(plain(said))


def show_members(view: AreaView, chosen: PeerChoice) -> None:
    """Show every member, and what the comparison rests on."""
    answer, members = (
        ranking_answer(view, chosen.indicator, *chosen.options),
        _members(view, chosen),
    )
    st.header(HEADINGS["members"], anchor="members")
    show_table(members.table, alt=f"Members of {answer.group}, best first")
    name = f"ranking_{answer.indicator}"
    download(members.numbers, name=name, illustrative=answer.illustrative)
    st.header(HEADINGS["rests"], anchor="rests")
    show_table(members.rests_on, alt="Group, means and denominators")


def gap_line(answer: RankingAnswer) -> str:
    """Return the gap to third place in bold, and what it is if others go on; "" without a place."""
    gap = gap_text(answer)
    return f"**{plain(gap)}** {plain(going_on_text(answer))}" if gap else ""


@cached_per_build
def _place(view: AreaView, chosen: PeerChoice) -> Place:
    answer = ranking_answer(view, chosen.indicator, *chosen.options)
    said = [
        gap_line(answer),
        plain(chances_text(answer)),
        plain(peers.about_group(answer, len(groups_of(view)))),
    ]
    source = source_of_indicators(view, answer.indicator)
    drawn = ranking_chart(answer, source=source, title=place_title(answer))
    return Place(drawn, [line for line in said if line], near_table(answer))


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
def _funnel(view: AreaView, chosen: PeerChoice, among: str) -> Chart | None:
    funnel = funnel_answer(view, chosen.indicator, *chosen.options, among=among)
    return funnel_chart(funnel, source=source_of_indicators(view, chosen.indicator))


@cached_per_build
def _members(view: AreaView, chosen: PeerChoice) -> Members:
    answer = ranking_answer(view, chosen.indicator, *chosen.options)
    tables = (peers.members_table, peers.members_for_download, peers.rests_on)
    return Members(*(table(answer) for table in tables))
