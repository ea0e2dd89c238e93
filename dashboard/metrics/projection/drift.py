"""The seasonal negative binomial whose level drifts: the method that pages use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.distribution import NegativeBinomials
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.level import Grid, Level, after_month, first_level
from dashboard.metrics.projection.seasonality import factors_of_months, factors_of_past

Array = NDArray[np.float64]

MEMORY = 6 * MONTHS_A_YEAR
"""Months that drift and lumpiness are learnt from; of four to ten years, on the parts below."""
DRIFT_OF_ONE, DRIFT_POWER, DRIFT_FLAT_UNDER = 0.155, -0.2, 30.0
"""Usual standard deviation of a month's change of the log level: 0.155 (n + 30)^-0.2.

n is the series' mean count in a month. Empirical Bayes: the most probable of such curves over the
series of New South Wales to December 2009 and of London boroughs to March 2015, each place of
equal weight; `docs/methods/projection.md`. None of it is of the period that the record is of.
"""
LUMPS_OF_ONE, LUMPS_POWER = 0.44, -0.33
"""Usual coefficient of variation of a month's mean around level and season: 0.44 n^-0.33."""
SPREAD_OF_LOGS = 0.5
"""Standard deviation of the logarithm of either among series of one size; as above."""
FEWEST_A_MONTH = 0.5
DRIFT_STEPS = (-2.0, -1.2, -0.6, 0.0, 0.6, 1.2, 2.0)
LUMP_STEPS = (-1.8, -0.9, 0.0, 0.9, 1.8)
"""Where the two logarithms are looked at, in standard deviations from the usual."""
SPREAD_AHEAD = 0.6
"""Standard deviation of the logarithm of the variance ahead over that of the past; as above."""
THREE_POINTS, THREE_WEIGHTS = np.sqrt(3) * np.array([-1.0, 0.0, 1.0]), np.array([1, 4, 1]) / 6
"""Gauss and Hermite's three points of a normal distribution."""
LARGEST_LOG_RISE = 0.5
"""Bound of the logarithm by which the mean of a drifting level exceeds its median."""


def usual_grid(counts: Array) -> Grid:
    """Drifts and lumpinesses about those usual for series of that size, and how probable each is.

    Args:
        counts: shape (n, months); NaN where there is no figure.
    """
    known = np.maximum((~np.isnan(counts)).sum(axis=1, keepdims=True), 1)
    size = np.maximum(np.nansum(counts, axis=1, keepdims=True) / known, FEWEST_A_MONTH)
    drift_steps, lump_steps = np.meshgrid(DRIFT_STEPS, LUMP_STEPS, indexing="ij")
    usual_drift = DRIFT_OF_ONE * (size + DRIFT_FLAT_UNDER) ** DRIFT_POWER
    usual_lumps = LUMPS_OF_ONE * size**LUMPS_POWER
    log_share = -(drift_steps**2 + lump_steps**2).ravel() / 2
    return Grid(
        usual_drift * np.exp(SPREAD_OF_LOGS * drift_steps.ravel()),
        usual_lumps * np.exp(SPREAD_OF_LOGS * lump_steps.ravel()),
        log_share - np.log(np.exp(log_share).sum()),
    )


@dataclass(frozen=True)
class DriftingLevels:
    """The levels of n series after the last month of their history."""

    history: History
    level: Level
    grid: Grid

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
        factors = factors_of_months(self.history, self.history.months_ahead(last))
        inside = factors.copy()
        inside[:, : first - 1] = 0.0
        total = inside.sum(axis=1, keepdims=True)
        shares = inside / total
        lead = (shares * np.arange(1, last + 1)).sum(axis=1, keepdims=True)
        still = np.cumsum(shares[:, ::-1], axis=1)
        drift = self.grid.drifts**2
        rise = np.exp(np.minimum(lead * drift / 2, LARGEST_LOG_RISE))
        means = self.level.mean * total * rise
        of_level = self.level.variance + (still**2).sum(axis=1, keepdims=True) * drift
        of_months = self.grid.lumps**2 * (shares**2).sum(axis=1, keepdims=True) * (1 + of_level)
        variances = means + means**2 * (of_level + of_months)
        return _quieter_or_wilder(_merged(self.level.weights, means, variances, counted))


def fit_drifting_levels(history: History) -> DriftingLevels:
    """Filter the last ``MEMORY`` months; the level, drift and lumpiness of each series."""
    counts = history.counts[:, -MEMORY:]
    factors = factors_of_past(history)[:, -MEMORY:]
    grid = usual_grid(counts)
    level = first_level(counts, factors, grid)
    for month in range(counts.shape[1]):
        level = after_month(level, counts[:, month], factors[:, month], grid)
    return DriftingLevels(history, level, grid)


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


__all__ = ["MEMORY", "DriftingLevels", "fit_drifting_levels", "usual_grid"]
