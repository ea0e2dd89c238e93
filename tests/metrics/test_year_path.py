from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.path_range import count_range
from dashboard.metrics.periods import Window, later, parse_financial_year, parse_month
from dashboard.metrics.trajectory import (
    MonthShares,
    seasonal_path,
    straight_path,
    strictest,
    what_each_path_gives,
)
from dashboard.metrics.year_path import (
    annual_level_at,
    target_year,
    year_beside_path,
    year_path,
)

SHARES = MonthShares(tuple((np.arange(12) + 1) / 78))
AS_AT = parse_month("2009-06")


def monthly(first: str, values) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": values})


@pytest.mark.parametrize(
    ("as_at", "due", "label"),
    [
        ("2009-12", None, "2009/10"),
        ("2009-12", "2011-03", "2009/10"),
        ("2010-03", "2011-03", "2009/10"),
        ("2010-04", "2011-03", "2010/11"),
        ("2009-12", "2010-07", "year ending July 2010"),
        ("2009-07", "2010-07", "year ending July 2009"),
    ],
)
def test_the_year_ends_in_the_month_that_the_target_is_due(as_at, due, label):
    assert target_year(parse_month(as_at), due and parse_month(due)).label() == label


def test_in_a_financial_year_it_is_the_seasonal_path():
    year = parse_financial_year("2009/10")
    found = year_path(780, year, SHARES)
    expected = seasonal_path(780, SHARES, "2009/10")
    pd.testing.assert_frame_equal(found, expected)


def test_in_another_year_each_month_keeps_its_own_share():
    found = year_path(780, target_year(parse_month("2009-12"), parse_month("2010-07")), SHARES)
    # August is the fifth month from April, April the first.
    assert found["level"].tolist()[:2] == pytest.approx([50, 60])
    assert found["level"].tolist()[8:] == pytest.approx([10, 20, 30, 40])


@given(st.floats(0, 1e6), st.integers(0, 11), st.booleans())
def test_the_months_add_to_the_years_level(level, shift, is_seasonal):
    year = parse_financial_year("2009/10").moved_by(shift)
    path = year_path(level, year, SHARES if is_seasonal else None)
    assert path["level"].sum() == pytest.approx(level)
    assert path["cumulative"].iloc[-1] == pytest.approx(level)


def test_a_year_has_twelve_months():
    with pytest.raises(ValueError, match=r"^a year has twelve months, not 2$"):
        year_path(1, Window(AS_AT, later(AS_AT, 1)))


def test_beside_the_path_stands_what_was_counted_until_a_month_is_missing():
    path = year_path(120, parse_financial_year("2009/10"))
    found = year_beside_path(path, monthly("2009-04", [8.0, 9, 10, 11]), AS_AT, 1.0)
    assert found["actual_cumulative"].tolist()[:3] == [8, 17, 27]
    assert found["actual"].iloc[3:].isna().all()
    assert found["lower_95"].iloc[2] == count_range(30).lower
    assert found["upper_95"].iloc[11] == count_range(120).upper
    gap = year_beside_path(path, monthly("2009-04", [8.0, None, 10]), AS_AT, 1.0)
    assert gap["actual_cumulative"].isna().tolist()[:3] == [False, True, True]


def test_the_years_level_is_the_paths_in_its_last_month():
    path = straight_path(1000, "2009-03", 800, "2011-03")
    assert annual_level_at(path, parse_financial_year("2009/10"), None) == pytest.approx(900)
    assert annual_level_at(path, parse_financial_year("2012/13"), None) == 800
    assert annual_level_at(path, parse_financial_year("2007/08"), None) is None
    assert annual_level_at(path.iloc[:0], parse_financial_year("2009/10"), 50.0) == 50


def goals_of(**goals) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "target_id": list(goals),
            "level": [level for level, _ in goals.values()],
            "due": [parse_month(due) if due else None for _, due in goals.values()],
        }
    )


def test_each_path_on_the_due_date_of_the_others():
    paths = {
        "plan": straight_path(1000, "2009-03", 800, "2011-03"),
        "stretch": straight_path(1100, "2008-03", 920, "2010-03"),
        "aim": pd.DataFrame({"month": pd.PeriodIndex([], freq="M"), "level": []}),
    }
    goals = goals_of(plan=(800, "2011-03"), stretch=(920, "2010-03"), aim=(700.0, ""))
    found = what_each_path_gives(paths, goals, lower_is_better=True)
    assert found[["path_of", "goal_of"]].to_numpy().tolist() == [
        ["plan", "stretch"], ["stretch", "plan"],
    ]  # fmt: skip
    assert found["level"].tolist() == pytest.approx([900, 920])
    assert found["meets"].tolist() == [True, False]
    assert what_each_path_gives(paths, goals, False)["meets"].tolist() == [False, True]


def test_the_strictest_asks_for_the_best_level_and_of_equals_is_due_first():
    goals = goals_of(plan=(800.0, "2011-03"), stretch=(800.0, "2010-03"), aim=(700.0, ""))
    assert strictest(goals, lower_is_better=True) == "stretch"
    assert strictest(goals_of(a=(5.0, "2011-03"), b=(6.0, "2012-03")), False) == "b"
    assert strictest(goals.iloc[:0], lower_is_better=True) == ""
