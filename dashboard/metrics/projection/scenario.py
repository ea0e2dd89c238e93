"""What would be projected if the months to come went otherwise: the projection, moved."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.percent import PER_CENT, percent_change
from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.history import Fitted
from dashboard.metrics.projection.negative_binomials import NegativeBinomials

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scaled:
    """A fitted method whose every month to come has its mean multiplied by one factor.

    The relative error of the level stays as it is, and chance follows the new mean: a part of mean
    m and size k becomes one of mean f m and the same size, variance f m + (f m)^2 / k. A factor of
    1 is the projection itself.
    """

    fitted: Fitted
    factor: float

    def __post_init__(self) -> None:
        """Refuse a factor below zero."""
        if not self.factor >= 0:
            raise ValueError(f"a count cannot be multiplied by {self.factor}")

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> NegativeBinomials:
        """The total of the months ``first`` to ``last`` ahead; see `Fitted.project`."""
        found = self.fitted.project(first, last, counted)
        return replace(found, means=found.means * self.factor)


def same_months_before(counts: Array, first: int, last: int) -> float:
    """Events in the same calendar months of the twelve that are known last.

    Args:
        counts: shape (months,), twelve or more, the last the one that projections start after.
        first: 1 for the next month.
        last: ``first`` or later; a thirteenth month ahead is held against the same month again.
    """
    year = np.asarray(counts, dtype=float)[-MONTHS_A_YEAR:]
    return float(year[np.arange(first - 1, last) % MONTHS_A_YEAR].sum())


def factor_for(percent: float, mean: float, before: float) -> float:
    """The factor by which a remainder of a mean becomes so many percent more than before.

    Args:
        percent: change on ``before`` wanted; -10 for a tenth fewer.
        mean: events projected, above 0.
        before: events in the same months a year before.

    Raises:
        ValueError: nothing is projected, or the change is a fall of more than all.
    """
    if mean <= 0 or percent < -PER_CENT:
        raise ValueError(f"no change of {percent}% can be made of {mean} events")
    return before * (1 + percent / PER_CENT) / mean


def implied_percent(mean: float, before: float) -> float:
    """The change on the same months a year before that a projection implies, in percent."""
    return float(percent_change(mean, before))
