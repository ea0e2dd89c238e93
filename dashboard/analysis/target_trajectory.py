"""From a baseline to a goal: the path, where the figures are on it, and what is needed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import (
    WAVE,
    baseline_window,
    day_published,
    level_over,
    levels_by_month,
    year_to,
)
from dashboard.analysis.question import IndicatorAnswer
from dashboard.analysis.rows import Target
from dashboard.analysis.target_path import seen_with_target, target_path_in
from dashboard.metrics.goals import Needed, closing_month, needed_from_here
from dashboard.metrics.periods import parse_month
from dashboard.metrics.reasons import Reasons
from dashboard.metrics.trajectory import path_level_at
from dashboard.metrics.windows import WindowTotal
from dashboard.store.cache import cached_per_build


@dataclass(frozen=True, kw_only=True)
class TargetAnswer(IndicatorAnswer):
    """What every answer about one target says of it."""

    target_id: str
    unit: str
    kind: str
    target: float | None
    """The level that meets the goal; None when not given or not known."""
    due: str
    """Last day that counts, ISO; "" when not given."""
    lower_is_better: bool
    goal_is_illustrative: bool
    goal_is_given: bool
    """By the plan itself: neither left open nor made up."""

    def of_target(self) -> dict[str, Any]:
        """Return these fields, for another answer about the same target."""
        return {each.name: getattr(self, each.name) for each in fields(TargetAnswer)}


@dataclass(frozen=True, kw_only=True)
class TrajectoryAnswer(TargetAnswer):
    """A target with its path and the figures beside it.

    Levels are twelve-month totals (or rates of them) for what is counted, and the latest value
    for percentages and stocks.
    """

    JSON = """
        indicator area as_at target_id kind baseline_period baseline goal goal_stated?
        target target_percent due? path_kind path=path_and_actual path_now
        actual_now=actual_now.value needed_per_month=needed.per_month needed=needed_in_words
        illustrative goal_is_illustrative goal_is_given closed
    """

    goal: str
    goal_number: float | None
    goal_stated: str
    baseline_period: str
    baseline: float | None
    baseline_reason: Reasons
    path_kind: str
    path: pd.DataFrame
    """month (Period[M]), level; empty where there is no path."""
    path_now: float | None
    seasonal: pd.DataFrame
    """Seasonal paths only: month, level (of the month), cumulative (since April)."""
    actual: pd.DataFrame
    """month (Period[M]), level."""
    actual_now: WindowTotal
    needed: Needed | None
    """What is needed a month from here; None for rates, percentages and ranks."""
    published: str
    closed: str
    """The last month of a plan that is over, "2011-03": the target is history; "" while it is open.
    """

    @property
    def target_percent(self) -> float | None:
        """The goal as a change in percent; None where it is another kind of goal."""
        return self.goal_number if self.goal == "relative_change" else None

    @property
    def path_and_actual(self) -> list[dict[str, object]]:
        """Each month of the path, with the level that was reached."""
        actual = dict(zip(self.actual["month"], self.actual["level"], strict=True))
        return [
            {"month": month, "path": level, "actual": actual.get(month)}
            for month, level in zip(self.path["month"], self.path["level"], strict=True)
        ]


@cached_per_build
def path_of(view: AreaView, indicator: str, target: str = "") -> TrajectoryAnswer:
    """Return the trajectory of an indicator's target alone; see `trajectory_in`."""
    return trajectory_in(*seen_with_target(view, indicator, target))


def trajectory_in(view: AreaView, target: Target, as_at: pd.Period) -> TrajectoryAnswer:
    """Return the trajectory of one target; see `trajectory`.

    It is as at the month shown, or as at its last month where that is over: later figures say
    nothing of a target that was due, or whose plan is over.
    """
    indicator = target.indicator_id
    view, as_at, _, closed = seen_at(view, target, as_at)
    about = view.indicator(indicator)
    baseline, level, path, seasonal = target_path_in(view, target)
    return TrajectoryAnswer(
        **view.header(as_at, indicator),
        target_id=target.target_id,
        unit=about.unit,
        kind=target.kind,
        goal=target.goal,
        goal_number=target.goal_number,
        goal_stated=target.goal_stated,
        baseline_period=target.baseline_period,
        baseline=baseline.value,
        baseline_reason=baseline.why,
        target=level,
        due="" if target.due is None else target.due.isoformat(),
        path_kind=target.path,
        path=path,
        path_now=path_level_at(path, as_at) if len(path) else None,
        seasonal=seasonal,
        actual=levels_by_month(view, indicator),
        actual_now=level_over(view, indicator, year_to(as_at)),
        needed=None if closed is not None else _needed(view, target, level, as_at),
        lower_is_better=about.lower_is_better,
        goal_is_illustrative=target.illustrative,
        goal_is_given=target.goal_is_given,
        published=day_published(view.series(indicator), as_at),
        closed="" if closed is None else str(closed),
    )


class SeenTarget(NamedTuple):
    """A target as at a month: what it is judged by."""

    view: AreaView
    """The area, with the series that stood for the indicator when the target was due."""
    as_at: pd.Period
    """The end of the indicator's own latest period by the month that it is judged by."""
    judged: pd.Period
    """The month shown, or the target's last month where that is over."""
    closed: pd.Period | None
    """The last month of a plan that is over; None while it is open."""


def seen_at(view: AreaView, target: Target, as_at: pd.Period) -> SeenTarget:
    """Return what a target is judged by as at a month."""
    closed = closing_month(str(view.plan["period"]), as_at, target.due)
    last = closed if target.due is None else parse_month(target.due)
    judged = as_at if last is None or as_at.ordinal < last.ordinal else last
    view = view.at(judged) if judged.ordinal < as_at.ordinal else view
    view = _measured(view, target)
    view, own = view.own_period(target.indicator_id, judged)
    return SeenTarget(view, own, judged, closed)


def _measured(view: AreaView, target: Target) -> AreaView:
    """Return the view on the series that a target is measured in.

    It is the first, in the headline's order, whose figures hold the whole baseline: figures of
    other years that come beside them change no verdict. The headline where none does.
    """
    known = view.all_series(target.indicator_id)
    window = baseline_window(target.baseline_period)
    if view.series_asked or window is None or len(known) < 2:  # noqa: PLR2004 (there is a choice)
        return view
    for each in known:
        seen = view if each is known[0] else replace(view, series_asked=each.id)
        if level_over(seen, target.indicator_id, window).value is not None:
            return seen
    return view


def _needed(view: AreaView, target: Target, level: float | None, as_at: pd.Period) -> Needed | None:
    """Return what is needed a month from here; None for rates, percentages and ranks."""
    about, due = view.indicator(target.indicator_id), target.due
    if not about.is_count or target.goal in ("rank", "not_given") or due is None:
        return None
    series = view.counted(target.indicator_id)
    return needed_from_here(series, level, due, as_at, about.lower_is_better)


def is_wave(baseline_period: str) -> bool:
    """Return whether a baseline is a wave of a survey."""
    return baseline_period.startswith(WAVE)
