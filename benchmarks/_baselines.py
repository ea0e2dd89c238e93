"""Methods of others, each with the errors it made before: what the record is held against.

Seasonal naive needs nothing. AutoETS, AutoTheta, AutoCES and MSTL are those of statsforecast, and
the gradient-boosted trees of lightgbm: neither is installed with the product (statsforecast asks
for an older pandas). `pip install --target FOLDER -r benchmarks/baselines.txt`, then FOLDER behind
the environment's own packages on PYTHONPATH; without them these methods are left out.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._draws import Draws
from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.history import FEWEST_MONTHS, History

Array = NDArray[np.float64]
Points = Callable[[History], Array]
"""Expected counts of the next ``MOST_AHEAD`` months of n series: shape (n, ``MOST_AHEAD``)."""

MODELS = ("AutoETS", "AutoTheta", "AutoCES", "MSTL")
STATSFORECAST, LIGHTGBM = "statsforecast", "lightgbm"
MOST_AHEAD = 2 * MONTHS_A_YEAR
HELD_BACK = (24, 30, 36)
"""So many months before the last the method is fitted too, for the errors that it makes."""
THIRDS = 3
LEARNT_EVERY = 3
"""Months from one origin that the trees learn from to the next."""
SEED = 20100401


@dataclass(frozen=True)
class PooledErrors:
    """Expected totals, times what came over what was expected before, of series of like size."""

    totals: Callable[[int, int], Array]
    """Expected total of the months ``first`` to ``last`` ahead, shape (n,)."""
    ratios: Callable[[int, int], Array]
    """Shape (n, errors): what came of such a window over what was expected of it."""

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> Draws:
        """The total of the months ``first`` to ``last`` ahead; see `Fitted.project`."""
        expected = np.maximum(self.totals(first, last), 0.5)
        draws = np.rint(expected[:, None] * self.ratios(first, last))
        return Draws(np.broadcast_to(np.asarray(counted, dtype=float), len(draws)), draws)


def pooled(history: History, points: Points) -> PooledErrors:
    """A method of points, with the errors that it made from ``HELD_BACK`` earlier origins."""
    ahead = points(history)
    held = [back for back in HELD_BACK if len(history.months) - back >= FEWEST_MONTHS]
    if not held:
        raise ValueError("too short a history to know a method's errors")
    before = [points(_until(history, back)) for back in held]

    def ratios(first: int, last: int) -> Array:
        found = []
        for back, expected in zip(held, before, strict=True):
            came = history.counts[:, len(history.months) - back :][:, first - 1 : last].sum(axis=1)
            total = np.maximum(expected[:, first - 1 : last].sum(axis=1), 0.5)
            found.append(came / total)
        return of_like_size(np.column_stack(found), history.last_total(MONTHS_A_YEAR))

    return PooledErrors(lambda first, last: ahead[:, first - 1 : last].sum(axis=1), ratios)


def of_like_size(ratios: Array, size: Array) -> Array:
    """The errors of all series of each one's third by size: shape (n, errors)."""
    order = np.argsort(np.argsort(size, kind="stable"), kind="stable")
    third = order * THIRDS // len(size)
    levels = (np.arange(200) + 0.5) / 200
    by_third = [
        np.quantile(part, levels) if (part := ratios[third == each]).size else levels * 0 + 1
        for each in range(THIRDS)
    ]
    return np.vstack(by_third)[third]


def seasonal_naive(history: History) -> Array:
    """The same calendar month of the last twelve."""
    year = history.counts[:, -MONTHS_A_YEAR:]
    return np.hstack([year] * (MOST_AHEAD // MONTHS_A_YEAR))


def of_statsforecast(name: str) -> Points:
    """One of the models of statsforecast, a series at a time."""

    def points(history: History) -> Array:
        model = getattr(importlib.import_module("statsforecast.models"), name)
        fitted: Any = model(season_length=MONTHS_A_YEAR)
        return np.vstack([
            fitted.forecast(y=np.ascontiguousarray(counts), h=MOST_AHEAD)["mean"]
            for counts in history.counts
        ])  # fmt: skip

    return points


def boosted_trees(history: History) -> PooledErrors:
    """One gradient-boosted model of all series: the logarithm of a window over the usual total.

    It learns from every third month's origin whose windows came before the last six months known,
    and takes its errors from the windows that came in those.
    """
    lightgbm: Any = importlib.import_module("lightgbm")

    def learnt(first: int, last: int) -> tuple[Array, Array]:
        ends = len(history.months) - last
        origins = range(ends, FEWEST_MONTHS - 1, -LEARNT_EVERY)
        rows = [(_features(_until(history, len(history.months) - at), first, last),
                 _grown(history, at, first, last)) for at in origins]  # fmt: skip
        known, recent = rows[2:] or rows, rows[:2]
        model = lightgbm.LGBMRegressor(
            objective="l1", n_estimators=200, learning_rate=0.05, num_leaves=15,
            min_child_samples=40, random_state=SEED, n_jobs=1, verbose=-1,
        )  # fmt: skip
        model.fit(np.vstack([x for x, _ in known]), np.concatenate([y for _, y in known]))
        usual = history.last_total(MONTHS_A_YEAR) * (last - first + 1) / MONTHS_A_YEAR
        expected = usual * np.exp(model.predict(_features(history, first, last)))
        off = np.column_stack([np.exp(y - model.predict(x)) for x, y in recent])
        return expected, of_like_size(off, history.last_total(MONTHS_A_YEAR))

    return PooledErrors(lambda *window: learnt(*window)[0], lambda *window: learnt(*window)[1])


def _features(history: History, first: int, last: int) -> Array:
    year = history.last_total(MONTHS_A_YEAR) + 0.5
    same = np.tile(history.counts[:, -MONTHS_A_YEAR:], 3)[:, first - 1 : last].sum(axis=1)
    before = history.counts[:, -2 * MONTHS_A_YEAR : -MONTHS_A_YEAR].sum(axis=1) + 0.5
    parts = [np.log((history.last_total(n) + 0.5) / year * MONTHS_A_YEAR / n) for n in (1, 3, 6)]
    share = np.log((same + 0.5) / year * MONTHS_A_YEAR / (last - first + 1))
    month = np.full(len(year), history.last_month.month)
    return np.column_stack([np.log(year), np.log(year / before), *parts, share, month])


def _grown(history: History, at: int, first: int, last: int) -> Array:
    year = history.counts[:, at - MONTHS_A_YEAR : at].sum(axis=1) + 0.5
    came = history.counts[:, at + first - 1 : at + last].sum(axis=1) + 0.5
    return np.log(came / year * MONTHS_A_YEAR / (last - first + 1))


def _until(history: History, back: int) -> History:
    """The history as it was so many months before its last."""
    end = len(history.months) - back
    return History(history.counts[:, :end], pd.PeriodIndex(history.months[:end]))


def fit_baselines(history: History) -> dict[str, PooledErrors]:
    """Fit every baseline whose library is there."""
    without = missing_libraries()
    found = {"seasonal naive": pooled(history, seasonal_naive)}
    if STATSFORECAST not in without:
        found |= {name: pooled(history, of_statsforecast(name)) for name in MODELS}
    if LIGHTGBM not in without:
        found["gradient-boosted trees"] = boosted_trees(history)
    return found


def missing_libraries() -> list[str]:
    """The libraries of baselines that are not there."""
    return [name for name in (STATSFORECAST, LIGHTGBM) if importlib.util.find_spec(name) is None]
