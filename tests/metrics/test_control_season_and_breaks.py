"""Season taken out of series whose season is known; breaks found where they were put."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.tsa.seasonal import seasonal_decompose

from dashboard.metrics.control.breaks import split_levels, suggest_breaks
from dashboard.metrics.control.limits import limits_for
from dashboard.metrics.control.rules import find_signals
from dashboard.metrics.control.season import centred_average, seasonally_adjust
from dashboard.words.reasons import reason_in_words

MONTHS = np.arange(60) % 12
FACTORS = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)


def test_a_known_season_is_taken_out() -> None:
    rng = np.random.default_rng(1)
    raw = rng.poisson(400 * FACTORS[MONTHS], (50, 60)).astype(float)
    found = seasonally_adjust(raw, MONTHS)
    assert found.is_seasonal.all()
    assert found.factors[:, :12].mean(axis=0) == pytest.approx(FACTORS, abs=0.02)
    as_counted, adjusted = limits_for("xmr", raw), limits_for("xmr", found.adjusted)
    assert (adjusted.sigma < as_counted.sigma).all()


def test_without_noise_the_season_comes_out_exactly() -> None:
    found = seasonally_adjust(100 * FACTORS[MONTHS], MONTHS)
    assert found.is_seasonal.all()
    assert found.adjusted == pytest.approx(np.full((1, 60), 100.0), rel=1e-3)
    assert found.factors[0, :12].mean() == pytest.approx(1)


def test_the_trend_is_that_of_the_classical_decomposition() -> None:
    values = np.random.default_rng(2).poisson(50, 60).astype(float)
    theirs = seasonal_decompose(values, model="multiplicative", period=12).trend
    assert centred_average(values[None], 12)[0] == pytest.approx(theirs, nan_ok=True)


def test_where_there_is_no_season_figures_stay_as_they_are() -> None:
    raw = np.random.default_rng(3).poisson(50, (300, 60)).astype(float)
    found = seasonally_adjust(raw, MONTHS)
    assert found.is_seasonal.mean() < 0.01
    plain = ~found.is_seasonal
    assert np.array_equal(found.adjusted[plain], raw[plain])


@pytest.mark.parametrize(("months", "is_seasonal"), [(35, False), (36, True)])
def test_three_years_are_needed(months, is_seasonal) -> None:
    found = seasonally_adjust(1000 * FACTORS[np.arange(months) % 12], np.arange(months) % 12)
    assert bool(found.is_seasonal[0]) == is_seasonal


def test_small_counts_missing_months_and_zeros_are_left() -> None:
    small = np.random.default_rng(4).poisson(4 * FACTORS[MONTHS]).astype(float)
    assert not seasonally_adjust(small, MONTHS).is_seasonal.any()
    missing = 1000 * FACTORS[MONTHS]
    missing[5::12] = np.nan
    assert not seasonally_adjust(missing, MONTHS).is_seasonal.any()
    closed = 1000 * FACTORS[MONTHS]
    closed[5::12] = 0
    assert not seasonally_adjust(closed, MONTHS).is_seasonal.any()


@pytest.mark.parametrize("months", [36, 60])
def test_limits_are_widened_for_factors_that_are_estimates(months) -> None:
    rng = np.random.default_rng(8)
    places = np.arange(months) % 12
    found = seasonally_adjust(rng.poisson(500 * FACTORS[places], (1000, months)), places)
    limits = limits_for("xmr", found.adjusted, widening=found.widening)
    marked = np.mean(find_signals(limits).direction[found.is_seasonal, -1] != 0)
    assert marked < 0.035  # 0.02 with a known season, 0.05 to 0.08 without the widening
    years = months / 12
    assert set(found.widening[found.is_seasonal].tolist()) == {years / (years - 1)}


def test_quarters_have_a_season_too() -> None:
    places = np.arange(20) % 4
    found = seasonally_adjust(np.array([100.0, 80, 120, 100])[places], places, 4)
    assert found.is_seasonal.all()
    assert found.adjusted == pytest.approx(np.full((1, 20), 100.0), rel=1e-6)


def test_a_break_is_found_where_it_was_put() -> None:
    rng = np.random.default_rng(5)
    level = np.where(np.arange(60) < 24, 100, 60)
    raw = rng.poisson(level, (100, 60)).astype(float)
    places = [[each.position for each in row] for row in suggest_breaks(raw)]
    assert np.mean([row == [24] for row in places]) > 0.9
    found = suggest_breaks(raw)[0][0]
    assert found.before == pytest.approx(100, abs=6)
    assert found.after == pytest.approx(60, abs=5)
    assert found.percent == pytest.approx(-40, abs=6)
    assert found.p_value == pytest.approx(0.001)
    said = reason_in_words(found.evidence())
    assert said == f"BIC better by {found.bic_gain:.0f}; p = 0.001 in 999 shuffles"


def test_two_breaks_are_found() -> None:
    values = np.repeat([50.0, 90.0, 40.0], 20) + np.tile([-2.0, 2.0, 1.0, -1.0], 15)
    assert split_levels(values) == [[20, 40]]


def test_noise_trends_and_likeness_seldom_suggest_a_break() -> None:
    rng = np.random.default_rng(6)
    noise = rng.poisson(50, (300, 60)).astype(float)
    assert np.mean([bool(row) for row in suggest_breaks(noise)]) < 0.01
    trend = rng.poisson(np.linspace(60, 40, 60), (300, 60)).astype(float)
    assert np.mean([bool(row) for row in suggest_breaks(trend)]) < 0.05
    alike = rng.normal(0, 5, (300, 60))
    for month in range(1, 60):
        alike[:, month] += 0.5 * alike[:, month - 1]
    assert np.mean([bool(row) for row in suggest_breaks(100 + alike)]) < 0.06


def test_suggestions_stay_as_they_are_and_move_with_the_figures() -> None:
    rng = np.random.default_rng(7)
    raw = rng.poisson(np.where(np.arange(48) < 30, 80, 40)).astype(float)
    once, again, moved = (suggest_breaks(each)[0] for each in (raw, raw, raw * 3 + 50))
    assert once == again
    assert [each.position for each in moved] == [each.position for each in once]


def test_short_constant_and_missing_series_have_no_break() -> None:
    assert suggest_breaks(np.r_[np.zeros(11), np.ones(11)]) == [[]]
    assert suggest_breaks(np.full(60, 7.0)) == [[]]
    assert suggest_breaks(np.full((2, 60), np.nan)) == [[], []]
    assert suggest_breaks(np.full(60, 0.0)) == [[]]
