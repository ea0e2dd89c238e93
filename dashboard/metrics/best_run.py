"""The best run of months on record, to set beside what a target needs from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR, Window, later, month_at
from dashboard.metrics.polarity import is_at_least_as_good
from dashboard.metrics.window_rows import month_ordinals


@dataclass(frozen=True)
class BestRun:
    """The best run of so many months in a row that a series holds."""

    mean: float | None
    """Events a month in that run; None when the record holds no run without a gap."""
    window: Window | None
    """When it was; the latest of equals."""
    runs: int
    """How many runs it is the best of."""


class BestRuns(NamedTuple):
    """The best runs of many series."""

    mean: NDArray
    """Events a month; NaN where the record holds no run without a gap."""
    begins: NDArray
    """Place of its first month along the record, the latest of equals; -1 where there is none."""
    runs: NDArray
    """How many runs it is the best of."""


def best_runs(
    counts: ArrayLike, months: int, lower_is_better: bool, in_season: ArrayLike = True
) -> BestRuns:
    """Return the best run of so many months of each of many series.

    Args:
        counts: (..., periods), one a month; NaN where missing.
        months: length of the runs, 1 or more.
        lower_is_better: True for crimes.
        in_season: which months a run may end in, (periods,) or one for all.

    Returns:
        Arrays of shape (...).

    Raises:
        ValueError: months is under 1.
    """
    if months < 1:
        raise ValueError(f"a run has 1 month or more, not {months}")
    table = np.asarray(counts, dtype=float)
    if table.shape[-1] < months:
        table = np.full((*table.shape[:-1], months), np.nan)
    means = sliding_window_view(table, months, axis=-1).mean(axis=-1)
    ends = np.broadcast_to(np.asarray(in_season, dtype=bool), table.shape[-1:])
    means = np.where(ends[months - 1 :], means, np.nan)
    known = np.isfinite(means)
    worst = np.inf if lower_is_better else -np.inf
    held = np.where(known, means, worst)
    best = held.min(axis=-1, initial=worst) if lower_is_better else held.max(-1, initial=worst)
    runs = known.sum(axis=-1)
    is_best = known & (held == best[..., None])
    latest = np.where(is_best, np.arange(means.shape[-1]), -1).max(axis=-1, initial=-1)
    return BestRuns(np.where(runs > 0, best, np.nan)[()], latest, runs)


def best_run(
    series: pd.DataFrame,
    months: int,
    as_at: pd.Period,
    lower_is_better: bool,
    ends_in: int | None = None,
) -> BestRun:
    """Return the best run of so many months up to a month: :func:`best_runs` of one series.

    Args:
        series: one indicator of one area: period_start, period_kind, value; monthly rows count.
        months: length of the run, 1 or more.
        as_at: the last month that counts.
        lower_is_better: True for crimes.
        ends_in: only runs whose last month is this calendar month (1 to 12), so that the season is
            the same; None for any.
    """
    monthly = series[series["period_kind"].eq("month") & series["value"].notna()]
    ordinals = month_ordinals(monthly["period_start"])
    monthly, ordinals = monthly[ordinals <= as_at.ordinal], ordinals[ordinals <= as_at.ordinal]
    nothing = BestRun(None, None, 0)
    if not len(ordinals):
        return nothing
    counts = np.full(int(ordinals.max() - ordinals.min()) + 1, np.nan)
    counts[ordinals - ordinals.min()] = monthly["value"].to_numpy(dtype=float)
    first = int(ordinals.min())
    # Months are counted from a January, so that the remainder is the calendar month.
    calendar = (np.arange(len(counts)) + first) % MONTHS_A_YEAR + 1
    found = best_runs(
        counts, months, lower_is_better, True if ends_in is None else calendar == ends_in
    )
    if not found.runs:
        return nothing
    begins = month_at(first + int(found.begins))
    return BestRun(float(found.mean), Window(begins, later(begins, months - 1)), int(found.runs))


def has_been_done(needed: float, best: BestRun, lower_is_better: bool) -> bool | None:
    """Return whether the record holds a run at least as good as what is needed; None without one.

    Args:
        needed: events a month.
        best: the best run of the same length.
        lower_is_better: True for crimes.
    """
    if best.mean is None:
        return None
    return bool(is_at_least_as_good(best.mean, needed, lower_is_better))
