"""What moved, as bars from a common zero."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import theme
from dashboard.charts.chart import Caption
from dashboard.charts.percent_bars import NOTE, PALE, percent_bars

CAPTION = Caption("Shoplifting rose 31%", "Leeds, year on year", "Source: test")
SURE, UNSURE = "more than chance would explain", "chance could explain it"
MOVED = pd.DataFrame(
    [
        ("Robbery", -12.0, -8.0, False, True, SURE),
        ("Shoplifting", 310.0, 31.0, True, True, SURE),
        ("Community Payback hours", -90.0, -5.0, True, False, UNSURE),
    ],
    columns=["title", "change", "percent", "is_worse", "is_sure", "chance"],
)


def test_colour_says_better_or_worse_and_paleness_chance() -> None:
    chart = percent_bars(MOVED, caption=CAPTION)
    (bars,) = chart.figure.data
    assert list(bars.x) == [31.0, -5.0, -8.0]
    assert list(bars.text) == ["+31%", "−5%", "−8%"]
    # A fall is worse where more is better.
    assert list(bars.marker.color) == [theme.ORANGE, theme.ORANGE, theme.DARK_BLUE]
    assert list(bars.marker.opacity) == [1, PALE, 1]
    assert [each.text for each in chart.figure.layout.annotations] == [NOTE]


def test_words_and_table_say_the_same() -> None:
    chart = percent_bars(MOVED, caption=CAPTION)
    assert f"Shoplifting +31%, {SURE}" in chart.alt
    assert chart.table["Chance"].tolist() == [SURE, UNSURE, SURE]
    assert chart.readable_table()["Change"].tolist() == ["+310", "−90", "−12"]


def test_no_note_where_all_are_sure() -> None:
    assert not percent_bars(MOVED.head(2), caption=CAPTION).figure.layout.annotations


def test_without_a_row_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="nothing moved"):
        percent_bars(MOVED.iloc[:0], caption=CAPTION)
