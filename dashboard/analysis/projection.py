"""What an indicator with a target is heading for, as a distribution, and the chance to meet it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.analysis import rows
from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import denominator_of, year_to
from dashboard.analysis.path_range import events_per_unit, is_broken_on_the_way
from dashboard.analysis.projected_total import (
    ProjectedTotal,
    ends_of,
    fitted_of,
    history_in,
    projected_over,
    projected_total,
    why_not,
)
from dashboard.analysis.question import Indicator, Target, question
from dashboard.analysis.ranking import ranking_at
from dashboard.analysis.target_path import seen_with_target
from dashboard.analysis.target_trajectory import (
    TargetAnswer,
    TrajectoryAnswer,
    seen_at,
    trajectory_in,
)
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import Window, parse_month
from dashboard.metrics.projection.history import FAN_COLUMNS, History, rolling_fan
from dashboard.metrics.projection.scenario import Scaled
from dashboard.metrics.projection.siblings import CHOSEN
from dashboard.metrics.rank_uncertainty import chance_within
from dashboard.metrics.reasons import NO_REASON, Because, Reason, Reasons, because

PLACE_METHOD = (
    "the place as it is now, allowing for chance in every member's count (each rate a gamma "
    "distribution); nobody's course is projected"
)
LEVEL_METHOD = f"projected to the due date, {CHOSEN}"


@dataclass(frozen=True, kw_only=True)
class ProjectionAnswer(TargetAnswer):
    """A target's indicator projected, or why it is not."""

    totals: tuple[ProjectedTotal, ...]
    """To the end of the financial year, and to the due date where that is another."""
    reason: Reasons
    """Why nothing is projected; none when something is."""
    chance_met: float | None
    """P(target met by its due date), 0 to 1."""
    chance_reason: Reasons
    """Why there is no chance given; none when there is."""
    reward_gbp: float | None
    expected_reward_gbp: float | None
    """Reward times the chance of meeting the target: an average over many such targets, not a
    sum that anybody will be paid. None of a goal that the plan does not give."""
    fan: pd.DataFrame
    """month (Period[M]) and quantiles of the twelve months to it; empty without a projection."""
    method: str
    months_of_history: int

    @property
    def to_due(self) -> ProjectedTotal | None:
        """The projection that the target is held against; None without one."""
        return next((each for each in self.totals if each.goal is not None), None)


@question
def projection(view: AreaView, indicator: Indicator, target: Target = "") -> ProjectionAnswer:
    """What the year is heading for, and the chance that the target is met.

    See `projection_in`, and `dashboard.analysis.target_path.choose_target` for the errors.
    """
    return projection_in(*seen_with_target(view, indicator, target))


def projection_in(
    view: AreaView, target: rows.Target, as_at: pd.Period, factor: float = 1.0
) -> ProjectionAnswer:
    """Return the projection of one target, every month to come multiplied by a factor."""
    path = trajectory_in(view, target, as_at)
    view, as_at = seen_at(view, target, as_at)[:2]
    history, reason = history_in(view, path.indicator, as_at)
    ends: dict[str, Window] = {}
    totals, fan = (), pd.DataFrame(columns=FAN_COLUMNS)
    if path.closed:
        history, reason = None, because(Because.PLAN_OVER)
    if history is not None:
        ends, reason = ends_of(as_at, parse_month(path.due[:7]) if path.due else None)
    if history is not None and ends:
        totals, fan = _totals_and_fan(view, path, history, ends, factor)
    chance = next((each.chance_met for each in totals if each.chance_met is not None), None)
    of_others = because(Because.PLACE_OF_OTHERS) if path.goal == "rank" else NO_REASON
    why_no_chance = reason or of_others or why_not(path)
    if chance is not None and is_broken_on_the_way(view, path, as_at):
        # The goal was set before the break: the figures lead somewhere, and no chance is given.
        totals = tuple(replace(each, chance_met=None) for each in totals)
        chance, why_no_chance = None, because(Because.BREAK_ON_THE_WAY)
    reward = target.reward_gbp
    return ProjectionAnswer(
        **path.of_target(),
        totals=totals,
        reason=reason,
        chance_met=chance,
        chance_reason=NO_REASON if chance is not None else why_no_chance,
        reward_gbp=reward,
        expected_reward_gbp=_expected(reward, chance) if path.goal_is_given else None,
        fan=fan,
        method=CHOSEN if totals else "",
        months_of_history=0 if history is None else len(history.months),
    )


def _expected(reward: float | None, chance: float | None) -> float | None:
    return None if reward is None or chance is None else reward * chance


def _totals_and_fan(
    view: AreaView,
    path: TrajectoryAnswer,
    history: History,
    ends: dict[str, Window],
    factor: float,
) -> tuple[tuple[ProjectedTotal, ...], pd.DataFrame]:
    fitted = fitted_of(view, path.indicator, history.last_month)
    fitted = fitted if factor == 1 else Scaled(fitted, factor)
    unit = _unit_size(view, path.indicator, history.last_month)
    totals = tuple(
        projected_total(end, window, history, fitted, unit, path) for end, window in ends.items()
    )
    ahead = max(each.last_month.ordinal for each in ends.values()) - history.last_month.ordinal
    fan = rolling_fan(history, fitted, ahead)
    fan[FAN_COLUMNS[1:]] *= unit
    return totals, fan


def _unit_size(view: AreaView, indicator: str, as_at: pd.Period) -> float:
    """Return what one event is in the indicator's unit: 1, or a rate of the latest residents."""
    about = view.indicator(indicator)
    if about.unit != "rate":
        return 1.0
    people = denominator_of(view.series(indicator), year_to(as_at))
    return float("nan") if people is None else about.rate_per / people


class ChanceOfMeeting(NamedTuple):
    """A probability and how it is worked out, or why there is none."""

    probability: float | None
    reason: Reason | str = ""
    method: str = ""


def chance_of_meeting(view: AreaView, path: TrajectoryAnswer) -> ChanceOfMeeting:
    """Return the probability that a target will be met on its due date.

    Of a level the same number as `projection_in` gives; of a place the chance that the true place
    is as good as asked for, as things are.
    """
    reason = why_not(path)
    if path.goal == "rank" and not reason:
        return _chance_of_place(view, path)
    if reason or path.target is None:
        return ChanceOfMeeting(None, reason)
    month = parse_month(path.as_at)
    if is_broken_on_the_way(view, path, month):
        return ChanceOfMeeting(None, because(Because.BREAK_ON_THE_WAY))
    history, reason = history_in(view, path.indicator, month)
    events = events_per_unit(view, path.indicator, month)
    if history is None or events is None:
        return ChanceOfMeeting(None, reason or because(Because.NO_RESIDENTS))
    fitted = fitted_of(view, path.indicator, month)
    total = projected_over(fitted, history, due_window(path.due[:7]))
    chance = float(total.probability_met(path.target * events, path.lower_is_better)[0])
    return ChanceOfMeeting(chance, method=LEVEL_METHOD)


def _chance_of_place(view: AreaView, path: TrajectoryAnswer) -> ChanceOfMeeting:
    """Return the chance that the area's true place is as good as a target asks, as things are."""
    try:
        found = ranking_at(view, path.indicator, path.as_at).certainty
    except NoFiguresError as error:
        return ChanceOfMeeting(None, str(error))
    if path.goal_number is None or np.isnan(found.distribution).any():
        return ChanceOfMeeting(None, because(Because.NO_FIGURE_OF_AREA))
    chance = float(chance_within(found.distribution, int(path.goal_number)))
    return ChanceOfMeeting(chance, method=PLACE_METHOD)
