from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from dashboard.metrics.intervals import (
    byar_interval,
    count_interval,
    exact_poisson_interval,
    percent_interval,
    rate_interval,
    wilson_interval,
)

PUBLISHED = pd.read_csv(Path(__file__).parent / "reference" / "intervals.csv")
METHODS = {
    "byar_count": lambda x, n, c: byar_interval(x, c),
    "exact_poisson_rate_per_100": lambda x, n, c: rate_interval(x, n, 100, c),
    "byar_rate_per_100": lambda x, n, c: rate_interval(x, n, 100, c),
    "wilson_proportion": wilson_interval,
}
confidences = st.floats(0.5, 0.999)


@pytest.mark.parametrize("row", PUBLISHED.to_dict("records"), ids=str)
def test_limits_are_the_published_ones(row):
    found = METHODS[row["method"]](row["x"], row["n"], row["confidence"])
    assert found.lower == pytest.approx(row["lower"], abs=1e-6, rel=1e-7)
    assert found.upper == pytest.approx(row["upper"], abs=1e-6, rel=1e-7)


def test_the_exact_method_ends_below_ten_events():
    counts = np.array([9, 10])
    chosen, exact, byar = (
        count_interval(counts),
        exact_poisson_interval(counts),
        byar_interval(counts),
    )
    assert chosen.lower[0] == exact.lower[0]
    assert chosen.lower[1] == byar.lower[1]


def test_no_events_leave_room_above_only():
    for method in (byar_interval, exact_poisson_interval, count_interval):
        low, high = method(0)
        assert low == 0
        assert high > 0
    assert exact_poisson_interval(0).upper == pytest.approx(-math.log(0.025))


def test_missing_and_negative_counts_have_no_interval():
    low, high = count_interval([math.nan, -3, 5])
    np.testing.assert_array_equal(np.isnan(low), [True, True, False])
    np.testing.assert_array_equal(np.isnan(high), [True, True, False])


def test_a_rate_over_nobody_has_no_interval():
    assert np.isnan(rate_interval([5, 50], [0, math.nan])).all()


def test_nobody_asked_has_no_interval():
    assert np.isnan(wilson_interval(0, 0)).all()


def test_wilson_touches_its_ends_only_at_none_and_all():
    assert wilson_interval(0, 50).lower == 0
    assert wilson_interval(50, 50).upper == 1


def test_a_design_effect_is_a_smaller_sample():
    np.testing.assert_allclose(
        wilson_interval(400, 1000, design_effect=2), wilson_interval(200, 500)
    )


def test_a_percentage_has_the_interval_of_its_proportion():
    np.testing.assert_allclose(percent_interval(65, 100), 100 * np.array(wilson_interval(65, 100)))


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
@pytest.mark.parametrize("method", [byar_interval, exact_poisson_interval, count_interval])
def test_confidence_is_a_share(method, confidence):
    expected = f"^confidence must be between 0 and 1, not {confidence}$"
    with pytest.raises(ValueError, match=expected):
        method(5, confidence)


def test_impossible_proportions_are_refused():
    expected = "^events of a proportion must lie between 0 and the sample size$"
    for events in (-1, 11):
        with pytest.raises(ValueError, match=expected):
            wilson_interval(events, 10)
    with pytest.raises(ValueError, match=r"^a design effect is above zero, not 0$"):
        wilson_interval(5, 10, design_effect=0)


@given(st.integers(0, 10**6), confidences)
def test_a_count_lies_in_its_interval(count, confidence):
    low, high = count_interval(count, confidence)
    assert 0 <= low <= count <= high


@given(st.integers(0, 10**5), confidences, st.floats(1e-4, 0.4))
def test_an_interval_widens_with_confidence(count, confidence, more):
    narrow = count_interval(count, confidence)
    wide = count_interval(count, confidence + more * (1 - confidence))
    assert wide.lower <= narrow.lower
    assert wide.upper >= narrow.upper


@given(st.integers(1, 200))
def test_the_exact_limits_leave_half_the_error_on_each_side(count):
    low, high = exact_poisson_interval(count)
    assert poisson.sf(count - 1, low) == pytest.approx(0.025, rel=1e-6)
    assert poisson.cdf(count, high) == pytest.approx(0.025, rel=1e-6)


@given(st.integers(1, 5000), st.data(), confidences, st.floats(1, 4))
def test_a_proportion_lies_in_its_interval(n, data, confidence, effect):
    x = data.draw(st.integers(0, n))
    low, high = wilson_interval(x, n, confidence, effect)
    assert 0 <= low <= x / n + 1e-12
    assert x / n - 1e-12 <= high <= 1
