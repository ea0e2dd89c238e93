"""Suggested breaks in a series, each with its evidence. Applied only when a person confirms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.levels import (
    PENALTY_OF_BREAK,
    fitted_levels,
    inflation,
    split_levels,
)
from dashboard.metrics.control.limits import FEWEST_POINTS, known_mean
from dashboard.metrics.reasons import Because, Reasons, because

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
