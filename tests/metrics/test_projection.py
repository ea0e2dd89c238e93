"""Projections: published closed forms, scores by their definitions, and what must always hold."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import hyp2f1
from scipy.stats import nbinom, poisson

from benchmarks._draws import Draws, Projection
from benchmarks._methods import METHODS, fit
from benchmarks._pro_rata import gamma_poisson, own_dispersion
from benchmarks._scores import crps
from dashboard.metrics.projection.drift import MEMORY, fit_drifting_levels
from dashboard.metrics.projection.history import History, rolling_fan
from dashboard.metrics.projection.level import DRIFT_STEPS, usual_grid
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.seasonality import (
    factors_of_months,
    factors_of_past,
    month_lengths,
    seasonal_factors,
)

MONTHS = pd.period_range("2015-04", periods=60, freq="M")
EVERY = list(METHODS)
EXACT = [name for name in EVERY if name != "straight pro-rata, bare"]


def history_of(level: float, series: int = 1, months: pd.PeriodIndex = MONTHS) -> History:
    chance = np.random.default_rng(1)
    return History.of(chance.poisson(level, (series, len(months))).astype(float), months)


def deviation(projection: Projection) -> np.ndarray:
    return np.sqrt(projection.remainder_variance)


# Reference values


def test_the_closed_form_of_the_reference_table() -> None:
    """100 events in 9 months, 3 left: shared/reference/ranks_and_projections.csv."""
    projected = gamma_poisson(100, 9, 3)
    assert projected.interval(0.95) == (21, 47)
    assert projected.probability_at_most(33)[0] == pytest.approx(0.516624, abs=1e-6)
    assert projected.mean[0] == pytest.approx(100.5 * 3 / 9)


def test_every_projection_of_the_shared_reference(shared_root: Path) -> None:
    path = shared_root / "reference" / "ranks_and_projections.csv"
    rows = {row["quantity"]: row for row in csv.DictReader(path.open(encoding="utf-8"))}
    interval = rows["remaining-quarter 95% interval"]
    events, months, left = (int(n) for n in re.findall(r"\d+", interval["inputs"])[:3])
    projected = gamma_poisson(events, months, left)
    low, high = (int(n) for n in re.findall(r"\d+", interval["expected"]))
    assert projected.interval(0.95) == (low, high)
    chance = rows["P(year-end remainder <= 33)"]
    assert projected.probability_at_most(33)[0] == pytest.approx(
        float(chance["expected"]), abs=float(chance["tolerance"])
    )


@pytest.mark.parametrize(("size", "mean"), [(0.7, 3.0), (5.0, 12.5), (40.0, 30.0)])
def test_the_score_is_that_of_the_closed_form_for_negative_binomials(
    size: float, mean: float
) -> None:
    """Wei and Held 2014, TEST 23:787-805, also Jordan, Krueger and Lerch 2019, appendix A."""
    p = size / (size + mean)
    outcomes = np.array([0.0, 4.0, 13.0, 40.0])
    factor = size * (1 - p) / p**2
    kernel = p * (2 * nbinom.cdf(outcomes - 1, size + 1, p) - 1)
    kernel += hyp2f1(size + 1, 0.5, 2, -4 * (1 - p) / p**2)
    closed = outcomes * (2 * nbinom.cdf(outcomes, size, p) - 1) - factor * kernel
    same = np.full(4, mean)
    projected = NegativeBinomials.single(same, same + same**2 / size)
    np.testing.assert_allclose(crps(projected, outcomes), closed, rtol=1e-4)


@pytest.mark.parametrize("mean", [50.0, 900.0, 20_000.0])
def test_a_long_score_is_integrated_as_it_would_be_summed(mean: float) -> None:
    outcomes = np.array([0.6, 1.0, 1.3]) * mean // 1
    variance = mean + (0.15 * mean) ** 2
    projected = NegativeBinomials.single(np.full(3, mean), np.full(3, variance))
    counts = np.arange(int(4 * mean))
    cumulative = nbinom.cdf(counts, mean**2 / (variance - mean), mean / variance)
    summed = [((cumulative - (counts >= outcome)) ** 2).sum() for outcome in outcomes]
    np.testing.assert_allclose(crps(projected, outcomes), summed, rtol=1e-3)


def test_without_dispersion_it_is_a_poisson_as_scipy_has_it() -> None:
    projected = NegativeBinomials.single(12.0, 12.0)
    assert projected.interval(0.8) == (poisson.ppf(0.1, 12), poisson.ppf(0.9, 12))
    assert projected.probability_at_most(9)[0] == pytest.approx(poisson.cdf(9, 12))


def test_the_score_of_a_bare_number_is_its_error() -> None:
    assert crps(Draws(np.zeros(1), np.array([[90.0]])), [100.0])[0] == 10


# What must always hold

counts = st.lists(st.integers(0, 400), min_size=36, max_size=72)


@given(counts)
@settings(max_examples=30)
def test_more_months_left_and_later_ones_are_a_wider_statement(values: list[int]) -> None:
    months = pd.period_range("2012-04", periods=len(values), freq="M")
    fitted = fit_drifting_levels(History.of(np.array(values, dtype=float), months))
    deviations = [deviation(fitted.project(1, last))[0] for last in range(1, 13)]
    assert (np.diff(deviations) > 0).all()
    years = [float(deviation(fitted.project(12 * n + 1, 12 * n + 12))[0]) for n in range(3)]
    assert years[0] < years[1] < years[2]


@given(counts, st.sampled_from(EXACT))
@settings(max_examples=40)
def test_a_stricter_goal_is_met_less_often(values: list[int], method: str) -> None:
    months = pd.period_range("2012-04", periods=len(values), freq="M")
    projected = fit(History.of(np.array(values, dtype=float), months), method).project(1, 6)
    goals = np.linspace(0, 2 * float(projected.mean[0]) + 10, 25)
    same = NegativeBinomials.stacked([projected] * len(goals))
    chances = same.probability_met(goals)
    assert (np.diff(chances) >= -1e-12).all()
    assert ((chances >= 0) & (chances <= 1)).all()
    both = same.probability_met(goals) + same.probability_met(np.floor(goals + 1e-9) + 1, False)
    np.testing.assert_allclose(both, 1)


@given(counts, st.sampled_from(EVERY))
@settings(max_examples=40)
def test_the_intervals_nest_and_hold_what_they_say(values: list[int], method: str) -> None:
    months = pd.period_range("2012-04", periods=len(values), freq="M")
    projected = fit(History.of(np.array(values, dtype=float), months), method).project(1, 9, 7.0)
    (low, high), (least, most) = projected.interval(0.8), projected.interval(0.95)
    assert least[0] <= low[0] <= projected.median[0] <= high[0] <= most[0]
    assert least[0] >= 7
    held = projected.probability_at_most(high) - projected.probability_at_most(low - 1)
    assert held[0] >= 0.8 - 1e-9


def test_what_is_counted_moves_the_total_and_leaves_its_spread() -> None:
    fitted = fit_drifting_levels(history_of(40))
    bare, counted = fitted.project(1, 3), fitted.project(1, 3, np.array([500.0]))
    assert counted.mean[0] == pytest.approx(bare.mean[0] + 500)
    assert deviation(counted)[0] == deviation(bare)[0]
    assert crps(counted, [620.0])[0] == pytest.approx(crps(bare, [120.0])[0])
    assert counted.probability_at_most(499)[0] == 0


def test_nothing_ever_counted_is_projected_as_next_to_nothing() -> None:
    none = History.of(np.zeros((1, 60)), MONTHS)
    for name in EVERY:
        projected = fit(none, name).project(1, 12)
        assert 0 <= projected.mean[0] < 2
        assert np.isfinite(deviation(projected)[0])
        assert projected.quantile(0.1)[0] == 0


def test_a_missing_month_in_the_past_widens_what_is_said() -> None:
    whole = history_of(30)
    gap = whole.counts.copy()
    gap[:, 50:56] = np.nan
    there, missing = fit_drifting_levels(whole), fit_drifting_levels(History.of(gap, MONTHS))
    assert np.isfinite(missing.project(1, 3).mean).all()
    assert missing.level.variance.mean() > there.level.variance.mean()


def test_a_jumpy_series_is_told_from_a_steady_one() -> None:
    chance = np.random.default_rng(3)
    steady = chance.poisson(200, 60)
    level = 200 * np.exp(np.cumsum(chance.normal(0, 0.12, 60)))
    both = History.of(np.vstack([steady, chance.poisson(level)]).astype(float), MONTHS)
    projected = fit_drifting_levels(both).project(1, 12)
    relative = deviation(projected) / projected.mean
    assert relative[1] > 2 * relative[0]


def test_intervals_hold_on_series_whose_truth_is_known() -> None:
    """A random walk of the log level, negative binomial months: as the method supposes."""
    chance = np.random.default_rng(20100401)
    series, months = 1500, pd.period_range("2010-04", periods=96, freq="M")
    drift = chance.choice([0.02, 0.035, 0.06], (series, 1))
    level = 60 * np.exp(np.cumsum(chance.normal(0, 1, (series, 96)) * drift, axis=1))
    counted = chance.poisson(level).astype(float)
    projected = fit_drifting_levels(History.of(counted[:, :84], months[:84])).project(1, 12)
    came = counted[:, 84:].sum(axis=1)
    for share in (0.8, 0.95):
        low, high = projected.interval(share)
        assert ((low <= came) & (came <= high)).mean() == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize("level", [4, 40, 400, 4000])
def test_intervals_hold_on_series_of_every_size(level: int) -> None:
    """Drift and lumpiness as usual for the size, with a factor of their own; gamma months."""
    chance = np.random.default_rng(level)
    series, months = 1200, pd.period_range("2010-04", periods=84, freq="M")
    usual = usual_grid(np.full((1, 84), float(level)))
    middle = len(DRIFT_STEPS) // 2 * (usual.drifts.shape[1] // len(DRIFT_STEPS)) + 2
    own = np.exp(0.5 * chance.normal(size=(2, series, 1)))
    drift, lumps = usual.drifts[0, middle] * own[0], usual.lumps[0, middle] * own[1]
    walk = level * np.exp(np.cumsum(chance.normal(0, 1, (series, 84)) * drift, axis=1))
    rate = walk * chance.gamma(1 / lumps**2, lumps**2, (series, 84))
    counted = chance.poisson(rate).astype(float)
    projected = fit_drifting_levels(History.of(counted[:, :72], months[:72])).project(1, 12)
    came = counted[:, 72:].sum(axis=1)
    low, high = projected.interval(0.8)
    assert ((low <= came) & (came <= high)).mean() == pytest.approx(0.8, abs=0.045)
    low, high = projected.interval(0.95)
    assert ((low <= came) & (came <= high)).mean() == pytest.approx(0.95, abs=0.03)


# Parts


def test_large_series_drift_less_and_are_less_lumpy() -> None:
    grid = usual_grid(np.array([[2.0] * 36, [20.0] * 36, [200.0] * 36, [2000.0] * 36]))
    assert (np.diff(grid.drifts, axis=0) < 0).all()
    assert (np.diff(grid.lumps, axis=0) < 0).all()
    gaps = usual_grid(np.array([[np.nan] * 12 + [20.0] * 24]))
    np.testing.assert_allclose(gaps.drifts[0], grid.drifts[1])
    assert np.isfinite(usual_grid(np.zeros((1, 36))).lumps).all()


def test_a_short_history_says_what_is_usual_and_a_long_one_what_it_has_seen() -> None:
    """The probable drift of a series that stands still, against the usual one of its size."""
    months = pd.period_range("2010-04", periods=72, freq="M")
    still = np.random.default_rng(5).poisson(20, (60, 72)).astype(float)
    seen = []
    for length in (24, 48, 72):
        fitted = fit_drifting_levels(History.of(still[:, :length], months[:length]))
        usual = usual_grid(still[:, :length])
        prior = np.exp(usual.log_prior) @ np.log(usual.drifts).T
        found = (fitted.level.weights * np.log(fitted.grid.drifts)).sum(axis=1)
        seen.append((found - prior).mean())
    assert 0 > seen[0] > seen[1] > seen[2]
    assert seen[0] > seen[2] / 2


def test_what_is_older_than_the_memory_is_no_longer_learnt_from() -> None:
    months = pd.period_range("2008-04", periods=120, freq="M")
    calm = np.random.default_rng(6).poisson(300, (1, 120)).astype(float)
    wild = calm.copy()
    wild[0, : 120 - MEMORY - 12 : 2] *= 3
    both = fit_drifting_levels(History.of(np.vstack([calm, wild]), months)).project(1, 12)
    assert deviation(both)[1] == pytest.approx(deviation(both)[0], rel=0.1)


def test_an_uncertain_variance_keeps_mean_and_variance_and_lengthens_the_tails() -> None:
    fitted = fit_drifting_levels(history_of(60))
    projected = fitted.project(1, 12)
    third = len(DRIFT_STEPS)
    middle = projected.means[:, third : 2 * third]
    sizes = projected.sizes[:, third : 2 * third] * 0.83556528
    weights = projected.weights[:, third : 2 * third] * 6 / 4
    plain = NegativeBinomials(projected.counted, middle, sizes, weights)
    assert projected.mean[0] == pytest.approx(plain.mean[0])
    assert deviation(projected)[0] == pytest.approx(deviation(plain)[0])
    (low, high), (least, most) = projected.interval(0.8), projected.interval(0.998)
    (plain_low, plain_high), (plain_least, plain_most) = plain.interval(0.8), plain.interval(0.998)
    assert high - low < plain_high - plain_low
    assert most - least > plain_most - plain_least


def test_a_past_month_is_foretold_no_better_than_the_next_year_will_be() -> None:
    """Five years of a season: its own count left out, a month errs as much as a month to come."""
    months = pd.period_range("2010-01", periods=72, freq="M")
    chance = np.random.default_rng(8)
    mean = 250 * (1 + 0.3 * np.sin(np.arange(72) * np.pi / 6)) * month_lengths(months)
    counted = chance.poisson(mean * chance.gamma(25, 1 / 25, (400, 72))).astype(float)
    history = History.of(counted[:, :60], months[:60])
    errors = {}
    for name, factors, at in (
        ("with itself", factors_of_months(history, months[:60]), slice(6, 54)),
        ("of the others", factors_of_past(history), slice(6, 54)),
        ("to come", factors_of_months(history, months[60:]), slice(60, 72)),
    ):
        given = factors if name == "to come" else factors[:, at]
        errors[name] = float(((counted[:, at] / (250 * given) - 1) ** 2).mean())
    assert errors["with itself"] < 0.8 * errors["to come"]
    assert errors["of the others"] == pytest.approx(errors["to come"], rel=0.1)


def test_a_history_of_one_season_has_no_other_years_to_go_by() -> None:
    short = history_of(50, 3, MONTHS[:20])
    np.testing.assert_allclose(
        factors_of_past(short), month_lengths(MONTHS[:20])[None, :] + 0 * short.counts
    )
    two_years = history_of(50, 3, MONTHS[:24])
    assert np.isfinite(factors_of_past(two_years)).all()
    gap = two_years.counts.copy()
    gap[1, 8:14] = np.nan
    assert np.isfinite(factors_of_past(History.of(gap, MONTHS[:24]))).all()


def test_seasons_are_found_and_chance_is_not_taken_for_one() -> None:
    months = pd.period_range("2010-01", periods=84, freq="M")
    truth = 1 + 0.3 * np.sin(2 * np.pi * (months.month.to_numpy() - 1) / 12)
    chance = np.random.default_rng(7)
    mean = 300 * truth * month_lengths(months)
    seasonal = chance.poisson(mean, (50, 84)).astype(float)
    flat = chance.poisson(3.0, (50, 84)).astype(float)
    found = seasonal_factors(seasonal, months).mean(axis=0)
    np.testing.assert_allclose(found, truth[:12] / truth[:12].mean(), atol=0.03)
    spread = np.abs(seasonal_factors(flat, months) - 1).mean()
    assert spread < 0.06
    np.testing.assert_allclose(seasonal_factors(flat, months).mean(axis=1), 1)


def test_dispersion_of_poisson_months_is_about_one() -> None:
    assert own_dispersion(history_of(80, 200)).mean() == pytest.approx(1.06, abs=0.06)


def test_the_fan_ends_on_the_projection_of_its_last_month() -> None:
    history = history_of(100)
    fitted = fit_drifting_levels(history)
    fan = rolling_fan(history, fitted, 18)
    last = fitted.project(7, 18)
    assert fan["median"].iloc[-1] == last.median[0]
    assert (fan["low_95"].iloc[-1], fan["high_95"].iloc[-1]) == last.interval(0.95)
    widths = (fan["high_95"] - fan["low_95"]).to_numpy()
    assert widths[-1] > widths[11] > widths[0]
    with pytest.raises(ValueError, match="month ahead"):
        rolling_fan(history, fitted, 0)


def test_the_prior_is_a_distribution() -> None:
    assert np.exp(usual_grid(np.full((1, 60), 30.0)).log_prior).sum() == pytest.approx(1)


def test_what_cannot_be_projected_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        History.of(np.array([[1.0, -1.0]]), MONTHS[:2])
    with pytest.raises(ValueError, match="one after another"):
        History.of(np.array([[1.0, 2.0]]), MONTHS[:3:2])
    with pytest.raises(ValueError, match="between 0 and 1"):
        fit_drifting_levels(history_of(5)).project(1, 2).quantile(1.0)


def test_a_thousand_series_in_one_call() -> None:
    history = history_of(30, 1000)
    start = time.perf_counter()
    projected = fit_drifting_levels(history).project(1, 12)
    projected.interval(0.8)
    projected.interval(0.95)
    projected.probability_met(np.full(1000, 350.0))
    assert time.perf_counter() - start < 10
    assert projected.mean.shape == (1000,)
    alone = fit_drifting_levels(History.of(history.counts[17], MONTHS)).project(1, 12)
    assert alone.mean[0] == pytest.approx(projected.mean[17])
    assert deviation(alone)[0] == pytest.approx(deviation(projected)[17])
    for level in (0.8, 0.95):
        bounds = projected.interval(level)
        assert alone.interval(level) == (bounds[0][17], bounds[1][17])
