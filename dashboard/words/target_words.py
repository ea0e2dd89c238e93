"""What one target of several is called, what it asks for, and what its chance adds."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import Indicator, Verdict, rows_of
from dashboard.metrics.periods import month_label, parse_month
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.status_table import (
    AHEAD,
    AT_RISK,
    CANNOT_SAY,
    EVEN_CHANCE,
    LIKELY_FROM,
    OFF_TRACK,
    ON_TRACK,
)
from dashboard.words.levels import day_month_text, per_text
from dashboard.words.verdict import chance_in_words, chance_of_goal, status_text

RANK = "rank"
PLACES = 2
"""Of a goal as a person gives it."""
OPEN_WORDS = (ON_TRACK, AT_RISK, OFF_TRACK)
"""Verdicts of a target that is not due yet: it still has a chance."""
EITHER_WAY = "could go either way"
"""Said of a target on its path whose chance is not yet likely: between even and `LIKELY_FROM`."""
NAMES = {
    "stretch": "stretch target",
    "designated": "designated target",
    "plan": "plan's target",
    "aim": "aim",
}


def which_target(target: Verdict) -> str:
    """Return which of an indicator's targets is meant: "stretch target to July 2010"."""
    name = NAMES.get(target.kind, target.kind)
    place = " for its place in the group" if target.goal == RANK else ""
    if not target.due:
        return f"{name}{place}, no date given"
    return f"{name}{place}{',' if place else ''} to {day_month_text(target.due)}"


def closed_text(target: Verdict) -> str:
    """Return when the plan of a target was over: "Closed March 2011"; "" while it is open."""
    return f"Closed {month_label(parse_month(target.closed))}" if target.closed else ""


def plan_closed_text(targets: pd.DataFrame) -> str:
    """Return when a plan was over: "The plan closed in March 2011"; "" while a target is open."""
    if targets.empty or targets["closed"].eq("").any():
        return ""
    return f"The plan closed in {month_label(parse_month(targets['closed'].max()))}"


def limit_text(level: str, unit: str, *, lower_is_better: bool) -> str:
    """Return a level as a limit: "27,852 or fewer", "22% or less", "10,000 or more"."""
    if not lower_is_better:
        return f"{level} or more"
    return f"{level} or {'fewer' if unit == 'count' else 'less'}"


def per_of(about: Verdict | Indicator) -> str:
    """Return what a rate is per, to stand after it: " per 1,000 residents"; "" for others."""
    return f" {per_text(about)}" if about.unit == "rate" else ""


def is_open_either_way(target: Verdict) -> bool:
    """Return whether a target is on its path today and yet not likely to be met."""
    chance = target.probability
    is_level = target.goal != RANK
    return (
        chance is not None
        and is_level
        and target.status == ON_TRACK
        and EVEN_CHANCE <= chance < LIKELY_FROM
    )


def chance_clause(target: Verdict) -> str:
    """Return the chance of an open target with what it does to the verdict; "" without one.

    Such as "; a 73% chance of meeting the goal", "; it is today, but it could go either way: a 51%
    chance of meeting the goal", "; it is today, but has only a 9% chance of meeting the goal". It
    stands after what the path asks for.
    """
    chance = target.probability
    if chance is None or target.status not in OPEN_WORDS:
        return ""
    said = chance_of_goal(chance, target.place_asked if target.goal == RANK else None)
    later = target.probability_at_due
    if later is not None:
        said += f"; when due, if every member goes on as it does, {chance_in_words(later)}"
    has_path = target.goal != RANK and target.path_now is not None
    if not has_path or target.path_state != AHEAD or chance >= LIKELY_FROM:
        return f"; {EITHER_WAY}: {said}" if is_open_either_way(target) else f"; {said}"
    if chance < EVEN_CHANCE:
        return f"; it is today, but has only {said}"
    return f"; it is today, but it {EITHER_WAY}: {said}"


def status_and_chance(target: Verdict) -> str:
    """Return symbol, word and chance: "● On track, 51% chance"."""
    word, chance = status_text(target.status), target.probability
    # A verdict that is settled, or cannot be given, has no chance beside it.
    if chance is None or not chance_clause(target):
        return word
    return f"{word}, {chance_in_words(chance)} chance"


def other_targets(target: Verdict, targets: pd.DataFrame) -> str:
    """Return the verdicts on the other targets of an indicator; "" where none has one.

    Such as "Another target on it: stretch target to July 2010, ● On track, 51% chance".

    Args:
        target: The target that is spoken of, with its indicator.
        targets: Rows of `dashboard.analysis.status.target_status`.
    """
    others = targets[
        targets["indicator_id"].eq(target.indicator_id)
        & targets["target_id"].ne(target.target_id)
        & targets["status"].ne(CANNOT_SAY)
    ]
    if others.empty:
        return ""
    said = [f"{which_target(each)}, {status_and_chance(each)}" for each in rows_of(others, Verdict)]
    return f"{'Another target' if len(said) == 1 else 'Other targets'} on it: {'; '.join(said)}"


def goal_in_words(goal: str, number: float, about: Indicator) -> str:
    """Return a goal of a target in a few words; "" of one that is neither a change nor a level."""
    if goal == "value":
        lower = about.lower_is_better
        return limit_text(plain_level(number, about), about.unit, lower_is_better=lower)
    if goal != "relative_change":
        return ""
    less = "fewer" if about.unit == "count" else "less"
    return f"{in_words_number(abs(number), PLACES)}% {less if number < 0 else 'more'}"


def plain_level(number: float, about: Indicator) -> str:
    """Return a level that a person gave, no digit of it rounded away."""
    percent = "%" if about.unit == "percent" else ""
    return f"{in_words_number(number, PLACES)}{percent}"
