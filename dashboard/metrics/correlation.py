"""How alike series change: correlations with their intervals, allowing for what runs on."""

from __future__ import annotations

import itertools
import math
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

Numbers = NDArray[np.float64]

LEAST_POINTS = 8
"""Changes (in effect) that a correlation needs: with fewer its interval is nearly -1 to 1."""
SAME_FROM = 0.5
"""Two indicators say the same when the intervals of both correlations lie wholly beyond this."""
LEVEL = 0.95
_CONTINUITY = 0.5
"""Added to counts before logarithms: Anscombe, Biometrika 35 (1948), 246-254."""
_NORMAL_QUANTILE = float(ndtri((1 + LEVEL) / 2))
_FISHER_LOSS = 3
"""Degrees that Fisher's z loses: Fisher, Metron 1 (1921), 3-32."""


def year_on_year(values: Numbers, a_year: int, *, counts: bool) -> Numbers:
    """Return the change of each period on the same one a year before.

    Args:
        values: Figures in order, without a gap in time; NaN for missing.
        a_year: Periods a year.
        counts: Changes of counts are of their logarithm, after adding a half; of others plain.
    """
    level = np.log(values + _CONTINUITY) if counts else values
    return level[a_year:] - level[:-a_year]


def correlations(changes: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of columns with the correlation of their changes and its interval.

    Pearson's r with Fisher's z, and Spearman's with the variance of Bonett and Wright,
    Psychometrika 65 (2000), 23-28. Changes on a year before run on from one period to the next,
    so that n periods say less than n: the effective number is
    n / (1 + 2 sum over k of (1 - k/n) a_k b_k), a_k and b_k the autocorrelations of the two
    (Bartlett, JRSS 98 (1935), 536-543; Pyper and Peterman, CJFAS 55 (1998), 2127-2140),
    summed to a quarter of n, at most n.

    Args:
        changes: One row a period in order, one column an indicator; NaN for missing.

    Returns:
        a, b, r, lower, upper, spearman, spearman_lower, spearman_upper, n, n_effective, same;
        pairs of too few periods or of a column that never changes are left out.
    """
    names = list(changes.columns)
    values = changes.to_numpy(dtype=float)
    known = np.isfinite(values)

    @cache
    def parts(column: int, there: bytes) -> _Parts | None:
        return _parts_of(values[np.frombuffer(there, dtype=bool), column])

    rows = []
    for i, j in itertools.combinations(range(len(names)), 2):
        # Columns nearly always have the same periods: what a pair needs of each is worked out once.
        there = (known[:, i] & known[:, j]).tobytes()
        first, second = parts(i, there), parts(j, there)
        found = None if first is None or second is None else _pair(first, second)
        if found is not None:
            rows.append((names[i], names[j], *found))
    columns = ["a", "b", "r", "lower", "upper", "spearman", "spearman_lower", "spearman_upper",
               "n", "n_effective"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(same=[nearest_end(row) > SAME_FROM for row in table.to_dict("records")])


def nearest_end(pair: dict) -> float:
    """Return how strong the correlation is at least, by values and by ranks; 0 when unsure."""
    alike = min(pair["lower"], pair["spearman_lower"])
    opposite = min(-pair["upper"], -pair["spearman_upper"])
    return max(alike, opposite, 0.0)


class _Parts(NamedTuple):
    """What a correlation needs of one series: values and ranks of length 1, autocorrelations."""

    unit: Numbers
    rank_unit: Numbers
    autocorrelations: Numbers


def _parts_of(values: Numbers) -> _Parts | None:
    if len(values) < LEAST_POINTS or np.ptp(values) == 0:
        return None
    return _Parts(
        _unit(values), _unit(pd.Series(values).rank().to_numpy()), _autocorrelations(values)
    )


def _unit(values: Numbers) -> Numbers:
    centred = values - values.mean()
    return centred / np.sqrt((centred**2).sum())


def _pair(first: _Parts, second: _Parts) -> tuple[float, ...] | None:
    number = len(first.unit)
    size = _effective(number, first.autocorrelations, second.autocorrelations)
    if size <= _FISHER_LOSS + 1:
        return None
    r, rank = (
        min(1.0, max(-1.0, float(a @ b)))
        for a, b in ((first.unit, second.unit), (first.rank_unit, second.rank_unit))
    )
    wider = math.sqrt(1 + rank**2 / 2)
    return (r, *fisher_interval(r, size), rank, *fisher_interval(rank, size, wider), number, size)


def _effective(number: int, first: Numbers, second: Numbers) -> float:
    lags = np.arange(1, number // 4 + 1)
    worth = 1 + 2 * float(((1 - lags / number) * first * second).sum())
    return min(float(number), number / max(worth, 1 / number))


def _autocorrelations(values: Numbers) -> Numbers:
    """Return the autocorrelations up to a quarter of the length."""
    centred = values - values.mean()
    products = [(centred[lag:] * centred[:-lag]).sum() for lag in range(1, len(values) // 4 + 1)]
    return np.array(products) / (centred**2).sum()


def fisher_interval(r: float, size: float, wider: float = 1.0) -> tuple[float, float]:
    """Return the 95% interval of a correlation: tanh(atanh r -+ 1.96 wider / sqrt(size - 3)).

    Args:
        r: The correlation, -1 to 1; at either end the interval is that end.
        size: Independent pairs, more than 3.
        wider: Factor of the standard error.
    """
    if abs(r) >= 1:
        return r, r
    z = math.atanh(r)
    reach = _NORMAL_QUANTILE * wider / math.sqrt(size - _FISHER_LOSS)
    return math.tanh(z - reach), math.tanh(z + reach)
