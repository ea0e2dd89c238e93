"""The seasonal negative binomial whose level drifts: the method that pages use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
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
    after_month,
    first_level,
    usual_grid,
)
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.seasonality import factors_of_months, factors_of_past

Array = NDArray[np.float64]

CHOSEN = "drifting negative binomial"
"""The method that pages use: of those fast enough for a page it alone has intervals that hold (the
pool of the two scores as well, but its 80% hold 70 to 75%); `data/methods/projection_record.csv`,
table in `docs/methods.md`."""
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


def fit_drifting_levels(history: History, usual: Usual = USUAL) -> DriftingLevels:
    """Filter the last ``MEMORY`` months; the level, drift and lumpiness of each series.

    Args:
        history: of n series.
        usual: what drift and lumpiness are usual for a series of a size.
    """
    counts = history.counts[:, -MEMORY:]
    factors = factors_of_past(history)[:, -MEMORY:]
    grid = usual_grid(counts, usual)
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
