"""Projections by siblings: an area's share of what the others count, and exceptional months."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.signal import lfilter

from benchmarks._backtest import counts_of_siblings
from dashboard.metrics.projection.drift import fit_drifting_levels
from dashboard.metrics.projection.history import History, exceptional_months
from dashboard.metrics.projection.siblings import (
    FEWEST_TOGETHER,
    STAYS,
    begins_of,
    fit_chosen,
    fit_shares,
)

MONTHS = pd.period_range("2010-04", periods=84, freq="M")
ALL = np.arange(84)


def panel(
    seed: int, areas: int = 30, kinds: int = 40, level: float = 12.0
) -> tuple[np.ndarray, np.ndarray]:
    """Areas whose shares drift and return, and what all of them do drifts more: counts, kinds."""
    chance = np.random.default_rng(seed)
    common = np.cumsum(chance.normal(0, 0.06, (kinds, 1, 84)), axis=2)
    own = lfilter([1], [1, -STAYS], chance.normal(0, 0.042, (kinds, areas, 84)))
    lumps = chance.gamma(1 / 0.02, 0.02, own.shape)
    counts = chance.poisson(level * np.exp(common + own) * lumps).astype(float)
    return counts.reshape(-1, 84), np.repeat(np.arange(kinds), areas)


def known(counts: np.ndarray, kinds: np.ndarray | None, until: int = 60) -> History:
    others = None if kinds is None else counts_of_siblings(counts, kinds)[:, :until]
    return History.of(counts[:, :until], MONTHS[:until], others)


def test_siblings_come_nearer_and_the_intervals_hold() -> None:
    counts, kinds = panel(1)
    came = counts[:, 60:72].sum(axis=1)
    alone = fit_chosen(known(counts, None)).project(1, 12)
    shared = fit_chosen(known(counts, kinds)).project(1, 12)
    errors = [np.abs(each.median - came).mean() for each in (alone, shared)]
    assert errors[1] < 0.95 * errors[0]
    for level in (0.8, 0.95):
        low, high = shared.interval(level)
        assert ((low <= came) & (came <= high)).mean() == pytest.approx(level, abs=0.05)


def test_without_siblings_a_series_is_projected_alone() -> None:
    counts, _ = panel(2, kinds=2)
    history = known(counts, None)
    both = [fit(history).project(1, 12) for fit in (fit_chosen, fit_drifting_levels)]
    assert (both[0].interval(0.8)[1] == both[1].interval(0.8)[1]).all()


def test_siblings_that_are_rare_or_short_are_not_gone_by() -> None:
    counts, kinds = panel(3, areas=10, kinds=2)
    others = counts_of_siblings(counts, kinds)[:, :60]
    rare, short = others.copy(), others.copy()
    rare[:, 50] = FEWEST_TOGETHER - 1
    short[:, :40] = np.nan
    alone = fit_drifting_levels(known(counts, None)).project(1, 12)
    for given in (rare, short):
        found = fit_chosen(History.of(counts[:, :60], MONTHS[:60], given)).project(1, 12)
        assert (found.mean == alone.mean).all()


def test_each_series_is_what_it_is_whoever_stands_beside_it() -> None:
    """Some with siblings, some without, fitted together: the same as one by one."""
    counts, kinds = panel(4, areas=6, kinds=3)
    others = counts_of_siblings(counts, kinds)[:, :60]
    others[[1, 4, 9]] = np.nan
    together = History.of(counts[:, :60], MONTHS[:60], others)
    found = fit_chosen(together).project(4, 15, np.arange(18.0))
    for row in (0, 1, 9, 17):
        alone = fit_chosen(together.rows(np.array([row]))).project(4, 15, np.array([float(row)]))
        assert alone.mean[0] == pytest.approx(found.mean[row])
        assert alone.quantile(0.9)[0] == found.quantile(0.9)[row]


def test_the_trend_of_all_moves_an_area_whose_own_figures_do_not_show_it_yet() -> None:
    steady = np.full((1, 60), 4.0)
    rising = np.where(np.arange(60) < 48, 400.0, 480.0)[None, :]
    flat = fit_chosen(History.of(steady, MONTHS[:60], np.full((1, 60), 400.0))).project(1, 12)
    risen = fit_chosen(History.of(steady, MONTHS[:60], rising)).project(1, 12)
    assert risen.mean[0] > 1.03 * flat.mean[0]


def test_a_change_of_few_events_says_less_than_one_of_many() -> None:
    goes_on = []
    for level in (8.0, 400.0):
        rising = np.where(np.arange(60) < 48, level, 1.25 * level)[None, :]
        history = History.of(np.full((1, 60), 4.0), MONTHS[:60], rising)
        goes_on.append(float(fit_shares(history, begins_of(history)).change[0]))
    assert 0 < goes_on[0] < goes_on[1] / 2


def test_a_share_that_moved_comes_back_part_of_the_way() -> None:
    moved = np.where(np.arange(60) < 48, 40.0, 50.0)[None, :]
    fitted = fit_chosen(History.of(moved, MONTHS[:60], np.full((1, 60), 4000.0)))
    near, far = (float(fitted.project(first, first + 11).mean[0]) for first in (1, 13))
    assert 12 * 40 < far < near < 12 * 50


def test_beside_its_siblings_an_error_of_all_is_left_out() -> None:
    counts, kinds = panel(5, kinds=2, level=200)
    history = known(counts, kinds)
    wide, narrow = (
        fit_chosen(history, is_beside_siblings=beside).project(1, 12) for beside in (False, True)
    )
    assert (narrow.remainder_variance < wide.remainder_variance).all()
    np.testing.assert_allclose(narrow.mean, wide.mean)


def test_a_season_of_all_is_a_season_of_each() -> None:
    """Ten events a month say little of a season; the thousand of the others say it."""
    chance = np.random.default_rng(6)
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(84) / 12)
    counts = chance.poisson(10 * season, (60, 84)).astype(float)
    kinds = np.zeros(60, dtype=int)
    found = fit_chosen(known(counts, kinds)).project(1, 3)
    assert found.mean.mean() == pytest.approx(10 * season[60:63].sum(), rel=0.05)


def test_exceptional_months_are_missing_once_they_are_over() -> None:
    period = [(MONTHS[30].ordinal, MONTHS[45].ordinal)]
    over = exceptional_months(pd.PeriodIndex(MONTHS[:60]), period)
    assert np.flatnonzero(over).tolist() == list(range(30, 46))
    for until in (30, 40, 46):
        assert not exceptional_months(pd.PeriodIndex(MONTHS[:until]), period).any()


def test_nothing_is_learnt_from_exceptional_months_and_they_still_count() -> None:
    counts, kinds = panel(7, areas=8, kinds=1, level=100)
    halved = counts.copy()
    halved[:, 38:54] *= 0.5
    apart = np.zeros(60, dtype=bool)
    apart[38:54] = True
    projected = []
    for table in (counts, halved):
        others = counts_of_siblings(table, kinds)[:, :60]
        history = History.of(table[:, :60], MONTHS[:60], others, apart)
        assert (history.last_total(12) == table[:, 48:60].sum(axis=1)).all()
        projected.append(fit_chosen(history).project(1, 12))
    assert (projected[0].mean == projected[1].mean).all()
    assert np.isfinite(projected[0].quantile(0.1)).all()


def test_siblings_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="siblings of shape"):
        History.of(np.ones((2, 60)), MONTHS[:60], np.ones((1, 60)))
