"""Many series side by side, one column a period."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.panels import panel_of
from dashboard.metrics.periods import month_at

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


def test_a_panel_has_a_column_for_every_period_and_gaps_are_missing():
    frame = as_frame([("A", "month", 0, 5), ("A", "month", 3, 7), ("B", "month", 1, 2)])
    panel = panel_of(frame, ["area_code"])
    assert panel.keys["area_code"].tolist() == ["A", "B"]
    expected = [[5, np.nan, np.nan, 7], [np.nan, 2, np.nan, np.nan]]
    np.testing.assert_array_equal(panel.values, expected)


def test_a_panel_of_quarters_counts_in_quarters():
    frame = as_frame([("A", "quarter", 0, 5), ("A", "quarter", 2, 7), ("A", "month", 0, 1)])
    np.testing.assert_array_equal(
        panel_of(frame, ["area_code"], "quarter").values, [[5, np.nan, 7]]
    )
    assert panel_of(frame.iloc[:0], ["area_code"]).values.shape == (0, 0)


def test_two_figures_of_one_month_and_other_kinds_are_refused():
    frame = as_frame([("A", "month", 0, 5)])
    with pytest.raises(ValueError, match=r"^two values for one series and month$"):
        panel_of(pd.concat([frame, frame]), ["area_code"])
    with pytest.raises(ValueError, match=r"^'year' is not a kind to set side by side"):
        panel_of(frame, ["area_code"], "year")
