"""The seasonal negative binomial whose level drifts: the method that pages use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.projection.distribution import NegativeBinomials
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.level import Grid, Level, after_month, first_level
from dashboard.metrics.projection.seasonality import factors_of_months

Array = NDArray[np.float64]

DRIFTS = {
    0.004: 0.002, 0.01: 0.005, 0.02: 0.06, 0.035: 0.38, 0.06: 0.30, 0.1: 0.125, 0.16: 0.07,
    0.25: 0.058,
}  # fmt: skip
"""Standard deviation of a month's change of the log level, and how common it is.

Empirical Bayes over series of New South Wales to December 2009 and London boroughs to March 2015,
each place of equal weight; `docs/methods/projection.md`. None of it is of the period that the
record is measured on.
"""
LUMPS = {0.0: 0.34, 0.04: 0.31, 0.08: 0.145, 0.14: 0.08, 0.22: 0.02, 0.35: 0.055, 0.55: 0.05}
"""Coefficient of variation of a month's mean around level and season, and how common; as above."""
UNSEEN_SLOPE = 0.003
"""Standard deviation of a steady change of the log level in a month, not to be seen in the past.

Chosen of 0, 0.003, 0.004, 0.005 and 0.008 on the same early parts.
"""
MONTHS_BEHIND = 3
"""Months by which a level learnt from the past lags behind such a slope."""
LARGEST_LOG_RISE = 0.5
"""Bound of the logarithm by which the mean of a drifting level exceeds its median."""


def prior_grid() -> Grid:
    """Every pair of drift and lumpiness with its probability before a series is seen."""
    drifts, lumps = np.meshgrid(list(DRIFTS), list(LUMPS), indexing="ij")
    share = np.outer(list(DRIFTS.values()), list(LUMPS.values()))
    return Grid(drifts.ravel(), lumps.ravel(), np.log(share / share.sum()).ravel())


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
        v = c2 + d2 sum over months j up to ``last`` of (share of S from j on)^2 + (slope (lead +
        lag))^2, q the squared factors' share, lead the mean month ahead, d2 the squared drift and
        k the squared lumpiness. Pairs of equal drift are merged by mean and variance.

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
        of_level += (UNSEEN_SLOPE * (lead + MONTHS_BEHIND)) ** 2
        of_months = self.grid.lumps**2 * (shares**2).sum(axis=1, keepdims=True) * (1 + of_level)
        variances = means + means**2 * (of_level + of_months)
        return _merged(self.level.weights, means, variances, self.grid.drifts, counted)


def fit_drifting_levels(history: History) -> DriftingLevels:
    """Filter every month of a history; the level, drift and lumpiness of each series."""
    grid = prior_grid()
    counts = history.counts
    factors = factors_of_months(history, history.months)
    level = first_level(counts, factors, grid)
    for month in range(counts.shape[1]):
        level = after_month(level, counts[:, month], factors[:, month], grid)
    return DriftingLevels(history, level, grid)


def _merged(
    weights: Array, means: Array, variances: Array, drifts: Array, counted: Array | float
) -> NegativeBinomials:
    """Merge the parts of each drift into one of the same mean and variance."""
    merged_means, merged_variances, merged_weights = [], [], []
    for drift in np.unique(drifts):
        mine = drifts == drift
        weight = weights[:, mine].sum(axis=1)
        share = weights[:, mine] / np.maximum(weight, np.finfo(float).tiny)[:, None]
        mean = (share * means[:, mine]).sum(axis=1)
        second = (share * (variances[:, mine] + means[:, mine] ** 2)).sum(axis=1)
        merged_means.append(mean)
        merged_variances.append(second - mean**2)
        merged_weights.append(weight)
    return NegativeBinomials.mixture(
        np.column_stack(merged_means),
        np.column_stack(merged_variances),
        np.column_stack(merged_weights),
        counted,
    )


__all__ = ["DRIFTS", "LUMPS", "DriftingLevels", "fit_drifting_levels", "prior_grid"]
