"""Totals as equally likely draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.projection.distribution import Projection

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Draws(Projection):
    """The remainder as equally likely draws: of models that are simulated, or a bare number."""

    draws: Array
    """Shape (n, draws), 0 or more."""

    @property
    def remainder_mean(self) -> Array:
        """Mean of the draws."""
        return self.draws.mean(axis=1)

    @property
    def remainder_variance(self) -> Array:
        """Variance of the draws."""
        return self.draws.var(axis=1)

    def remainder_cdf(self, counts: Array) -> Array:
        """Share of the draws that are at most so many."""
        limit = np.asarray(counts, dtype=float)
        if limit.ndim == 1:
            return (self.draws <= limit[:, None]).mean(axis=1)
        return (self.draws[:, None, :] <= limit[:, :, None]).mean(axis=2)

    def remainder_quantile(self, probability: float) -> Array:
        """The draw below which, or at which, that share of them lies."""
        return np.quantile(self.draws, probability, axis=1, method="inverted_cdf")
