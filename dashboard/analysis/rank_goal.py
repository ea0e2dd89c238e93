"""A target given as a place in the group: where the area stands, and what would move it there."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.chance_of_meeting import PLACE_METHOD
from dashboard.analysis.picture import NoFiguresError, Picture
from dashboard.analysis.projected_place import ProjectedPlace, projected_place_in
from dashboard.analysis.ranking import MOST_SIMILAR_GROUP, place_chances_in, ranking_in
from dashboard.analysis.target_path import due_of
from dashboard.metrics.gap import fewer_needed_to_reach, no_gap
from dashboard.metrics.rank_uncertainty import chance_within
from dashboard.metrics.reasons import Reason
from dashboard.metrics.rounding import as_number


@dataclass(frozen=True)
class RankGoal:
    """A place asked for, and the place held.

    Attributes:
        goal: The place, or better, that meets the target.
        place: The place held; None where there is none.
        group_size: Members of the group.
        period: What is ranked.
        events_needed: Fewer (or, higher being better, more) events that would give the place, the
            others unchanged; None where that cannot be said.
        chance: That the true place is as good as asked for, as things are; None without a place.
        chance_up: That it is truly better than in the period before; None likewise.
        chance_down: That it is truly worse.
        at_due: The same of the place at the due date, if every member goes on as it does.
        reason: Why there is no place, or no number of events; "" when there are both.
    """

    JSON = """
        goal place of=group_size period fewer_needed_to_reach_it=events_needed
        chance_of_it_now=chance chance_moved_up=chance_up chance_moved_down=chance_down
        method_of_chances reason *at_due
    """

    goal: int
    place: int | None
    group_size: int
    period: str
    events_needed: int | None
    reason: Reason | str = ""
    chance: float | None = None
    chance_up: float | None = None
    chance_down: float | None = None
    at_due: ProjectedPlace | None = None

    @property
    def method_of_chances(self) -> str:
        """How the chances were computed; "" where they were not."""
        return PLACE_METHOD if self.chance is not None else ""


def rank_goal_in(picture: Picture, indicator: str, goal: int, as_at: pd.Period) -> RankGoal:
    """Return where an area stands against a place asked for.

    Args:
        picture: The area under its plan.
        indicator: An indicator id.
        goal: The place that meets the target.
        as_at: The last month that counts.
    """
    try:
        found = ranking_in(picture, indicator, as_at=as_at, group=MOST_SIMILAR_GROUP)
    except NoFiguresError as error:
        return RankGoal(goal, None, 0, "", None, str(error))
    sure = place_chances_in(picture, indicator, as_at, MOST_SIMILAR_GROUP)
    gap = no_gap(goal)
    if not found.place.is_withheld:
        gap = fewer_needed_to_reach(
            found.members, picture.area_code, goal, lower_is_better=found.lower_is_better
        )
    return RankGoal(
        goal=goal,
        place=found.place.rank,
        group_size=found.place.of,
        period=found.period,
        events_needed=gap.events,
        reason=found.place.why_withheld(found.period) if found.place.is_withheld else gap.reason,
        chance=as_number(float(chance_within(sure.distribution, goal))),
        chance_up=found.certainty.chance_up,
        chance_down=found.certainty.chance_down,
        at_due=projected_place_in(picture, indicator, goal, as_at, _due(picture, indicator, goal)),
    )


def _due(picture: Picture, indicator: str, goal: int) -> str:
    """Return when the plan's target of a place is due, ISO; "" where it does not say."""
    own = picture.targets[picture.targets["indicator_id"].eq(indicator)]
    same = own[own["goal"].eq("rank") & own["goal_number"].eq(goal)]
    dues = [due_of(target) for _, target in same.iterrows()]
    return next((due.isoformat() for due in dues if due is not None), "")
