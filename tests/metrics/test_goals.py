from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.goals import due_window, goal_level, needed_from_here, needed_per_month
from dashboard.words.reasons import reason_in_words
from dashboard.words.targets import needed_in_words

DUE = date(2011, 3, 31)


def monthly(first: str, values) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": values})


@pytest.mark.parametrize(
    ("goal", "number", "baseline", "level"),
    [
        ("relative_change", -18, 1000, 820),
        ("relative_change", 25, 80, 100),
        ("relative_change", -18, None, None),
        ("relative_change", None, 1000, None),
        ("relative_change", -18, 0, 0),
        ("value", 30, 23, 30),
        ("value", 30, None, 30),
        ("minimum_count", 10000, None, 10000),
        ("rank", 3, 13, None),
        ("not_given", None, 5, None),
    ],
)
def test_the_level_a_goal_asks_for(goal, number, baseline, level):
    assert goal_level(goal, number, baseline) == (None if level is None else pytest.approx(level))


def test_an_unknown_goal_is_refused():
    with pytest.raises(ValueError, match=r"^'best' is not a goal; choose one of relative_change,"):
        goal_level("best", 1, 1)


def test_the_due_year_ends_with_the_due_month():
    assert due_window(DUE).label() == "2010/11"
    assert due_window("2010-07").label() == "year ending July 2010"


def test_before_the_due_year_a_twelfth_is_needed_each_month():
    needed = needed_per_month(1200, 0, 12, mean_last_year=125)
    assert needed.per_month == 100
    assert needed_in_words(needed) == "100 a month from here, against 125 a month in the last year"


@pytest.mark.parametrize(
    ("as_at", "when"),
    [("2009-12", "in 2010/11"), ("2010-03", "from here"), ("2010-06", "from here")],
)
def test_months_before_the_due_year_are_not_meant(as_at, when):
    months = pd.period_range("2009-01", as_at, freq="M")
    series = pd.DataFrame(
        {"period_start": months.start_time, "period_kind": "month", "value": 10.0}
    )
    needed = needed_from_here(series, 1200, "2011-03", as_at)
    assert f"a month {when}" in needed_in_words(needed)


def test_a_due_year_that_is_no_financial_year_is_named_by_its_end():
    months = pd.period_range("2009-01", "2009-12", freq="M")
    series = pd.DataFrame({"period_start": months.start_time, "period_kind": "month", "value": 9.0})
    needed = needed_from_here(series, 60, "2011-07", "2009-12")
    assert needed_in_words(needed).startswith("5 a month in the year ending July 2011")


def test_within_it_what_is_left_is_shared_among_the_months_left():
    assert needed_per_month(1200, 900, 3).per_month == 100


def test_exactly_at_the_goal_nothing_more_may_happen():
    needed = needed_per_month(1200, 1200, 3)
    assert (needed.per_month, needed.beyond, reason_in_words(needed.reason)) == (0, 0, "")


@pytest.mark.parametrize(("baseline", "percent", "whole"), [(50, -34, 33), (50, 16, 58)])
def test_a_goal_of_whole_events_is_whole_and_reaching_it_is_not_passing_it(
    baseline, percent, whole
):
    goal = goal_level("relative_change", percent, baseline)
    assert goal == whole
    needed = needed_per_month(goal, counted=whole, months_left=1)
    assert (needed.per_month, needed.beyond) == (0, 0)


def test_past_the_goal_it_says_so_and_gives_no_negative_number():
    needed = needed_per_month(1200, 1260, 3)
    assert (needed.per_month, needed.beyond) == (None, 60)
    expected = "60 past the goal already: no monthly figure can bring the due year back to it"
    assert needed_in_words(needed) == expected
    reached = needed_per_month(10000, 15000, 3, lower_is_better=False)
    assert (reached.per_month, reached.beyond) == (0, 5000)
    assert reason_in_words(reached.reason) == "5,000 past the goal already: it is reached"


def test_after_the_due_date_nothing_can_be_needed():
    assert reason_in_words(needed_per_month(1200, 1100, 0).reason) == "the due date has passed"


@pytest.mark.parametrize("left", [-1, 13])
def test_a_due_year_has_twelve_months(left):
    with pytest.raises(ValueError, match=f"^months left must be between 0 and 12, not {left}$"):
        needed_per_month(1, 0, left)


def test_a_series_before_its_due_year():
    needed = needed_from_here(monthly("2009-01", [100] * 12), 960, DUE, "2009-12")
    assert (needed.per_month, needed.months_left, needed.mean_last_year) == (80, 12, 100)


def test_a_series_within_its_due_year():
    needed = needed_from_here(monthly("2009-07", [100] * 12), 960, DUE, "2010-06")
    assert (needed.counted, needed.months_left) == (300, 9)
    assert needed.per_month == pytest.approx(660 / 9)


def test_a_missing_month_of_the_due_year_stops_it():
    needed = needed_from_here(monthly("2010-04", [100, None, 100]), 960, DUE, "2010-06")
    assert (needed.per_month, reason_in_words(needed.reason)) == (None, "no figure for May 2010")


def test_a_missing_month_before_it_costs_only_the_mean():
    needed = needed_from_here(monthly("2010-04", [100, 100]), 960, DUE, "2010-05")
    assert needed.per_month == pytest.approx(76)
    assert needed.mean_last_year is None


def test_a_goal_not_given_needs_nothing_known():
    assert reason_in_words(
        needed_from_here(monthly("2010-04", [1]), None, DUE, "2010-04").reason
    ) == ("the goal is not given")


@given(st.integers(0, 10**5), st.integers(0, 10**5), st.integers(1, 12))
def test_the_months_left_end_exactly_on_the_goal(goal, counted, left):
    needed = needed_per_month(goal, counted, left)
    if counted <= goal:
        assert counted + left * needed.per_month == pytest.approx(goal)
    else:
        assert needed.per_month is None
