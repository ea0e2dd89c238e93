"""Why a verdict is as it is, as data: the figures, and the five states that gave the word."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.metrics.reasons import Reason
from dashboard.metrics.rounding import as_number
from dashboard.metrics.status_table import Combination


@dataclass(frozen=True)
class Held:
    """A figure and what it is held against; None for what is not known."""

    now: float | None
    path: float | None
    goal: float | None
    lower_is_better: bool
    is_rank: bool
    passed_by: float

    @property
    def top(self) -> int | None:
        """The last place that meets a goal that is one."""
        return int(self.goal) if self.is_rank and self.goal is not None else None


def held_against(
    actual: float | None,
    path_value: float | None,
    goal: float | None,
    lower_is_better: bool,
    is_rank: bool,
    passed_by: float,
) -> Held:
    """Take what is known; a rank is held against the goal itself, and better when lower."""
    target = as_number(goal)
    path = target if is_rank else as_number(path_value)
    return Held(as_number(actual), path, target, is_rank or lower_is_better, is_rank, passed_by)


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
