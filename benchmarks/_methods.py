"""The methods that the record compares: the one that pages use, and what people do by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks._draws import Draws, Projection
from benchmarks._pro_rata import (
    fit_seasonal_negative_binomial,
    fit_seasonal_poisson,
    fit_straight,
    fit_straight_number,
)
from dashboard.metrics.projection.drift import CHOSEN, fit_drifting_levels
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials

Array = NDArray[np.float64]

POOL_LEVELS = (np.arange(200) + 0.5) / 200
"""Cumulative probabilities that stand for a distribution where one that is drawn is pooled."""


class Fitted(Protocol):
    """A method that has seen a history, and answers for any window ahead."""

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> Projection:
        """The total of the months ``first`` to ``last`` ahead, with what is counted of it."""
        ...


Method = Callable[[History], Fitted]
"""A way to project: sees a history, then answers for any window ahead."""


@dataclass(frozen=True)
class Pooled:
    """The linear pool of several methods: the mean of their distributions (equal weights)."""

    members: tuple[Fitted, ...]

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> Projection:
        """The total of the months ``first`` to ``last`` ahead; see `Fitted.project`."""
        return pool([member.project(first, last, counted) for member in self.members])


def pool(projections: Sequence[Projection]) -> Projection:
    """Mean of cumulative probabilities, equal weights (Stone 1961; of points Bates, Granger 1969).

    Exact for mixtures of negative binomials; where one is drawn, every other is represented by 200
    of its quantiles.

    Raises:
        ValueError: nothing to pool.
    """
    if not projections:
        raise ValueError("a pool needs a projection")
    exact = [each for each in projections if isinstance(each, NegativeBinomials)]
    counted = projections[0].counted
    if len(exact) == len(projections):
        return NegativeBinomials(
            counted,
            np.hstack([each.means for each in exact]),
            np.hstack([each.sizes for each in exact]),
            np.hstack([each.weights for each in exact]) / len(exact),
        )
    columns = [
        np.column_stack([each.remainder_quantile(level) for level in POOL_LEVELS])
        for each in projections
    ]
    return Draws(counted, np.hstack(columns))


METHODS: dict[str, Method] = {
    "straight pro-rata, bare": fit_straight_number,
    "straight pro-rata": fit_straight,
    "seasonal pro-rata": fit_seasonal_poisson,
    "seasonal negative binomial": fit_seasonal_negative_binomial,
    CHOSEN: fit_drifting_levels,
}
"""By name, from what is done by hand to what was tried; the slow ones are in `_simulated.py`."""
POOLS = {
    "pool of the two": (CHOSEN, "seasonal negative binomial"),
}
"""Pools by name, and what each is of."""


def fit(history: History, method: str) -> Fitted:
    """Fit a method, or a pool of some, to a history.

    Raises:
        ValueError: unknown method.
    """
    return fit_all(history, (method,))[method]


def fit_all(history: History, names: Sequence[str]) -> dict[str, Fitted]:
    """Fit several methods to a history, each once however many pools it is in.

    Raises:
        ValueError: unknown method.
    """
    unknown = [name for name in names if name not in METHODS and name not in POOLS]
    if unknown:
        known = ", ".join([*METHODS, *POOLS])
        raise ValueError(f"'{unknown[0]}' is not a method; choose one of {known}")
    singles = {part for name in names for part in POOLS.get(name, (name,))}
    fitted = {name: METHODS[name](history) for name in METHODS if name in singles}
    pooled = {
        name: Pooled(tuple(fitted[part] for part in POOLS[name])) for name in names if name in POOLS
    }
    return {name: pooled[name] if name in pooled else fitted[name] for name in names}
