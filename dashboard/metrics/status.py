"""The verdict on a target, in one word and a reason; the rules are data in `status_table.py`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.metrics.polarity import shortfall
from dashboard.metrics.rounding import as_number, in_words_number, round_half_up
from dashboard.metrics.status_states import (
    DEFAULT_TOLERANCE,
    gravest_note,
    path_states,
    projection_states,
    significance_state,
)
from dashboard.metrics.status_table import (
    AHEAD,
    AT_RISK,
    BREAK,
    CANNOT_SAY,
    CLEARLY_BEHIND,
    COMPLETE,
    GOAL_NOT_GIVEN,
    INCOMPLETE,
    MET,
    MISSED,
    NO_LEVEL,
    NO_PATH,
    NO_PROJECTION,
    NOT_MET,
    OFF_TRACK,
    ON_TRACK,
    OUT_OF_REACH,
    REACHED,
    REACHED_EARLY,
    UNRELIABLE,
    WITHIN_CHANCE,
    WORDS,
    Combination,
    rule_for,
)

TWO_PLACES_BELOW = 10
"""Reasons give figures that are not whole to one place, and those below this, mostly rates, to two.
"""
MOST_PLACES = 2
PERCENT = 100

__all__ = [
    "AT_RISK",
    "CANNOT_SAY",
    "DEFAULT_TOLERANCE",
    "MET",
    "NOT_MET",
    "OFF_TRACK",
    "ON_TRACK",
    "UNRELIABLE",
    "WORDS",
    "Status",
    "chance_in_words",
    "chance_of_goal",
    "status_of",
]


@dataclass(frozen=True)
class Status:
    """A verdict: one of ``WORDS``, and why."""

    word: str
    reason: str
    """The figures; and the projection or the part of chance, where these changed the word."""
    path: str = ""
    """The states that the verdict hangs on, each one of `status_table.STATES`."""
    projection: str = ""
    significance: str = ""
    notes: str = ""
    coverage: str = ""
    because: str = ""
    """The rule in words: "on the path, but more likely to be missed than met from here"."""
    probability: float | None = None
    """That the target will be met, 0 to 1; None once due, or where nothing can be projected."""


def status_of(
    *,
    actual: float | None,
    path_value: float | None,
    goal: float | None,
    lower_is_better: bool,
    is_due: bool,
    tolerance: float = DEFAULT_TOLERANCE,
    note_effects: Iterable[str] = (),
    missing_reason: str = "",
    goal_given: bool = True,
    goal_is_rank: bool = False,
    probability: float | None = None,
    is_beyond_chance: bool | None = None,
    passed_by: float = 0.0,
) -> Status:
    """The verdict on a target: the word that `status_table.RULES` give its five states.

    A rank has no path: before it is due it is held against the goal itself, without tolerance.

    Args:
        actual: the figure now, in the unit of the path, and once due, that of the due date; for a
            rank goal, the rank.
        path_value: what the path asks for now.
        goal: the level, or the rank, that meets the target.
        lower_is_better: of the indicator; a rank is always better when lower.
        is_due: True when as_at is at or after the due month.
        tolerance: share of the path value, 0 or more.
        note_effects: effects of the data notes that apply; a break, where it lies on the way.
        missing_reason: why the figure is missing or incomplete; "" when it is complete.
        goal_given: False where the plan leaves the goal open.
        goal_is_rank: True for goals such as "top 3".
        probability: that the target will be met, 0 to 1; None where nothing can be projected. For a
            rank goal, that the true rank is as good as the goal, as things are.
        is_beyond_chance: whether the distance from the path is more than chance gives; None where
            that is not known.
        passed_by: events counted beyond the goal already in the year that is due, 0 for none.

    Raises:
        ValueError: a negative tolerance, or a probability that is none.
    """
    now, target = as_number(actual), as_number(goal)
    path = target if goal_is_rank else as_number(path_value)
    chance = None if is_due else as_number(probability)
    lower = goal_is_rank or lower_is_better
    allowed = 0.0 if goal_is_rank else tolerance
    state = path_states(
        *(_or_nan(each) for each in (now, path, target)),
        lower,
        is_due,
        allowed,
        goal_given,
        passed_by,
    )
    combination: Combination = (
        str(state),
        str(projection_states(_or_nan(chance))),
        significance_state(is_beyond_chance),
        gravest_note(note_effects),
        INCOMPLETE if missing_reason or now is None else COMPLETE,
    )
    rule = rule_for(combination)
    if rule.word == CANNOT_SAY:
        reason = _why_not(combination, missing_reason)
    else:
        against = "goal" if goal_is_rank else "path"
        reason = _figures(combination, (now, path, target), lower, against, passed_by)
        top = int(target) if goal_is_rank and target is not None else None
        reason += _what_changed_it(combination, rule.word, chance, top)
    return Status(rule.word, reason, *combination, because=rule.why, probability=chance)


def chance_in_words(probability: float) -> str:
    """Write a probability: "62%", "less than 1%", "more than 99%"."""
    share = PERCENT * probability
    if share < 1:
        return "less than 1%"
    if share > PERCENT - 1:
        return "more than 99%"
    return f"{in_words_number(share)}%"


def chance_of_goal(probability: float, top: int | None = None) -> str:
    """Write the chance of a target: "a 62% chance of meeting the goal".

    Args:
        probability: 0 to 1.
        top: of a goal that is a place, the last that meets it: "a 62% chance that the true place is
            in the top 3 now", for a place is not projected.
    """
    chance = chance_in_words(probability)
    said = f"a {chance} chance" if chance[0].isdigit() else f"a chance of {chance}"
    if top is not None:
        return f"{said} that the true place is in the top {top} now"
    return f"{said} of meeting the goal"


def _why_not(combination: Combination, missing_reason: str) -> str:
    path, _, _, notes, coverage = combination
    reasons = (
        ("a note says that the figures are unreliable", notes == UNRELIABLE),
        ("the goal is not given", path == GOAL_NOT_GIVEN),
        (missing_reason or "no figure", coverage == INCOMPLETE),
        ("a break in the series: then and now are not counted alike", notes == BREAK),
        ("the goal cannot be worked out: its baseline is not known", path == NO_LEVEL),
    )
    no_path = "there is no path to compare it with"
    return next((reason for reason, applies in reasons if applies), no_path)


def _figures(
    combination: Combination,
    numbers: tuple[float | None, float | None, float | None],
    lower_is_better: bool,
    against: str,
    passed_by: float,
) -> str:
    now, path, goal = numbers
    state = combination[0]
    if now is None or goal is None:
        return ""
    if state in (REACHED, MISSED):
        return f"{_both(now, goal, 'goal')}, now due"
    if state in (OUT_OF_REACH, REACHED_EARLY):
        return f"{_number(passed_by)} past the goal of {_number(goal)} already"
    if state == NO_PATH or path is None:
        return _both(now, goal, "goal")
    text = _both(now, path, against)
    if state == AHEAD:
        return text
    gap = float(shortfall(now, path, lower_is_better))
    return f"{text}, worse by {in_words_number(gap, _places(now, path))}"


def _what_changed_it(
    combination: Combination, word: str, probability: float | None, top: int | None
) -> str:
    """Say what gave another word than the path alone gives: the projection, or chance."""
    path, projection, significance, notes, coverage = combination
    parts = []
    by_path = rule_for((path, NO_PROJECTION, significance, notes, coverage)).word
    if word != by_path and probability is not None and projection != NO_PROJECTION:
        parts.append(f"; {chance_of_goal(probability, top)}")
    if path == CLEARLY_BEHIND and significance == WITHIN_CHANCE and word != OFF_TRACK:
        parts.append("; no more than chance alone gives")
    return "".join(parts)


def _both(now: float, other: float, what: str) -> str:
    places = _places(now, other)
    return f"{in_words_number(now, places)} against a {what} of {in_words_number(other, places)}"


def _places(now: float, other: float) -> int:
    """Return the places that a figure and what it is held against are both written with.

    A whole figure needs none, as on the pages, unless rounding would hide that the two differ.
    """
    fewest = 0 if now == round(now) else 1 if abs(now) >= TWO_PLACES_BELOW else MOST_PLACES
    if now == other:
        return fewest
    tell_apart = (
        places
        for places in range(fewest, MOST_PLACES)
        if round_half_up(now, places) != round_half_up(other, places)
    )
    return next(tell_apart, MOST_PLACES)


def _number(value: float) -> str:
    """Write a figure so that small rates still show what tells them apart."""
    return in_words_number(value, 1 if abs(value) >= TWO_PLACES_BELOW else 2)


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
