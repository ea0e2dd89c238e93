"""Many series side by side, one column a period."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.periods import month_at
from dashboard.metrics.series_dispersion import side_by_side
from dashboard.metrics.window_rows import read_rows, series_in

APRIL_2008 = 459
KINDS = {"month": 1, "quarter": 3, "year": 12, "rolling_year": 12}


def as_frame(found) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (area, kind, month_at(APRIL_2008 + step * min(KINDS[kind], 3)).start_time, value)
            for area, kind, step, value in found
        ],
        columns=["area_code", "period_kind", "period_start", "value"],
    ).astype({"value": float})


def panel(frame: pd.DataFrame, kind: str = "month") -> np.ndarray:
    place, keys = series_in(frame, ["area_code"])
    return side_by_side(read_rows(frame, place), len(keys), kind)


def test_a_panel_has_a_column_for_every_period_and_gaps_are_missing():
    frame = as_frame([("A", "month", 0, 5), ("A", "month", 3, 7), ("B", "month", 1, 2)])
    expected = [[5, np.nan, np.nan, 7], [np.nan, 2, np.nan, np.nan]]
    np.testing.assert_array_equal(panel(frame), expected)


def test_a_panel_of_quarters_counts_in_quarters():
    frame = as_frame([("A", "quarter", 0, 5), ("A", "quarter", 2, 7), ("A", "month", 0, 1)])
    np.testing.assert_array_equal(panel(frame, "quarter"), [[5, np.nan, 7]])
    assert panel(frame.iloc[:0]).shape == (0, 0)


def test_two_figures_of_one_month_are_refused():
    frame = as_frame([("A", "month", 0, 5)])
    with pytest.raises(ValueError, match=r"^two values for one series and month$"):
        panel(pd.concat([frame, frame]))
