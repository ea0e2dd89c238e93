"""Dots of surveys: the interval that there is, the words where there is none, the goal's line."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.survey_dots import interval_text, survey_dots


def rows(*records: tuple) -> pd.DataFrame:
    return pd.DataFrame(records, columns=["name", "kind", "value", "lower", "upper"])


TWO = rows(
    ("Southampton 2009", "own", 45.0, 42.1, 47.9),
    ("England 2009", "national", 29.0, None, None),
)


def test_every_row_is_drawn_with_the_interval_it_has(caption) -> None:
    chart = survey_dots(TWO, caption=caption, measure="Percent", goal=35.0)
    own, nation = chart.figure.data
    assert own.error_x.array[0] == pytest.approx(2.9)
    assert own.error_x.arrayminus[0] == pytest.approx(2.9)
    assert nation.error_x.array[0] == 0
    assert own.marker.symbol != nation.marker.symbol
    labels = [each.text for each in chart.figure.layout.annotations]
    assert labels == ["Goal 35%", "<b>45% (42% to 48%)</b>", "29% (no interval)"]
    assert "The goal, 35%, is a line" in chart.alt


def test_the_table_says_where_there_is_no_interval(caption) -> None:
    chart = survey_dots(TWO, caption=caption, measure="Percent")
    assert chart.readable_table().to_numpy().tolist() == [
        ["Southampton 2009", "45.0%", "42.1%", "47.9%"],
        ["England 2009", "29.0%", "no interval", "no interval"],
    ]


@pytest.mark.parametrize("value", [0.0, 100.0])
def test_the_ends_of_the_scale_are_drawn(caption, value: float) -> None:
    chart = survey_dots(rows(("A", "own", value, None, None)), caption=caption, measure="Percent")
    low, high = chart.figure.layout.xaxis.range
    assert low <= value <= high


def test_an_interval_needs_both_ends() -> None:
    assert interval_text(23.0, 20.7, 25.5) == "23% (21% to 26%)"
    assert interval_text(23.0, 20.7, None) == "23% (no interval)"


def test_nothing_to_draw_is_refused(caption) -> None:
    with pytest.raises(ValueError, match="no row"):
        survey_dots(rows(), caption=caption, measure="Percent")
