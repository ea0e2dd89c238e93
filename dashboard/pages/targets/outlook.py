"""One target from every side, in sentences: outlook, reward, what is needed, the other targets."""

from __future__ import annotations

from dashboard.analysis.projection import ProjectionAnswer
from dashboard.analysis.ranking import RankingAnswer
from dashboard.analysis.rows import records_of
from dashboard.analysis.trajectory import TargetOutlook
from dashboard.metrics.gap import THIRD
from dashboard.metrics.periods import Window
from dashboard.words.all_targets import KIND_WORDS
from dashboard.words.levels import capital, day_month_text, exact_level_text, level_text
from dashboard.words.projection import expected_reward_text, projection_sentence
from dashboard.words.rank_certainty import certainty_text, going_on_text
from dashboard.words.rank_target import needed_for_rank
from dashboard.words.survey import survey_power_in_words
from dashboard.words.targets import outlook_in_words, required_run_in_words

COUNT = "count"
ASSUMED_OF_PLACES = (
    "Every member is projected from its own months in the same way; they are taken to move "
    "independently of each other, with the same members and residents as now."
)


def outlook_lines(outlook: TargetOutlook, projection: ProjectionAnswer) -> list[tuple[str, str]]:
    """Return what can be said of a target that is a level: heading, sentence.

    Args:
        outlook: The target.
        projection: Of the same target.
    """
    lines = [("Outlook", projection_sentence(projection))]
    reward = expected_reward_text(projection)
    if reward:
        lines.append(("Reward", reward))
    so_far = year_so_far(outlook)
    if so_far:
        lines.append(("The year so far", so_far))
    if outlook.run is not None:
        lines.append(("From here", _ended(required_run_in_words(outlook.run))))
    said = outlook_in_words(outlook)
    if said:
        lines.append(("Taken together", _ended(said)))
    if outlook.survey is not None:
        lines.append(("What the survey can show", _ended(survey_power_in_words(outlook.survey))))
    return lines + _other_targets(outlook)


def rank_lines(
    answer: RankingAnswer, goal: int, at_due: str = "", *, is_projected: bool = False
) -> list[tuple[str, str]]:
    """Return the same of a target that is a place.

    Args:
        answer: The ranking that the target speaks of.
        goal: The last place that meets it.
        at_due: Where the group is heading for by the due date, or why that cannot be said.
        is_projected: Whether it can, so that what it takes for granted is said too.
    """
    assumed = f" {ASSUMED_OF_PLACES}" if is_projected else ""
    lines = [
        ("From here", needed_for_rank(answer, goal)),
        ("If the others go on", going_on_text(answer) if goal == THIRD else ""),
        ("How sure", certainty_text(answer)),
        ("When it is due", f"{_ended(at_due)}{assumed}" if at_due else ""),
    ]
    return [(name, text) for name, text in lines if text]


def year_so_far(outlook: TargetOutlook) -> str:
    """Return what the target's year has counted beside its path, added up; "" where nothing is.

    Such as "August to December 2009: 2,134 counted, where the path has 2,200; a level just on the
    path would give 2,050 to 2,352 (95%)".
    """
    if outlook.year.empty:
        return ""
    known = outlook.year.dropna(subset=["actual_cumulative"])
    if known.empty:
        return ""
    row = known.iloc[-1]
    months = Window(known["month"].iloc[0], row["month"])
    actual, asked, low, high = (
        level_text(row[name], COUNT)
        for name in ("actual_cumulative", "cumulative", "lower_95", "upper_95")
    )
    text = f"{capital(months.label())}: {actual} counted, where the path has {asked}"
    if row[["lower_95", "upper_95"]].isna().any():
        return f"{text}."
    return f"{text}; a level just on the path would give {low} to {high} (95%)."


def _other_targets(outlook: TargetOutlook) -> list[tuple[str, str]]:
    """Return what keeping to this target's path gives for the others on the same indicator."""
    if outlook.covers.empty:
        return []
    own = outlook.covers[outlook.covers["path_of"].eq(outlook.trajectory.target_id)]
    kinds = outlook.targets.set_index("target_id")["kind"]
    unit, parts = outlook.trajectory.unit, []
    for each in records_of(own):
        verb = "meets" if each.meets else "misses"
        parts.append(
            f"{verb} the {KIND_WORDS[kinds[each.goal_of]].lower()} target of "
            f"{exact_level_text(each.goal, unit)} due {day_month_text(f'{each.due}-01')} "
            f"(the path stands at {level_text(each.level, unit)} then)"
        )
    if not parts:
        return []
    said = f"keeping to this path {'; it '.join(parts)}"
    if outlook.strictest == outlook.trajectory.target_id:
        said += "; of these targets this one asks most"
    return [("Other targets on it", _ended(said))]


def _ended(text: str) -> str:
    return f"{capital(text.rstrip('.'))}."
