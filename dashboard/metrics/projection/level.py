"""The level of a series of counts, how it drifts and how lumpy it is, learnt from its own months.

A dynamic generalised linear model (West, Harrison and Migon 1985) for many series at once: given
the level, a month's count is negative binomial; from month to month the level moves by a random
factor. How fast it moves and how lumpy the counts are is not known: a grid of both is filtered, and
each point is weighted by how usual it is for a series of that size, and by how well it foretold
every month of this one so far.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from dashboard.metrics.periods import MONTHS_A_YEAR

Array = NDArray[np.float64]

FIRST_VARIANCE = 0.25
"""Squared relative error of the first level, which is the mean of the first year's months."""
LEAST_LEVEL = 1e-3
"""Of a series that begins with nothing: a count in a thousand months."""
LARGEST_VARIANCE = 4.0
FEWEST_A_MONTH = 0.5
DRIFT_STEPS = (-2.0, -1.2, -0.6, 0.0, 0.6, 1.2, 2.0)
LUMP_STEPS = (-1.8, -0.9, 0.0, 0.9, 1.8)
"""Where the two logarithms are looked at, in standard deviations from the usual."""


@dataclass(frozen=True)
class Grid:
    """The pairs of drift and lumpiness that are weighed against each other, for n series."""

    drifts: Array
    """Shape (n, g): standard deviation of the change of the log level in a month."""
    lumps: Array
    """Shape (n, g): coefficient of variation of a month's mean around its level and season."""
    log_prior: Array
    """Shape (g,): of each pair before a series is seen."""


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

SHARE_OF_DRIFT = 0.5
"""Of the drift of a series alone, what is left to an area's share in what its siblings count; the
figures to March 2015 say 0.6 of it for small series and 0.5 for large ones."""
USUAL_OF_SHARES = replace(USUAL, drift_of_one=SHARE_OF_DRIFT * USUAL.drift_of_one)


@dataclass(frozen=True)
class Level:
    """What is known of the levels of n series after a month, under each of g pairs."""

    mean: Array
    """Shape (n, g): events in a month of average length and season."""
    variance: Array
    """Shape (n, g): squared relative error of the level."""
    log_weight: Array
    """Shape (n, g): of each pair, not normalised."""

    @property
    def weights(self) -> Array:
        """Shape (n, g): probability of each pair; each row adds to 1."""
        top = self.log_weight.max(axis=1, keepdims=True)
        weight = np.exp(self.log_weight - top)
        return weight / weight.sum(axis=1, keepdims=True)


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


def filtered(counts: Array, factors: Array, grid: Grid) -> Level:
    """The level after every month.

    Args:
        counts: shape (n, months); NaN where there is no figure.
        factors: shape (n, months): by which a level becomes a month's mean.
        grid: the pairs.
    """
    level = first_level(counts, factors, grid)
    for month in range(counts.shape[1]):
        level = after_month(level, counts[:, month], factors[:, month], grid)
    return level


def first_level(counts: Array, factors: Array, grid: Grid) -> Level:
    """The level before any month: the mean of the first twelve figures, widely uncertain.

    Args:
        counts: shape (n, months); NaN where there is no figure.
        factors: shape (n, months): length and season of each month.
        grid: the pairs.
    """
    known = ~np.isnan(counts)
    early = known & (np.cumsum(known, axis=1) <= MONTHS_A_YEAR)
    total = np.where(early, counts, 0.0).sum(axis=1) + 0.5
    exposure = np.where(early, factors, 0.0).sum(axis=1)
    mean = np.maximum(total / np.maximum(exposure, 1), LEAST_LEVEL)
    shape = grid.drifts.shape
    return Level(
        np.broadcast_to(mean[:, None], shape).copy(),
        np.full(shape, FIRST_VARIANCE),
        np.broadcast_to(grid.log_prior, shape).copy(),
    )


def after_month(level: Level, counts: Array, factors: Array, grid: Grid) -> Level:
    """The level one month later: drifted, then corrected by the month's count (linear Bayes).

    With level mean l and squared relative error c2 (after adding the drift's variance), a month of
    factor s has mean m = s l and variance m + m^2 w, w = c2 + k (1 + c2), k the squared lumpiness;
    the level becomes l (1 + c2 (x - m) / (1 + m w)), its relative error follows, and the pair's
    weight takes the negative binomial probability of x with that mean and variance.

    Args:
        level: after the month before.
        counts: shape (n,); NaN leaves the level drifted.
        factors: shape (n,): length and season of this month.
        grid: the pairs.
    """
    prior = np.minimum(level.variance + grid.drifts**2, LARGEST_VARIANCE)
    known = ~np.isnan(counts)[:, None]
    count = np.where(known, counts[:, None], 0.0)
    mean = factors[:, None] * level.mean
    spread = prior + grid.lumps**2 * (1 + prior)
    pull = prior / (1 + mean * spread)
    moved = 1 + pull * (count - mean)
    left = prior * (1 - pull * mean) / moved**2
    size = 1 / spread
    share = mean * spread
    log_probability = (
        gammaln(count + size)
        - gammaln(size)
        - size * np.log1p(share)
        + count * (np.log(share) - np.log1p(share))
    )
    return Level(
        np.where(known, np.maximum(level.mean * moved, LEAST_LEVEL), level.mean),
        np.where(known, np.minimum(left, LARGEST_VARIANCE), prior),
        level.log_weight + np.where(known, log_probability, 0.0),
    )
