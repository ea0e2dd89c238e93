"""The place that is drawn from everybody's projection: its chances, ties, direction and streams."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from dashboard.metrics.projected_rank import DRAWS, draw_totals, projected_ranks
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.rank_uncertainty import chance_within

MOST_ERROR = 4 * 0.5 / np.sqrt(DRAWS)
"""Four standard errors of a share of the draws."""

means = st.lists(st.integers(5, 400), min_size=2, max_size=6)


def projection(mean, wide: float = 3.0, counted: float = 0.0) -> NegativeBinomials:
    expected = np.asarray(mean, dtype=float)
    return NegativeBinomials.single(expected, wide * expected, np.full(len(expected), counted))


@given(means, st.floats(1.0, 20.0))
@settings(max_examples=20, deadline=None)
def test_draws_have_the_mean_and_variance_of_the_projection(mean, wide):
    given_one = projection(mean, wide, counted=100)
    drawn = draw_totals(given_one)
    error = np.sqrt(given_one.remainder_variance) / np.sqrt(DRAWS)
    assert (np.abs(drawn.mean(axis=1) - given_one.mean) < 5 * error).all()
    assert drawn.var(axis=1) == pytest.approx(given_one.remainder_variance, rel=0.15)
    assert (drawn >= 100).all()


@given(st.integers(20, 120), st.integers(20, 120), st.floats(1.2, 6.0), st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_two_members_are_as_the_sum_over_their_counts(mine, others, wide, larger):
    """P(first) = sum over x of P(own = x) P(other / people >= x / own people)."""
    counts = np.arange(2000)
    own, other = (nbinom(mean / (wide - 1), 1 / wide) for mean in (mine, others))
    needed = counts * larger
    exact = float((own.pmf(counts) * other.sf(needed - 1)).sum())
    drawn = draw_totals(projection([mine, others], wide))
    chances = projected_ranks(drawn, [1000, 1000 * larger], own=0)
    assert chances.sum() == pytest.approx(1)
    assert chances[0] == pytest.approx(exact, abs=MOST_ERROR)


@given(means, st.data())
@settings(max_examples=20, deadline=None)
def test_a_thousand_groups_are_each_as_alone_and_turn_round(mean, data):
    members = len(mean)
    drawn = draw_totals(projection(mean), draws=50)
    people = data.draw(st.lists(st.integers(1, 9), min_size=members, max_size=members))
    groups = np.random.default_rng(1).integers(0, members, size=(1000, members))
    own = np.arange(1000) % members
    found = projected_ranks(drawn[groups], np.array(people)[groups], own)
    for place in range(0, 1000, 83):
        alone = projected_ranks(
            drawn[groups[place]], np.array(people)[groups[place]], int(own[place])
        )
        np.testing.assert_array_equal(found[place], alone)
    # With no ties, the best are the worst when more is better.
    apart = drawn + np.arange(members)[:, None] / 97
    low, high = (projected_ranks(apart, 1.0 + 0 * drawn[:, 0], 0, each) for each in (True, False))
    np.testing.assert_allclose(low, high[::-1])


def test_equal_rates_share_the_better_place():
    totals = np.array([[10.0, 20.0], [20.0, 40.0], [5.0, 50.0]])
    assert projected_ranks(totals, [1, 2, 1], own=0).tolist() == [0.5, 0.5, 0]
    assert projected_ranks(totals, [1, 2, 1], own=1).tolist() == [0.5, 0.5, 0]


def test_a_member_without_data_takes_no_part():
    totals = np.array([[10.0], [5.0], [np.nan]])
    assert projected_ranks(totals, [1, 0, 1], own=0).tolist() == [1, 0, 0]
    assert np.isnan(projected_ranks(totals, [1, 0, 1], own=1)).all()
    assert np.isnan(projected_ranks(totals, [1, 0, 1], own=2)).all()


def test_the_same_whenever_and_a_better_place_is_never_likelier():
    mean = [100, 110, 120, 130]
    first, again = (projected_ranks(draw_totals(projection(mean)), np.ones(4), 2) for _ in "ab")
    np.testing.assert_array_equal(first, again)
    within = [float(chance_within(first, rank)) for rank in (1, 2, 3, 4)]
    assert within == sorted(within)
    assert within[-1] == pytest.approx(1)
