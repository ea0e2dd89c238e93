from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.dispersion import dispersion_of_rolling_years
from dashboard.metrics.intervals import count_interval
from dashboard.metrics.trend import (
    CANNOT_CALCULATE,
    CHI_SQUARE_LIMIT,
    DECREASING,
    INCREASING,
    NO_CHANGE,
    recent_trend,
    recent_trend_overlapping,
)

# Public Health England, Fingertips, TrendMarkerCalculatorTest (values 2014 to 2018, oldest first).
RISING = (
    [24.67, 24.6, 28.0, 30.2, 30.6],
    [23.16, 23.15, 26.44, 28.63, 28.98],
    [26.25, 26.19, 29.64, 31.9, 32.25],
)
LEVEL = (
    [20.5506, 19.5952, 19.0349, 21.3966, 18.4372],
    [18.1803, 17.3444, 16.8421, 19.0918, 16.2925],
    [23.1427, 22.0602, 21.4394, 23.8975, 20.7941],
)
# DHSC, Fingertips, indicator 41203, preventable sight loss (England, 2020 to 2024): Increasing.
EYES = (
    [2.935, 1.93028, 2.7567, 2.8701, 3.0121],
    [2.7841, 1.8085, 2.6113, 2.7225, 2.8616],
    [3.0919, 2.058, 2.9082, 3.0237, 3.1683],
)
values = st.lists(st.floats(1, 100), min_size=5, max_size=5)


def test_chi_square_and_word_are_those_of_fingertips():
    found = recent_trend(*RISING)
    assert round(float(found.chi_square), 2) == 46.77
    assert (found.word, bool(found.signs_agree)) == (INCREASING, True)
    assert recent_trend(*LEVEL).word == NO_CHANGE
    assert recent_trend(*EYES).word == INCREASING


def test_the_reference_states_the_rule(shared_root):
    rows = pd.read_csv(shared_root / "reference" / "recent_trend.csv")
    assert str(CHI_SQUARE_LIMIT) in rows["note"].iloc[0]


def test_many_series_at_once():
    both = [np.array(pair) for pair in zip(RISING, LEVEL, strict=True)]
    assert recent_trend(*both).word.tolist() == [INCREASING, NO_CHANGE]


def test_words_say_what_a_trend_means():
    found = recent_trend(*RISING)
    assert found.in_words(lower_is_better=True) == "increasing and getting worse"
    assert found.in_words(lower_is_better=False) == "increasing and getting better"
    assert recent_trend(*LEVEL).in_words(lower_is_better=True) == "no significant change"


def test_only_the_last_five_count():
    longer = [[90.0, *each] for each in RISING]
    assert recent_trend(*longer).chi_square == pytest.approx(recent_trend(*RISING).chi_square)


@pytest.mark.parametrize("at", [0, 4])
def test_a_missing_value_or_interval_cannot_be_calculated(at):
    for part in range(3):
        broken = [list(each) for each in RISING]
        broken[part][at] = float("nan")
        found = recent_trend(*broken)
        assert found.word == CANNOT_CALCULATE
        assert np.isnan(found.p_value)
    assert recent_trend(*(each[:4] for each in RISING)).word == CANNOT_CALCULATE
    assert recent_trend(RISING[0], RISING[0], RISING[0]).word == CANNOT_CALCULATE


def test_one_year_alone_makes_no_trend():
    # Without the last year the others fall: the slope is large, but not all lines agree.
    high = np.array([12.0, 11.5, 11.0, 10.5, 30.0])
    found = recent_trend(high, high - 1, high + 1)
    assert found.chi_square > CHI_SQUARE_LIMIT
    assert (bool(found.signs_agree), found.word) == (False, NO_CHANGE)


@given(values, st.floats(0.1, 20))
def test_the_trend_backwards_is_the_other_way(points, half):
    y = np.array(points)
    there, back = (recent_trend(each, each - half, each + half) for each in (y, y[::-1]))
    assert back.chi_square == pytest.approx(there.chi_square, rel=1e-6, abs=1e-9)
    swap = {INCREASING: DECREASING, DECREASING: INCREASING, NO_CHANGE: NO_CHANGE}
    assert back.word == swap[str(there.word)]


@given(values, st.floats(0.1, 20), st.floats(0.01, 100))
def test_the_unit_does_not_matter(points, half, unit):
    y = np.array(points)
    plain, scaled = (recent_trend(k * y, k * (y - half), k * (y + half)) for k in (1, unit))
    assert scaled.chi_square == pytest.approx(plain.chi_square, rel=1e-6, abs=1e-9)


def test_overlapping_years_of_a_long_series_are_taken_apart():
    quarters = np.random.default_rng(1).normal(100, 5, 20)
    years = np.convolve(quarters, np.ones(4), "valid")
    found = recent_trend_overlapping(years, years - 20, years + 20)
    apart = years[::-4][::-1]
    assert found.chi_square == pytest.approx(recent_trend(apart, apart - 20, apart + 20).chi_square)


def test_overlapping_years_call_no_more_trends_than_there_are():
    rng = np.random.default_rng(0)
    quarters = rng.normal(0, 1, (20_000, 11))
    years = np.lib.stride_tricks.sliding_window_view(quarters, 4, axis=1).sum(axis=2)
    half = 1.96 * 2
    found = recent_trend_overlapping(years, years - half, years + half)
    assert (found.p_value < 0.05).mean() == pytest.approx(0.05, abs=0.005)
    assert (found.word != NO_CHANGE).mean() < 0.003
    last = years[:, -5:]
    as_if_apart = recent_trend(last, last - half, last + half)
    assert (as_if_apart.p_value < 0.002).mean() > 2 * (found.p_value < 0.002).mean()


@pytest.mark.parametrize(("lump", "mean"), [(1, 30), (3, 30), (3, 400)])
def test_unchanged_counts_are_called_once_in_twenty(lump, mean):
    # Quarters of events that come in lumps, with a season; only their rolling years are known, and
    # the dispersion is estimated from these. What is looked at is what an answer would do.
    rng = np.random.default_rng(lump + mean)
    level = mean / lump * (1 + 0.2 * np.sin(np.arange(27) * np.pi / 2))
    quarters = lump * rng.poisson(level, (4_000, 27))
    years = np.lib.stride_tricks.sliding_window_view(quarters, 4, axis=1).sum(axis=2)
    factor = np.maximum(dispersion_of_rolling_years(years).estimate, 1.0)
    last = years[:, -8:]
    rejected = {}
    for name, each in (("widened", factor), ("as Poisson", np.ones_like(factor))):
        limits = count_interval(last, dispersion=each[:, None])
        found = recent_trend_overlapping(last, limits.lower, limits.upper)
        rejected[name] = (found.p_value < 0.05).mean()
    assert rejected["widened"] == pytest.approx(0.05, abs=0.03)
    if lump > 1:
        assert rejected["as Poisson"] > 2 * rejected["widened"]


def test_too_few_overlapping_years_cannot_be_calculated():
    years = np.arange(7.0)
    assert recent_trend_overlapping(years, years - 1, years + 1).word == CANNOT_CALCULATE


def test_impossible_arguments_are_refused():
    with pytest.raises(ValueError, match="of one shape"):
        recent_trend([1, 2, 3, 4, 5], [1, 2], [3, 4])
