"""The verdict on a target, in one word and a reason; the rules are data in `status_table.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.metrics.reasons import NO_REASON, Reason
from dashboard.metrics.rounding import as_number
from dashboard.metrics.status_table import (
    COMPLETE,
    DEFAULT_TOLERANCE,
    INCOMPLETE,
    Combination,
    Held,
    gravest_note,
    held_against,
    path_state,
    projection_state,
    rule_for,
    significance_state,
)


@dataclass(frozen=True)
class VerdictReason(Reason):
    """Why a verdict is as it is.

    Attributes:
        word: The verdict, one of `status_table.WORDS`.
        combination: The states that it hangs on.
        held: The figure and what it is held against.
        probability: That the target will be met; None where nothing can be projected.
        missing: Why the figure is missing or incomplete; "" when it is complete.
    """

    word: str
    combination: Combination
    held: Held
    probability: float | None
    missing: Reason | str = ""


@dataclass(frozen=True)
class Status:
    """A verdict: one of ``WORDS``, and why."""

    word: str
    reason: Reason
    """The figures; and the projection or the part of chance, where these changed the word."""
    path: str = ""
    """The states that the verdict hangs on, each one of `status_table.STATES`."""
    projection: str = ""
    significance: str = ""
    notes: str = ""
    coverage: str = ""
    because: Reason = NO_REASON
    """The rule that gave the word, one of `status_table.RULES`."""
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
    missing_reason: Reason | str = "",
    goal_given: bool = True,
    goal_is_rank: bool = False,
    probability: float | None = None,
    is_beyond_chance: bool | None = None,
    passed_by: float = 0.0,
    is_closed: bool = False,
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
        is_closed: True when the plan is over (`goals.closing_month`); the figure is then the
            outturn, and one that is missing or incomplete is none.

    Raises:
        ValueError: a negative tolerance, or a probability that is none.
    """
    held = held_against(actual, path_value, goal, lower_is_better, goal_is_rank, passed_by)
    chance = None if is_due or is_closed else as_number(probability)
    if is_closed and missing_reason:
        held = replace(held, now=None)
    combination: Combination = (
        path_state(
            held,
            0.0 if held.is_rank else tolerance,
            is_due=is_due,
            is_closed=is_closed,
            goal_given=goal_given,
        ),
        projection_state(chance),
        significance_state(is_beyond_chance),
        gravest_note(note_effects),
        INCOMPLETE if missing_reason or held.now is None else COMPLETE,
    )
    rule = rule_for(combination)
    reason = VerdictReason(rule.word, combination, held, chance, missing_reason)
    return Status(rule.word, reason, *combination, because=rule, probability=chance)
