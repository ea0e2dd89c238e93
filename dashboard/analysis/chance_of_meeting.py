"""How probable it is that a target will be met: by the projection, or of a place as things are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.path_range import NO_CHANCE, events_per_unit, is_broken_on_the_way
from dashboard.analysis.projected_total import fitted_of, history_in, projected_over, why_not
from dashboard.analysis.ranking import ranking_at
from dashboard.analysis.target_trajectory import TrajectoryAnswer
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import parse_month
from dashboard.metrics.projection.drift import CHOSEN
from dashboard.metrics.rank_uncertainty import chance_within

PLACE_METHOD = (
    "the place as it is now, allowing for chance in every member's count (each rate a gamma "
    "distribution); nobody's course is projected"
)
LEVEL_METHOD = f"projected to the due date, {CHOSEN}"


class ChanceOfMeeting(NamedTuple):
    """A probability and how it is worked out, or why there is none."""

    probability: float | None
    reason: str = ""
    method: str = ""


def chance_of_meeting(view: AreaView, path: TrajectoryAnswer) -> ChanceOfMeeting:
    """Return the probability that a target will be met on its due date.

    Of a level the same number as `dashboard.analysis.projection.projection_in` gives; of a place
    the chance that the true place is as good as asked for, as things are.
    """
    reason = why_not(path)
    if path.goal == "rank" and not reason:
        return _of_place(view, path)
    if reason or path.target is None:
        return ChanceOfMeeting(None, reason)
    month = parse_month(path.as_at)
    if is_broken_on_the_way(view, path, month):
        return ChanceOfMeeting(None, NO_CHANCE)
    history, reason = history_in(view, path.indicator, month)
    events = events_per_unit(view, path.indicator, month)
    if history is None or events is None:
        return ChanceOfMeeting(None, reason or "no residents known")
    fitted = fitted_of(view, path.indicator, month)
    total = projected_over(fitted, history, due_window(path.due[:7]))
    chance = float(total.probability_met(path.target * events, path.lower_is_better)[0])
    return ChanceOfMeeting(chance, method=LEVEL_METHOD)


def _of_place(view: AreaView, path: TrajectoryAnswer) -> ChanceOfMeeting:
    """Return the chance that the area's true place is as good as a target asks, as things are."""
    try:
        found = ranking_at(view, path.indicator, path.as_at, MOST_SIMILAR_GROUP).certainty
    except NoFiguresError as error:
        return ChanceOfMeeting(None, str(error))
    if path.goal_number is None or np.isnan(found.distribution).any():
        return ChanceOfMeeting(None, "no figure")
    chance = float(chance_within(found.distribution, int(path.goal_number)))
    return ChanceOfMeeting(chance, method=PLACE_METHOD)
