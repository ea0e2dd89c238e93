"""Stretches of steady level: the best split of series, by dynamic programming, in one call."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.limits import D2, FEWEST_POINTS, known_mean, mean_moving_range

PENALTY_OF_BREAK = 3.0
"""In units of log n: one for the level, two for its place (after Zhang and Siegmund 2007)."""
MOST_CORRELATION = 0.9
"""Lag-one correlation is taken for no more: the inflation of variance stays finite."""


def split_levels(values: ArrayLike) -> list[list[int]]:
    """Return where the level of each series changes: the first position of each new stretch.

    Minimises, over all ways to split,

        sum of squares about the stretches' means / v  +  3 log(n) * number of breaks

    exactly, by dynamic programming (Jackson et al. 2005, "optimal partitioning"). v comes from the
    screened moving ranges, (mean / 1.128)^2, and is then widened by the lag-one correlation r of
    what is left, (1 + r) / (1 - r), and the split made again: neighbours that resemble each other
    look like a change of level.

    Args:
        values: (series, periods), NaN where missing.

    Returns:
        For each series its breaks in order; none for a constant or short one.
    """
    series = np.atleast_2d(np.asarray(values, dtype=float))
    variance = (mean_moving_range(series, screen=True) / D2) ** 2
    usable = np.isfinite(variance[:, 0]) & (variance[:, 0] > 0)
    variance = np.where(usable[:, None], variance, np.nan)
    first = _split(series, variance)
    widened = variance * inflation(series - fitted_levels(series, first))[:, None]
    return _split(series, widened)


def fitted_levels(values: NDArray, breaks: list[list[int]]) -> NDArray:
    """Return the mean of the stretch that each point lies in: (series, periods)."""
    known = np.isfinite(values)
    figures = np.where(known, values, 0.0)
    levels = np.full(values.shape, np.nan)
    for row, own in enumerate(breaks):
        edges = [0, *own, values.shape[1]]
        for start, end in itertools.pairwise(edges):
            if number := np.count_nonzero(known[row, start:end]):
                levels[row, start:end] = figures[row, start:end].sum() / number
    return levels


def inflation(residuals: NDArray) -> NDArray:
    """Return (1 + r) / (1 - r) of each series, r its lag-one correlation, at least 0: (series,)."""
    before, after = residuals[:, :-1], residuals[:, 1:]
    both = np.isfinite(before) & np.isfinite(after)
    product = np.where(both, before * after, 0.0).sum(axis=1)
    square = np.nansum(residuals**2, axis=1)
    r = np.divide(product, square, out=np.zeros(len(residuals)), where=square > 0)
    r = np.clip(r, 0.0, MOST_CORRELATION)
    return (1 + r) / (1 - r)


class _Sums:
    """Running sums, from which the squares about the mean of any stretch follow."""

    def __init__(self, values: NDArray) -> None:
        """Sum up (series, periods), NaN where missing."""
        known = np.isfinite(values)
        # About the mean, so that squares of large levels do not swamp the differences.
        centred = np.where(known, values - known_mean(values), 0.0)
        zero = np.zeros((len(values), 1))
        self.number = np.hstack([zero, np.cumsum(known, axis=1)])
        self._total = np.hstack([zero, np.cumsum(centred, axis=1)])
        self._square = np.hstack([zero, np.cumsum(centred**2, axis=1)])

    def squares(self, end: int) -> NDArray:
        """Return the sum of squares about the mean from each start up to before the end."""
        number, total, square = (
            running[:, end, None] - running[:, :end]
            for running in (self.number, self._total, self._square)
        )
        of_mean = np.divide(total**2, number, out=np.zeros(number.shape), where=number > 0)
        return np.maximum(square - of_mean, 0.0)


def _split(series: NDArray, variance: NDArray) -> list[list[int]]:
    rows, periods = series.shape
    usable = np.isfinite(variance[:, 0])
    scale = np.where(usable[:, None], variance, 1.0)
    sums = _Sums(series)
    penalty = PENALTY_OF_BREAK * np.log(np.maximum(sums.number[:, -1:], 2.0))
    best = np.full((rows, periods + 1), np.inf)
    best[:, :1] = -penalty
    origin = np.zeros((rows, periods + 1), dtype=int)
    for end in range(1, periods + 1):
        known = sums.number[:, end, None] - sums.number[:, :end]
        cost = best[:, :end] + sums.squares(end) / scale + penalty
        cost = np.where(known >= FEWEST_POINTS, cost, np.inf)
        origin[:, end] = cost.argmin(axis=1)
        best[:, end] = cost[np.arange(rows), origin[:, end]]
    return [
        _walk_back(origin[row]) if usable[row] and np.isfinite(best[row, -1]) else []
        for row in range(rows)
    ]


def _walk_back(origin: NDArray) -> list[int]:
    found, end = [], len(origin) - 1
    while end > 0:
        end = int(origin[end])
        found.append(end)
    return sorted(each for each in found if each > 0)
