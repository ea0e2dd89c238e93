from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from dashboard.metrics.path_range import (
    CONFIDENCE_80,
    count_range,
    is_beyond_chance,
    range_of_path,
)

means = st.floats(0.5, 1e5)
factors = st.floats(1, 20)


@pytest.mark.parametrize(
    ("mean", "lower", "upper"),
    # Poisson probabilities of few events by hand: P(0) = exp(-mean).
    [(0, 0, 0), (0.02, 0, 0), (0.03, 0, 1), (3.6, 0, 8), (3.7, 1, 8), (100, 81, 120)],
)
def test_without_overdispersion_it_is_the_poisson_range(mean, lower, upper):
    assert tuple(count_range(mean)) == (lower, upper)


@given(means, factors, st.sampled_from([0.8, 0.95, 0.998]))
def test_each_tail_outside_holds_at_most_its_share(mean, factor, confidence):
    lower, upper = count_range(mean, factor, confidence)
    known = nbinom(mean / (factor - 1), 1 / factor) if factor > 1 + 1e-9 else poisson(mean)
    tail = (1 - confidence) / 2 + 1e-9
    assert known.cdf(lower - 1) <= tail
    assert known.sf(upper) <= tail
    assert known.cdf(lower) >= (1 - confidence) / 2 - 1e-9


@given(means, factors)
def test_a_wider_dispersion_a_wider_range_and_80_lies_within_95(mean, factor):
    plain, wide = count_range(mean), count_range(mean, factor + 1)
    assert wide.upper - wide.lower >= plain.upper - plain.lower
    narrow = count_range(mean, factor, CONFIDENCE_80)
    full = count_range(mean, factor)
    assert full.lower <= narrow.lower <= narrow.upper <= full.upper


def test_a_range_of_many_is_the_ranges_of_each():
    together = count_range([[10.0], [100.0]], [1.0, 2.0, 5.0])
    for row, mean in enumerate((10.0, 100.0)):
        for column, factor in enumerate((1.0, 2.0, 5.0)):
            assert together.lower[row, column] == count_range(mean, factor).lower


def test_the_negative_binomial_goes_over_into_poisson():
    assert tuple(count_range(50, 1 + 1e-9)) == tuple(count_range(50))


def test_what_is_missing_has_no_range():
    found = count_range([np.nan, -1, 10], [1, 1, np.nan])
    assert np.isnan(found.lower).all()
    assert not is_beyond_chance([5, 5, 500], [np.nan, -1, 10], [1, 1, np.nan]).any()
    with pytest.raises(ValueError, match=r"^confidence must be between 0 and 1, not 95$"):
        count_range(10, 1, 95)


@given(means, factors)
def test_the_ends_of_the_range_are_within_chance_and_the_next_counts_are_not(mean, factor):
    lower, upper = count_range(mean, factor)
    assert not is_beyond_chance([lower, upper], mean, factor).any()
    assert is_beyond_chance(upper + 1, mean, factor)
    assert is_beyond_chance(lower - 1, mean, factor)


def test_counts_on_the_path_fall_outside_about_one_time_in_twenty():
    drawn = np.random.default_rng(4).negative_binomial(200 / 1.5, 1 / 2.5, size=40_000)
    assert is_beyond_chance(drawn, 200, 2.5).mean() == pytest.approx(0.05, abs=0.006)


def test_a_path_has_its_ranges_in_its_own_unit():
    path = pd.DataFrame({"month": pd.period_range("2009-04", periods=2, freq="M"),
                         "level": [100.0, 50.0]})  # fmt: skip
    counts = range_of_path(path, 1.0)
    assert counts.iloc[0].tolist()[1:] == [100, 81, 87, 113, 120]
    rates = range_of_path(path.assign(level=[0.4, 0.2]), 1.0, events_per_unit=250)
    assert rates["lower_95"].tolist() == pytest.approx([81 / 250, count_range(50).lower / 250])
