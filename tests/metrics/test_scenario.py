"""The projection, moved: the months to come multiplied by one factor."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.projection.drift import fit_drifting_levels
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.scenario import (
    Scaled,
    factor_for,
    implied_percent,
    same_months_before,
)

MONTHS = pd.period_range("2007-01", periods=36, freq="M")
COUNTS = np.random.default_rng(7).poisson(100, 36).astype(float)
FITTED = fit_drifting_levels(History.of(COUNTS, MONTHS))


def test_a_factor_of_one_is_the_projection_itself() -> None:
    plain, same = FITTED.project(1, 12), Scaled(FITTED, 1.0).project(1, 12)
    assert same.mean == pytest.approx(plain.mean)
    assert same.interval(0.95) == plain.interval(0.95)


@given(st.floats(0.1, 2.0))
def test_the_mean_of_what_is_to_come_moves_by_the_factor(factor: float) -> None:
    plain, moved = FITTED.project(1, 9, 300.0), Scaled(FITTED, factor).project(1, 9, 300.0)
    assert moved.mean[0] - 300 == pytest.approx(factor * (plain.mean[0] - 300))


@given(st.floats(0.2, 0.9))
def test_fewer_to_come_makes_an_upper_limit_more_probable(factor: float) -> None:
    goal = 1150
    plain, moved = FITTED.project(1, 12), Scaled(FITTED, factor).project(1, 12)
    assert moved.probability_met(goal)[0] >= plain.probability_met(goal)[0]


def test_the_same_months_of_the_last_year_come_round_again() -> None:
    year = np.arange(1.0, 13.0)
    counts = np.concatenate([np.full(12, 99.0), year])
    assert same_months_before(counts, 1, 12) == 78
    assert same_months_before(counts, 2, 3) == 5
    assert same_months_before(counts, 1, 15) == 78 + 1 + 2 + 3


@given(st.floats(-99, 100), st.floats(1, 1e5), st.floats(1, 1e5))
def test_the_factor_gives_the_change_asked_for(percent: float, mean: float, before: float) -> None:
    factor = factor_for(percent, mean, before)
    assert implied_percent(factor * mean, before) == pytest.approx(percent, abs=1e-6)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="multiplied"):
        Scaled(FITTED, -0.1)
    with pytest.raises(ValueError, match="no change"):
        factor_for(-101, 10, 10)
    with pytest.raises(ValueError, match="no change"):
        factor_for(-10, 0, 10)
