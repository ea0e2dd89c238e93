"""The distribution of a rank: closed forms, properties, boundaries."""

from __future__ import annotations

import csv
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from dashboard.metrics.rank_uncertainty import (
    chance_of_lower,
    chance_of_moving,
    chance_within,
    every_members_distribution,
    interval_of_rank,
    rank_distribution,
)

#: Closed form: Beta(100.5, 120.5) at one half (reference/ranks_and_projections.csv).
FIRST_LOWER = 0.9113020

counts_of_group = st.lists(st.integers(0, 3000), min_size=2, max_size=8)


def test_the_published_chance_that_the_first_rate_is_lower(shared_root) -> None:
    path = shared_root / "reference" / "ranks_and_projections.csv"
    with path.open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if "lower rate" in row["quantity"])
    assert row["inputs"].startswith("counts 100 and 120")
    expected, within = float(row["expected"]), float(row["tolerance"])
    assert chance_of_lower(100, 1, 120, 1) == pytest.approx(expected, abs=within)
    assert rank_distribution([[100, 120]], 1.0, 0)[0, 0] == pytest.approx(expected, abs=within)


def test_the_same_without_the_file() -> None:
    assert chance_of_lower(100, 1, 120, 1) == pytest.approx(FIRST_LOWER, abs=1e-6)
    assert rank_distribution([[100, 120]], 1.0, 0)[0, 0] == pytest.approx(FIRST_LOWER, abs=1e-6)


@pytest.mark.parametrize("pair", [(3, 12000), (12000, 3), (0, 0), (0, 50000), (7, 9), (900, 901)])
@pytest.mark.parametrize("exposures", [(1.0, 1.0), (0.2, 5.0), (1.0, 3900.0)])
@pytest.mark.parametrize("dispersion", [1.0, 2.5, 80.0])
def test_two_members_agree_with_the_closed_form(pair, exposures, dispersion) -> None:
    found = rank_distribution([pair], [exposures], 0, dispersion)[0]
    lower = beta.cdf(exposures[0] / sum(exposures), *((np.array(pair) + 0.5) / dispersion))
    # A gamma of a shape near nought is all but a point at 0 with a long tail: see the module.
    is_degenerate = (min(pair) + 0.5) / dispersion < 0.3
    assert found[0] == pytest.approx(lower, abs=1e-4 if is_degenerate else 1e-7)
    assert chance_of_lower(pair[0], exposures[0], pair[1], exposures[1], dispersion) == (
        pytest.approx(lower, abs=1e-12)
    )


def test_equal_members_have_equal_chances() -> None:
    found = every_members_distribution([20] * 5, [1000] * 5)
    np.testing.assert_allclose(found, 0.2, atol=1e-9)


def test_three_members_agree_with_the_dirichlet_of_exponentials() -> None:
    # With shape 1 (count 1/2) rates are exponential: P(1 < 2 < 3) = product of rate ratios.
    rate = np.array([1.0, 2.0, 5.0])
    found = every_members_distribution([0.5] * 3, rate)
    expected = np.zeros((3, 3))
    for order in permutations(range(3)):
        left, chance = rate.sum(), 1.0
        for member in order:
            chance *= rate[member] / left
            left -= rate[member]
        for place, member in enumerate(order):
            expected[member, place] += chance
    np.testing.assert_allclose(found, expected, atol=1e-7)


@settings(max_examples=40, deadline=None)
@given(counts_of_group, st.randoms())
def test_chances_of_places_and_of_members_add_up_to_one(counts, random) -> None:
    people = [random.randint(500, 2000) for _ in counts]
    found = every_members_distribution(counts, people)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-9)
    np.testing.assert_allclose(found.sum(axis=0), 1, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(counts_of_group, st.randoms())
def test_the_order_of_the_members_makes_no_difference(counts, random) -> None:
    people = [random.randint(500, 2000) for _ in counts]
    order = random.sample(range(len(counts)), len(counts))
    found = every_members_distribution(counts, people)
    again = every_members_distribution([counts[n] for n in order], [people[n] for n in order])
    np.testing.assert_allclose(again, found[order], atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(counts_of_group, st.floats(0.01, 1000))
def test_a_common_factor_of_all_exposures_makes_no_difference(counts, factor) -> None:
    people = np.linspace(800, 1500, len(counts))
    np.testing.assert_allclose(
        every_members_distribution(counts, people * factor),
        every_members_distribution(counts, people),
        atol=1e-9,
    )


def test_higher_is_better_turns_the_ranks_round() -> None:
    counts, people = [3, 18, 7, 40], [1000, 1100, 900, 1500]
    lower = every_members_distribution(counts, people, 1.5)
    higher = every_members_distribution(counts, people, 1.5, lower_is_better=False)
    np.testing.assert_allclose(higher, lower[:, ::-1], atol=1e-9)


def test_more_exposure_with_the_same_count_never_worsens_the_place() -> None:
    within = [
        chance_within(rank_distribution([[50, 40, 60, 55]], [[people, 1e3, 1e3, 1e3]], 0), 2)[0]
        for people in (500, 900, 1000, 1300, 3000)
    ]
    assert within == sorted(within)


def test_members_without_data_take_no_part() -> None:
    whole = rank_distribution([[3, 9, 7]], 1000.0, 1)
    missing = rank_distribution([[3, 9, np.nan, 7]], [[1000, 1000, 1000, 1000]], 1)
    no_people = rank_distribution([[3, 9, 5, 7]], [[1000, 1000, 0, 1000]], 1)
    np.testing.assert_allclose(missing[0, :3], whole[0])
    np.testing.assert_allclose(no_people[0, :3], whole[0])
    assert missing[0, 3] == 0
    assert np.isnan(rank_distribution([[np.nan, 9.0]], 1.0, 0)).all()


def test_many_groups_at_once_are_what_each_is_alone() -> None:
    counts = np.array([[5, 9, 30], [4000, 4100, 3900], [0, 0, 1]])
    people = np.array([[1e3, 2e3, 3e3], [1e3, 1e3, 1e3], [1e3, 5e4, 1e3]])
    wide = np.array([[1.0], [3.0], [1.4]])
    together = rank_distribution(counts, people, [0, 1, 2], wide)
    for row, own in enumerate([0, 1, 2]):
        alone = rank_distribution(counts[[row]], people[[row]], own, wide[row, 0])
        np.testing.assert_allclose(together[row], alone[0], atol=1e-12)


def test_interval_holds_at_least_its_confidence_and_the_median() -> None:
    found = every_members_distribution([80, 100, 120, 140, 300], [1000] * 5, 2.0)
    lower, upper = interval_of_rank(found)
    for chances, low, high in zip(found, lower, upper, strict=True):
        assert chances[int(low) - 1 : int(high)].sum() >= 0.95 - 1e-9
    assert (upper[-1], lower[-1]) == (5, 5)
    assert np.isnan(interval_of_rank(np.full((1, 3), np.nan))[0]).all()


def test_wider_dispersion_gives_a_wider_interval() -> None:
    spans = []
    for wide in (1, 5, 25):
        lower, upper = interval_of_rank(
            rank_distribution([[100, 150, 200, 250, 300]], 1e3, 2, wide)
        )
        spans.append(int(upper[0] - lower[0]))
    assert spans == sorted(spans)
    assert spans[-1] > spans[0]


def test_chances_of_moving_add_up_and_are_sure_where_ranks_are() -> None:
    third, first = np.array([0.0, 0, 1]), np.array([1.0, 0, 0])
    assert chance_of_moving(third, first) == (1, 0, 0)
    assert chance_of_moving(first, third) == (0, 0, 1)
    moved = chance_of_moving(np.array([0.2, 0.5, 0.3]), np.array([0.6, 0.3, 0.1]))
    assert moved.up == pytest.approx(0.6 * 0.8 + 0.3 * 0.3)
    assert sum(moved) == pytest.approx(1)
    assert moved.same == pytest.approx(0.6 * 0.2 + 0.3 * 0.5 + 0.1 * 0.3)


def test_a_dispersion_under_one_and_a_flat_list_are_errors() -> None:
    with pytest.raises(ValueError, match="a dispersion is 1 or more"):
        rank_distribution([[1, 2]], 1.0, 0, 0.5)
    with pytest.raises(ValueError, match="two dimensions"):
        rank_distribution([1, 2], 1.0, 0)


def test_a_negative_count_is_taken_as_none() -> None:
    np.testing.assert_allclose(
        rank_distribution([[-4, 3]], 1.0, 0), rank_distribution([[0, 3]], 1.0, 0)
    )


@pytest.mark.parametrize("level", [2, 20, 400, 30000])
@pytest.mark.parametrize("dispersion", [1.0, 5.0, 70.0])
def test_the_grid_is_fine_enough_for_members_of_unlike_size(level, dispersion) -> None:
    draw = np.random.default_rng(2)
    counts = draw.poisson(level * np.exp(draw.normal(0, 0.3, 11)))
    people = draw.uniform(1e5, 8e5, 11)
    found = every_members_distribution(counts, people, dispersion)
    np.testing.assert_allclose(found.sum(axis=0), 1, atol=1e-7)
