from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.chance import exact_conditional_test
from dashboard.metrics.dispersion import (
    FEWEST_STEPS,
    dispersion_between,
    dispersion_of,
    dispersion_of_rolling_years,
)

SERIES, MONTHS = 1000, 60


def counts_with(factor: float, mean: float, months: int = MONTHS, a_year: int = 12) -> np.ndarray:
    """Counts of a known dispersion, with a season, a trend of 40% and a break of 30%."""
    rng = np.random.default_rng(7)
    month = np.arange(months)
    level = mean * (1 + 0.2 * np.sin(2 * np.pi * month / a_year)) * np.linspace(1, 1.4, months)
    level = np.where(month >= months // 2, 0.7 * level, level) * np.ones((SERIES, 1))
    if factor == 1:
        return rng.poisson(level)
    return rng.negative_binomial(level / (factor - 1), 1 / factor)


@pytest.mark.parametrize("mean", [20, 200])
@pytest.mark.parametrize("factor", [1, 2, 4])
def test_a_known_factor_is_found_whatever_the_season_the_trend_and_a_break(factor, mean):
    found = dispersion_of(counts_with(factor, mean))
    assert found.estimate.mean() == pytest.approx(factor, rel=0.2)
    assert found.is_estimated.all()


def test_a_factor_is_never_under_1():
    found = dispersion_of(counts_with(1, 50))
    assert (found.factor >= 1).all()
    assert (found.estimate < 1).any()
    assert dispersion_of(np.full(60, 40)).factor == 1


def test_the_test_widened_by_it_keeps_its_level():
    for factor in (1, 4):
        rng = np.random.default_rng(3)
        mean = np.full((SERIES, 45), 60.0)
        counts = (
            rng.poisson(mean)
            if factor == 1
            else rng.negative_binomial(mean / (factor - 1), 1 / factor)
        )
        now, before = counts[:, 36:].sum(axis=1), counts[:, 24:33].sum(axis=1)
        found = dispersion_of(counts, window=9).factor
        called = exact_conditional_test(before, now, dispersion=found) < 0.05
        assert called.mean() < 0.075


def test_one_wild_year_does_not_make_a_series_wild():
    counts = counts_with(1, 50).astype(float)
    counts[:, 20] *= 5
    assert np.median(dispersion_of(counts).factor) < 2


def test_too_short_a_history_gives_1():
    # 25 months have 12 steps between the same months of two years, 24 have 11.
    counts = counts_with(4, 100, 25)
    assert dispersion_of(counts).is_estimated.all()
    short = dispersion_of(counts[:, 1:])
    assert not short.is_estimated.any()
    assert (short.factor == 1).all()
    assert (short.steps == FEWEST_STEPS - 1).all()
    assert dispersion_of(counts[:, :3]).factor.tolist() == [1.0] * SERIES


def test_gaps_and_corrections_are_left_out():
    counts = counts_with(2, 100).astype(float)[0]
    whole = dispersion_of(counts)
    counts[[5, 40]] = np.nan, -3
    found = dispersion_of(counts)
    assert found.steps < whole.steps
    assert found.estimate == pytest.approx(float(whole.estimate), rel=0.6)
    assert dispersion_of(np.full(60, np.nan)).factor == 1
    assert not dispersion_of(np.zeros(60)).is_estimated


def test_many_series_are_each_their_own():
    counts = counts_with(3, 80)
    together = dispersion_of(counts, window=9)
    np.testing.assert_allclose(together.factor[:5], [
        dispersion_of(each, window=9).factor for each in counts[:5]
    ])  # fmt: skip


def test_lumps_of_some_months_are_seen_in_totals_of_three():
    rng = np.random.default_rng(5)
    # Each month's level holds for two months more: the counts of a quarter go together.
    wave = rng.gamma(20, 1 / 20, (SERIES, 122))
    level = 100 * (wave[:, 2:] + wave[:, 1:-1] + wave[:, :-2]) / 3
    counts = rng.poisson(level)
    month, quarter = (dispersion_of(counts, window=window).factor for window in (1, 3))
    assert (quarter >= month).all()
    assert np.median(quarter) > 1.5 * np.median(month)


def test_quarters_have_seasons_of_four():
    season = 300 * np.tile([0.9, 1.1, 1.2, 0.8], 10)
    quarters = np.random.default_rng(4).negative_binomial(season * np.ones((SERIES, 1)), 1 / 2)
    assert dispersion_of(quarters, 4).estimate.mean() == pytest.approx(2, rel=0.15)


@pytest.mark.parametrize("factor", [1, 2, 4])
def test_rolling_years_give_the_factor_of_their_quarters(factor):
    years = np.lib.stride_tricks.sliding_window_view(
        counts_with(factor, 150, 60, a_year=4), 4, axis=1
    ).sum(axis=2)  # fmt: skip
    found = dispersion_of_rolling_years(years)
    assert found.estimate.mean() == pytest.approx(factor, rel=0.2)
    assert found.is_estimated.all()
    one = dispersion_of_rolling_years(years[3])
    assert float(one.factor) == pytest.approx(float(found.factor[3]))


def test_rolling_years_with_a_gap_or_too_few_say_so():
    years = np.lib.stride_tricks.sliding_window_view(
        counts_with(2, 150, 40, a_year=4), 4, axis=1
    ).sum(axis=2)
    few = dispersion_of_rolling_years(years[:, : FEWEST_STEPS + 1])
    assert (few.factor == 1).all()
    assert not few.is_estimated.any()
    assert dispersion_of_rolling_years(years[:, : FEWEST_STEPS + 2]).is_estimated.all()
    gap = years.astype(float)
    gap[:, 20] = np.nan
    # A missing year, or a negative one, touches three steps.
    whole = dispersion_of_rolling_years(years).steps
    assert (dispersion_of_rolling_years(gap).steps == whole - 3).all()
    assert dispersion_of_rolling_years(np.where(np.isnan(gap), -4.0, gap)).steps[0] == whole[0] - 3
    assert not dispersion_of_rolling_years(np.zeros(30)).is_estimated


def test_areas_that_all_change_alike_have_no_dispersion_between_them():
    rng = np.random.default_rng(2)
    before = rng.poisson(300, 2000)
    after = rng.poisson(0.8 * np.full(2000, 300))
    assert dispersion_between(before, after).estimate == pytest.approx(1, abs=0.1)
    wild = rng.poisson(300 * rng.gamma(25, 1 / 25, 2000))
    assert dispersion_between(before, wild).factor > 3
    assert dispersion_between(before[:5], after[:5]).factor == 1


def test_real_boroughs_are_lumpier_than_poisson(shared_data):
    """London's series: the median factor is over 1, larger for larger series."""
    name = "MPS_borough_APR2010-FEB2022.csv"
    frame = pd.read_csv(shared_data / "met_police_boroughs" / name)
    wide = frame.drop(columns="MinorText").groupby(["MajorText", "LookUp_BoroughName"]).sum()
    counts = wide.to_numpy(dtype=float)[:, :119]
    found = dispersion_of(counts)
    large = counts.mean(axis=1) >= 200
    assert np.median(found.factor) == pytest.approx(1.6, abs=0.2)
    assert np.median(found.factor[large]) > np.median(found.factor[~large])


def test_impossible_arguments_are_refused():
    with pytest.raises(ValueError, match="1 or more"):
        dispersion_of([1.0, 2.0], periods_a_year=0)
