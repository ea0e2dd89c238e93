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
    assert [trace.name for trace in chart.figure.data] == ["Places"]


def test_a_place_held_is_drawn_once() -> None:
    chart = rank_line(rank=1, before=1, of=2, goal=3, caption=CAPTION)
    assert [trace.name for trace in chart.figure.data] == ["Places", "Now"]
