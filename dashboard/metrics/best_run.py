"""The best run of months on record, to set beside what a target needs from here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR, Window, later, month_at
from dashboard.metrics.polarity import is_at_least_as_good
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.windows import month_ordinals


@dataclass(frozen=True)
class BestRun:
    """The best run of so many months in a row that a series holds."""

    mean: float | None
    """Events a month in that run; None when the record holds no run without a gap."""
    window: Window | None
    """When it was; the latest of equals."""
    runs: int
    """How many runs it is the best of."""
    reason: str = ""

    def label(self) -> str:
        """In words: "455 a month in January to July 2009"; "" without one."""
        if self.mean is None or self.window is None:
            return ""
        return f"{in_words_number(self.mean)} a month in {self.window.label()}"


def run_means(counts: ArrayLike, months: int) -> NDArray:
    """Return the mean of every run of so many months, of many series at once.

    Args:
        counts: (..., periods), one a month; NaN where missing.
        months: length of the runs, 1 or more.

    Returns:
        (..., periods - months + 1), by the month that each run begins; NaN where a month of it is
        missing; none along the last axis where the series are shorter than a run.

    Raises:
        ValueError: months is under 1.
    """
    if months < 1:
        raise ValueError(f"a run has 1 month or more, not {months}")
    table = np.asarray(counts, dtype=float)
    if table.shape[-1] < months:
        return np.empty((*table.shape[:-1], 0))
    return sliding_window_view(table, months, axis=-1).mean(axis=-1)


def best_run(
    series: pd.DataFrame,
    months: int,
    as_at: pd.Period,
    lower_is_better: bool,
    ends_in: int | None = None,
) -> BestRun:
    """Return the best run of so many months up to a month.

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
    nothing = BestRun(None, None, 0, f"no {months} months in a row on record")
    if not len(ordinals):
        return nothing
    counts = np.full(int(ordinals.max() - ordinals.min()) + 1, np.nan)
    counts[ordinals - ordinals.min()] = monthly["value"].to_numpy(dtype=float)
    means = run_means(counts, months)
    last = np.arange(len(means)) + int(ordinals.min()) + months - 1
    if ends_in is not None:
        # Months are counted from a January, so that the remainder is the calendar month.
        means = np.where(last % MONTHS_A_YEAR + 1 == ends_in, means, np.nan)
    if not np.isfinite(means).any():
        return nothing
    best = np.nanmin(means) if lower_is_better else np.nanmax(means)
    end = month_at(int(last[np.flatnonzero(means == best)[-1]]))
    window = Window(later(end, 1 - months), end)
    return BestRun(float(best), window, int(np.isfinite(means).sum()))


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
