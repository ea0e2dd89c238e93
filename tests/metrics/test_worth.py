from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.metrics.correlation import (
    correlations,
    fisher_interval,
    year_on_year,
)
from dashboard.metrics.worth import GOOD, POOR, movement, smaller_set
from dashboard.words.reasons import reason_in_words


def test_fisher_interval_of_a_published_example():
    """r = 0.6 of n = 28 pairs: z 0.6931, standard error 0.2; by hand from Fisher's formula."""
    low, high = fisher_interval(0.6, 28)
    assert math.atanh(low) == pytest.approx(0.693147 - 1.959964 * 0.2, abs=1e-6)
    assert math.atanh(high) == pytest.approx(0.693147 + 1.959964 * 0.2, abs=1e-6)


@pytest.mark.parametrize("size", [10, 33, 200])
@pytest.mark.parametrize("seed", range(4))
def test_pearson_interval_agrees_with_scipy_where_nothing_runs_on(size, seed):
    random = np.random.default_rng(seed)
    a = random.normal(size=size)
    b = a + random.normal(size=size)
    found = stats.pearsonr(a, b)
    interval = found.confidence_interval(0.95)
    assert fisher_interval(found.statistic, size) == pytest.approx(
        (interval.low, interval.high), abs=1e-12
    )


@given(st.floats(-1, 1), st.floats(4, 1000))
def test_an_interval_holds_its_correlation(r, size):
    low, high = fisher_interval(r, size)
    assert -1 <= low <= r + 1e-12
    assert r - 1e-12 <= high <= 1


def test_series_that_run_on_count_for_fewer():
    random = np.random.default_rng(3)
    noise = random.normal(size=(2, 400))
    summed = [np.convolve(each, np.ones(12), "valid") for each in noise]
    plain, running_on = (
        correlations(pd.DataFrame({"a": a, "b": b}))["n_effective"].item()
        for a, b in (noise, summed)
    )
    assert plain > 0.8 * 400
    # sums over twelve: (sum of squared triangle weights) / 144 of n, about n / 8.03
    assert 25 < running_on < 90


def test_moving_sums_rarely_look_alike_by_chance():
    """Of 95% intervals for unrelated moving sums nearly all hold zero; by plain n most miss it."""
    random = np.random.default_rng(8)
    holds, plain = 0, 0
    for _ in range(200):
        sums = [np.convolve(random.normal(size=71), np.ones(12), "valid") for _ in range(2)]
        pair = correlations(pd.DataFrame({"a": sums[0], "b": sums[1]}))
        if pair.empty:
            holds += 1
            continue
        row = pair.iloc[0]
        holds += row["lower"] <= 0 <= row["upper"]
        low, high = fisher_interval(row["r"], 60)
        plain += low <= 0 <= high
    assert holds >= 170
    assert holds > plain + 30


def test_poisson_years_seldom_move():
    random = np.random.default_rng(5)
    season = 40 + 10 * np.sin(np.arange(12))
    found = [movement(random.poisson(season, size=(4, 12)).astype(float), counts=True)
             for _ in range(300)]  # fmt: skip
    share = np.mean([each.moves for each in found])
    assert 0.01 <= share <= 0.08


def test_a_fall_of_a_fifth_in_a_large_count_moves():
    random = np.random.default_rng(5)
    years = np.vstack([random.poisson(200, 12), random.poisson(160, 12)]).astype(float)
    found = movement(years, counts=True)
    assert found.moves
    assert found.share > 0.9


def test_movement_of_values_is_the_two_way_analysis_of_variance():
    """By hand: 6.125 between years over a residual mean square of 0.125."""
    years = np.array([[1.0, 2.0, 3.0, 4.0], [3.0, 4.0, 5.0, 5.0]])
    # rows 2.5 and 4.25, columns 2, 3, 4, 4.5, all 3.375
    left = years - np.array([[2.5], [4.25]]) - np.array([2, 3, 4, 4.5]) + 3.375
    between = 4 * (2.5 - 3.375) ** 2 + 4 * (4.25 - 3.375) ** 2
    found = movement(years, counts=False)
    assert found.f == pytest.approx(between / ((left**2).sum() / 3)) == pytest.approx(49)


@pytest.mark.parametrize(
    ("years", "reason"),
    [
        (np.full((1, 12), 4.0), "fewer than two whole years of figures"),
        (np.full((3, 12), 4.0), "the same figure throughout"),
        (np.full((3, 12), np.nan), "fewer than two whole years of figures"),
        (np.zeros((2, 4)), "the same figure throughout"),
    ],
)
def test_what_cannot_be_said_says_why(years, reason):
    found = movement(years, counts=True)
    assert (found.moves, reason_in_words(found.reason)) == (None, reason)


def test_changes_are_on_the_same_period_a_year_before():
    values = np.array([10.0, 20.0, 11.0, np.nan])
    assert year_on_year(values, 2, counts=False)[0] == 1.0
    assert np.isnan(year_on_year(values, 2, counts=False)[1])
    assert year_on_year(values, 2, counts=True)[0] == pytest.approx(math.log(11.5 / 10.5))


def listed(*rows: tuple) -> pd.DataFrame:
    columns = ["indicator_id", "target_weight", "priority_id", "share", "quality"]
    return pd.DataFrame(rows, columns=columns)


def alike(*names: tuple[str, str]) -> pd.DataFrame:
    random = np.random.default_rng(1)
    frames = {}
    for first, second in names:
        base = random.normal(size=60)
        frames |= {first: base, second: base + 0.1 * random.normal(size=60)}
    return correlations(pd.DataFrame(frames))


def test_what_repeats_another_goes_first_and_targets_last():
    indicators = listed(
        ("target", 2.0, "1", 0.9, GOOD),
        ("copy", 0.0, "1", 0.9, GOOD),
        ("alone", 0.0, "1", 0.9, GOOD),
        ("weak", 0.0, "1", 0.9, POOR),
    )
    pairs = alike(("target", "copy"))
    gone = smaller_set(indicators, pairs, 3)
    assert gone["indicator_id"].tolist() == ["copy", "weak", "alone"]
    assert gone["said_by"].tolist() == ["target", "", ""]
    assert gone["unexplained"].iloc[0] < 0.2


def test_of_two_that_say_the_same_only_one_goes():
    indicators = listed(*((name, 0.0, "", 0.9, GOOD) for name in "abc"))
    gone = smaller_set(indicators, alike(("a", "b")), 1)
    assert gone["indicator_id"].tolist() == ["a"]
    assert gone["said_by"].tolist() == ["b"]
    second = smaller_set(indicators, alike(("a", "b")), 2)
    assert second["unexplained"].tolist()[1] == 1.0


def test_the_last_of_a_priority_goes_after_the_others():
    indicators = listed(("only", 0.0, "2", 0.0, POOR), ("x", 0.0, "1", 0.9, GOOD),
                        ("y", 0.0, "1", 0.9, GOOD))  # fmt: skip
    assert smaller_set(indicators, alike(("q", "r")), 1)["indicator_id"].tolist() == ["x"]


@given(st.integers(0, 6))
def test_as_many_go_as_were_asked_for(fewer):
    indicators = listed(*((name, 0.0, "", 0.5, GOOD) for name in "abcd"))
    gone = smaller_set(indicators, alike(("a", "b")), fewer)
    assert len(gone) == min(fewer, 4)
    assert gone["indicator_id"].is_unique
