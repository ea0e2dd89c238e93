"""A target given as a place in the group: where the area stands, and what would move it there."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.answers.picture import NoFiguresError, Picture
from dashboard.answers.ranking import MOST_SIMILAR_GROUP, ranking_in
from dashboard.metrics.gap import fewer_needed_to_reach


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
        reason: Why there is no place, or no number of events; "" when there are both.
    """

    goal: int
    place: int | None
    group_size: int
    period: str
    events_needed: int | None
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return plain values, for JSON."""
        return {
            "goal": self.goal,
            "place": self.place,
            "of": self.group_size,
            "period": self.period,
            "fewer_needed_to_reach_it": self.events_needed,
            "reason": self.reason,
        }


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
    gap = fewer_needed_to_reach(
        found.members, picture.area_code, goal, lower_is_better=found.lower_is_better
    )
    return RankGoal(
        goal=goal,
        place=found.place.rank,
        group_size=found.place.of,
        period=found.period,
        events_needed=gap.events,
        reason=gap.reason,
    )
