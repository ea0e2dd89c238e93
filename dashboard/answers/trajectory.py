"""From a baseline to a goal: the path, where the figures are on it, and what is needed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.answers.levels import (
    WAVE,
    baseline_window,
    counted,
    level_over,
    levels_by_month,
    year_to,
)
from dashboard.answers.picture import NoFiguresError, Picture, UnknownChoiceError
from dashboard.metrics.goals import Needed, goal_level, needed_from_here
from dashboard.metrics.periods import Window, parse_month
from dashboard.metrics.rounding import as_number
from dashboard.metrics.trajectory import (
    annual_levels,
    month_shares,
    path_level_at,
    seasonal_path,
    stepped_path,
    straight_path,
)
from dashboard.metrics.windows import WindowTotal
from dashboard.warehouse import Warehouse

_PROMISE = (
    "indicator_id", "baseline_period", "baseline_value", "goal", "goal_number", "due", "path",
    "steps",
)  # fmt: skip
"""Columns of a target that its baseline and path hang on."""
NO_PATH = pd.DataFrame({"month": pd.PeriodIndex([], freq="M"), "level": pd.Series(dtype=float)})


@dataclass(frozen=True)
class TrajectoryAnswer:
    """A target with its path and the figures beside it.

    Levels are twelve-month totals (or rates of them) for what is counted, and the latest value
    for percentages and stocks.
    """

    target_id: str
    indicator: str
    title: str
    unit: str
    area: str
    area_name: str
    as_at: str
    kind: str
    goal: str
    goal_number: float | None
    goal_stated: str
    baseline_period: str
    baseline: float | None
    baseline_reason: str
    target: float | None
    """The level that meets the goal; None when not given or not known."""
    due: str
    """Last day that counts, ISO; "" when not given."""
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
    lower_is_better: bool
    illustrative: bool
    goal_is_illustrative: bool
    published: str

    def to_dict(self) -> dict[str, object]:
        """Return plain values, for JSON."""
        actual = {
            str(m): v for m, v in zip(self.actual["month"], self.actual["level"], strict=True)
        }
        return {
            "indicator": self.indicator,
            "area": self.area,
            "as_at": self.as_at,
            "target_id": self.target_id,
            "kind": self.kind,
            "baseline_period": self.baseline_period,
            "baseline": self.baseline,
            "goal": self.goal,
            "goal_stated": self.goal_stated or "not given",
            "target": self.target,
            "target_percent": self.goal_number if self.goal == "relative_change" else None,
            "due": self.due or "not given",
            "path_kind": self.path_kind,
            "path": [
                {"month": str(month), "path": level, "actual": actual.get(str(month))}
                for month, level in zip(self.path["month"], self.path["level"], strict=True)
            ],
            "path_now": self.path_now,
            "actual_now": self.actual_now.value,
            "needed_per_month": self.needed.per_month if self.needed else None,
            "needed": self.needed.sentence() if self.needed else "",
            "illustrative": self.illustrative,
            "goal_is_illustrative": self.goal_is_illustrative,
        }


def trajectory(
    warehouse: Warehouse,
    indicator: str,
    *,
    area: str = "",
    plan: str = "",
    as_at: str = "",
    target: str = "",
) -> TrajectoryAnswer:
    """Return the trajectory of an indicator's target.

    Args:
        warehouse: A published database.
        indicator: An indicator id.
        area: An area code; "" for the plan's own.
        plan: A plan id; "" for the area's, or the first.
        as_at: The last month that counts; "" for the latest with figures.
        target: A target id; "" for the indicator's principal target, the first of the plan.

    Raises:
        UnknownChoiceError: No such plan, area, indicator or target.
        NoFiguresError: The plan sets no target on the indicator.
        ValueError: as_at is not a month.
    """
    picture = Picture.of(warehouse, plan, area)
    chosen = choose_target(picture, indicator, target)
    month = parse_month(as_at) if as_at else latest_of(picture, indicator)
    return trajectory_in(picture, chosen, month)


def choose_target(picture: Picture, indicator: str, target: str = "") -> pd.Series:
    """Return a target of an indicator: the one named, or the first of the plan.

    Raises:
        UnknownChoiceError: There is no such indicator or target.
        NoFiguresError: The plan sets no target on the indicator.
    """
    title = picture.indicator(indicator)["title"]
    own = picture.targets[picture.targets["indicator_id"].eq(indicator)]
    if own.empty:
        raise NoFiguresError(f"the plan sets no target on {title} for {picture.area_name}")
    if target and target not in set(own["target_id"]):
        raise UnknownChoiceError("target", target, own["target_id"])
    return own[own["target_id"].eq(target)].iloc[0] if target else own.iloc[0]


def trajectory_in(picture: Picture, target: pd.Series, as_at: pd.Period) -> TrajectoryAnswer:
    """Return the trajectory of one target; see `trajectory`."""
    indicator = str(target["indicator_id"])
    about = picture.indicator(indicator)
    series = picture.series(indicator)
    baseline, level, path, seasonal = _promised(picture, target)
    is_counted = about["unit"] == "count" and about["aggregation"] == "sum"
    has_level_goal = target["goal"] not in ("rank", "not_given")
    due = due_of(target)
    return TrajectoryAnswer(
        target_id=str(target["target_id"]),
        indicator=indicator,
        title=str(about["title"]),
        unit=str(about["unit"]),
        area=picture.area_code,
        area_name=picture.area_name,
        as_at=str(as_at),
        kind=str(target["kind"]),
        goal=str(target["goal"]),
        goal_number=as_number(target["goal_number"]),
        goal_stated=str(target["goal_stated"]),
        baseline_period=str(target["baseline_period"]),
        baseline=baseline.value,
        baseline_reason=baseline.reason,
        target=level,
        due="" if due is None else due.isoformat(),
        path_kind=str(target["path"]),
        path=path,
        path_now=path_level_at(path, as_at) if len(path) else None,
        seasonal=seasonal,
        actual=levels_by_month(picture, indicator),
        actual_now=level_over(picture, indicator, year_to(as_at)),
        needed=needed_from_here(counted(series), level, due, as_at, bool(about["lower_is_better"]))
        if is_counted and has_level_goal and due is not None
        else None,
        lower_is_better=bool(about["lower_is_better"]),
        illustrative=bool(series["illustrative"].any()),
        goal_is_illustrative=bool(target["illustrative"]),
        published="" if series.empty else str(pd.to_datetime(series["published"]).max().date()),
    )


def due_of(target: pd.Series) -> date | None:
    """Return the last day that counts for a target; None when it is not given."""
    due = target["due"]
    return None if pd.isna(due) else date.fromisoformat(str(due)[:10])


def _promised(
    picture: Picture, target: pd.Series
) -> tuple[WindowTotal, float | None, pd.DataFrame, pd.DataFrame]:
    """Return baseline, goal and path, which are the same whatever month they are looked at."""
    key = ("promised", *(str(target.get(column)) for column in _PROMISE))
    if key not in picture.kept:
        baseline = _baseline(picture, target)
        level = goal_level(target["goal"], as_number(target["goal_number"]), baseline.value)
        paths = _path(picture, target, baseline.value, level)
        picture.kept[key] = (baseline, level, *paths)
    return picture.kept[key]


def _baseline(picture: Picture, target: pd.Series) -> WindowTotal:
    """Return the baseline: as the plan states it, or else computed from the figures."""
    stated = as_number(target["baseline_value"])
    if stated is not None:
        return WindowTotal(stated)
    window = baseline_window(str(target["baseline_period"]))
    if window is None:
        return WindowTotal(None, reason="the baseline is not given")
    return level_over(picture, str(target["indicator_id"]), window)


def _path(
    picture: Picture, target: pd.Series, baseline: float | None, level: float | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the path of yearly levels, and the months of a seasonal one."""
    none = NO_PATH.assign(cumulative=pd.Series(dtype=float))
    if target["path"] == "steps":
        return stepped_path(json.loads(target["steps"])), none
    start = baseline_window(str(target["baseline_period"]))
    due = due_of(target)
    if baseline is None or level is None or start is None or due is None:
        return NO_PATH, none
    if due <= start.last_day:
        return NO_PATH, none
    path = straight_path(baseline, start.last_month, level, due)
    if target["path"] != "seasonal":
        return path, none
    shares = month_shares(
        counted(picture.series(str(target["indicator_id"]))), start.last_month + 1
    )
    if not shares.shares:
        return path, none
    years = annual_levels(path)
    years.pop(start.label(), None)
    return path, pd.concat(
        [none, *(seasonal_path(total, shares, year) for year, total in years.items())],
        ignore_index=True,
    )


def latest_of(picture: Picture, indicator: str) -> pd.Period:
    """Return the latest month with figures of the indicator, or else of anything."""
    try:
        return picture.latest_month(indicator)
    except NoFiguresError:
        return picture.latest_month()


def is_wave(baseline_period: str) -> bool:
    """Return whether a baseline is a wave of a survey."""
    return baseline_period.startswith(WAVE)


__all__ = [
    "TrajectoryAnswer",
    "Window",
    "choose_target",
    "is_wave",
    "latest_of",
    "trajectory",
    "trajectory_in",
]
