"""Whether a break in the series parts a target's baseline from the figures of today."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import baseline_window, year_to
from dashboard.analysis.trajectory import TrajectoryAnswer
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.periods import survey_label
from dashboard.metrics.status_table import BREAK

NO_CHANCE = "a break in the series: the goal was set on what was counted before it"
"""Why a target has no probability then."""


def is_broken_on_the_way(view: AreaView, path: TrajectoryAnswer, as_at: pd.Period) -> bool:
    """Return whether a break, noted or confirmed, lies between a target's baseline and a month.

    Args:
        view: The area under its plan.
        path: Of one target; without a baseline there is no way that could break.
        as_at: The last month that counts.
    """
    start = baseline_window(path.baseline_period)
    effects = view.effects_on(path.indicator)
    breaks = [(period, effect) for period, effect in effects if effect == BREAK]
    if start is None or not breaks:
        return False
    labels = (path.actual_now.period, survey_label(start.first_month.year))
    return bool(why_not_comparable(breaks, year_to(as_at), start, labels))
