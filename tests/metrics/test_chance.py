from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm, poisson

from dashboard.metrics.chance import e_test, exact_conditional_test
from dashboard.metrics.significance import rate_ratio_interval

# Krishnamoorthy and Thomson's E-test: ptools, test-etest.R (equal exposure, four places).
E_TEST = [(3, 0, 0.0884), (6, 2, 0.1749)]
# Gu, Ng, Tang and Schucany 2008, breast cancer and fluoroscopy: one-sided p-values, as carried in
# statsmodels' tests; equal rates, so that two-sided is twice that for the symmetric square root.
GU = (30, 60, 54308.7, 51477.5)
counts = st.integers(0, 3000)
exposures = st.floats(0.2, 5)


def square_root_test(before, after):
    """Gu and others' test of two rates of one exposure, from the square roots of the counts."""
    step = math.sqrt(after + 3 / 8) - math.sqrt(before + 3 / 8)
    return 2 * norm.sf(abs(2 * step / math.sqrt(2)))


@pytest.mark.parametrize(("before", "after", "p"), E_TEST)
def test_the_e_test_is_the_published_one(before, after, p):
    assert e_test(before, after) == pytest.approx(p, abs=5e-5)
    assert e_test(after, before) == pytest.approx(p, abs=5e-5)


def test_the_reference_values(shared_root):
    rows = pd.read_csv(shared_root / "reference" / "change_tests.csv")
    assert len(rows) >= 4
    for row in rows[rows["method"].eq("e_test")].to_dict("records"):
        assert e_test(row["before"], row["after"]) == pytest.approx(row["p_value"], abs=5e-5)


def test_unequal_exposure_is_that_of_gu_and_others():
    assert exact_conditional_test(*GU) / 2 == pytest.approx(0.000428, abs=1e-6)
    assert e_test(*GU) / 2 == pytest.approx(0.000298, abs=3e-5)


@given(counts, counts, exposures, exposures)
def test_the_smaller_tail_of_the_binomial_is_doubled(before, after, people, people_after):
    n = before + after
    if n == 0:
        return
    share = people_after / (people + people_after)
    tails = [binomtest(after, n, share, side).pvalue for side in ("less", "greater")]
    central = exact_conditional_test(before, after, people, people_after)
    assert central == pytest.approx(min(1, 2 * min(tails)), rel=1e-9)


def double_sum(before, after, people, people_after):
    """Equation 3.5 of Krishnamoorthy and Thomson, term by term."""
    rate = (before + after) / (people + people_after)
    means = people * rate, people_after * rate
    x, y = (np.arange(int(m + 10 * m**0.5 + 50)) for m in means)
    x, y = x[:, None], y[None, :]
    spread = x / people**2 + y / people_after**2
    size = np.abs(y / people_after - x / people) / np.sqrt(np.where(spread > 0, spread, 1))
    observed = abs(after / people_after - before / people)
    observed /= math.sqrt(before / people**2 + after / people_after**2)
    extreme = (size >= observed * (1 - 1e-9)) & (spread > 0)
    return (extreme * poisson.pmf(x, means[0]) * poisson.pmf(y, means[1])).sum()


@settings(max_examples=40)
@given(st.integers(0, 150), st.integers(1, 150), exposures, exposures)
def test_the_e_test_is_its_double_sum(before, after, people, people_after):
    if after * people == before * people_after:
        return
    expected = double_sum(before, after, people, people_after)
    assert e_test(before, after, people, people_after) == pytest.approx(expected, abs=1e-9)


def test_the_e_test_of_large_counts_agrees_with_the_square_root():
    for before, after in ((31505, 31900), (5000, 5200), (90000, 90500)):
        assert e_test(before, after) == pytest.approx(square_root_test(before, after), abs=1e-4)


@pytest.mark.parametrize("test", [exact_conditional_test, e_test])
def test_what_cannot_be_tested_has_no_p_value(test):
    found = test([math.nan, -1, 5, 5, 0], [5, 5, 5, 5, 0], [1, 1, 0, math.nan, 1])
    np.testing.assert_array_equal(np.isnan(found), [True, True, True, True, False])
    assert found[4] == 1


@pytest.mark.parametrize("test", [exact_conditional_test, e_test])
def test_a_test_takes_arrays_and_numbers(test):
    grid = test(np.array([[10], [20]]), np.array([10, 15, 30]))
    assert grid.shape == (2, 3)
    assert grid[1, 2] == pytest.approx(test(20, 30))
    assert np.ndim(test(20, 30)) == 0


@given(counts, counts, st.floats(1, 10))
def test_dispersion_never_makes_a_change_more_certain(before, after, factor):
    wider = exact_conditional_test(before, after, dispersion=factor)
    assert wider >= exact_conditional_test(before, after) - 1e-9


@given(counts, counts, exposures, exposures)
def test_the_order_of_the_periods_does_not_matter(before, after, people, people_after):
    there = exact_conditional_test(before, after, people, people_after)
    back = exact_conditional_test(after, before, people_after, people)
    assert back == pytest.approx(there, abs=1e-9)


@given(counts, counts, exposures, exposures, st.floats(1, 5))
def test_the_interval_of_the_ratio_holds_1_just_when_the_test_says_so(b, a, e, f, factor):
    p = exact_conditional_test(b, a, e, f, factor)
    if abs(p - 0.05) > 1e-6:
        limits = rate_ratio_interval(b, a, e, f, dispersion=factor)
        assert bool(limits.lower > 1 or limits.upper < 1) == bool(p < 0.05)


def test_the_level_holds_for_uneven_counts():
    # Counts of variance 4 times the mean, tested with that factor: 5% and no more are called.
    rng = np.random.default_rng(1)
    pairs = rng.negative_binomial(100 / 3, 1 / 4, (2, 20_000))
    assert (exact_conditional_test(*pairs) < 0.05).mean() > 0.25
    assert (exact_conditional_test(*pairs, dispersion=4.0) < 0.05).mean() <= 0.05


def test_impossible_arguments_are_refused():
    with pytest.raises(ValueError, match=r"^a dispersion factor is 1 or more$"):
        exact_conditional_test(5, 6, dispersion=0.5)
