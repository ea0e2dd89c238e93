"""Which months a regular series leaves out, and which series have no step to miss."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.left_out import LONGEST_GAP, in_last_run, last_unbroken_run, left_out
from dashboard.metrics.series_dispersion import history_of_series


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([0, 1, 2, 3], []),
        ([0, 1, 4, 5, 6], [2, 3]),
        ([0, 5, 6, 7, 8], [1, 2, 3, 4]),
        ([0, 3, 9, 12], [6]),
        # A year apart at first and a quarter apart later: published more often, nothing missing.
        ([0, 12, 24, 27, 30, 33], []),
        ([0, 12, 24, 27, 30, 36, 39], [33]),
        # Surveys, at no step that repeats.
        ([0, 14, 20, 45], []),
        ([0, 24], []),
        ([0], []),
        ([], []),
    ],
)
def test_months_left_out(months: list[int], expected: list[int]) -> None:
    assert left_out(months) == expected


@given(
    length=st.integers(8, 60),
    step=st.sampled_from([1, 3, 12]),
    at=st.integers(1, 1000),
)
def test_one_month_taken_out_of_a_regular_series_is_found(length: int, step: int, at: int) -> None:
    whole = [step * number for number in range(length)]
    gone = whole[1 + at % (length - 2)]
    assert left_out([month for month in whole if month != gone]) == [gone]


def figures(kind: str, starts: list[str], values: list[float | None] | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period_start": pd.to_datetime(starts),
            "period_kind": kind,
            "value": [1.0] * len(starts) if values is None else values,
        }
    )


@pytest.mark.parametrize(
    ("kind", "starts", "first_kept"),
    [
        # Twelve months between the end of one and the start of the next are none, thirteen are.
        ("month", ["2014-01-01", "2015-02-01"], "2014-01-01"),
        ("month", ["2014-01-01", "2015-03-01"], "2015-03-01"),
        ("quarter", ["2014-01-01", "2015-04-01"], "2014-01-01"),
        ("quarter", ["2014-01-01", "2015-07-01"], "2015-07-01"),
        ("year", ["2014-01-01", "2016-01-01"], "2014-01-01"),
        ("year", ["2014-01-01", "2016-02-01"], "2016-02-01"),
        ("rolling_year", ["2014-01-01", "2014-04-01", "2016-04-01"], "2014-01-01"),
        ("rolling_year", ["2014-01-01", "2014-04-01", "2016-05-01"], "2016-05-01"),
        ("survey_wave", ["2004-01-01", "2014-01-01"], "2004-01-01"),
        ("month", ["2010-01-01", "2014-01-01", "2014-02-01", "2020-01-01"], "2020-01-01"),
    ],
)
def test_a_hole_of_more_than_a_year_parts_a_series(kind, starts, first_kept) -> None:
    found = last_unbroken_run(figures(kind, starts), pd.Period("2030-12", "M"))
    assert found["period_start"].min() == pd.Timestamp(first_kept)
    assert found["period_start"].max() == pd.Timestamp(starts[-1])


def test_the_run_is_the_last_one_that_ends_by_the_month() -> None:
    months = figures("month", ["2014-01-01", "2014-02-01", "2025-01-01", "2025-02-01"])
    starts = {
        as_at: last_unbroken_run(months, pd.Period(as_at, "M"))["period_start"].dt.year.tolist()
        for as_at in ("2025-01", "2024-12", "2013-12")
    }
    assert starts == {"2025-01": [2025], "2024-12": [2014, 2014], "2013-12": []}


def test_a_suppressed_period_is_no_hole_and_a_missing_one_is() -> None:
    months = figures("month", ["2014-01-01", "2015-01-01", "2016-01-01"], [1.0, None, 2.0])
    last = pd.Period("2016-12", "M")
    assert len(last_unbroken_run(months, last)) == 1
    hidden = months.assign(suppression=["", "fewer than 5", ""])
    assert len(last_unbroken_run(hidden, last)) == 3


def test_what_comes_before_a_hole_changes_no_dispersion() -> None:
    counts = [100.0, 140.0, 90.0, 130.0, 160.0, 95.0] * 5
    own = pd.period_range("2020-01", periods=len(counts), freq="M").to_timestamp()
    after = figures("month", list(own), counts)
    before = figures("month", ["2012-01-01", "2012-02-01", "2012-03-01"], [5.0, 900.0, 30.0])
    alone, with_both = (
        history_of_series(each, pd.Period("2022-06", "M"))
        for each in (after, pd.concat([before, after], ignore_index=True))
    )
    assert alone == with_both
    assert alone.is_own


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 80)), unique=True))
def test_many_series_are_parted_as_each_alone(rows: list[tuple[int, int]]) -> None:
    place, first = (np.array([row[each] for row in rows], dtype=int) for each in (0, 1))
    found = in_last_run(place, first, first)
    for each in range(3):
        own = place == each
        assert found[own].tolist() == in_last_run(place[own] * 0, first[own], first[own]).tolist()
        if own.any():
            kept = np.sort(first[own & found])
            assert kept[-1] == first[own].max()
            assert (np.diff(kept) - 1 <= LONGEST_GAP).all()
