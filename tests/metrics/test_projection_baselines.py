"""The methods that the record is held against: points, and the errors that they made before."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks._baselines import fit_baselines, of_like_size, pooled, seasonal_naive
from benchmarks._record import chance_table
from dashboard.metrics.projection.history import History

MONTHS = pd.period_range("2010-04", periods=84, freq="M")


def test_every_baseline_that_is_there_comes_near_a_level_that_stays() -> None:
    level = np.linspace(50, 400, 45)[:, None]
    counts = np.random.default_rng(1).poisson(level, (45, 84)).astype(float)
    fitted = fit_baselines(History.of(counts[:, :72], MONTHS[:72]))
    assert "seasonal naive" in fitted
    came = counts[:, 72:].sum(axis=1)
    for method in fitted.values():
        projected = method.project(1, 12)
        np.testing.assert_allclose(projected.median, came, rtol=0.15)
        low, high = projected.interval(0.95)
        assert ((low <= came) & (came <= high)).mean() > 0.8


def test_the_naive_repeats_the_last_year() -> None:
    counts = np.arange(84.0)[None, :]
    points = seasonal_naive(History.of(counts, MONTHS))
    assert points[0].tolist() == [*range(72, 84), *range(72, 84)]


def test_errors_are_those_of_series_of_like_size() -> None:
    ratios = np.array([[0.5], [0.5], [1.0], [1.0], [2.0], [2.0]])
    size = np.array([900.0, 800.0, 10.0, 20.0, 100.0, 90.0])
    found = of_like_size(ratios, size)
    assert found[:, 0].tolist() == ratios[:, 0].tolist()


def test_a_short_history_has_no_errors_to_show() -> None:
    history = History.of(np.ones((2, 40)), MONTHS[:40])
    with pytest.raises(ValueError, match="too short"):
        pooled(history, seasonal_naive)


def test_chances_are_held_against_what_was_met() -> None:
    rows = pd.DataFrame({"method": ["a"] * 4})
    for percent in (-20, -10, -5, 0, 5, 10):
        rows[f"chance_{percent}"] = [0.05, 0.05, 1.0, 0.95]
        rows[f"met_{percent}"] = [0.0, 1.0, 1.0, 1.0]
    table = chance_table(rows).set_index("said")
    assert table["targets"].to_dict() == {0: 12, 90: 12}
    assert table["off"].to_dict() == pytest.approx({0: 45.0, 90: 2.5})
