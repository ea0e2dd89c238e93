"""How much of an average month each calendar month has: its length, and what history shows."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.history import FEWEST_MONTHS, History

Array = NDArray[np.float64]

DAYS_A_MONTH = 365.25 / MONTHS_A_YEAR
YEARS_OF_SEASONALITY = 6
"""At most so many years before the year of the projection give its seasonal factors."""


def month_lengths(months: pd.PeriodIndex) -> Array:
    """Days of each month over the days of an average one: February 0.92, March 1.02."""
    return months.days_in_month.to_numpy(dtype=float) / DAYS_A_MONTH


def factors_of_months(history: History, months: pd.PeriodIndex) -> Array:
    """Length and season of months, as the history of each series has them: shape (n, months)."""
    factors = seasonal_factors(history.counts, history.months)
    return factors[:, months.month.to_numpy() - 1] * month_lengths(months)


def seasonal_factors(counts: Array, months: pd.PeriodIndex) -> Array:
    """Factor of each calendar month, January first, by which a level becomes a month's mean.

    The classical ratio to the centred twelve-month mean of daily figures, of all years together:
    r(k) = sum of counts of calendar month k / sum of what the centred mean gives those months.
    What is left of the ratios beyond chance is kept, the rest taken back (James and Stein):
    f(k) = 1 + (1 - 11 V / Q) (r(k) - 1), at least none, Q the weighted sum of squares of r(k) - 1
    and V the variance of its terms, estimated from the years' differences within each month.

    Args:
        counts: shape (n, months); NaN where there is no figure. Zero is a figure.
        months: of the columns, one after another.

    Returns:
        Shape (n, 12), each row's mean 1; all 1 for a history under ``FEWEST_MONTHS``.
    """
    counts = counts[:, -YEARS_OF_SEASONALITY * MONTHS_A_YEAR - MONTHS_A_YEAR :]
    months = pd.PeriodIndex(months[-counts.shape[1] :])
    if len(months) < FEWEST_MONTHS:
        return np.ones((len(counts), MONTHS_A_YEAR))
    length = month_lengths(months)
    trend = _centred_mean(counts / length)
    expected = np.where(np.isnan(trend) | np.isnan(counts), np.nan, trend * length)
    place = months.month.to_numpy() - 1
    sums, bases, noise, freedom = (np.zeros((len(counts), MONTHS_A_YEAR)) for _ in range(4))
    for month in range(MONTHS_A_YEAR):
        mine = expected[:, place == month]
        seen = np.where(np.isnan(mine), 0.0, counts[:, place == month])
        sums[:, month], bases[:, month] = seen.sum(axis=1), np.nansum(mine, axis=1)
        ratio = _ratio(sums[:, month], bases[:, month])
        noise[:, month], freedom[:, month] = _scatter(seen, mine, ratio)
    return _shrunk(_ratio(sums, bases), bases, noise.sum(axis=1), freedom.sum(axis=1))


def _centred_mean(daily: Array) -> Array:
    """Mean of twelve months around each, the two outermost by half; NaN at the ends."""
    kernel = np.r_[0.5, np.ones(MONTHS_A_YEAR - 1), 0.5] / MONTHS_A_YEAR
    means = np.full_like(daily, np.nan)
    views = np.lib.stride_tricks.sliding_window_view(daily, MONTHS_A_YEAR + 1, axis=1)
    half = MONTHS_A_YEAR // 2
    means[:, half:-half] = views @ kernel
    return means


def _ratio(counted: Array, expected: Array) -> Array:
    return np.divide(counted, expected, out=np.ones_like(counted), where=expected > 0)


def _scatter(seen: Array, expected: Array, ratio: Array) -> tuple[Array, Array]:
    """Squared residuals over what is expected, around one calendar month's ratio; their number."""
    mean = ratio[:, None] * expected
    square = np.divide((seen - mean) ** 2, expected, out=np.zeros_like(mean), where=expected > 0)
    years = (expected > 0).sum(axis=1)
    return np.nansum(square, axis=1), np.maximum(years - 1, 0).astype(float)


def _shrunk(ratios: Array, bases: Array, noise: Array, freedom: Array) -> Array:
    """Ratios drawn to 1 by as much of their spread as chance explains; mean 1."""
    dispersion = np.maximum(noise / np.maximum(freedom, 1), 1.0)
    square = (bases * (ratios - 1) ** 2).sum(axis=1)
    chance = (MONTHS_A_YEAR - 1) * dispersion
    kept = 1 - np.divide(chance, square, out=np.ones_like(square), where=square > chance)
    factors = 1 + kept[:, None] * (ratios - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return factors / factors.mean(axis=1, keepdims=True)
