"""Ranked bars and movement: an area among its peers."""

from __future__ import annotations

import pytest

from dashboard.charts import theme
from dashboard.charts.movement import movement_of_ranks
from dashboard.charts.ranked_bars import ranked_bars

OWN = "E22000120"
MEASURE = "Crimes per 1,000 residents"
PERIODS = {"before": "April to December 2008", "now": "April to December 2009"}


@pytest.fixture
def bars(members, caption):
    return ranked_bars(members, caption=caption, own_area=OWN, measure=MEASURE, mean=81.4)


@pytest.fixture
def moves(ranks, caption):
    return movement_of_ranks(ranks, caption=caption, own_area=OWN, **PERIODS)


def test_bars_are_best_first_and_all_named(bars) -> None:
    names = list(bars.figure.layout.yaxis.ticktext)
    assert [name.replace("<b>", "")[:1] for name in names] == ["1", "2", "3", "–"]
    low, high = bars.figure.layout.yaxis.range
    assert low > high  # the first row is at the top


def test_the_own_area_has_another_colour_and_bold_words(bars) -> None:
    colours = list(bars.figure.data[0].marker.color)
    assert [colour == theme.OWN for colour in colours] == [False, False, True, False]
    names = list(bars.figure.layout.yaxis.ticktext)
    assert [name.startswith("<b>") for name in names] == [False, False, True, False]
    assert "<b>104.3</b>" in [label.text for label in bars.figure.layout.annotations]


def test_bars_start_at_zero_and_hold_every_interval(bars) -> None:
    low, high = bars.figure.layout.xaxis.range
    assert low == 0
    assert high > 106.5


def test_intervals_are_drawn_from_lower_to_upper(bars) -> None:
    interval = next(each for each in bars.figure.data if each.name == "95% interval")
    assert list(interval.error_x.array) == pytest.approx([2, 1.5, 2.2])
    assert list(interval.error_x.arrayminus) == pytest.approx([2, 1.5, 2.3])


def test_the_mean_is_labelled(bars) -> None:
    assert "Group mean 81.4" in [label.text for label in bars.figure.layout.annotations]
    assert bars.figure.layout.shapes[0].x0 == 81.4


def test_a_member_without_data_is_named(bars) -> None:
    assert "no data" in [label.text for label in bars.figure.layout.annotations]
    assert "No data for Comparator 3" in bars.alt
    assert bars.readable_table().iloc[-1].tolist() == [
        "no data", "Comparator 3", "no data", "no data", "no data",
    ]  # fmt: skip


def test_the_alt_text_has_place_value_and_mean(bars) -> None:
    for part in ("Southampton is 3rd of 4 (3 with data) with 104.3", "mean: 81.4", "60.0"):
        assert part in bars.alt


def test_the_table_is_what_is_drawn(bars) -> None:
    drawn = list(bars.figure.data[0].x)[:3]
    assert bars.table[MEASURE].tolist()[:3] == drawn == [60.0, 80.0, 104.3]


def test_bars_without_intervals_have_none(members, caption) -> None:
    chart = ranked_bars(
        members.drop(columns=["lower", "upper"]), caption=caption, own_area=OWN, measure=MEASURE
    )
    assert len(chart.figure.data) == 1
    assert list(chart.table.columns) == ["Rank", "Area", MEASURE, "Note"]


@pytest.mark.parametrize("chart", [ranked_bars, movement_of_ranks])
def test_an_area_outside_the_group_is_an_error(chart, members, ranks, caption) -> None:
    frame, more = (members, {"measure": MEASURE}) if chart is ranked_bars else (ranks, PERIODS)
    with pytest.raises(ValueError, match="X is not among the 4 members of the group"):
        chart(frame, caption=caption, own_area="X", **more)


def test_every_member_with_data_has_a_line_and_a_name(moves) -> None:
    assert {each.name for each in moves.figure.data} == {
        "Comparator 1", "Comparator 2", "Southampton",
    }  # fmt: skip
    said = " ".join(label.text for label in moves.figure.layout.annotations)
    for name in ("Comparator 1", "Comparator 2", "Southampton"):
        assert name in said


def test_the_own_line_differs_in_width_and_shape_too_and_lies_on_top(moves) -> None:
    own, other = moves.figure.data[-1], moves.figure.data[0]
    assert own.name == "Southampton"
    assert own.line.width > other.line.width
    assert own.marker.symbol != other.marker.symbol
    assert own.line.color != other.line.color


def test_rank_one_is_at_the_top(moves) -> None:
    low, high = moves.figure.layout.yaxis.range
    assert low > high


def test_those_that_tie_are_named_together(moves) -> None:
    assert "Comparator 1<br>Comparator 2" in [
        label.text for label in moves.figure.layout.annotations
    ]


def test_movement_is_said_in_the_alt_text_and_the_table(moves) -> None:
    assert "Southampton moved from 3rd of 4 (3 with data) to 1st of 4 (3 with data)" in moves.alt
    assert "Comparator 1 from 1 to 2" in moves.alt
    own = moves.readable_table().iloc[0]
    assert own.tolist() == ["Southampton", "3rd", "1st", "+2"]
    assert moves.readable_table().iloc[-1].tolist()[1:] == ["no data"] * 3
