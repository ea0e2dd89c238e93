"""Which months a regular series leaves out, and which series have no step to miss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.left_out import left_out


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
