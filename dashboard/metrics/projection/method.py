"""The methods there are, and the one that pages use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.projection.distribution import Projection
from dashboard.metrics.projection.draws import Draws
from dashboard.metrics.projection.drift import fit_drifting_levels
from dashboard.metrics.projection.history import Fitted, History, Method
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.pro_rata import (
    fit_seasonal_negative_binomial,
    fit_seasonal_poisson,
    fit_straight,
    fit_straight_number,
)

Array = NDArray[np.float64]

POOL_LEVELS = (np.arange(200) + 0.5) / 200
"""Cumulative probabilities that stand for a distribution where one that is drawn is pooled."""


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
    "drifting negative binomial": fit_drifting_levels,
}
"""By name, from what is done by hand to what was tried; the slow ones are in `simulated.py`."""
POOLS = {
    "pool of the two": ("drifting negative binomial", "seasonal negative binomial"),
}
"""Pools by name, and what each is of."""

CHOSEN = "drifting negative binomial"
"""The method that pages use: of those fast enough for a page it alone has intervals that hold (the
pool of the two scores as well, but its 80% hold 70 to 75%); `data/methods/projection_record.csv`,
table in `docs/methods.md`."""


def fit(history: History, method: str = CHOSEN) -> Fitted:
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


__all__ = ["CHOSEN", "METHODS", "POOLS", "Fitted", "History", "Method", "fit", "fit_all", "pool"]
