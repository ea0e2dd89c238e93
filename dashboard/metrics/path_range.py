"""The range of counts that chance alone gives around a path, and whether a count is outside it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.intervals import CONFIDENCE_95, Interval
from dashboard.metrics.projection.negative_binomials import NegativeBinomials

CONFIDENCE_80 = 0.8
"""The narrower of the two ranges shown: four years in five fall inside it by chance."""
POISSON = 1.0
"""Dispersion of a Poisson count: its variance is its mean."""


def count_range(
    expected: ArrayLike, dispersion: ArrayLike = POISSON, confidence: float = CONFIDENCE_95
) -> Interval:
    """Return the counts between which chance alone leaves a count of a given expectation.

    Quantiles (1 - confidence)/2 and (1 + confidence)/2 of a Poisson count of mean m, or with a
    dispersion f above 1, of a negative binomial count of mean m and variance f m, size
    m / (f - 1) and probability 1 / f (NB1; Cameron and Trivedi 2013, section 3.3). Sums of months
    of one dispersion have that dispersion, so that the ranges of a month and of a year agree.

    Args:
        expected: events that the path asks for, any shape; a missing or negative one has no range.
        dispersion: variance over mean (`dispersion.py` estimates it); below 1 counts as 1,
            and a missing one gives no range. Broadcasts with ``expected``.
        confidence: between 0 and 1.

    Returns:
        Whole counts; both 0 where nothing is expected.

    Raises:
        ValueError: the confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, not {confidence}")
    mean, wide = np.broadcast_arrays(
        np.asarray(expected, dtype=float), np.asarray(dispersion, dtype=float)
    )
    tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    return Interval(*(_quantile(tail, mean, wide)[()] for tail in tails))


def _quantile(tail: float, mean: NDArray, dispersion: NDArray) -> NDArray:
    known = np.where((mean > 0) & ~np.isnan(dispersion), mean, np.nan).ravel()
    counts = NegativeBinomials.single(known, known * np.maximum(dispersion, POISSON).ravel())
    return np.where(mean == 0, 0.0, counts.quantile(tail).reshape(mean.shape))


def is_beyond_chance(
    actual: ArrayLike, expected: ArrayLike, dispersion: ArrayLike = POISSON
) -> NDArray:
    """Return True where a count lies outside the 95% range around what was expected.

    Each side is tested at 2.5%; the expectation (the path) is taken as exact. Where the count,
    the expectation or the dispersion is missing, False: see that they are known first.
    """
    lower, upper = count_range(expected, dispersion)
    count = np.asarray(actual, dtype=float)
    return (count < lower) | (count > upper)


def range_of_path(
    path: pd.DataFrame, dispersion: float, events_per_unit: float = 1.0
) -> pd.DataFrame:
    """Return the 80% and 95% ranges around a path, month by month.

    Args:
        path: month, level.
        dispersion: variance of the counts over their mean.
        events_per_unit: events that one unit of the level is: 1 for counts, residents over the
            rate's base for rates.

    Returns:
        month, level, lower_95, lower_80, upper_80, upper_95, in the unit of the level.
    """
    events = path["level"].to_numpy(dtype=float) * events_per_unit
    wide, narrow = (
        count_range(events, dispersion, each) for each in (CONFIDENCE_95, CONFIDENCE_80)
    )
    limits = {
        "lower_95": wide.lower,
        "lower_80": narrow.lower,
        "upper_80": narrow.upper,
        "upper_95": wide.upper,
    }
    found = {name: np.asarray(limit) / events_per_unit for name, limit in limits.items()}
    return path[["month", "level"]].assign(**found)
