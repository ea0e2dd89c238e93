"""A place in a group on one line."""

from __future__ import annotations

from dashboard.charts.chart import Caption
from dashboard.charts.rank_line import rank_line

CAPTION = Caption("All crime is 13th", "All crime, place in the group", "Source: test")


def test_places_and_goal_are_said_and_drawn() -> None:
    chart = rank_line(rank=13, before=14, of=15, goal=3, caption=CAPTION)
    assert "13th of 15 now, 14th of 15 a year before" in chart.alt
    assert "The goal is the top 3" in chart.alt
    assert chart.table["Rank"].tolist() == [13, 14]
    said = [annotation.text for annotation in chart.figure.layout.annotations]
    assert said == ["Goal: top 3", "14 a year before", "<b>Now 13 of 15</b>"]


def test_what_is_not_known_is_not_drawn() -> None:
    chart = rank_line(rank=None, before=None, of=11, goal=None, caption=CAPTION)
    assert "not ranked of 11 now" in chart.alt
    assert not chart.figure.layout.annotations
    (places,) = chart.figure.data
    assert len(set(places.marker.size)) == 1


def test_a_place_held_is_drawn_once() -> None:
    chart = rank_line(rank=1, before=1, of=2, goal=3, caption=CAPTION)
    said = [annotation.text for annotation in chart.figure.layout.annotations]
    assert said == ["Goal: top 3", "<b>Now 1 of 2</b>"]


def test_the_place_now_is_the_largest_and_the_goal_has_a_colour_of_its_own() -> None:
    (places,) = rank_line(rank=13, before=14, of=15, goal=3, caption=CAPTION).figure.data
    assert len(places.x) == 15
    assert max(range(15), key=lambda at: places.marker.size[at]) == 12
    assert len(set(places.marker.color[:3])) == 1
    assert places.marker.color[0] != places.marker.color[3]
