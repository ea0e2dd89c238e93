"""What a total may come to: a predictive distribution for each of many series at once.

A projection is of the total of a window of months: what is counted already plus a remainder that
is not known yet. The remainder is a mixture of negative binomials (`negative_binomials.py`: exact,
and closed under linear pooling) or a set of equally likely draws (`draws.py`: from models that can
only be simulated).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_ROUNDING = 1e-9
"""A goal such as 0.82 * 100 counts as the whole number it misses by rounding."""


@dataclass(frozen=True)
class Projection(ABC):
    """The predictive distribution of the totals of a window, one for each of n series.

    All results have shape (n,). Counts are whole numbers; the distribution is of the window's
    total, ``counted`` included.
    """

    counted: Array
    """Shape (n,): events of the window that are counted already."""

    @property
    @abstractmethod
    def remainder_mean(self) -> Array:
        """Mean of what is still to come."""

    @property
    @abstractmethod
    def remainder_variance(self) -> Array:
        """Variance of what is still to come."""

    @abstractmethod
    def remainder_cdf(self, counts: Array) -> Array:
        """P(remainder <= counts); counts of shape (n,) or (n, k), the result of the same."""

    @abstractmethod
    def remainder_quantile(self, probability: float) -> Array:
        """Smallest count whose cumulative probability is at least ``probability``."""

    @property
    def mean(self) -> Array:
        """Mean of the window's total."""
        return self.counted + self.remainder_mean

    @property
    def median(self) -> Array:
        """Median of the window's total."""
        return self.quantile(0.5)

    @property
    def standard_deviation(self) -> Array:
        """Standard deviation of the window's total."""
        return np.sqrt(self.remainder_variance)

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
