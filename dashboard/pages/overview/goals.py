"""The goals that a plan puts first, as small charts: one of each kind of goal that it states."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.ranking import RankingAnswer
from dashboard.analysis.rows import Indicator, Verdict
from dashboard.analysis.target_trajectory import TrajectoryAnswer
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.rank_line import rank_line
from dashboard.metrics.gap import THIRD
from dashboard.words.levels import level_text, named
from dashboard.words.on_target import against_text, reason_text, status_cell
from dashboard.words.ranking import rank_before
from dashboard.words.trajectory import goal_text
from dashboard.words.verdict import chance_in_words

KINDS_OF_GOAL = ("relative_change", "value", "rank")
"""By how much, to what level, to which place."""
PLAN, RANK = "plan", "rank"


def first_of_each_goal(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the first target of each kind of goal that the plan itself states, in its order.

    Args:
        targets: Of `dashboard.analysis.status.target_status`.
    """
    own = targets[
        targets["kind"].eq(PLAN)
        & targets["goal"].isin(KINDS_OF_GOAL)
        & ~targets["goal_is_illustrative"].astype(bool)
    ]
    return own.drop_duplicates("goal", ignore_index=True)


def goal_sentence(answer: TrajectoryAnswer, about: Indicator) -> str:
    """Return the goal in few words: "All crime: 18% lower than in 2008/09, to 24,492"."""
    goal = goal_text(answer)
    if answer.goal == "value" and answer.baseline is not None:
        goal = f"from {level_text(answer.baseline, answer.unit)} to {goal}"
    if answer.goal == "rank":
        goal = f"{goal} of its Most Similar Group"
    return f"{named(about)}: {goal}"


def verdict_line(target: Verdict) -> str:
    """Return symbol, word and figures: "▼ Off track. 13th in the group; the goal is the top 3"."""
    # The chart beside it says which months the figure is of.
    said = reason_text(target) if target.goal == RANK else against_text(target)
    return f"{status_cell(target.status)}. {said}"


def rank_verdict_line(target: Verdict, answer: RankingAnswer) -> str:
    """Return the same with the chance that the place is a true one.

    Such as "▼ Off track. 13th in the group; the goal is the top 3; the chance of being truly among
    the best three is less than 1%".
    """
    chance = answer.certainty.chance_top_three
    has_own = target.probability is not None
    if has_own or chance is None or target.place_asked != THIRD:
        return verdict_line(target)
    said = f"the chance of being truly among the best three is {chance_in_words(chance)}"
    return f"{verdict_line(target)}; {said}"


def rank_chart(answer: RankingAnswer, target: Verdict, *, source: str) -> Chart:
    """Draw the place of the area in its group, now and a year before.

    Args:
        answer: The ranking of the target's indicator.
        target: The target, of `dashboard.analysis.status.target_status`.
        source: The line of `dashboard.words.sources`.
    """
    return rank_line(
        rank=answer.place.rank,
        before=rank_before(answer),
        of=answer.place.of,
        goal=target.place_asked,
        caption=Caption(
            title=verdict_line(target),
            subtitle=f"{named(target)}, place in the {answer.group}, {answer.period}",
            source=source,
            illustrative=answer.illustrative,
        ),
    )
