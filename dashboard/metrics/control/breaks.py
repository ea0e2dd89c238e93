"""Suggested breaks in a series, each with its evidence. Applied only when a person confirms.

Stretches of steady level are the best split of series, by dynamic programming, in one call.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.limits import D2, FEWEST_POINTS, known_mean, mean_moving_range
from dashboard.metrics.reasons import Because, Reasons, because

PENALTY_OF_BREAK = 3.0
"""In units of log n: one for the level, two for its place (after Zhang and Siegmund 2007)."""
MOST_CORRELATION = 0.9
"""Lag-one correlation is taken for no more: the inflation of variance stays finite."""
PERMUTATIONS = 999
"""Shuffles: with so many p is no smaller than 0.001."""
BLOCK = 3
"""Periods shuffled together, so that neighbours keep their likeness: a quarter's months."""
LARGEST_P = 0.01
STRONG_EVIDENCE = 10.0
"""A difference in BIC over 10 is "very strong" evidence (Kass and Raftery 1995, table 6)."""
CLEAR_OF_A_LINE = 6.0
"""A difference in BIC over 6 is "strong" evidence (same table)."""
_SEED = 20100331
_LENGTHS_KEPT = 32
"""Of series whose shuffles are kept: an order depends on the length alone."""
_TINY = float(np.finfo(float).tiny)


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


@dataclass(frozen=True, slots=True)
class SuggestedBreak:
    """A change of level that the figures show, for a person to confirm or leave.

    Attributes:
        position: Of the first period at the new level.
        before: Mean level up to the break, back to the one before it.
        after: Mean level from the break, up to the next.
        percent: Change of level in percent; None from a level of zero.
        bic_gain: By how much two levels are better than one (BIC; over 10 is very strong).
        p_value: Share of shuffled series with as large a change somewhere.
    """

    position: int
    before: float
    after: float
    percent: float | None
    bic_gain: float
    p_value: float

    def evidence(self) -> Reasons:
        """Return what speaks for it."""
        return because(Because.TWO_LEVELS, self.bic_gain, self.p_value, PERMUTATIONS)


def suggest_breaks(values: ArrayLike) -> list[list[SuggestedBreak]]:
    """Return the breaks in level worth asking a person about, of each series.

    Those of `split_levels` that pass all three: two levels beat one by a BIC of 10; as large a
    change is found in at most 1% of series whose months are shuffled in blocks of three; and two
    levels beat a straight line by a BIC of 6, since a steady fall is no break.

    Args:
        values: (series, periods), NaN where missing; without their season.
    """
    series = np.atleast_2d(np.asarray(values, dtype=float))
    splits = split_levels(series)
    residuals = series - fitted_levels(series, splits)
    widened = inflation(residuals)
    judged: list[list[SuggestedBreak]] = [[] for _ in splits]
    # By length, since series of one length are shuffled alike.
    for row, (start, at, end) in sorted(
        _parts(splits, series.shape[1]), key=lambda part: part[1][2] - part[1][0]
    ):
        part, factor = series[row, start:end], float(widened[row])
        if found := _judge(part, at - start, start, factor):
            judged[row].append(found)
    return [sorted(each, key=lambda found: found.position) for each in judged]


def _parts(splits: list[list[int]], periods: int) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """Give every break with its series: where its part of the series begins, it stands, and ends.

    A part reaches to the breaks on either side.
    """
    for row, breaks in enumerate(splits):
        edges = [0, *breaks, periods]
        for edge in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
            yield row, edge


def _judge(part: NDArray, at: int, offset: int, widened: float) -> SuggestedBreak | None:
    """Return the break at a place of a part of a series; None when the evidence is weak."""
    one, two, line = _squares_of_models(part, at)
    number = int(np.isfinite(part).sum())
    variance = max(two / max(number - 2, 1), _TINY) * widened
    gain = (one - two) / variance - PENALTY_OF_BREAK * np.log(number)
    # The step has one parameter more than the line: its place.
    over_line = number * np.log(max(line, _TINY) / max(two, _TINY)) - np.log(number)
    if gain < STRONG_EVIDENCE or over_line < CLEAR_OF_A_LINE:
        return None
    p_value = _shuffled_p(part)
    if p_value > LARGEST_P:
        return None
    before, after = (float(known_mean(each[None])[0, 0]) for each in (part[:at], part[at:]))
    return SuggestedBreak(
        position=offset + at,
        before=before,
        after=after,
        percent=None if before == 0 else 100 * (after - before) / before,
        bic_gain=float(gain),
        p_value=p_value,
    )


def _squares_of_models(part: NDArray, at: int) -> tuple[float, float, float]:
    """Return the squares left by one level, by two, and by a straight line."""
    known = np.isfinite(part)
    x, y = np.flatnonzero(known).astype(float), part[known]
    x = x - x.mean()
    one = float(((y - y.mean()) ** 2).sum())
    slope = (x * y).sum() / (x**2).sum()
    line = one - float(slope**2 * (x**2).sum())
    before = np.count_nonzero(known[:at])
    two = sum(float(((side - side.mean()) ** 2).sum()) for side in (y[:before], y[before:]))
    return one, two, line


def _shuffled_p(part: NDArray) -> float:
    """Return the share of block-shuffled series whose best split is as good, itself counted."""
    known = part[np.isfinite(part)]
    centred = known - known.mean()
    own = _best_split(centred[:, None])[0]
    shuffled = _best_split(centred.take(_shuffles(len(known))))
    slack = 1e-9 * float((centred**2).sum())
    return float((1 + np.count_nonzero(shuffled >= own - slack)) / (1 + PERMUTATIONS))


def _best_split(centred: NDArray) -> NDArray:
    """Return by how much the best split of each series lowers the squares about its mean.

    The series stand in columns, (periods, series), so that all are added up in step.
    About their mean all add to 0, so that a split after k takes T^2 / k + T^2 / (n - k) off the
    squares, T the sum of the first k; shuffling changes no total.
    """
    last = len(centred)
    k = np.arange(FEWEST_POINTS, last - FEWEST_POINTS + 1)
    sums = np.cumsum(centred, axis=0)[FEWEST_POINTS - 1 : last - FEWEST_POINTS]
    sums *= sums
    sums *= (1 / k + 1 / (last - k))[:, None]
    return sums.max(axis=0)


@lru_cache(maxsize=_LENGTHS_KEPT)
def _shuffles(number: int) -> NDArray:
    """Return orders of so many figures with their blocks shuffled; the same at every call.

    (figures, `PERMUTATIONS`): one order a column.
    """
    blocks = -(-number // BLOCK)
    keys = np.random.default_rng(_SEED).random((PERMUTATIONS, blocks))
    starts = BLOCK * np.argsort(keys, axis=1)
    orders = (starts[:, :, None] + np.arange(BLOCK)).reshape(PERMUTATIONS, -1)
    # The last block may be short, wherever it has come to stand.
    return np.ascontiguousarray(orders[orders < number].reshape(PERMUTATIONS, number).T)
