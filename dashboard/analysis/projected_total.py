"""What a year is heading for: which twelve months are projected, and each as a row of figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.analysis.trajectory import TrajectoryAnswer
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import Window, financial_year_window, later
from dashboard.metrics.projection.history import Fitted, History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials

LONGEST = 36
"""Months ahead beyond which nothing is projected: the record is of two years."""
GOALS_OF_LEVEL = ("relative_change", "value", "minimum_count")
YEAR_END, DUE_DATE = "year end", "due date"


@dataclass(frozen=True)
class ProjectedTotal:
    """What a year is heading for, in the indicator's unit."""

    end: str
    """"year end" or "due date"."""
    period: str
    """The twelve months, in words."""
    last_month: str
    counted: float
    """So far, in the indicator's unit."""
    months_left: int
    mean: float
    median: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float
    goal: float | None
    """The target's level; for a year end before the due date None: it is not due then."""
    chance_met: float | None
    """P(target met), 0 to 1; None where the goal is no level or is not due then."""


def ends_of(as_at: pd.Period, due: pd.Period | None) -> tuple[dict[str, Window], str]:
    """Return the years to project, by what they end with; else why there is none.

    Args:
        as_at: The last month that counts.
        due: The month a target is due in; None when it is not given.
    """
    year = financial_year_window(later(as_at, 1))
    if due is None:
        return {YEAR_END: year}, ""
    if due.ordinal <= as_at.ordinal:
        return {}, "the due date has passed"
    if due.ordinal - as_at.ordinal > LONGEST:
        return {YEAR_END: year}, ""
    if due == year.last_month:
        return {DUE_DATE: year}, ""
    window = due_window(due)
    if due.ordinal < year.last_month.ordinal:
        return {DUE_DATE: window}, ""
    return {YEAR_END: year, DUE_DATE: window}, ""


def projected_total(
    end: str,
    window: Window,
    history: History,
    fitted: Fitted,
    unit: float,
    path: TrajectoryAnswer,
) -> ProjectedTotal:
    """Return one year's total as it is projected.

    Args:
        end: "year end" or "due date".
        window: Its twelve months.
        history: Of one series, up to the last month that counts.
        fitted: A method fitted to it.
        unit: What one event is in the indicator's unit.
        path: The target's, for its goal.
    """
    now = history.last_month.ordinal
    first, last = window.first_month.ordinal - now, window.last_month.ordinal - now
    known = max(0, 1 - first)
    counted = float(history.counts[0][-known:].sum()) if known else 0.0
    total = fitted.project(max(1, first), last, np.array([counted]))
    (low_80, high_80), (low_95, high_95) = total.interval(0.8), total.interval(0.95)
    goal = path.target if end == DUE_DATE else None
    return ProjectedTotal(
        end=end,
        period=window.label(),
        last_month=str(window.last_month),
        counted=counted * unit,
        months_left=last - max(0, first - 1),
        mean=float(total.mean[0]) * unit,
        median=float(total.median[0]) * unit,
        low_80=float(low_80[0]) * unit,
        high_80=float(high_80[0]) * unit,
        low_95=float(low_95[0]) * unit,
        high_95=float(high_95[0]) * unit,
        goal=goal,
        chance_met=_chance_met(total, goal, unit, path),
    )


def _chance_met(
    total: NegativeBinomials, goal: float | None, unit: float, path: TrajectoryAnswer
) -> float | None:
    if goal is None or path.goal not in GOALS_OF_LEVEL:
        return None
    return float(total.probability_met(goal / unit, path.lower_is_better)[0])
