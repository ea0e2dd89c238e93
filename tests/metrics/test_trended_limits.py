"""Limits around a line: those of what it leaves, moved back onto it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.metrics.control.limits import limits_for
from dashboard.metrics.control.trended import lines_through, slope_of_last, trended_limits

ONE = np.zeros(24, dtype=int)
TWO = np.repeat([0, 1], 12)
WHOLE = st.integers(-1_000, 1_000).map(float)


@given(arrays(float, 24, elements=WHOLE), st.floats(-50, 50), st.floats(-500, 500))
def test_a_line_added_to_the_figures_is_added_to_the_limits_and_nothing_else(
    values, slope, level
) -> None:
    line = level + slope * np.arange(24)
    around, left = trended_limits(values, ONE)
    moved, left_of_moved = trended_limits(values + line, ONE)
    for part in ("centre", "lower", "upper"):
        np.testing.assert_allclose(
            getattr(moved, part)[0], getattr(around, part)[0] + line, atol=1e-6
        )
    np.testing.assert_allclose(left_of_moved.value, left.value, atol=1e-6)


def test_they_are_the_xmr_limits_of_what_the_line_leaves() -> None:
    values = np.arange(24.0) * 3 + np.tile([1.0, -1.0, 2.0, -2.0], 6)
    around, left = trended_limits(values, ONE)
    line = np.polyval(np.polyfit(np.arange(24), values, 1), np.arange(24))
    plain = limits_for("xmr", values - line)
    np.testing.assert_allclose(around.upper[0], plain.upper[0] + line)
    np.testing.assert_allclose(left.upper, plain.upper)


def test_every_stretch_has_a_line_of_its_own_and_a_short_one_none() -> None:
    values = np.concatenate([np.arange(12.0), 100 - 2 * np.arange(12.0)])
    np.testing.assert_allclose(lines_through(values, TWO), values)
    assert slope_of_last(values, TWO) == pytest.approx(-2)
    short = np.repeat([0, 1], [20, 4])
    assert np.isnan(lines_through(values, short)[20:]).all()
    assert slope_of_last(values, short) is None


def test_missing_figures_move_neither_line_nor_slope() -> None:
    values = 10 + 2 * np.arange(24.0)
    values[[3, 17]] = np.nan
    np.testing.assert_allclose(lines_through(values, ONE), 10 + 2 * np.arange(24.0))


def test_chance_alone_has_no_slope() -> None:
    draws = np.random.default_rng(1).normal(100, 10, (200, 24))
    assert sum(slope_of_last(each, ONE) is not None for each in draws) <= 2


def test_limits_keep_to_what_is_possible() -> None:
    values = np.linspace(40, 1, 24) + np.tile([4.0, -1.0], 12)
    around, _ = trended_limits(values, ONE, floor=0.0, ceiling=45.0)
    assert np.nanmin(around.lower) == 0.0
    assert np.nanmax(around.upper) == 45.0
