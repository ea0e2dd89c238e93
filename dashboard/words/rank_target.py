"""A target that asks for a place in the group: the place now against it."""

from __future__ import annotations

from dashboard.analysis.ranking import RankingAnswer
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.rank_line import rank_line
from dashboard.metrics.ranking import ordinal
from dashboard.words.levels import day_month_text
from dashboard.words.places import place_in_words
from dashboard.words.ranking import gap_text, group_text, rank_before
from dashboard.words.reasons import reason_in_words


def rank_target_chart(answer: RankingAnswer, *, goal: int, due: str, source: str) -> Chart | None:
    """Draw the area's place beside the place that a target asks for.

    Args:
        answer: The ranking that the target speaks of.
        goal: The last place that meets it.
        due: Last day that counts, ISO; "" when not given.
        source: The line of `dashboard.words.sources`.

    Returns:
        None where the area has no rank, or the group is smaller than the goal.
    """
    place = answer.place
    if place.rank is None or place.with_data < goal:
        return None
    caption = Caption(
        title=rank_finding(answer, goal),
        subtitle=f"{answer.area_name}, {answer.period}. Goal: top {goal}; "
        f"due {day_month_text(due)}. {group_text(answer)}",
        source=source,
        illustrative=answer.illustrative,
    )
    before = rank_before(answer)
    return rank_line(rank=place.rank, before=before, of=place.with_data, goal=goal, caption=caption)


def needed_for_rank(answer: RankingAnswer, goal: int) -> str:
    """Return what the place asked for needs; "" for a place other than the third.

    The gap that a ranking carries is the one to third place, which plans ask for.
    """
    return gap_text(answer) if goal == answer.gap.rank else ""


def rank_finding(answer: RankingAnswer, goal: int) -> str:
    """Return the place against the goal, in one sentence."""
    place = answer.place
    if place.is_withheld:
        return f"{answer.title}: {reason_in_words(place.why_withheld(answer.period))}"
    if place.rank is None:
        return f"{answer.title}: no place in the {answer.group}, for want of figures"
    if place.rank <= goal:
        return (
            f"{answer.title}: {place_in_words(place)}, inside the top {goal} that the plan asks for"
        )
    before = rank_before(answer)
    then = "" if before is None else f" ({ordinal(before)} a year before)"
    return f"{answer.title}: {place_in_words(place)}{then}, where the plan asks for the top {goal}"
