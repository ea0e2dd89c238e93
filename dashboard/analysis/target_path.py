"""A target's baseline, goal and path, which are the same as at every month."""

from __future__ import annotations

import json
from collections.abc import Hashable
from datetime import date
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import baseline_window, counted, level_over
from dashboard.metrics.goals import goal_level
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.rounding import as_number
from dashboard.metrics.trajectory import (
    annual_levels,
    month_shares,
    seasonal_path,
    stepped_path,
    stepped_totals,
    straight_path,
)
from dashboard.metrics.windows import WindowTotal
from dashboard.store.cache import cached_per_build

_TERMS = (
    "indicator_id", "baseline_period", "baseline_value", "goal", "goal_number", "due", "path",
    "steps",
)  # fmt: skip
"""Columns of a target that its baseline and path hang on."""
NO_PATH = pd.DataFrame({"month": pd.PeriodIndex([], freq="M"), "level": pd.Series(dtype=float)})


class TargetPath(NamedTuple):
    """A target's baseline, goal and path."""

    baseline: WindowTotal
    goal: float | None
    """The level that meets it; None when not given or not known."""
    path: pd.DataFrame
    """month (Period[M]), level; empty where there is no path."""
    seasonal: pd.DataFrame
    """Seasonal paths only: month, level (of the month), cumulative (since April)."""


def due_of(target: pd.Series) -> date | None:
    """Return the last day that counts for a target; None when it is not given."""
    due = target["due"]
    return None if pd.isna(due) else date.fromisoformat(str(due)[:10])


def target_path_in(view: AreaView, target: pd.Series) -> TargetPath:
    """Return the baseline, goal and path of a target.

    Args:
        view: The area under its plan.
        target: A row of its targets.
    """
    terms = (target.get(column) for column in _TERMS)
    return _path_of_terms(view, tuple(None if pd.isna(each) else each for each in terms))


@cached_per_build
def _path_of_terms(view: AreaView, terms: tuple[Hashable, ...]) -> TargetPath:
    target = pd.Series(dict(zip(_TERMS, terms, strict=True)), dtype=object)
    baseline = _baseline(view, target)
    level = goal_level(target["goal"], as_number(target["goal_number"]), baseline.value)
    return TargetPath(baseline, level, *_path(view, target, baseline.value, level))


def _baseline(view: AreaView, target: pd.Series) -> WindowTotal:
    """Return the baseline: as the plan states it, or else computed from the figures."""
    stated = as_number(target["baseline_value"])
    if stated is not None:
        return WindowTotal(stated)
    window = baseline_window(str(target["baseline_period"]))
    if window is None:
        return WindowTotal(None, why=because(Because.BASELINE_NOT_GIVEN))
    return level_over(view, str(target["indicator_id"]), window)


def _path(
    view: AreaView, target: pd.Series, baseline: float | None, level: float | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the path of yearly levels, and the months of a seasonal one."""
    none = NO_PATH.assign(cumulative=pd.Series(dtype=float))
    if target["path"] == "steps":
        return _steps(view, target, baseline), none
    start = baseline_window(str(target["baseline_period"]))
    due = due_of(target)
    if baseline is None or level is None or start is None or due is None:
        return NO_PATH, none
    if due <= start.last_day:
        return NO_PATH, none
    path = straight_path(baseline, start.last_month, level, due)
    if target["path"] != "seasonal":
        return path, none
    shares = month_shares(counted(view.series(str(target["indicator_id"]))), start.last_month + 1)
    if not shares.shares:
        return path, none
    years = annual_levels(path)
    years.pop(start.label(), None)
    return path, pd.concat(
        [none, *(seasonal_path(total, shares, year) for year, total in years.items())],
        ignore_index=True,
    )


def _steps(view: AreaView, target: pd.Series, baseline: float | None) -> pd.DataFrame:
    """Return the path of a target with a level for each year."""
    levels = json.loads(target["steps"])
    about = view.indicator(str(target["indicator_id"]))
    if about["unit"] == "percent" or about["aggregation"] != "sum":
        return stepped_path(levels)
    start = baseline_window(str(target["baseline_period"]))
    is_known = start is not None and baseline is not None
    return stepped_totals(levels, (start.last_month, baseline) if is_known else None)
