"""What a total may come to: a predictive distribution for each of many series at once.

A projection is of the total of a window of months: what is counted already plus a remainder that
is not known yet, a mixture of negative binomials, of which chances and quantiles are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammaincc, ndtri

Array = NDArray[np.float64]

POISSON_SIZE = 1e9
"""From this size on a negative binomial is computed as the Poisson it tends to."""
NOTHING_BELOW = -1.0
"""The highest count that has no probability at or below it."""
GUESS_OFF_BY = 8
"""A quantile is looked for within an eighth of a standard deviation of the normal one first."""
_ROUNDING = 1e-9
"""A goal such as 0.82 * 100 counts as the whole number it misses by rounding."""


@dataclass(frozen=True)
class NegativeBinomials:
    """The totals of a window, one for each of n series, the remainder of each being a mixture.

    Part j of series i has mean m and variance m + m^2 / size; an infinite size is a Poisson.
    Counts are whole numbers; what is said of the total includes ``counted``, and has shape (n,).
    """

    counted: Array
    """Shape (n,): events of the window that are counted already."""
    means: Array
    """Shape (n, parts), 0 or more."""
    sizes: Array
    """Shape (n, parts), above 0."""
    weights: Array
    """Shape (n, parts); each row adds to 1."""

    @classmethod
    def single(
        cls, mean: ArrayLike, variance: ArrayLike, counted: ArrayLike = 0.0
    ) -> NegativeBinomials:
        """One negative binomial a series, by mean and variance of the remainder.

        A variance not above the mean gives a Poisson.
        """
        means = np.atleast_1d(np.asarray(mean, dtype=float))[:, None]
        variances = np.broadcast_to(np.asarray(variance, dtype=float), means.shape[:1])[:, None]
        return cls.mixture(means, variances, np.ones_like(means), counted)

    @classmethod
    def mixture(
        cls, means: Array, variances: Array, weights: Array, counted: ArrayLike = 0.0
    ) -> NegativeBinomials:
        """A mixture by mean and variance of its parts, all of shape (n, parts)."""
        spare = variances - means
        sizes = np.full_like(means, np.inf)
        np.divide(means**2, spare, out=sizes, where=(spare > 0) & (means > 0))
        so_far = np.broadcast_to(np.asarray(counted, dtype=float), means.shape[:1])
        return cls(so_far, means, sizes, weights / weights.sum(axis=1, keepdims=True))

    @classmethod
    def stacked(cls, projections: Sequence[NegativeBinomials]) -> NegativeBinomials:
        """Several projections as one, a row each, so that they are worked out at once."""
        return cls(
            np.concatenate([each.counted for each in projections]),
            np.vstack([each.means for each in projections]),
            np.vstack([each.sizes for each in projections]),
            np.vstack([each.weights for each in projections]),
        )

    def rows(self, chosen: NDArray) -> NegativeBinomials:
        """The same of some of the series, by place or by yes and no."""
        return NegativeBinomials(
            self.counted[chosen], self.means[chosen], self.sizes[chosen], self.weights[chosen]
        )

    @property
    def mean(self) -> Array:
        """Mean of the window's total."""
        return self.counted + self.remainder_mean

    @property
    def median(self) -> Array:
        """Median of the window's total."""
        return self.quantile(0.5)

    def quantile(self, probability: float) -> Array:
        """Smallest total whose cumulative probability is at least ``probability``.

        Raises:
            ValueError: the probability is not between 0 and 1.
        """
        if not 0 < probability < 1:
            raise ValueError(f"a quantile is of a probability between 0 and 1, not {probability}")
        return self.counted + self.remainder_quantile(probability)

    def interval(self, level: float) -> tuple[Array, Array]:
        """Equal-tailed interval of the total that holds it with probability ``level`` or more."""
        tail = (1 - level) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def probability_at_most(self, total: ArrayLike) -> Array:
        """P(total of the window <= total): of a goal that is an upper limit, that it is met."""
        limit = np.broadcast_to(np.asarray(total, dtype=float), self.counted.shape)
        return self.remainder_cdf(np.floor(limit - self.counted + _ROUNDING))

    def probability_met(self, goal: ArrayLike, lower_is_better: bool = True) -> Array:
        """P(the total is at least as good as the goal); reaching it exactly meets it."""
        if lower_is_better:
            return self.probability_at_most(goal)
        needed = np.ceil(np.asarray(goal, dtype=float) - _ROUNDING)
        return 1 - self.probability_at_most(needed - 1)

    @property
    def remainder_mean(self) -> Array:
        """Mean of what is still to come."""
        return (self.weights * self.means).sum(axis=1)

    @property
    def remainder_variance(self) -> Array:
        """Variance of what is still to come: within the parts and between them."""
        within = self.means + self.means**2 / self.sizes
        square = (self.weights * (within + self.means**2)).sum(axis=1)
        return np.maximum(square - self.remainder_mean**2, 0)

    def remainder_cdf(self, counts: Array) -> Array:
        """P(remainder <= counts), exact; counts of shape (n,) or (n, k), as the result."""
        return self.smooth_cdf(np.floor(np.asarray(counts, dtype=float)))

    def smooth_cdf(self, counts: Array) -> Array:
        """P(remainder <= counts), continued smoothly between whole counts."""
        by_series = (slice(None), *(None,) * (counts.ndim - 1))
        means, sizes, weights = (each[by_series] for each in (self.means, self.sizes, self.weights))
        parts = negative_binomial_cdf(counts[..., None], means, sizes)
        return np.clip((weights * parts).sum(axis=-1), 0, 1)

    def remainder_quantile(self, probability: float) -> Array:
        """Smallest count whose cumulative probability is at least ``probability``, exact."""
        spread = np.sqrt(self.remainder_variance)
        guess = np.floor(self.remainder_mean + ndtri(probability) * spread)
        # The normal guess is a fraction of a standard deviation off: look around it first.
        step = np.ceil(spread / GUESS_OFF_BY) + 1
        low, high = np.maximum(guess - step, -1), np.maximum(guess + step, 0)
        rows = np.arange(len(guess))
        while len(rows := rows[self._cdf_at(high, rows) < probability]):
            low[rows], high[rows] = high[rows], 2 * high[rows] + 1
        rows = np.flatnonzero(low >= 0)
        while len(rows := rows[self._cdf_at(low, rows) >= probability]):
            step[rows] *= 2
            low[rows], high[rows] = np.maximum(low[rows] - step[rows], -1), low[rows]
            rows = rows[low[rows] >= 0]
        while len(rows := np.flatnonzero(high - low > 1)):
            middle = np.floor((low + high) / 2)
            enough = self._cdf_at(middle, rows) >= probability
            high[rows[enough]] = middle[rows[enough]]
            low[rows[~enough]] = middle[rows[~enough]]
        return high

    def _cdf_at(self, counts: Array, rows: NDArray) -> Array:
        """P(remainder <= counts) of the series in some rows alone."""
        return self.rows(rows).remainder_cdf(counts[rows])


def negative_binomial_cdf(counts: Array, mean: Array, size: Array) -> Array:
    """P(count <= counts) of negative binomials by mean and size; a Poisson from a huge size on.

    F(x) = I_p(size, x + 1), p = size / (size + mean), which is smooth in x: pass whole counts for
    the distribution itself. Nothing from -1 down; one at mean 0.
    """
    at = np.maximum(counts, NOTHING_BELOW) + 1
    is_poisson = size >= POISSON_SIZE
    finite = np.where(is_poisson, 1.0, size)
    negative_binomial = betainc(finite, at, finite / (finite + mean))
    below = negative_binomial
    if is_poisson.any():
        below = np.where(is_poisson, gammaincc(at, mean), negative_binomial)
    return np.where(counts <= NOTHING_BELOW, 0.0, below)
