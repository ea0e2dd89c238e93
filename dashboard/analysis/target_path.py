"""Which target a question is about; its baseline, goal and path, the same as at every month."""

from __future__ import annotations

import json
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.levels import baseline_window, level_over
from dashboard.analysis.rows import Target
from dashboard.metrics.goals import goal_level
from dashboard.metrics.reasons import Because, because
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

NO_PATH = pd.DataFrame({"month": pd.PeriodIndex([], freq="M"), "level": pd.Series(dtype=float)})


def choose_target(view: AreaView, indicator: str, target: str = "") -> Target:
    """Return a target of an indicator: the one named, or the first of the plan.

    Raises:
        UnknownChoiceError: There is no such indicator or target.
        NoFiguresError: The plan sets no target on the indicator.
    """
    title = view.indicator(indicator).title
    own = {each.target_id: each for each in view.targets_on(indicator)}
    if not own:
        raise NoFiguresError(f"the plan sets no target on {title} for {view.area_name}")
    if target and target not in own:
        raise UnknownChoiceError("target", target, own)
    return own[target or next(iter(own))]


def seen_with_target(
    view: AreaView, indicator: str, target: str = ""
) -> tuple[AreaView, Target, pd.Period]:
    """Return the area, the target chosen and the last month that counts.

    That is the view's month, or the latest with figures of the indicator, or else of anything; see
    `choose_target` for the errors.
    """
    chosen = choose_target(view, indicator, target)
    try:
        return view, chosen, view.as_at or view.latest_month(indicator)
    except NoFiguresError:
        return view, chosen, view.latest_month()


class TargetPath(NamedTuple):
    """A target's baseline, goal and path."""

    baseline: WindowTotal
    goal: float | None
    """The level that meets it; None when not given or not known."""
    path: pd.DataFrame
    """month (Period[M]), level; empty where there is no path."""
    seasonal: pd.DataFrame
    """Seasonal paths only: month, level (of the month), cumulative (since April)."""


@cached_per_build
def target_path_in(view: AreaView, target: Target) -> TargetPath:
    """Return the baseline, goal and path of one of the targets of an area's plan."""
    baseline = _baseline(view, target)
    level = goal_level(target.goal, target.goal_number, baseline.value)
    return TargetPath(baseline, level, *_path(view, target, baseline.value, level))


def _baseline(view: AreaView, target: Target) -> WindowTotal:
    """Return the baseline: as the plan states it, or else computed from the figures."""
    if target.baseline_value is not None:
        return WindowTotal(target.baseline_value)
    window = baseline_window(target.baseline_period)
    if window is None:
        return WindowTotal(None, why=because(Because.BASELINE_NOT_GIVEN))
    return level_over(view, target.indicator_id, window)


def _path(
    view: AreaView, target: Target, baseline: float | None, level: float | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the path of yearly levels, and the months of a seasonal one."""
    none = NO_PATH.assign(cumulative=pd.Series(dtype=float))
    if target.path == "steps":
        return _steps(view, target, baseline), none
    start = baseline_window(target.baseline_period)
    if baseline is None or level is None or start is None or target.due is None:
        return NO_PATH, none
    if target.due <= start.last_day:
        return NO_PATH, none
    path = straight_path(baseline, start.last_month, level, target.due)
    if target.path != "seasonal":
        return path, none
    shares = month_shares(view.counted(target.indicator_id), start.last_month + 1)
    if not shares.shares:
        return path, none
    years = annual_levels(path)
    years.pop(start.label(), None)
    return path, pd.concat(
        [none, *(seasonal_path(total, shares, year) for year, total in years.items())],
        ignore_index=True,
    )


def _steps(view: AreaView, target: Target, baseline: float | None) -> pd.DataFrame:
    """Return the path of a target with a level for each year."""
    levels = json.loads(target.steps)
    about = view.indicator(target.indicator_id)
    if not about.counts_events:
        return stepped_path(levels)
    start = baseline_window(target.baseline_period)
    is_known = start is not None and baseline is not None
    return stepped_totals(levels, (start.last_month, baseline) if is_known else None)
