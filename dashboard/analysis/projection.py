"""What an indicator with a target is heading for, as a distribution, and the chance to meet it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from dashboard.analysis import rows
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.break_on_the_way import NO_CHANCE, is_broken_on_the_way
from dashboard.analysis.chosen_target import ChosenTarget
from dashboard.analysis.levels import denominator_of, year_to
from dashboard.analysis.parameters import Indicator, Target
from dashboard.analysis.projected_total import LONGEST, ProjectedTotal, ends_of, projected_total
from dashboard.analysis.projection_history import fitted_of, history_in
from dashboard.analysis.question import question
from dashboard.analysis.trajectory import TrajectoryAnswer, seen_at, trajectory_in
from dashboard.metrics.periods import Window, parse_month
from dashboard.metrics.projection.drift import CHOSEN
from dashboard.metrics.projection.fan import FAN_COLUMNS, rolling_fan
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.scenario import Scaled


@dataclass(frozen=True)
class ProjectionAnswer:
    """A target's indicator projected, or why it is not."""

    indicator: str
    title: str
    unit: str
    area: str
    area_name: str
    as_at: str
    target_id: str
    kind: str
    target: float | None
    due: str
    lower_is_better: bool
    totals: tuple[ProjectedTotal, ...]
    """To the end of the financial year, and to the due date where that is another."""
    reason: str
    """Why nothing is projected; "" when something is."""
    chance_met: float | None
    """P(target met by its due date), 0 to 1."""
    chance_reason: str
    """Why there is no chance given; "" when there is."""
    reward_gbp: float | None
    expected_reward_gbp: float | None
    """Reward times the chance of meeting the target: an average over many such targets, not a
    sum that anybody will be paid."""
    fan: pd.DataFrame
    """month (Period[M]) and quantiles of the twelve months to it; empty without a projection."""
    method: str
    months_of_history: int
    illustrative: bool
    goal_is_illustrative: bool

    @property
    def to_due(self) -> ProjectedTotal | None:
        """The projection that the target is held against; None without one."""
        return next((each for each in self.totals if each.goal is not None), None)


class _Projected(NamedTuple):
    """What was projected, and from how much."""

    months_of_history: int
    totals: tuple[ProjectedTotal, ...]
    fan: pd.DataFrame
    reason: str = ""
    """Why nothing is; "" when something is."""


@question
def projection(view: AreaView, indicator: Indicator, target: Target = "") -> ProjectionAnswer:
    """What the year is heading for, and the chance that the target is met.

    See `projection_in`, and `dashboard.analysis.chosen_target.ChosenTarget.of` for the errors.
    """
    return projection_in(*ChosenTarget.of(view, indicator, target))


def projection_in(
    view: AreaView, target: rows.Target, as_at: pd.Period, factor: float = 1.0
) -> ProjectionAnswer:
    """Return the projection of one target; see `projection`.

    Args:
        view: The area under its plan.
        target: One of its targets.
        as_at: The last month that counts.
        factor: By which every month to come is multiplied; 1 for what is projected.
    """
    path = trajectory_in(view, target, as_at)
    view, as_at = seen_at(view, target, as_at)[:2]
    found = _projected(view, path, as_at, factor)
    answer = _answer(path, found, target.reward_gbp)
    is_broken = answer.chance_met is not None and is_broken_on_the_way(view, path, as_at)
    return _without_chance(answer) if is_broken else answer


def _without_chance(answer: ProjectionAnswer) -> ProjectionAnswer:
    """Return a projection whose goal was set before a break: where it leads, and no chance."""
    totals = tuple(replace(each, chance_met=None) for each in answer.totals)
    return replace(
        answer, totals=totals, chance_met=None, chance_reason=NO_CHANCE, expected_reward_gbp=None
    )


def _answer(path: TrajectoryAnswer, found: _Projected, reward: float | None) -> ProjectionAnswer:
    """Return the answer of a target's path and what was projected of it."""
    chance = next((each.chance_met for each in found.totals if each.chance_met is not None), None)
    return ProjectionAnswer(
        indicator=path.indicator,
        title=path.title,
        unit=path.unit,
        area=path.area,
        area_name=path.area_name,
        as_at=path.as_at,
        target_id=path.target_id,
        kind=path.kind,
        target=path.target,
        due=path.due,
        lower_is_better=path.lower_is_better,
        totals=found.totals,
        reason=found.reason,
        chance_met=chance,
        chance_reason="" if chance is not None else _why_no_chance(path, found),
        reward_gbp=reward,
        expected_reward_gbp=None if reward is None or chance is None else reward * chance,
        fan=found.fan,
        method=CHOSEN if found.totals else "",
        months_of_history=found.months_of_history,
        illustrative=path.illustrative,
        goal_is_illustrative=path.goal_is_illustrative,
    )


def _projected(
    view: AreaView, path: TrajectoryAnswer, as_at: pd.Period, factor: float
) -> _Projected:
    history, reason = history_in(view, path.indicator, as_at)
    none = pd.DataFrame(columns=FAN_COLUMNS)
    if path.closed:
        return _Projected(0, (), none, "the plan is over")
    if history is None:
        return _Projected(0, (), none, reason)
    ends, reason = ends_of(as_at, parse_month(path.due[:7]) if path.due else None)
    if not ends:
        return _Projected(len(history.months), (), none, reason)
    totals, fan = _totals_and_fan(view, path, history, ends, factor)
    return _Projected(len(history.months), totals, fan)


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


def _why_no_chance(path: TrajectoryAnswer, found: _Projected) -> str:
    if not found.totals:
        return found.reason
    if path.goal == "rank":
        return "the goal is a place in the group, which depends on the others too"
    if path.goal == "not_given":
        return "the goal is not given"
    if path.target is None:
        return "the goal cannot be worked out: its baseline is not known"
    if not path.due:
        return "the due date is not given"
    return f"it is due more than {LONGEST} months from now"


def _unit_size(view: AreaView, indicator: str, as_at: pd.Period) -> float:
    """Return what one event is in the indicator's unit: 1, or a rate of the latest residents."""
    about = view.indicator(indicator)
    if about.unit != "rate":
        return 1.0
    people = denominator_of(view.series(indicator), year_to(as_at))
    return float("nan") if people is None else about.rate_per / people
