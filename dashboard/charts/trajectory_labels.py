"""The points of a target's trajectory that are labelled, and where their labels stand."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.charts.drawing import Drawing
from dashboard.charts.labels import label_point
from dashboard.charts.wording import Unit, month_text, number_text, places_of_small

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
    path, actual = (
        list(months[["month", column]].dropna().itertuples(index=False, name=None))
        for column in ("path", "actual")
    )
    now = actual[-1] if actual else None
    path_now = None if now is None else dict(path).get(now[0])
    return Points(path[0] if path else None, goal or (path[-1] if path else None), now, path_now)


def label_points(
    drawing: Drawing,
    months: pd.DataFrame,
    points: Points,
    unit: Unit,
    span: Span,
    *,
    baseline_name: str,
    compact: bool,
) -> None:
    """Write the latest figure, the goal and the baseline beside their points, and "Path" on it.

    Args:
        drawing: Where they are written.
        months: month (Timestamp) and path.
        points: Of `points_of`.
        unit: Of the figures.
        span: First and last month of the axis.
        baseline_name: Period of the baseline.
        compact: True for the latest figure and the goal alone, without their months.
    """
    is_over = points.now is None or points.path_now is None or points.now[1] >= points.path_now
    start = None if compact or points.baseline == points.goal else points.baseline
    for name, point, above in (
        ("Now", points.now, is_over),
        ("Goal", points.goal, not is_over),
        ("Baseline", start, not is_over),
    ):
        if point is None:
            continue
        level = number_text(point[1], unit, places=places_of_small(point[1], unit))
        when = baseline_name if point is start else month_text(point[0])
        text = f"<b>{name} {level}</b>{'' if compact else f'<br>{when}'}"
        label_point(drawing, point, text, span, above=above)
    if start is not None:
        # On the side where the goal's label is not, farther from the latest figure's.
        path = months.dropna(subset=["path"])
        places = [path.iloc[round(share * (len(path) - 1))] for share in PLACES_OF_PATH]
        now = points.now[0] if points.now else span[0]
        place = max(places, key=lambda row: abs(row["month"] - now))
        label_point(drawing, (place["month"], float(place["path"])), "Path", span, above=is_over)
