from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.chance import exact_conditional_test
from dashboard.metrics.dispersion import (
    FEWEST_STEPS,
    NO_HISTORY,
    STEPS_OF_THE_USUAL,
    History,
    dispersion_at,
    dispersion_of,
    dispersion_of_rolling_years,
    history_of_totals,
)
from dashboard.metrics.usual_dispersion import EXCESS, EXCESS_OF_OTHERS, GROWTH, usual_dispersion

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


def counts_as_lumpy_as(factor: float, mean: float, months: int) -> np.ndarray:
    """Counts of one level and a known dispersion."""
    rng = np.random.default_rng(3)
    level = np.full((SERIES, months), mean)
    if factor == 1:
        return rng.poisson(level)
    return rng.negative_binomial(level / (factor - 1), 1 / factor)


@pytest.mark.parametrize("mean", [20, 200])
@pytest.mark.parametrize("factor", [1, 2, 4])
def test_a_known_factor_is_found_whatever_the_season_the_trend_and_a_break(factor, mean):
    found = history_of_totals(counts_with(factor, mean), 1)
    assert found.estimate.mean() == pytest.approx(factor, rel=0.2)
    assert found.is_own.all()


def test_a_factor_is_never_under_1():
    calm = dispersion_of(counts_with(1, 50))
    assert (calm.estimate < 1).any()
    assert (dispersion_at(600, "robbery", calm) >= 1).all()
    assert dispersion_at(480, "robbery", dispersion_of(np.full(600, 40))) == 1


def test_the_test_widened_by_it_does_not_exceed_its_level():
    for factor in (1, 4):
        counts = counts_as_lumpy_as(factor, 60, 45)
        now, before = counts[:, 36:].sum(axis=1), counts[:, 24:33].sum(axis=1)
        found = dispersion_at((now + before) / 2, "robbery", dispersion_of(counts))
        called = exact_conditional_test(before, now, dispersion=found) < 0.05
        assert called.mean() < 0.06


def test_one_wild_year_does_not_make_a_series_wild():
    counts = counts_with(1, 50).astype(float)
    counts[:, 20] *= 5
    assert np.median(dispersion_of(counts).estimate) < 2


def test_a_short_history_is_not_called_a_series_own():
    # 25 months have 12 steps between the same months of two years, 24 have 11.
    counts = counts_with(4, 100, 25)
    assert dispersion_of(counts).is_own.all()
    short = dispersion_of(counts[:, 1:])
    assert not short.is_own.any()
    assert (short.steps == FEWEST_STEPS - 1).all()
    assert dispersion_of(counts[:, :3]).steps.tolist() == [0] * SERIES


def test_without_a_history_the_factor_is_the_usual_one_of_kind_and_size():
    """Never 1 for want of anything: a year before that is absent makes no figure more certain."""
    for kind in ("all_crime", "robbery", "an indicator of one's own"):
        excess = EXCESS.get(kind, EXCESS_OF_OTHERS)
        assert usual_dispersion(1000, kind) == pytest.approx(1 + excess)
        assert dispersion_at(8000, kind) == pytest.approx(1 + excess * 8**GROWTH)
        assert dispersion_at(8000, kind, NO_HISTORY) == usual_dispersion(8000, kind)
    assert dispersion_at(0, "robbery") == 1
    assert np.isnan(dispersion_at(np.nan, "robbery"))
    nothing = dispersion_of(np.zeros((2, 60)))
    assert nothing.steps.tolist() == [0, 0]
    np.testing.assert_allclose(dispersion_at([50, 500], "arson", nothing), usual_dispersion(
        [50, 500], "arson"
    ))  # fmt: skip


def test_a_history_draws_the_factor_to_itself_the_longer_it_is():
    factors = [
        float(dispersion_at(1000, "robbery", History(*map(np.asarray, (2.0, 1000.0, steps)))))
        for steps in (0, 10, STEPS_OF_THE_USUAL, 10_000)
    ]
    usual = float(usual_dispersion(1000, "robbery"))
    assert factors[0] == pytest.approx(usual)
    assert factors[2] == pytest.approx((usual + 2) / 2)
    assert factors[3] == pytest.approx(2, abs=0.03)
    assert factors == sorted(factors, reverse=True)


def test_a_factor_of_months_is_carried_to_a_year():
    """By the one rule that holds between the sizes of areas too."""
    history = History(*map(np.asarray, (3.0, 100.0, 1e9)))
    assert dispersion_at(100, "robbery", history) == pytest.approx(3)
    assert dispersion_at(1200, "robbery", history) == pytest.approx(1 + 2 * 12**GROWTH)


def test_kinds_stand_beside_their_counts():
    kinds, sizes = ["arson", "all_crime", "robbery"], [60.0, 30_000.0, np.nan]
    history = dispersion_of(counts_with(2, 90)[:3])
    together = dispersion_at(sizes, kinds, history)
    alone = [
        dispersion_at(size, kind, History(*(part[at] for part in history)))
        for at, (size, kind) in enumerate(zip(sizes, kinds, strict=True))
    ]
    np.testing.assert_allclose(together, alone)


def test_gaps_and_corrections_are_left_out():
    counts = counts_with(2, 100).astype(float)[0]
    whole = dispersion_of(counts)
    counts[[5, 40]] = np.nan, -3
    found = dispersion_of(counts)
    assert found.steps < whole.steps
    assert found.estimate == pytest.approx(float(whole.estimate), rel=0.6)
    assert dispersion_of(np.full(60, np.nan)).steps == 0


def test_many_series_are_each_their_own():
    counts = counts_with(3, 80)
    together = dispersion_of(counts)
    for each in range(5):
        np.testing.assert_allclose([part[each] for part in together], dispersion_of(counts[each]))


def test_lumps_of_some_months_are_seen_in_totals_of_three():
    rng = np.random.default_rng(5)
    # Each month's level holds for two months more: the counts of a quarter go together.
    wave = rng.gamma(20, 1 / 20, (SERIES, 122))
    level = 100 * (wave[:, 2:] + wave[:, 1:-1] + wave[:, :-2]) / 3
    counts = rng.poisson(level)
    month, quarter = (history_of_totals(counts, length).estimate for length in (1, 3))
    assert np.median(quarter) > 1.5 * np.median(month)
    np.testing.assert_array_equal(dispersion_of(counts).estimate, quarter)
    # Fewer than 89 months have too few of them side by side.
    assert np.median(dispersion_of(counts[:, :88]).count) == pytest.approx(100, rel=0.05)
    assert np.median(dispersion_of(counts[:, :89]).count) == pytest.approx(300, rel=0.05)


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
    assert found.is_own.all()
    assert np.median(found.count) == pytest.approx(years.mean() / 4, rel=0.1)
    one = dispersion_of_rolling_years(years[3])
    assert float(one.estimate) == pytest.approx(float(found.estimate[3]))


def test_rolling_years_with_a_gap_or_too_few_say_so():
    years = np.lib.stride_tricks.sliding_window_view(
        counts_with(2, 150, 40, a_year=4), 4, axis=1
    ).sum(axis=2)
    few = dispersion_of_rolling_years(years[:, : FEWEST_STEPS + 1])
    assert not few.is_own.any()
    assert dispersion_of_rolling_years(years[:, : FEWEST_STEPS + 2]).is_own.all()
    gap = years.astype(float)
    gap[:, 20] = np.nan
    # A missing year, or a negative one, touches three steps.
    whole = dispersion_of_rolling_years(years).steps
    assert (dispersion_of_rolling_years(gap).steps == whole - 3).all()
    assert dispersion_of_rolling_years(np.where(np.isnan(gap), -4.0, gap)).steps[0] == whole[0] - 3
    assert dispersion_of_rolling_years(np.zeros(30)).steps == 0


def test_real_boroughs_are_lumpier_than_poisson(shared_data):
    """London's series: the median factor is over 1, larger for larger series."""
    name = "MPS_borough_APR2010-FEB2022.csv"
    frame = pd.read_csv(shared_data / "met_police_boroughs" / name)
    wide = frame.drop(columns="MinorText").groupby(["MajorText", "LookUp_BoroughName"]).sum()
    counts = wide.to_numpy(dtype=float)[:, :119]
    found = history_of_totals(counts, 1)
    large = counts.mean(axis=1) >= 200
    assert np.nanmedian(found.estimate) == pytest.approx(1.6, abs=0.2)
    assert np.nanmedian(found.estimate[large]) > np.nanmedian(found.estimate[~large])


def test_impossible_arguments_are_refused():
    with pytest.raises(ValueError, match="1 or more"):
        dispersion_of([1.0, 2.0], periods_a_year=0)
