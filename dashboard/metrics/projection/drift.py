"""The seasonal negative binomial whose level drifts: of a series with no others to go by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.level import (
    DRIFT_STEPS,
    LUMP_STEPS,
    USUAL,
    Grid,
    Level,
    Usual,
    filtered,
    usual_grid,
)
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.seasonality import (
    factors_of_past,
    month_lengths,
    seasonal_factors,
)

Array = NDArray[np.float64]

MEMORY = 6 * MONTHS_A_YEAR
"""Months that drift and lumpiness are learnt from; of four to ten years, chosen on the early parts
of the figures (`docs/methods/projection.md`)."""
SPREAD_AHEAD = 0.6
"""Standard deviation of the logarithm of the variance ahead over that of the past; chosen on
those too."""
THREE_POINTS, THREE_WEIGHTS = np.sqrt(3) * np.array([-1.0, 0.0, 1.0]), np.array([1, 4, 1]) / 6
"""Gauss and Hermite's three points of a normal distribution."""
LARGEST_LOG_RISE = 0.5
"""Bound of the logarithm by which the mean of a drifting level exceeds its median."""


@dataclass(frozen=True)
class DriftingLevels:
    """The levels of n series after the last month of their history."""

    history: History
    level: Level
    grid: Grid
    season: Array
    """Shape (n, 12): factor of each calendar month, January first."""

    def factors(self, months: pd.PeriodIndex) -> Array:
        """Length and season of months: shape (n, months)."""
        return self.season[:, months.month.to_numpy() - 1] * month_lengths(months)

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> NegativeBinomials:
        """The total of the months ``first`` to ``last`` ahead, and what of it is counted.

        With S the factors' sum, l the level and c2 its squared relative error, a pair foretells
        mean m = l S exp(d2 lead / 2) and variance m + m^2 (v + k q (1 + v)), where
        v = c2 + d2 sum over months j up to ``last`` of (share of S from j on)^2, q the squared
        factors' share, lead the mean month ahead, d2 the squared drift and k the squared lumpiness.
        Pairs of equal drift are merged by mean and variance, and each is then three: what lies
        ahead may be quieter or wilder than the past.

        Args:
            first: 1 for the month after the history's last.
            last: ``first`` or later.
            counted: shape (n,): events of the window before that.
        """
        window = Ahead.of(self.factors(self.history.months_ahead(last)), first)
        means = self.level.mean * window.total * window.rise(self.grid)
        variances = means + means**2 * window.relative_variance(self.level, self.grid)
        return mixture_of(self.level.weights, means, variances, counted)


@dataclass(frozen=True)
class Ahead:
    """The months of a window ahead, by what they weigh: what a drifting level makes of them."""

    total: Array
    """Shape (n, 1): S, the factors' sum."""
    lead: Array
    """Shape (n, 1): the mean month ahead."""
    still: Array
    """Shape (n, 1): sum over months of the squared share of S from each on."""
    squares: Array
    """Shape (n, 1): q, sum of the squared shares."""

    @classmethod
    def of(cls, factors: Array, first: int) -> Ahead:
        """What factors of shape (n, last) weigh from the month ``first`` on."""
        inside = factors.copy()
        inside[:, : first - 1] = 0.0
        total = inside.sum(axis=1, keepdims=True)
        shares = inside / total
        still = np.cumsum(shares[:, ::-1], axis=1)
        return cls(
            total,
            (shares * np.arange(1, factors.shape[1] + 1)).sum(axis=1, keepdims=True),
            (still**2).sum(axis=1, keepdims=True),
            (shares**2).sum(axis=1, keepdims=True),
        )

    def rise(self, grid: Grid) -> Array:
        """By how many times the mean of the window exceeds that of a level that stays."""
        return np.exp(np.minimum(self.lead * grid.drifts**2 / 2, LARGEST_LOG_RISE))

    def relative_variance(self, level: Level, grid: Grid) -> Array:
        """Of the window's mean over its square: of the level, its drift and the months' lumps."""
        of_level = level.variance + self.still * grid.drifts**2
        return of_level + grid.lumps**2 * self.squares * (1 + of_level)


def fit_drifting_levels(history: History, usual: Usual = USUAL) -> DriftingLevels:
    """Filter the last ``MEMORY`` months; the level, drift and lumpiness of each series.

    Args:
        history: of n series; what siblings it has is not looked at.
        usual: what drift and lumpiness are usual for a series of a size.
    """
    counts = history.learnt_from[:, -MEMORY:]
    grid = usual_grid(counts, usual)
    factors = factors_of_past(history)[:, -MEMORY:]
    season = seasonal_factors(history.learnt_from, history.months)
    return DriftingLevels(history, filtered(counts, factors, grid), grid, season)


def mixture_of(
    weights: Array, means: Array, variances: Array, counted: Array | float
) -> NegativeBinomials:
    """What the pairs foretell, as one: those of equal drift merged, each then of three spreads."""
    return _quieter_or_wilder(_merged(weights, means, variances, counted))


def _merged(
    weights: Array, means: Array, variances: Array, counted: Array | float
) -> NegativeBinomials:
    """Merge the pairs of each drift into one of the same mean and variance; all of shape (n, g)."""
    by_drift = (len(means), len(DRIFT_STEPS), len(LUMP_STEPS))
    weight, mean, variance = (each.reshape(by_drift) for each in (weights, means, variances))
    together = weight.sum(axis=2)
    share = weight / np.maximum(together, np.finfo(float).tiny)[:, :, None]
    merged = (share * mean).sum(axis=2)
    second = (share * (variance + mean**2)).sum(axis=2)
    return NegativeBinomials.mixture(merged, second - merged**2, together, counted)


def _quieter_or_wilder(projection: NegativeBinomials) -> NegativeBinomials:
    """The same with the variance beyond chance, m^2 / size, times a factor that is not known.

    The factor is log-normal with mean 1, at three points: the mixture's mean and variance stay,
    its middle narrows and its tails grow.
    """
    factors = np.exp(SPREAD_AHEAD * THREE_POINTS)
    factors /= (factors * THREE_WEIGHTS).sum()
    return NegativeBinomials(
        projection.counted,
        np.hstack([projection.means] * len(factors)),
        np.hstack([projection.sizes / factor for factor in factors]),
        np.hstack([projection.weights * weight for weight in THREE_WEIGHTS]),
    )
