from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import (
    power_proportions_2indep,
    samplesize_proportions_2indep_onetail,
)

from dashboard.metrics.survey_power import (
    least_change_seen,
    power_of_change,
    sample_size_each,
    second_sample_needed,
)

shares = st.floats(0.02, 0.98)
sizes = st.integers(50, 20_000)


def test_the_values_of_the_documentation_of_r():
    """R, stats, power.prop.test: its examples with the results it prints beside them."""
    assert power_of_change(0.50, 0.75, 50, 50) == pytest.approx(0.740, abs=5e-4)
    assert sample_size_each(0.50, 0.75, power=0.90) == pytest.approx(76.7, abs=0.05)
    assert least_change_seen(0.50, 50, 50, power=0.90) == pytest.approx(0.8026, abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "power", "alpha", "people"),
    [
        # Fleiss (1981), Statistical Methods for Rates and Proportions, table A.3.
        (0.05, 0.10, 0.80, 0.05, 474),
        (0.60, 0.70, 0.95, 0.01, 827),
        # Stata's sampsi .25 .4 and its power(0.8), which correct for continuity too.
        (0.25, 0.40, 0.90, 0.05, 216),
        (0.25, 0.40, 0.80, 0.05, 165),
    ],
)
def test_printed_sample_sizes_with_the_continuity_correction(first, second, power, alpha, people):
    plain = sample_size_each(first, second, power=power, alpha=alpha)
    corrected = plain * (1 + np.sqrt(1 + 4 / (plain * (second - first)))) ** 2 / 4
    assert round(float(corrected)) == people


def test_stata_without_the_correction():
    """Power twoproportions .1 .2: 398 people, 199 in each group."""
    assert np.ceil(sample_size_each(0.1, 0.2)) == 199


@pytest.mark.parametrize(
    ("p1", "p2", "n1", "n2"), [(0.23, 0.3, 1142, 1142), (0.45, 0.35, 400, 900)]
)
def test_power_as_statsmodels_has_it(p1, p2, n1, n2):
    other = power_proportions_2indep(p2 - p1, p1, n2, ratio=n1 / n2, return_results=False)
    assert power_of_change(p1, p2, n1, n2) == pytest.approx(other, abs=1e-6)
    one_tail = samplesize_proportions_2indep_onetail(p2 - p1, p1, 0.8, ratio=1, alpha=0.05)
    assert sample_size_each(p1, p2) == pytest.approx(one_tail, rel=1e-6)


@given(shares, shares, st.floats(0.5, 0.99), st.floats(0.2, 5), st.floats(1, 3))
def test_the_sample_that_is_needed_has_just_the_power(p1, p2, power, ratio, effect):
    assume(abs(p1 - p2) > 0.01)
    size = sample_size_each(p1, p2, power=power, ratio=ratio, design_effect=effect)
    found = power_of_change(p1, p2, size, ratio * size, design_effect=effect)
    assert found == pytest.approx(power, abs=1e-9)


@given(shares, shares, sizes, sizes)
def test_power_is_a_probability_and_does_not_mind_the_order_or_the_mirror(p1, p2, n1, n2):
    power = power_of_change(p1, p2, n1, n2)
    assert 0 <= power <= 1
    assert power_of_change(p2, p1, n2, n1) == pytest.approx(power)
    assert power_of_change(1 - p1, 1 - p2, n1, n2) == pytest.approx(power, abs=1e-9)


@given(shares, sizes, sizes)
def test_where_nothing_changes_half_the_significance_is_left(share, n1, n2):
    assert power_of_change(share, share, n1, n2) == pytest.approx(0.025)
    assert np.isinf(sample_size_each(share, share))


@given(shares, shares, sizes)
def test_the_next_wave_that_is_needed_has_just_the_power_or_none_has(p1, p2, n1):
    assume(abs(p1 - p2) > 0.005)
    needed = second_sample_needed(p1, p2, n1)
    if np.isinf(needed):
        assert power_of_change(p1, p2, n1, 1e9) < 0.8
    elif needed > 1:
        assert power_of_change(p1, p2, n1, needed) == pytest.approx(0.8, abs=1e-6)


@given(st.floats(0.1, 0.9), st.integers(200, 5000), st.integers(200, 5000), st.booleans())
def test_the_least_change_seen_is_seen_just_so(share, n1, n2, rises):
    least = least_change_seen(share, n1, n2, rises=rises)
    assume(np.isfinite(least))
    assert bool(least > share) == rises
    assert power_of_change(share, least, n1, n2) == pytest.approx(0.8, abs=1e-6)


def test_a_design_effect_makes_a_survey_that_much_smaller():
    assert sample_size_each(0.23, 0.3, design_effect=1.5) == pytest.approx(
        1.5 * sample_size_each(0.23, 0.3)
    )
    assert power_of_change(0.23, 0.3, 900, 600, design_effect=1.5) == pytest.approx(
        power_of_change(0.23, 0.3, 600, 400)
    )


def test_many_targets_at_once():
    first, second = np.full((100, 10), 0.23), np.linspace(0.24, 0.4, 10)
    found = second_sample_needed(first, second, 1142)
    assert found.shape == (100, 10)
    assert found[0, 0] == np.inf
    assert found[57, 4] == pytest.approx(second_sample_needed(0.23, second[4], 1142))


def test_what_is_missing_has_no_power():
    assert np.isnan(power_of_change([0.2, np.nan, 1.2], 0.3, [np.nan, 100, 100], 100)).all()
    assert np.isnan(second_sample_needed(0.2, 0.3, np.nan))
    assert np.isnan(least_change_seen(0.5, 3, 3, power=0.99))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"power": 80}, "power must be between 0 and 1, not 80"),
        ({"alpha": 0}, "alpha must be between 0 and 1, not 0"),
        ({"design_effect": 0}, "a design effect is above zero, not 0"),
        ({"ratio": 0}, "the ratio of two samples is above zero, not 0"),
    ],
)
def test_what_cannot_be_is_refused(changed, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        sample_size_each(0.2, 0.3, **changed)
