"""Exponential smoothing and a structural model of statsmodels, simulated one by one: slow."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.structural import UnobservedComponents

from benchmarks._draws import Draws
from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.history import History

Array = NDArray[np.float64]

PATHS = 400
"""Simulated futures of each series."""
SEED = 20100401
MOST_AHEAD = 3 * MONTHS_A_YEAR
LARGEST_LOG = 20.0
"""Bound of a simulated logarithm, so that a wild path stays a number."""


@dataclass(frozen=True)
class Simulated:
    """Futures of n series: shape (n, paths, months ahead)."""

    paths: Array

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> Draws:
        """The total of the months ``first`` to ``last`` ahead; see `Fitted.project`.

        Raises:
            ValueError: beyond the months that were simulated.
        """
        if last > self.paths.shape[2]:
            raise ValueError(f"simulated for {self.paths.shape[2]} months ahead, not {last}")
        totals = self.paths[:, :, first - 1 : last].sum(axis=2)
        return Draws(np.broadcast_to(np.asarray(counted, dtype=float), len(totals)), totals)


def fit_ets(history: History) -> Simulated:
    """ETS(A,Ad,A) of log(count + 1), statsmodels' `ETSModel` (Hyndman and others 2008)."""
    return _simulated(history, _ets_paths)


def fit_state_space(history: History) -> Simulated:
    """Local level and seasonal of log(count + 1), `UnobservedComponents` (Harvey 1989)."""
    return _simulated(history, _structural_paths)


def _simulated(history: History, paths_of: Callable[[pd.Series, int], Array]) -> Simulated:
    paths = []
    for row, counts in enumerate(history.counts):
        series = pd.Series(np.log1p(counts), index=history.months).dropna()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            warnings.simplefilter("ignore", RuntimeWarning)
            logs = np.minimum(paths_of(series, SEED + row), LARGEST_LOG)
        paths.append(np.maximum(np.rint(np.expm1(logs)), 0).T)
    return Simulated(np.array(paths))


def _ets_paths(series: pd.Series, seed: int) -> Array:
    model = ETSModel(
        series, error="add", trend="add", damped_trend=True, seasonal="add",
        seasonal_periods=MONTHS_A_YEAR,
    )  # fmt: skip
    fitted = model.fit(disp=False)
    drawn = fitted.simulate(
        MOST_AHEAD, anchor="end", repetitions=PATHS, rng=np.random.default_rng(seed)
    )
    return np.asarray(drawn, dtype=float).reshape(MOST_AHEAD, PATHS)


def _structural_paths(series: pd.Series, seed: int) -> Array:
    model = UnobservedComponents(series, level="local level", seasonal=MONTHS_A_YEAR)
    fitted = model.fit(disp=False)
    drawn = fitted.simulate(
        MOST_AHEAD, anchor="end", repetitions=PATHS, rng=np.random.default_rng(seed)
    )
    return np.asarray(drawn, dtype=float).reshape(MOST_AHEAD, PATHS)
