"""Tails looked up in tables are those of the incomplete gamma function, wherever they lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from dashboard.metrics.poisson_tails import LARGEST_MEAN, PoissonTails

MEANS = np.array([1e-3, 0.5, 0.999, 1.0, 4.2, 60.0, 892.3, 31505.0, 240_000.5, 2 * LARGEST_MEAN])


@given(st.lists(st.tuples(st.integers(0, len(MEANS) - 1), st.floats(-30, 30)), min_size=1))
def test_tails_are_exact_near_and_far(drawn):
    which = np.array([place for place, _ in drawn])
    mean = MEANS[which]
    count = np.floor(mean + np.array([score for _, score in drawn]) * np.sqrt(mean + 1))
    tails = PoissonTails(MEANS)
    assert tails.at_most(which, count) == pytest.approx(
        poisson.cdf(count, mean), rel=1e-11, abs=1e-300
    )
    assert tails.more_than(which, count) == pytest.approx(
        poisson.sf(count, mean), rel=1e-11, abs=1e-300
    )
