"""The points of a target's trajectory that are labelled, and where their labels stand."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.charts.drawing import Drawing
from dashboard.charts.labels import label_point
from dashboard.charts.wording import Unit, month_text, number_text, places_of_small
from dashboard.metrics.rounding import as_number

PLACES_OF_PATH = (0.75, 0.4)
"""Shares of the path at which it can be named."""

Point = tuple[pd.Timestamp, float]
Span = tuple[pd.Timestamp, pd.Timestamp]
"""First and last month of the axis."""


@dataclass(frozen=True)
class Points:
    """The points that are labelled; None for those that are not there."""

    baseline: Point | None
    goal: Point | None
    now: Point | None
    path_now: float | None


def points_of(months: pd.DataFrame, goal: Point | None) -> Points:
    """Return the points of a trajectory that are labelled.

    Args:
        months: month (Timestamp), path, actual; see `dashboard.charts.trajectory.trajectory`.
        goal: Due month and level; the end of the path when not given.
    """
    path, actual = months.dropna(subset=["path"]), months.dropna(subset=["actual"])
    if goal is None and not path.empty:
        goal = _point(path, "path", -1)
    now = _point(actual, "actual", -1) if not actual.empty else None
    path_now = None
    if now is not None:
        path_now = as_number(months.loc[months["month"].eq(now[0]), "path"].iloc[0])
    return Points(_point(path, "path", 0) if not path.empty else None, goal, now, path_now)


def _point(rows: pd.DataFrame, column: str, position: int) -> Point:
    row = rows.iloc[position]
    return row["month"], float(row[column])


def label_ends(
    drawing: Drawing,
    points: Points,
    unit: Unit,
    span: Span,
    *,
    compact: bool,
) -> None:
    """Write the latest figure and the goal beside their points."""
    over = _is_over_path(points)
    for name, point, above in (("Now", points.now, over), ("Goal", points.goal, not over)):
        if point is None:
            continue
        when = "" if compact else f"<br>{month_text(point[0])}"
        level = number_text(point[1], unit, places=places_of_small(point[1], unit))
        text = f"<b>{name} {level}</b>{when}"
        label_point(drawing, point, text, span, above=above)


def label_start(
    drawing: Drawing,
    months: pd.DataFrame,
    points: Points,
    unit: Unit,
    baseline_name: str,
    span: Span,
) -> None:
    """Write the baseline beside its point, and "Path" on the line; nothing without a baseline."""
    if points.baseline is None or points.baseline == points.goal:
        return
    over = _is_over_path(points)
    level = number_text(points.baseline[1], unit, places=places_of_small(points.baseline[1], unit))
    text = f"<b>Baseline {level}</b><br>{baseline_name}"
    label_point(drawing, points.baseline, text, span, above=not over)
    _label_path(drawing, months, points, span, above=over)


def _is_over_path(points: Points) -> bool:
    return points.now is None or points.path_now is None or points.now[1] >= points.path_now


def _label_path(
    drawing: Drawing,
    months: pd.DataFrame,
    points: Points,
    span: Span,
    *,
    above: bool,
) -> None:
    """Write "Path" on the dashed line, on the side where the goal's label is not.

    Of two places on the line it takes the one that is farther from the latest figure's label.
    """
    path = months.dropna(subset=["path"])
    places = [path.iloc[round(share * (len(path) - 1))] for share in PLACES_OF_PATH]
    now = points.now[0] if points.now else span[0]
    place = max(places, key=lambda row: abs(row["month"] - now))
    label_point(drawing, (place["month"], float(place["path"])), "Path", span, above=above)
