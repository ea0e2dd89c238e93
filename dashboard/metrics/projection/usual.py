"""What drift and lumpiness are usual for a series of a size: the prior of the drifting level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.projection.level import Grid

Array = NDArray[np.float64]

FEWEST_A_MONTH = 0.5
DRIFT_STEPS = (-2.0, -1.2, -0.6, 0.0, 0.6, 1.2, 2.0)
LUMP_STEPS = (-1.8, -0.9, 0.0, 0.9, 1.8)
"""Where the two logarithms are looked at, in standard deviations from the usual."""


@dataclass(frozen=True)
class Usual:
    """Two curves over a series' mean count in a month, n, and how far series lie about them."""

    drift_of_one: float
    drift_power: float
    drift_flat_under: float
    lumps_of_one: float
    lumps_power: float
    spread_of_logs: float
    """Standard deviation of the logarithm of either among series of one size."""

    def drift(self, size: Array) -> Array:
        """Standard deviation of a month's change of the log level: a (n + c)^b."""
        return self.drift_of_one * (size + self.drift_flat_under) ** self.drift_power

    def lumps(self, size: Array) -> Array:
        """Coefficient of variation of a month's mean around level and season: a n^b."""
        return self.lumps_of_one * size**self.lumps_power


USUAL = Usual(
    drift_of_one=0.155,
    drift_power=-0.2,
    drift_flat_under=30.0,
    lumps_of_one=0.44,
    lumps_power=-0.33,
    spread_of_logs=0.5,
)
"""Empirical Bayes: the probable curves of the series of New South Wales to December 2009 and of
London boroughs to March 2015, each place of equal weight; none of it is of the period that the
record is of. `python -m benchmarks.projection_prior` fits them again, and says how near it comes;
`docs/methods/projection.md`."""


def mean_month(counts: Array) -> Array:
    """Mean count of the months there are, at least ``FEWEST_A_MONTH``: shape (n, 1).

    Args:
        counts: shape (n, months); NaN where there is no figure.
    """
    known = np.maximum((~np.isnan(counts)).sum(axis=1, keepdims=True), 1)
    return np.maximum(np.nansum(counts, axis=1, keepdims=True) / known, FEWEST_A_MONTH)


def usual_grid(counts: Array, usual: Usual = USUAL) -> Grid:
    """Drifts and lumpinesses about those usual for series of that size, and how probable each is.

    Args:
        counts: shape (n, months); NaN where there is no figure.
        usual: the curves and the spread about them.
    """
    size = mean_month(counts)
    drift_steps, lump_steps = np.meshgrid(DRIFT_STEPS, LUMP_STEPS, indexing="ij")
    log_share = -(drift_steps**2 + lump_steps**2).ravel() / 2
    return Grid(
        usual.drift(size) * np.exp(usual.spread_of_logs * drift_steps.ravel()),
        usual.lumps(size) * np.exp(usual.spread_of_logs * lump_steps.ravel()),
        log_share - np.log(np.exp(log_share).sum()),
    )
