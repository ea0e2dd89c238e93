"""Several lines in one picture: where one has no figure it is broken, and that is said."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.lines_of_types import lines_of_types


@pytest.fixture
def two_types() -> pd.DataFrame:
    months = pd.date_range("2009-01-01", periods=20, freq="MS")
    rape = [9.0 + n for n in range(20)]
    rape[3] = rape[4] = rape[6] = None
    words = ["fewer than 5" if n in (3, 6) else "suppressed" if n == 4 else "" for n in range(20)]
    first = pd.DataFrame({"title": "Rape", "period": months, "value": rape, "instead": words})
    second = pd.DataFrame({"title": "Arson", "period": months, "value": 20.0, "instead": ""})
    # Of the second, a month has no row at all.
    return pd.concat([first, second.drop(index=10)], ignore_index=True)


def missing(line) -> list[int]:
    return [number for number, y in enumerate(line.y) if pd.isna(y)]


def test_a_gap_is_a_gap_whether_suppressed_or_left_out(two_types, caption) -> None:
    rape, arson = lines_of_types(two_types, caption=caption).figure.data
    assert (rape.connectgaps, arson.connectgaps) == (False, False)
    assert missing(rape) == [3, 4, 6]
    assert missing(arson) == [10]
    assert arson.x[10] == pd.Timestamp("2009-11-01")


def test_a_figure_between_two_gaps_has_a_marker(two_types, caption) -> None:
    rape, arson = lines_of_types(two_types, caption=caption).figure.data
    assert [number for number, size in enumerate(rape.marker.size) if size] == [5, 19]
    assert [number for number, size in enumerate(arson.marker.size) if size] == [19]


def test_gaps_are_said_under_the_title_in_the_alt_text_and_in_the_table(two_types, caption) -> None:
    chart = lines_of_types(two_types, caption=caption)
    said = "A line is broken where a period has no figure to show: Rape 3 of 20, Arson 1 of 20"
    assert said in chart.caption.subtitle
    assert said in chart.alt
    cells = chart.readable_table()
    assert cells["Rape"].iloc[2:7].tolist() == ["11", "fewer than 5", "suppressed", "14",
                                                "fewer than 5"]  # fmt: skip
    assert cells["Arson"].iloc[9:12].tolist() == ["20", "no figure", "20"]
    assert chart.table["Rape"].isna().sum() == 3


def test_without_a_gap_nothing_is_said_of_one(two_types, caption) -> None:
    whole = two_types.assign(value=two_types["value"].fillna(1.0))
    whole = whole[whole["title"].eq("Rape")]
    assert "broken" not in lines_of_types(whole, caption=caption).caption.subtitle


def test_a_line_that_begins_later_has_no_gap_before_it(two_types, caption) -> None:
    later = two_types[two_types["title"].ne("Arson") | two_types["period"].ge("2010-01-01")]
    chart = lines_of_types(later, caption=caption)
    assert missing(chart.figure.data[1]) == []
    assert "Arson" not in chart.caption.subtitle
