"""How much of an average month each calendar month has: its length, and what history shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.control.season import centred_average
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
    factors = seasonal_factors(history.learnt_from, history.months)
    return factors[:, months.month.to_numpy() - 1] * month_lengths(months)


def factors_of_past(history: History) -> Array:
    """Length and season of a history's own months, each from the other years: shape (n, months).

    A month that helped to make its own factor would seem foretold better than the next one will
    be: with four years, its error's variance is (1 - 1/4) / (1 + 1/4) = 0.6 of that. So its own
    count is left out of the ratio, as in cross-validation; the share of the ratios that is kept is
    that of `seasonal_factors`.
    """
    lengths = np.broadcast_to(month_lengths(history.months), history.counts.shape)
    season = Season.of(history.learnt_from, lengths, history.months)
    return lengths * (1 if season is None else season.of_past)


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
    lengths = np.broadcast_to(month_lengths(months), counts.shape)
    season = Season.of(counts, lengths, months)
    return np.ones((len(counts), MONTHS_A_YEAR)) if season is None else season.factors


@dataclass(frozen=True)
class Season:
    """Counts of some years beside what their centred means give them."""

    months: int
    """Of the whole history, of which the last years are looked at."""
    place: NDArray[np.int64]
    """Shape (months,): 0 for January."""
    seen: Array
    """Shape (n, months): the counts; 0 where there is no figure or no centred mean."""
    expected: Array
    """Shape (n, months): what the centred mean gives; 0 in the same places."""
    sums: Array
    """Shape (n, 12): of ``seen``, by calendar month."""
    bases: Array
    """Shape (n, 12): of ``expected``."""
    kept: Array
    """Shape (n,): how much of the ratios' distance from 1 is more than chance."""

    @classmethod
    def of(
        cls, counts: Array, exposure: Array, months: pd.PeriodIndex, caution: float = 1.0
    ) -> Season | None:
        """The last years' sums; None for a history under ``FEWEST_MONTHS``.

        Args:
            counts: shape (n, months); NaN where there is no figure.
            exposure: shape (n, months): what a month's count is held against, above 0: its length,
                or what the siblings counted.
            months: of the columns.
            caution: how many times as much as chance explains is taken back, 1 or more.
        """
        every = len(months)
        counts = counts[:, -YEARS_OF_SEASONALITY * MONTHS_A_YEAR - MONTHS_A_YEAR :]
        months = pd.PeriodIndex(months[-counts.shape[1] :])
        if len(months) < FEWEST_MONTHS:
            return None
        held_against = exposure[:, -counts.shape[1] :]
        trend = centred_average(counts / held_against, MONTHS_A_YEAR)
        known = ~np.isnan(trend) & ~np.isnan(counts)
        expected, seen = np.where(known, trend * held_against, 0.0), np.where(known, counts, 0.0)
        seen = np.where(expected > 0, seen, 0.0)
        place = months.month.to_numpy() - 1
        sums, bases, noise, freedom = (np.zeros((len(counts), MONTHS_A_YEAR)) for _ in range(4))
        for month in range(MONTHS_A_YEAR):
            mine, given = seen[:, place == month], expected[:, place == month]
            sums[:, month], bases[:, month] = mine.sum(axis=1), given.sum(axis=1)
            ratio = _ratio(sums[:, month], bases[:, month])
            noise[:, month], freedom[:, month] = _scatter(mine, given, ratio)
        kept = _kept(_ratio(sums, bases), bases, noise.sum(axis=1), freedom.sum(axis=1))
        kept = np.maximum(1 - caution * (1 - kept), 0)
        return cls(every, place, seen, expected, sums, bases, kept)

    @property
    def factors(self) -> Array:
        """Shape (n, 12): of each calendar month, each row's mean 1."""
        factors = self._drawn_in(_ratio(self.sums, self.bases))
        return factors / factors.mean(axis=1, keepdims=True)

    @property
    def of_past(self) -> Array:
        """Shape (n, months): of every month of the history, the last years' each from the others.

        An earlier month takes its calendar month's.
        """
        covered, place = self.seen.shape[1], self.place
        others = _ratio(self.sums[:, place] - self.seen, self.bases[:, place] - self.expected)
        mean = self._drawn_in(_ratio(self.sums, self.bases)).mean(axis=1, keepdims=True)
        before = self.months - covered
        places = (place[0] - before + np.arange(before)) % MONTHS_A_YEAR
        return np.hstack([self.factors[:, places], self._drawn_in(others) / mean])

    def _drawn_in(self, ratios: Array) -> Array:
        """Ratios drawn to 1 by as much of their spread as chance explains; mean near 1."""
        return 1 + self.kept[:, None] * (ratios - 1)


def _ratio(counted: Array, expected: Array) -> Array:
    return np.divide(counted, expected, out=np.ones_like(counted), where=expected > 0)


def _scatter(seen: Array, expected: Array, ratio: Array) -> tuple[Array, Array]:
    """Squared residuals over what is expected, around one calendar month's ratio; their number."""
    mean = ratio[:, None] * expected
    square = np.divide((seen - mean) ** 2, expected, out=np.zeros_like(mean), where=expected > 0)
    years = (expected > 0).sum(axis=1)
    return square.sum(axis=1), np.maximum(years - 1, 0).astype(float)


def _kept(ratios: Array, bases: Array, noise: Array, freedom: Array) -> Array:
    """1 less the part of the ratios' spread that chance explains, at least none."""
    dispersion = np.maximum(noise / np.maximum(freedom, 1), 1.0)
    square = (bases * (ratios - 1) ** 2).sum(axis=1)
    chance = (MONTHS_A_YEAR - 1) * dispersion
    return 1 - np.divide(chance, square, out=np.ones_like(square), where=square > chance)
