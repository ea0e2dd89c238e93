from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.trajectory import (
    annual_levels,
    month_shares,
    path_level_at,
    seasonal_path,
    stepped_path,
    stepped_totals,
    straight_path,
)
from dashboard.words.reasons import reason_in_words

levels = st.floats(0, 1e6)


def monthly(first: str, values) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": values})


def test_a_straight_path_goes_month_by_month_from_baseline_to_goal():
    path = straight_path(1000, "2009-03", 820, "2011-03")
    assert len(path) == 25
    assert str(path["month"].iloc[0]) == "2009-03"
    assert path["level"].iloc[[0, 12, 24]].tolist() == [1000, 910, 820]


def test_a_path_has_no_level_before_it_and_keeps_its_last_after():
    path = straight_path(1000, "2009-03", 820, "2011-03")
    assert path_level_at(path, "2009-02") is None
    assert path_level_at(path, "2009-03") == 1000
    assert path_level_at(path, "2012-01") == 820


def test_a_goal_is_due_after_its_baseline():
    expected = "^the due month 2009-03 is not after the end of the baseline 2009-03$"
    with pytest.raises(ValueError, match=expected):
        straight_path(1, "2009-03", 2, "2009-03")


@given(levels, levels, st.integers(1, 60))
def test_a_straight_path_starts_at_the_baseline_ends_at_the_goal_and_never_turns(base, goal, n):
    due = pd.Period("2009-03", "M") + n
    path = straight_path(base, "2009-03", goal, due)["level"]
    assert (path.iloc[0], path.iloc[-1]) == (base, goal)
    assert path.is_monotonic_increasing or path.is_monotonic_decreasing


def test_shares_are_of_all_three_years_together():
    year = [10.0] * 11 + [30.0]
    shares = month_shares(monthly("2006-04", year * 3), "2009-12")
    assert shares.shares[0] == pytest.approx(10 / 140)
    assert shares.shares[11] == pytest.approx(30 / 140)


def test_a_missing_month_leaves_no_shares():
    values = [10.0] * 36
    values[5] = None
    shares = month_shares(monthly("2006-04", values), "2009-04")
    assert (shares.shares, reason_in_words(shares.why)) == ((), "no figure for September 2006")


def test_no_events_have_no_shares():
    shares = month_shares(monthly("2006-04", [0.0] * 36), "2009-04")
    assert reason_in_words(shares.why) == "no events in April 2006 to March 2009"
    expected = "^no seasonal path without twelve shares: no events$"
    with pytest.raises(ValueError, match=expected):
        seasonal_path(100, shares, "2009/10")


@given(st.lists(st.integers(0, 500), min_size=36, max_size=36).filter(any), levels)
def test_the_months_of_a_seasonal_path_add_to_its_level(values, level):
    shares = month_shares(monthly("2006-04", [float(v) for v in values]), "2009-04")
    path = seasonal_path(level, shares, "2009/10")
    assert sum(shares.shares) == pytest.approx(1)
    assert path["level"].sum() == pytest.approx(level)
    assert path["cumulative"].iloc[-1] == pytest.approx(level)
    assert path["cumulative"].is_monotonic_increasing


def test_a_straight_path_gives_the_level_of_each_year_it_passes():
    path = straight_path(1000, "2009-03", 820, "2011-03")
    expected = {"2008/09": 1000, "2009/10": 910, "2010/11": 820}
    assert annual_levels(path) == pytest.approx(expected)


def test_between_its_rows_a_path_is_the_straight_line():
    path = stepped_path({"2008/09": 900, "2010/11": 770})
    assert path_level_at(path, "2010-03") == pytest.approx(900 - 130 * 12 / 13)


def test_whoever_keeps_to_each_years_level_keeps_to_the_path_of_totals():
    monthly = [80.0] * 12 + [75.0] * 12 + [60.0] * 12
    totals = np.convolve(monthly, np.ones(12), mode="valid")
    path = stepped_totals({"2010/11": 900, "2011/12": 720}, ("2010-03", 960))
    months = pd.period_range("2010-03", "2012-03", freq="M")
    assert [path_level_at(path, month) for month in months] == pytest.approx(totals)
    assert path_level_at(path, "2010-02") is None
    assert annual_levels(path) == {"2009/10": 960, "2010/11": 900, "2011/12": 720}


@pytest.mark.parametrize("before", [None, ("2010-04", 960.0), ("2011-03", 960.0)])
def test_without_a_year_before_the_first_year_of_totals_is_level(before):
    path = stepped_totals({"2010/11": 900, "2011/12": 720}, before)
    assert path_level_at(path, "2010-04") == path_level_at(path, "2011-03") == 900
    assert path_level_at(path, "2011-04") == 885


def test_a_stepped_path_is_level_within_a_year():
    path = stepped_path({"2010/11": 800, "2009/10": 900})
    assert path_level_at(path, "2009-04") == path_level_at(path, "2010-03") == 900
    assert path_level_at(path, "2010-04") == path_level_at(path, "2011-03") == 800
    with pytest.raises(ValueError, match=r"^a stepped path needs at least one step$"):
        stepped_path({})
    with pytest.raises(ValueError, match=r"^'2010' is not a financial year; write it as 2008/09$"):
        stepped_path({"2010": 1})
