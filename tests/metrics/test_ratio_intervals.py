from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.intervals import byar_interval, count_interval, percent_interval
from dashboard.metrics.significance import (
    difference_interval,
    rate_difference_interval,
    rate_ratio_interval,
)

counts, exposures = st.integers(0, 5000), st.floats(0.2, 5)
percents, samples = st.floats(0, 100), st.integers(50, 5000)


def test_the_exact_interval_is_that_of_rs_poisson_test():
    # R, ?poisson.test: 95 percent confidence interval 0.8584264 4.2772659.
    low, high = rate_ratio_interval(21, 11, 3011, 800)
    assert low == pytest.approx(0.8584264, abs=1e-7)
    assert high == pytest.approx(4.2772659, abs=1e-7)


def percent_difference_interval(before, sample_before, after, sample_after, design_effect=1.0):
    """Newcombe's method 10 (1998b): MOVER from two Wilson intervals."""
    first = percent_interval(before, sample_before, design_effect=design_effect)
    second = percent_interval(after, sample_after, design_effect=design_effect)
    return difference_interval(before, first, after, second)


def test_the_difference_of_two_proportions_is_newcombes():
    # Newcombe 1998b, table II, 56/70 and 48/80 by method 10: 0.0524 to 0.3339.
    low, high = percent_difference_interval(60, 80, 80, 70)
    assert (low, high) == (pytest.approx(5.24, abs=0.005), pytest.approx(33.39, abs=0.005))


def test_no_events_leave_one_side_open():
    low, high = rate_ratio_interval([0, 5, 0, math.nan, -2], [5, 0, 0, 5, 5])
    np.testing.assert_array_equal(low[1:3], [0, 0])
    np.testing.assert_array_equal(high[[0, 2]], [math.inf, math.inf])
    assert np.isnan(low[3:]).all()
    assert np.isnan(high[3:]).all()


def test_nobody_gives_no_interval():
    for interval in (
        rate_ratio_interval(5, 6, 0, 100),
        rate_difference_interval(5, 6, 100, [0, math.nan]),
        percent_difference_interval(50, 0, 60, 100),
    ):
        assert np.isnan(interval.lower).all()
        assert np.isnan(interval.upper).all()


@given(counts, counts, exposures, exposures, st.floats(1, 6))
def test_a_ratio_lies_in_its_interval_and_turns_over(b, a, e, f, factor):
    low, high = rate_ratio_interval(b, a, e, f, dispersion=factor)
    if b and a:
        ratio = (a / f) / (b / e)
        assert low <= ratio * (1 + 1e-9)
        assert ratio <= high * (1 + 1e-9)
        back = rate_ratio_interval(a, b, f, e, dispersion=factor)
        assert back.lower == pytest.approx(1 / high, rel=1e-6)


@given(counts, counts, exposures, exposures, st.floats(1, 6))
def test_a_difference_lies_in_its_interval(b, a, e, f, factor):
    low, high = rate_difference_interval(b, a, e, f, dispersion=factor)
    assert low - 1e-9 <= a / f - b / e <= high + 1e-9
    wide = rate_difference_interval(b, a, e, f, confidence=0.998, dispersion=factor)
    assert wide.lower <= low
    assert wide.upper >= high


@given(percents, samples, percents, samples, st.floats(1, 3))
def test_a_difference_of_surveys_is_called_only_when_clear_of_both(p, n, q, m, effect):
    limits = percent_difference_interval(p, n, q, m, design_effect=effect)
    if limits.lower > 0 or limits.upper < 0:
        first = percent_interval(p, n, design_effect=effect)
        second = percent_interval(q, m, design_effect=effect)
        assert not first.lower < q < first.upper
        assert not second.lower < p < second.upper


def test_a_difference_with_itself_holds_zero():
    one = byar_interval(50)
    limits = difference_interval(50, one, 50, one)
    assert limits.lower < 0 < limits.upper


def test_dispersion_widens_a_count_by_its_root():
    plain, wide = count_interval(10_000), count_interval(10_000, dispersion=4)
    width = (wide.upper - wide.lower) / (plain.upper - plain.lower)
    assert width == pytest.approx(2, rel=0.01)
    with pytest.raises(ValueError, match=r"^a dispersion factor is 1 or more$"):
        count_interval(5, dispersion=0.9)


def test_design_effects_may_differ_from_one_to_the_next():
    both = percent_interval([40, 40], [1000, 1000], design_effect=[1, 2])
    assert both.upper[1] == pytest.approx(percent_interval(40, 500).upper)


def test_impossible_arguments_are_refused():
    with pytest.raises(ValueError, match="confidence must be between 0 and 1"):
        rate_ratio_interval(5, 6, confidence=95)
    for interval in (rate_ratio_interval, rate_difference_interval):
        with pytest.raises(ValueError, match=r"^a dispersion factor is 1 or more$"):
            interval(5, 6, dispersion=0)
