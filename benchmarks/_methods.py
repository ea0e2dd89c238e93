"""The methods that the record compares: the one that pages use, and what people do by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from numpy.typing import NDArray

from benchmarks._draws import Projection
from benchmarks._pro_rata import (
    fit_seasonal_negative_binomial,
    fit_seasonal_poisson,
    fit_straight,
    fit_straight_number,
)
from dashboard.metrics.projection.drift import fit_drifting_levels
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.siblings import CHOSEN, fit_chosen


class Fitted(Protocol):
    """A method that has seen a history, and answers for any window ahead."""

    def project(self, first: int, last: int, counted: NDArray | float = 0.0) -> Projection:
        """The total of the months ``first`` to ``last`` ahead, with what is counted of it."""
        ...


Method = Callable[[History], Fitted]
"""A way to project: sees a history, then answers for any window ahead."""


BEFORE = "each area alone, exceptional months as others"
ALONE = "each area alone"


def fit_as_before(history: History) -> Fitted:
    """The drifting level of each series alone, of every month: what pages used before siblings."""
    return fit_drifting_levels(replace(history, is_exceptional=None))


METHODS: dict[str, Method] = {
    "straight pro-rata, bare": fit_straight_number,
    "straight pro-rata": fit_straight,
    "seasonal pro-rata": fit_seasonal_poisson,
    "seasonal negative binomial": fit_seasonal_negative_binomial,
    BEFORE: fit_as_before,
    ALONE: fit_drifting_levels,
    CHOSEN: fit_chosen,
}
"""By name, from what is done by hand to what pages use; those of others are in `_baselines.py`."""


def fit(history: History, method: str) -> Fitted:
    """Fit a method to a history.

    Raises:
        ValueError: unknown method.
    """
    if method not in METHODS:
        raise ValueError(f"'{method}' is not a method; choose one of {', '.join(METHODS)}")
    return METHODS[method](history)


def fit_all(history: History, names: Sequence[str]) -> dict[str, Fitted]:
    """Fit several methods to a history; see `fit`."""
    return {name: fit(history, name) for name in names}
