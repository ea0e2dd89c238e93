"""Levels of many paths at once; `trajectory.py` and `year_path.py` draw one path as a frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR


def straight_levels(
    baseline_level: ArrayLike,
    baseline_end: ArrayLike,
    goal_level: ArrayLike,
    due: ArrayLike,
    at: ArrayLike,
) -> NDArray:
    """What straight paths ask for in a month.

    baseline + (goal - baseline) * (at - baseline_end) / (due - baseline_end), months; what
    :func:`~dashboard.metrics.trajectory.path_level_at` gives of
    :func:`~dashboard.metrics.trajectory.straight_path` and of a survey's path.

    Args:
        baseline_level: total of the baseline's twelve months, or the percentage of its wave.
        baseline_end: ordinal of the baseline's last month (`windows.month_ordinals`).
        goal_level: of the due year, or wave.
        due: ordinal of the due month.
        at: ordinal of the month asked for.

    Returns:
        Array of the common shape; NaN before a path begins, the goal after it ends, NaN where a
        level is missing.

    Raises:
        ValueError: a due month is not after the end of its baseline.
    """
    first, last, month = (np.asarray(each, dtype=float) for each in (baseline_end, due, at))
    if (last <= first).any():
        raise ValueError("a due month is not after the end of the baseline")
    start, goal = np.asarray(baseline_level, dtype=float), np.asarray(goal_level, dtype=float)
    share = np.minimum((month - first) / (last - first), 1.0)
    # As a mean of both ends, so that the goal itself comes out in the due month.
    level = (1 - share) * start + share * goal
    return np.where(share >= 0, level, np.nan)[()]


def shares_of_months(counts: ArrayLike) -> NDArray:
    """Each calendar month's share of the events of whole years, of many series.

    As :func:`~dashboard.metrics.trajectory.month_shares`, of months side by side.

    Args:
        counts: (..., years x 12), the first one an April (or any month that years begin with).

    Returns:
        (..., 12), each adding up to 1; NaN where one of the months is missing or none has an event.

    Raises:
        ValueError: the months are not whole years.
    """
    table = np.asarray(counts, dtype=float)
    if table.shape[-1] == 0 or table.shape[-1] % MONTHS_A_YEAR:
        raise ValueError(f"shares are of whole years, not of {table.shape[-1]} months")
    by_month = table.reshape(*table.shape[:-1], -1, MONTHS_A_YEAR).sum(axis=-2)
    total = by_month.sum(axis=-1, keepdims=True)
    return by_month / np.where(total > 0, total, np.nan)


def spread_over_months(annual_level: ArrayLike, shares: ArrayLike | None = None) -> NDArray:
    """Years' levels spread over their months.

    Add them up along the last axis for the sum since the year began.

    Args:
        annual_level: events that each path allows the year, any shape.
        shares: (..., 12) of the months in order; None for a twelfth each.

    Returns:
        (..., 12), adding up to the annual level.
    """
    parts = np.full(MONTHS_A_YEAR, 1 / MONTHS_A_YEAR) if shares is None else np.asarray(shares)
    return np.asarray(annual_level, dtype=float)[..., None] * parts
