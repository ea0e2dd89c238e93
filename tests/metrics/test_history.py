from __future__ import annotations

import pandas as pd
import pytest

from dashboard.metrics.history import (
    change_over_years,
    falls_in_a_row,
    ratio_to_largest_fall,
    share_of,
    totals_by_year,
)
from dashboard.metrics.reasons import Because
from dashboard.words.reasons import reason_in_words


def monthly(first: str, values) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": values})


def table(*values: float | None) -> pd.DataFrame:
    frame = pd.DataFrame({"label": "", "value": pd.Series(values, dtype="float64")})
    return frame.assign(percent=frame["value"].pct_change(fill_method=None) * 100)


def test_every_earlier_year_has_the_same_window():
    series = monthly("2006-04", [100.0] * 12 + [94.0] * 12 + [88.0] * 12 + [77.0] * 9)
    totals = totals_by_year(series, "2009-12", "ytd")
    assert totals["label"].tolist() == [f"April to December {year}" for year in range(2006, 2010)]
    assert totals["value"].tolist() == [900, 846, 792, 693]
    assert totals["percent"].isna().tolist() == [True, False, False, False]
    assert totals["percent"].iloc[-1] == pytest.approx(-12.5)


def test_an_empty_series_has_one_unknown_year():
    totals = totals_by_year(monthly("2006-04", []), "2009-12", "ytd")
    assert totals["value"].isna().tolist() == [True]
    assert falls_in_a_row(totals) is None


@pytest.mark.parametrize(
    ("values", "years"),
    [
        ((9, 8, 7, 6), 3),
        ((5, 9, 8, 7), 2),
        ((9, 8, 8, 7), 1),
        ((9, 8, 9), 0),
        ((9, None, 8, 7), 1),
        ((9, 8, None), None),
        ((9,), None),
    ],
)
def test_falls_are_counted_back_from_the_last_year(values, years):
    assert falls_in_a_row(table(*values)) == years


def test_this_fall_is_set_beside_the_largest_before():
    assert ratio_to_largest_fall(table(1000, 940, 930, 818.4)).ratio == pytest.approx(2)


def test_no_earlier_fall_no_ratio():
    ratio = ratio_to_largest_fall(table(100, 110, 90))
    assert (ratio.ratio, ratio.reason.names) == (None, (Because.NO_EARLIER_FALL,))
    assert reason_in_words(ratio.reason) == "no earlier year in the data fell"
    alone = ratio_to_largest_fall(table(100)).reason
    assert reason_in_words(alone) == "no change for the latest year"


def test_changes_over_years_compound():
    assert change_over_years(table(100, 115, 130), 2) == pytest.approx(30)
    assert change_over_years(table(100, 115), 2) is None
    with pytest.raises(ValueError, match=r"^a change is over 1 year or more, not 0$"):
        change_over_years(table(100, 115), 0)


def test_a_share_needs_a_whole():
    assert share_of(47, 100) == 47
    assert share_of(0, 100) == 0
    assert share_of(1, 0) is share_of(None, 1) is share_of(1, None) is None


def test_the_baseline_has_no_earlier_years():
    expected = "^basis 'baseline' has no earlier years to set beside it$"
    with pytest.raises(ValueError, match=expected):
        totals_by_year(monthly("2006-04", [1.0]), "2009-12", "baseline")
