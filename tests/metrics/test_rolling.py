from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.periods import Window, later
from dashboard.metrics.rolling import rolling_levels
from dashboard.metrics.windows import window_total


def monthly(first: str, values) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": values})


@given(st.lists(st.none() | st.integers(0, 900), min_size=1, max_size=40))
def test_each_level_is_the_total_of_its_twelve_months(values):
    series = monthly("2006-04", pd.array(values, dtype="Float64").astype(float))
    levels = rolling_levels(series)
    found = dict(zip(levels["month"], levels["level"], strict=True))
    for month in pd.period_range("2006-04", periods=len(values), freq="M"):
        expected = window_total(series, Window(later(month, -11), month)).value
        assert found.get(month) == expected


def test_a_stock_stands_at_its_own_figures():
    levels = rolling_levels(monthly("2009-04", [120.0, None, 130.0]), "last")
    assert [str(month) for month in levels["month"]] == ["2009-04", "2009-06"]
    assert levels["level"].tolist() == [120, 130]


def test_a_year_stands_at_its_last_month():
    row = pd.DataFrame(
        {"period_start": ["2024-01-01"], "period_kind": ["rolling_year"], "value": [31505.0]}
    )
    levels = rolling_levels(row)
    assert [str(month) for month in levels["month"]] == ["2024-12"]
