"""All targets of a plan in words: how they stand, what that leaves out, why some are not drawn."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.analysis.rows import Verdict, rows_of
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.status_table import CANNOT_SAY, MET, WORDS
from dashboard.words.all_targets import target_title
from dashboard.words.levels import capital, in_words, level_text, lowered
from dashboard.words.on_target import reason_text
from dashboard.words.target_facts import actual_text, goal_as_stated
from dashboard.words.target_words import RANK, plan_closed_text
from dashboard.words.top_priorities import unnamed_text
from dashboard.words.trajectory import levels_said
from dashboard.words.verdict import status_text

LONGEST_NAME = 6
"""Words of a name that stands in a heading; of a longer one its number does."""


def title(targets: pd.DataFrame, area_name: str) -> str:
    """Return how the targets stand, in at most 14 words.

    Such as "Eight of 34 targets can be judged: two on track, one at risk, five off track".

    Args:
        targets: The rows of `dashboard.analysis.status.given_status`.
        area_name: Whose they are.
    """
    of, counts = len(targets), targets["status"].value_counts()
    judged = of - int(counts.get(CANNOT_SAY, 0))
    closed = plan_closed_text(targets)
    if of == 1:
        return _of_one(targets["status"].iloc[0], area_name, closed)
    if judged == 0:
        said = f"No verdict can be given on any of the {of} targets"
        return f"{closed}: {said[:1].lower()}{said[1:]}" if closed else said
    if closed:
        met = int(counts.get(MET, 0))
        return f"{closed}: {in_words(met) if met else 'none'} of {in_words(judged)} targets met"
    stand = [f"{in_words(int(counts[word]))} {word}" for word in WORDS
             if word in counts and word != CANNOT_SAY]  # fmt: skip
    if judged == of:
        return f"{capital(in_words(of))} targets: {', '.join(stand)}"
    return f"{capital(in_words(judged))} of {of} targets can be judged: {', '.join(stand)}"


def _of_one(word: str, area_name: str, closed: str) -> str:
    if word == CANNOT_SAY:
        return f"No verdict can be given on the target of {area_name}"
    verb = "was" if closed else "is"
    return f"The target of {area_name} {verb} {word}"


def heading(target: Verdict) -> str:
    """Return where one target stands: "All crime: now 27,085, path 27,852, goal 24,492"."""
    long = len(target.title.split()) > LONGEST_NAME and target.national_indicator
    name = target.national_indicator if long else target.title
    if target.goal == RANK:
        now = "no place" if target.actual is None else ordinal(int(target.actual))
        return f"{name}: {now}, goal top {target.place_asked}"
    said = levels_said(target)
    if said:
        return f"{name}: {lowered(said)}"
    now = "" if target.actual is None else f"now {level_text(target.actual, target.unit)}, "
    return f"{name}: {now}no goal to hold it against"


def about(targets: pd.DataFrame) -> list[str]:
    """Return what a count of the verdicts leaves out, a sentence each."""
    unsaid = int(targets["status"].eq(CANNOT_SAY).sum())
    open_goals = int(targets["goal"].eq("not_given").sum())
    said = [
        f"On {in_words(unsaid)} no verdict can be given." if 0 < unsaid < len(targets) else "",
        f"The plan leaves the goal of {in_words(open_goals)} open." if open_goals else "",
        f"{unnamed}." if (unnamed := unnamed_text(targets)) else "",
    ]
    return [each for each in said if each]


def without_picture(rows: pd.DataFrame, changes: Mapping[str, str]) -> pd.DataFrame:
    """Return the targets that cannot be drawn, with the reason in words.

    Args:
        rows: Of `dashboard.analysis.status`.
        changes: How each indicator changed on the year before, by its id: what can be said where
            the goal cannot be worked out.
    """
    return pd.DataFrame(
        [
            {
                "Target": target_title(target),
                "Goal as stated": goal_as_stated(target),
                "Actual": actual_text(target),
                "On the year before": changes.get(target.indicator_id, ""),
                "Status": f"{status_text(target.status)}. {reason_text(target)}",
            }
            for target in rows_of(rows, Verdict)
        ]
    )
