"""The false discovery rate, held against Benjamini and Hochberg's own example."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.false_discovery import adjusted_p_values, are_discoveries

BENJAMINI_HOCHBERG_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0000,
]  # fmt: skip
"""Section 4.1: fifteen comparisons of two treatments of heart attacks (Neuhaus et al. 1992)."""

p_lists = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def test_the_papers_example_rejects_four_and_bonferroni_three():
    called = are_discoveries(BENJAMINI_HOCHBERG_1995)
    assert called.tolist() == [True] * 4 + [False] * 11
    # "p(4) = 0.0095 <= 4/15 * 0.05 = 0.013"
    assert adjusted_p_values(BENJAMINI_HOCHBERG_1995)[3] == pytest.approx(0.0095 * 15 / 4)
    assert (np.array(BENJAMINI_HOCHBERG_1995) <= 0.05 / 15).sum() == 3


def test_without_control_nine_would_be_called():
    assert (np.array(BENJAMINI_HOCHBERG_1995) <= 0.05).sum() == 9


def test_benjamini_yekutieli_divides_by_the_harmonic_sum():
    # Theorem 1.3 of Benjamini and Yekutieli (2001): q / (1 + 1/2 + ... + 1/m).
    harmonic = sum(1 / k for k in range(1, 16))
    by, bh = (adjusted_p_values(BENJAMINI_HOCHBERG_1995, method) for method in ("by", "bh"))
    assert by == pytest.approx(np.minimum(1, bh * harmonic))
    assert are_discoveries(BENJAMINI_HOCHBERG_1995, method="by").sum() == 3


def test_a_missing_p_stays_missing_and_is_no_test():
    found = adjusted_p_values([0.01, np.nan, 0.04])
    assert found[[0, 2]] == pytest.approx(adjusted_p_values([0.01, 0.04]))
    assert np.isnan(found[1])
    assert are_discoveries([np.nan, 0.04]).tolist() == [False, True]
    assert np.isnan(adjusted_p_values([np.nan])).all()
    assert adjusted_p_values([]).size == 0


def test_one_test_alone_keeps_its_p():
    assert adjusted_p_values([0.03]).tolist() == [0.03]


@given(p_lists)
def test_adjusting_keeps_the_order_and_never_lowers(p_values):
    found = adjusted_p_values(p_values)
    assert np.all(found >= np.array(p_values) - 1e-12)
    assert np.all(found <= 1)
    assert np.all(np.diff(found[np.argsort(p_values, kind="stable")]) >= -1e-12)


@given(p_lists, st.sampled_from(["bh", "by"]), st.floats(0.01, 0.5))
def test_discoveries_are_those_of_the_step_up_rule(p_values, method, rate):
    ordered, m = np.sort(p_values), len(p_values)
    c = sum(1 / k for k in range(1, m + 1)) if method == "by" else 1.0
    below = np.flatnonzero(ordered <= np.arange(1, m + 1) / m * rate / c * (1 + 1e-9))
    expected = 0 if not len(below) else int(below[-1]) + 1
    found = are_discoveries(p_values, rate, method).sum()
    # Ties at the line may fall either way by binary rounding.
    near = np.isclose(ordered, np.arange(1, m + 1) / m * rate / c, rtol=1e-6, atol=0).any()
    assert found == expected or near


@given(p_lists)
def test_shape_is_kept(p_values):
    square = np.array([p_values, p_values])
    assert adjusted_p_values(square).shape == square.shape


def test_errors_say_what_is_wrong():
    with pytest.raises(ValueError, match=r"^'x' is not a method; choose bh or by$"):
        adjusted_p_values([0.1], "x")
    with pytest.raises(ValueError, match=r"^a p-value lies between 0 and 1$"):
        adjusted_p_values([1.1])
    with pytest.raises(ValueError, match=r"^a false discovery rate is between 0 and 1, not 1$"):
        are_discoveries([0.1], 1)


def test_of_many_series_that_do_not_change_hardly_ever_is_one_called():
    """At 5%, in at most about 5% of families without any change is anything called."""
    random = np.random.default_rng(20101)
    families = random.uniform(size=(2000, 74))
    called = np.array([are_discoveries(family).any() for family in families])
    assert called.mean() < 0.065
    assert (families <= 0.05).sum(axis=1).mean() == pytest.approx(74 * 0.05, rel=0.1)
