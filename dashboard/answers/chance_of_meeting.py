"""How probable it is that a target will be met: where the verdict asks the projection."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.answers.path_range import events_per_unit
from dashboard.answers.picture import Picture
from dashboard.answers.projection import GOALS_OF_LEVEL, LONGEST, history_of
from dashboard.answers.trajectory import TrajectoryAnswer
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import month_at, parse_month
from dashboard.metrics.projection.history import Fitted, History
from dashboard.metrics.projection.method import fit


class ChanceOfMeeting(NamedTuple):
    """A probability, or why there is none."""

    probability: float | None
    reason: str = ""


class Chances:
    """The probabilities of one area's targets as at one month; each series is fitted once."""

    def __init__(self, picture: Picture) -> None:
        """Take the area under its plan."""
        self._picture = picture
        self._fitted: dict[tuple[str, int], tuple[History, Fitted] | str] = {}

    def of(self, path: TrajectoryAnswer) -> ChanceOfMeeting:
        """Return the probability that a target will be met on its due date.

        The same number as `dashboard.answers.projection.projection_in` gives.

        Args:
            path: Of one target.
        """
        why_not = _why_not(path)
        if why_not or path.target is None:
            return ChanceOfMeeting(None, why_not)
        month, window = parse_month(path.as_at), due_window(path.due[:7])
        found = self._of_series(path.indicator, month)
        events = events_per_unit(self._picture, path.indicator, month)
        if isinstance(found, str) or events is None:
            return ChanceOfMeeting(None, found if isinstance(found, str) else "no residents known")
        history, fitted = found
        first = window.first_month.ordinal - month.ordinal
        last = window.last_month.ordinal - month.ordinal
        known = max(0, 1 - first)
        counted = float(history.counts[0][-known:].sum()) if known else 0.0
        total = fitted.project(max(1, first), last, np.array([counted]))
        met = total.probability_met(path.target * events, path.lower_is_better)
        return ChanceOfMeeting(float(met[0]))

    def _of_series(self, indicator: str, month: pd.Period) -> tuple[History, Fitted] | str:
        key = (indicator, month.ordinal)
        if key not in self._fitted:
            history, reason = history_of(self._picture, indicator, month_at(month.ordinal))
            self._fitted[key] = reason if history is None else (history, fit(history))
        return self._fitted[key]


def _why_not(path: TrajectoryAnswer) -> str:
    """Return why a target has no probability, whatever its figures; "" where it may have one."""
    if path.goal == "not_given":
        return "the goal is not given"
    if path.goal not in GOALS_OF_LEVEL:
        return "the goal is a place in the group, which depends on the others too"
    if path.target is None:
        return "the goal has no level: its baseline is not known"
    if not path.due:
        return "the due date is not given"
    left = parse_month(path.due[:7]).ordinal - parse_month(path.as_at).ordinal
    if left <= 0:
        return "it is due: what was counted settles it"
    return f"it is due more than {LONGEST} months from now" if left > LONGEST else ""
