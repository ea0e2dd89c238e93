"""Totals as equally likely draws: of models that can only be simulated, or a bare number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.projection.negative_binomials import NegativeBinomials

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Draws:
    """The totals of a window, one for each of n series; asked as `NegativeBinomials` are."""

    counted: Array
    """Shape (n,): events of the window that are counted already."""
    draws: Array
    """Shape (n, draws), 0 or more: of the remainder."""

    @property
    def mean(self) -> Array:
        """Mean of the window's total."""
        return self.counted + self.draws.mean(axis=1)

    @property
    def median(self) -> Array:
        """Median of the window's total."""
        return self.quantile(0.5)

    @property
    def remainder_variance(self) -> Array:
        """Variance of the draws."""
        return self.draws.var(axis=1)

    def quantile(self, probability: float) -> Array:
        """Smallest total whose cumulative probability is at least ``probability``."""
        return self.counted + self.remainder_quantile(probability)

    def interval(self, level: float) -> tuple[Array, Array]:
        """Equal-tailed interval of the total that holds it with probability ``level`` or more."""
        tail = (1 - level) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def probability_at_most(self, total: ArrayLike) -> Array:
        """Share of the draws with which the total is at most so many."""
        limit = np.broadcast_to(np.asarray(total, dtype=float), self.counted.shape)
        return (self.draws <= np.floor(limit - self.counted + 1e-9)[:, None]).mean(axis=1)

    def remainder_quantile(self, probability: float) -> Array:
        """The draw below which, or at which, that share of them lies."""
        return np.quantile(self.draws, probability, axis=1, method="inverted_cdf")


Projection = NegativeBinomials | Draws
"""What a method says of a window: exact, or drawn."""
