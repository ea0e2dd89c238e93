from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.axes import NOT_FROM_ZERO
from dashboard.charts.trajectory import trajectory

MEASURE = "Recorded crimes, twelve months to date"


def texts(chart) -> str:
    return " ".join(label.text for label in chart.figure.layout.annotations)


def trace(chart, name: str):
    return next(each for each in chart.figure.data if each.name == name)


def test_path_is_dashed_and_figures_are_solid(months, caption) -> None:
    chart = trajectory(months, caption=caption, measure=MEASURE)
    assert trace(chart, "Path").line.dash == "dash"
    assert trace(chart, "Actual").line.dash == "solid"
    assert trace(chart, "Path").line.color != trace(chart, "Actual").line.color


def test_baseline_path_goal_and_latest_are_labelled_on_the_figure(months, caption) -> None:
    chart = trajectory(months, caption=caption, measure=MEASURE, baseline_name="2008/09")
    said = texts(chart)
    for part in ("Baseline 29,249", "2008/09", "Path", "Goal 23,984", "Now 26,909"):
        assert part in said
    assert chart.figure.layout.showlegend is not True


def test_the_axis_fits_the_lines_and_says_that_it_does_not_begin_at_zero(months, caption) -> None:
    figure = trajectory(months, caption=caption, measure=MEASURE).figure
    low, high = figure.layout.yaxis.range
    drawn = months[["path", "actual"]].stack()
    assert 0 < low < drawn.min() <= drawn.max() < high
    assert NOT_FROM_ZERO in [each.text for each in figure.layout.annotations]


def fan_around(middle: float, spread: float) -> pd.DataFrame:
    months = pd.date_range("2010-01-01", "2011-03-01", freq="MS")
    shares = {"low_95": -2, "low_80": -1, "median": 0, "high_80": 1, "high_95": 2}
    return pd.DataFrame(
        {"month": months} | {name: middle + spread * times for name, times in shares.items()}
    )


def test_what_is_expected_and_how_likely_the_goal_is_stand_at_the_end_of_the_fan(
    months, caption
) -> None:
    fan = fan_around(25800.0, 500.0)
    chart = trajectory(
        months, caption=caption, measure=MEASURE, fan=fan, chance="7% chance of the goal"
    )
    label = next(each for each in chart.figure.layout.annotations if "Expected" in each.text)
    assert label.text == "<b>Expected 25,800</b><br>7% chance of the goal"
    assert label.x == fan["month"].iloc[-1]
    assert "7% chance of the goal." in chart.alt
    assert "beyond it" not in texts(chart)


def test_the_lines_take_half_of_the_height_and_a_wider_fan_is_cut(months, caption) -> None:
    chart = trajectory(months, caption=caption, measure=MEASURE, fan=fan_around(25800.0, 4000.0))
    low, high = chart.figure.layout.yaxis.range
    lines = months[["path", "actual"]].stack()
    assert (lines.max() - lines.min()) / (high - low) > 0.3
    assert low > 25800 - 2 * 4000
    assert "the fan is cut" in texts(chart)
    assert "the fan is cut" in chart.alt


def test_a_small_chart_says_it_in_its_alt_text_alone(months, caption) -> None:
    chart = trajectory(months, caption=caption, measure=MEASURE, compact=True)
    assert NOT_FROM_ZERO not in texts(chart)
    assert NOT_FROM_ZERO in chart.alt


def test_the_axis_of_lines_that_nearly_reach_zero_begins_there(months, caption) -> None:
    lower = months.assign(actual=months["actual"] - months["actual"].min() + 1)
    figure = trajectory(lower, caption=caption, measure=MEASURE).figure
    assert figure.layout.yaxis.range[0] == 0
    assert NOT_FROM_ZERO not in [each.text for each in figure.layout.annotations]


def test_the_alt_text_has_baseline_goal_latest_and_path(months, caption) -> None:
    alt = trajectory(months, caption=caption, measure=MEASURE, baseline_name="2008/09").alt
    assert "Baseline 2008/09: 29,249 in Mar 2009" in alt
    assert "Goal: 23,984 in Mar 2011" in alt
    assert "Latest: 26,909 in Dec 2009" in alt
    assert "The path asks for 27,275 in that month" in alt


def test_the_table_is_what_is_drawn(months, caption) -> None:
    chart = trajectory(months, caption=caption, measure=MEASURE)
    for column, name in (("Path", "Path"), (MEASURE, "Actual")):
        drawn = pd.Series(trace(chart, name).y, dtype=float)
        known = chart.table[column].dropna().reset_index(drop=True)
        pd.testing.assert_series_equal(known, drawn, check_names=False)


def test_a_month_without_a_figure_breaks_the_line_and_a_quarter_does_not(months, caption) -> None:
    so_far = months.head(10)
    gone = so_far.assign(actual=so_far["actual"].mask(so_far.index.isin([3, 4, 6])))
    chart = trajectory(gone, caption=caption, measure=MEASURE)
    actual = trace(chart, "Actual")
    assert actual.connectgaps is False
    assert [number for number, y in enumerate(actual.y) if pd.isna(y)] == [3, 4, 6]
    # A figure between two gaps has no line, so that it is seen by its marker alone.
    assert actual.marker.size[5] > actual.marker.size[8] == 0
    assert "The line is broken in 3 periods without a figure" in chart.alt
    quarters = months.assign(actual=months["actual"].where(months.index % 3 == 0))
    by_quarter = trajectory(quarters, caption=caption, measure=MEASURE)
    assert not pd.isna(trace(by_quarter, "Actual").y).any()
    assert "broken" not in by_quarter.alt


def test_labels_of_figures_and_goal_stand_on_opposite_sides(months, caption) -> None:
    ahead = trajectory(months, caption=caption, measure=MEASURE)
    behind = trajectory(
        months.assign(actual=months["actual"] + 4000), caption=caption, measure=MEASURE
    )
    for chart in (ahead, behind):
        anchors = {label.text[:6]: label.yanchor for label in chart.figure.layout.annotations}
        assert anchors["<b>Now"] != anchors["<b>Goa"]


def test_a_goal_that_is_not_given_is_said_to_be(months, caption) -> None:
    chart = trajectory(months.assign(path=None), caption=caption, measure=MEASURE)
    assert "Goal: not given" in chart.alt
    assert "Goal" not in texts(chart)
    assert chart.readable_table()["Path"].unique().tolist() == ["no path"]


def test_a_goal_without_a_path_is_drawn_where_it_is_due(months, caption) -> None:
    due = pd.Timestamp("2012-03-01")
    chart = trajectory(
        months.assign(path=None), caption=caption, measure=MEASURE, goal=(due, 31000.0)
    )
    assert "Goal 31,000" in texts(chart)
    assert chart.figure.layout.yaxis.range[1] > 31000
    assert pd.Timestamp(chart.figure.layout.xaxis.range[1]) > due


def test_survey_waves_are_drawn_with_markers(caption) -> None:
    waves = pd.DataFrame(
        {
            "month": pd.to_datetime(["2009-01-01", "2010-01-01", "2011-03-01"]),
            "path": [23.0, 26.2, 30.0],
            "actual": [23.0, None, None],
        }
    )
    chart = trajectory(waves, caption=caption, measure="Percent who agree", unit="percent")
    assert "markers" in trace(chart, "Actual").mode
    assert "Goal 30%" in texts(chart)
    assert chart.readable_table()["Path"].tolist() == ["23.0%", "26.2%", "30.0%"]


def test_no_row_is_an_error(months, caption) -> None:
    with pytest.raises(ValueError, match="no trajectory to draw: the frame has no row"):
        trajectory(months.iloc[:0], caption=caption, measure=MEASURE)
