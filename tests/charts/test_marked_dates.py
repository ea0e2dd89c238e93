"""Marked dates stand on the chart, in alt text and table, where they fall in its time."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.charts.chart import Caption
from dashboard.charts.line_of_periods import line_of_periods
from dashboard.charts.marked_dates import COLUMN, with_marked_dates
from dashboard.store.marked_dates import MarkedDate


def marked(begins, ends, title):
    return MarkedDate(date.fromisoformat(begins), date.fromisoformat(ends), title, "why", "Ann")


SUMMER = marked("2009-06-10", "2009-08-31", "Summer <operation>")
DAY = marked("2009-10-03", "2009-10-03", "New shelter")
BEFORE = marked("2007-01-01", "2008-12-31", "Before all figures")


@pytest.fixture
def chart():
    months = pd.period_range("2009-01", "2009-12", freq="M")
    history = pd.DataFrame(
        {
            "period": months.to_timestamp(),
            "value": [float(value) for value in range(100, 112)],
        }
    )
    caption = Caption("All crime", "Crimes a month", "A source")
    return line_of_periods(history, caption=caption, measure="Crimes")


def test_a_range_is_a_band_a_day_a_line_and_what_is_outside_is_left_out(chart):
    figure = with_marked_dates(chart, [BEFORE, SUMMER, DAY]).figure
    new = figure.layout.shapes[len(chart.figure.layout.shapes) :]
    assert [each.type for each in new] == ["rect", "line"]
    assert (new[0].x0, new[0].x1) == (pd.Timestamp("2009-06-10"), pd.Timestamp("2009-08-31"))
    texts = [each.text for each in figure.layout.annotations]
    assert texts[-2:] == ["Summer &lt;operation>", "New shelter"]


def test_alt_text_and_table_name_them(chart):
    drawn = with_marked_dates(chart, [SUMMER, DAY])
    assert drawn.alt.endswith(
        "Marked: Summer <operation>, 10 June 2009 to 31 August 2009; New shelter, 3 October 2009."
    )
    names = dict(zip(drawn.table.iloc[:, 0], drawn.table[COLUMN], strict=True))
    assert [period for period, name in names.items() if name == SUMMER.title] == [
        "Jun 2009",
        "Jul 2009",
        "Aug 2009",
    ]
    assert names["Oct 2009"] == "New shelter"


def test_without_a_mark_in_its_time_the_chart_is_the_same_one(chart):
    assert with_marked_dates(chart, []) is chart
    assert with_marked_dates(chart, [BEFORE]) is chart
