"""How alike series change: correlations with their intervals, allowing for what runs on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
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

_COLUMNS = ["a", "b", "r", "lower", "upper", "spearman", "spearman_lower", "spearman_upper",
            "n", "n_effective"]  # fmt: skip


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
    names = np.array(changes.columns, dtype=object)
    values = np.ascontiguousarray(changes.to_numpy(dtype=float).T)
    known = np.isfinite(values)
    values = np.where(known, values, np.nan)
    first, second = np.triu_indices(len(names), 1)
    together = known[first] & known[second]
    _, kinds, which = np.unique(
        np.packbits(together, axis=1), axis=0, return_index=True, return_inverse=True
    )
    found = [pd.DataFrame(columns=_COLUMNS[2:], dtype=float)]
    # Columns nearly always have the same periods: what a pair needs of each is worked out once.
    for kind, there in enumerate(together[kinds]):
        if np.count_nonzero(there) < LEAST_POINTS:
            continue
        pairs = np.flatnonzero(which.ravel() == kind)
        parts = _parts_of(values[:, there])
        own = _pairs(parts, first[pairs], second[pairs])
        found.append(own.set_axis(pairs[own.index.to_numpy()]))
    table = pd.concat([each for each in found if len(each)] or found).sort_index()
    at = table.index.to_numpy(dtype=int)
    table.insert(0, "a", names[first[at]])
    table.insert(1, "b", names[second[at]])
    return table.reset_index(drop=True).assign(same=nearest_end(table) > SAME_FROM)


def nearest_end(pairs: Mapping | pd.DataFrame) -> Numbers:
    """Return how strong correlations are at least, by values and by ranks; 0 when unsure."""
    alike = np.minimum(pairs["lower"], pairs["spearman_lower"])
    opposite = np.minimum(-pairs["upper"], -pairs["spearman_upper"])
    return np.maximum(np.maximum(alike, opposite), 0.0)


class _Parts(NamedTuple):
    """What correlations need of series: values and ranks of length 1, autocorrelations.

    Each (series, ...); NaN of a series with a gap, or that never changes.
    """

    unit: Numbers
    rank_unit: Numbers
    autocorrelations: Numbers


def _parts_of(values: Numbers) -> _Parts:
    number = values.shape[1]
    with np.errstate(invalid="ignore"):
        changing = np.ptp(values, axis=1) > 0
    shapes = number, number, number // 4
    found = _Parts(*(np.full((len(values), each), np.nan) for each in shapes))
    own = np.ascontiguousarray(values[changing])
    found.unit[changing] = _unit(own)
    found.rank_unit[changing] = _unit(pd.DataFrame(own.T).rank().to_numpy().T)
    found.autocorrelations[changing] = _autocorrelations(own)
    return found


def _unit(values: Numbers) -> Numbers:
    centred = values - values.mean(axis=1, keepdims=True)
    return centred / np.sqrt((centred**2).sum(axis=1, keepdims=True))


def _pairs(parts: _Parts, first: NDArray, second: NDArray) -> pd.DataFrame:
    """Return the correlations of pairs that have enough in effect, by place of the pair."""
    number = parts.unit.shape[1]
    size = _effective(number, parts.autocorrelations[first], parts.autocorrelations[second])
    enough = size > _FISHER_LOSS + 1
    size, first, second = size[enough], first[enough], second[enough]
    r, rank = (
        np.clip((unit[first] * unit[second]).sum(axis=1), -1.0, 1.0)
        for unit in (parts.unit, parts.rank_unit)
    )
    ends = *fisher_interval(r, size), *fisher_interval(rank, size, np.sqrt(1 + rank**2 / 2))
    columns = r, ends[0], ends[1], rank, ends[2], ends[3], np.full(len(r), number), size
    table = dict(zip(_COLUMNS[2:], columns, strict=True))
    return pd.DataFrame(table, index=np.flatnonzero(enough))


def _effective(number: int, first: Numbers, second: Numbers) -> Numbers:
    lags = np.arange(1, number // 4 + 1)
    worth = 1 + 2 * ((1 - lags / number) * first * second).sum(axis=1)
    return np.minimum(number, number / np.maximum(worth, 1 / number))


def _autocorrelations(values: Numbers) -> Numbers:
    """Return the autocorrelations up to a quarter of the length."""
    centred = values - values.mean(axis=1, keepdims=True)
    lags = range(1, values.shape[1] // 4 + 1)
    products = [(centred[:, lag:] * centred[:, :-lag]).sum(axis=1) for lag in lags]
    return np.array(products).T / (centred**2).sum(axis=1, keepdims=True)


def fisher_interval(
    r: ArrayLike, size: ArrayLike, wider: ArrayLike = 1.0
) -> tuple[Numbers, Numbers]:
    """Return the 95% interval of correlations: tanh(atanh r -+ 1.96 wider / sqrt(size - 3)).

    Args:
        r: The correlations, -1 to 1; at either end the interval is that end.
        size: Independent pairs, more than 3.
        wider: Factor of the standard error.
    """
    known = np.asarray(r, dtype=float)
    reach = _NORMAL_QUANTILE * np.asarray(wider) / np.sqrt(np.asarray(size) - _FISHER_LOSS)
    with np.errstate(divide="ignore"):
        z = np.arctanh(known)
    # At either end atanh is infinite, and whatever is added to it leaves the end.
    return np.tanh(z - reach), np.tanh(z + reach)
