"""The verdict on a target, in one word and a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.metrics.polarity import RELATIVE_SLACK, is_at_least_as_good, shortfall
from dashboard.metrics.rounding import as_number, in_words_number

MET, ON_TRACK, AT_RISK = "met", "on track", "at risk"
OFF_TRACK, NOT_MET, CANNOT_SAY = "off track", "not met", "cannot say"
WORDS = (MET, ON_TRACK, AT_RISK, OFF_TRACK, NOT_MET, CANNOT_SAY)
DEFAULT_TOLERANCE = 0.02
"""Our convention: up to 2% of the path value worse than the path is "at risk", not "off track"."""
UNRELIABLE = "unreliable"
TWO_PLACES_BELOW = 10
"""Reasons give figures to one place, and those below this, mostly rates, to two."""

__all__ = ["DEFAULT_TOLERANCE", "WORDS", "Status", "is_at_least_as_good", "status_of"]


@dataclass(frozen=True)
class Status:
    """A verdict: one of ``WORDS``, and why."""

    word: str
    reason: str


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
) -> Status:
    """The verdict on a target; the first rule that applies gives it.

    1. a note with effect "unreliable": cannot say. 2. goal not given: cannot say. 3. the figure is
    missing or incomplete, or the goal has no level, or it is not due and there is no path: cannot
    say. 4. due: met when the figure is at least as good as the goal, else not met. 5. at least as
    good as the path: on track. 6. worse by at most tolerance * |path|: at risk. 7. else off track.
    A rank has no path: before it is due it is held against the goal itself, without tolerance.

    Args:
        actual: the figure now, in the unit of the path, and once due, that of the due date; for a
            rank goal, the rank.
        path_value: what the path asks for now.
        goal: the level, or the rank, that meets the target.
        lower_is_better: of the indicator; a rank is always better when lower.
        is_due: True when as_at is at or after the due month.
        tolerance: share of the path value, 0 or more.
        note_effects: effects of the data notes that apply.
        missing_reason: why the figure is missing or incomplete; "" when it is complete.
        goal_given: False where the plan leaves the goal open.
        goal_is_rank: True for goals such as "top 3".

    Raises:
        ValueError: a negative tolerance.
    """
    if tolerance < 0:
        raise ValueError(f"a tolerance cannot be negative, and this is {tolerance}")
    now, path, target = as_number(actual), as_number(path_value), as_number(goal)
    why_not = (
        ("a note says that the figures are unreliable", UNRELIABLE in set(note_effects)),
        ("the goal is not given", not goal_given),
        (missing_reason or "no figure", bool(missing_reason) or now is None),
        ("the goal has no level: its baseline is not known", target is None),
        ("there is no path to hold it against", path is None and not (is_due or goal_is_rank)),
    )
    for reason, applies in why_not:
        if applies:
            return Status(CANNOT_SAY, reason)
    assert now is not None and target is not None  # noqa: PT018 - two of the reasons above
    if goal_is_rank:
        path, lower_is_better, tolerance = target, True, 0.0
    if is_due or path is None:
        return _when_due(now, target, lower_is_better)
    return _on_the_way(now, path, lower_is_better, tolerance, "goal" if goal_is_rank else "path")


def _when_due(now: float, goal: float, lower_is_better: bool) -> Status:
    figures = f"{_number(now)} against a goal of {_number(goal)}"
    if bool(is_at_least_as_good(now, goal, lower_is_better)):
        return Status(MET, f"{figures}, now due")
    return Status(NOT_MET, f"{figures}, now due")


def _on_the_way(
    now: float, path: float, lower_is_better: bool, tolerance: float, against: str
) -> Status:
    figures = f"{_number(now)} against a {against} of {_number(path)}"
    if bool(is_at_least_as_good(now, path, lower_is_better)):
        return Status(ON_TRACK, figures)
    allowed = tolerance * abs(path)
    worse_by = float(shortfall(now, path, lower_is_better))
    text = f"{figures}, worse by {_number(worse_by)}"
    within = worse_by <= allowed + RELATIVE_SLACK * abs(path) and tolerance > 0
    return Status(AT_RISK if within else OFF_TRACK, text)


def _number(value: float) -> str:
    """Write a figure so that small rates still show what tells them apart."""
    return in_words_number(value, 1 if abs(value) >= TWO_PLACES_BELOW else 2)
