"""Periods that are left out of a series: single ones, and holes that part it in two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.window_rows import SURVEY_WAVE, read_rows, series_in

LONGEST_GAP = MONTHS_A_YEAR
"""Our own choice: with more months than these between two periods a series is parted there."""
REGULAR_FROM = 0.5
"""A series is regular where so large a share of its steps is equally long; surveys often are not.

Our own choice: with fewer than half alike there is no step that a reader would miss."""


def left_out(months: Sequence[int]) -> list[int]:
    """Return the months at which a figure would be expected between the first and the last.

    The step of a series is the one that it takes most often, the shorter of two as frequent. Where
    it begins with two steps or more of another, longer length, it was published less often then,
    and nothing is missing there. A series whose steps are mostly unlike has no month left out.

    Args:
        months: Of the figures, counted in months from any one (`Period.ordinal`); rising.

    Returns:
        In order; none of fewer than three figures, since one step alone says nothing.
    """
    at = np.asarray(months, dtype=int)
    steps = np.diff(at)
    if len(steps) < 2:  # noqa: PLR2004 - one step has none to be compared with
        return []
    lengths, counts = np.unique(steps, return_counts=True)
    usual = int(lengths[counts.argmax()])
    if counts.max() < REGULAR_FROM * len(steps):
        return []
    begin = _published_less_often(steps, usual)
    ends = zip(at[begin:-1], at[begin + 1 :], strict=True)
    return [int(month) for first, last in ends for month in range(first + usual, last, usual)]


def _published_less_often(steps: np.ndarray, usual: int) -> int:
    """Return how many steps at the beginning are of another length, all the same; 0 of one."""
    alike = int(np.argmax(np.append(steps, -1) != steps[0]))
    return alike if steps[0] > usual and alike > 1 else 0


def last_unbroken_run(figures: pd.DataFrame, up_to: pd.Period) -> pd.DataFrame:
    """Return the figures after the last hole of a series, of those that end by a month.

    A hole is more than `LONGEST_GAP` months between the end of a period and the start of the next.
    What comes before it says nothing of what comes after. Surveys come at no regular step and have
    no hole. A suppressed figure is one: its period is counted.

    Args:
        figures: Of one series: period_start, period_kind, value and, where known, suppression;
            where it has several kinds of period each has a run of its own.
        up_to: The last month that counts.

    Returns:
        Rows of the figures, in their order; those without a figure as far as they lie in the run.
    """
    known = figures["value"].notna()
    if "suppression" in figures:
        known |= figures["suppression"].fillna("").ne("")
    rows = read_rows(figures.assign(value=0.0), np.arange(len(figures)))
    place, _ = series_in(figures, ["period_kind"])
    past = rows.last <= up_to.ordinal
    counts = past & known.to_numpy(dtype=bool)
    run = np.zeros(len(figures), dtype=bool)
    run[counts] = in_last_run(place[counts], rows.first[counts], rows.last[counts])
    starts = pd.Series(rows.first[run]).groupby(place[run]).min()
    since = starts.reindex(place, fill_value=np.iinfo("int64").max).to_numpy()
    is_survey = figures["period_kind"].eq(SURVEY_WAVE).to_numpy(dtype=bool)
    return figures[past & (is_survey | (rows.first >= since))]


def in_last_run(place: NDArray, first: NDArray, last: NDArray) -> NDArray:
    """Return which periods come after the last hole of their series.

    Args:
        place: Of each period's series among the series; of one kind of period each.
        first: Month in which it begins, as an ordinal, in any order.
        last: Month in which it ends.
    """
    order = np.lexsort((first, place))
    place_, first_, last_ = place[order], first[order], last[order]
    is_same = place_[1:] == place_[:-1]
    is_hole = is_same & (first_[1:] - last_[:-1] - 1 > LONGEST_GAP)
    run = np.cumsum(np.append(0, ~is_same | is_hole))[: len(place)]
    last_run = pd.Series(run).groupby(place_).transform("max").to_numpy()
    found = np.empty(len(place), dtype=bool)
    found[order] = run == last_run
    return found
