"""What a target asks for: its level, what is needed a month from here, and when it is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    later,
    month_at,
    parse_financial_year,
    parse_month,
)
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.rounding import as_number
from dashboard.metrics.windows import WindowTotal, window_total

GOALS = ("relative_change", "value", "rank", "minimum_count", "not_given")


@dataclass(frozen=True)
class Needed:
    """What is needed a month, from as_at to the due date."""

    per_month: float | None
    """Events a month that end exactly on the goal; None when there is no such number."""
    months_left: int
    counted: float | None
    """Events of the due year so far; 0 before it begins."""
    mean_last_year: float | None
    """Events a month over the twelve months to as_at."""
    beyond: float
    """Events past the goal already (0 when there is room): lower better, the goal is out of reach;
    higher better, it is reached."""
    reason: Reasons = NO_REASON
    """Why there is no such number, or that the goal is passed."""
    later_year: Window | None = None
    """The due year while other months still come before it; None once it runs, or with the next
    month."""


def goal_level(goal: str, goal_number: float | None, baseline: float | None) -> float | None:
    """The level that a target asks for, in its indicator's unit.

    relative_change: baseline * (100 + goal_number) / 100; value and minimum_count: the number
    itself. A rank is a place, not a level, and what is not given is not guessed: None.

    Args:
        goal: one of ``GOALS``.
        goal_number: percent (negative for a fall), value, rank or count; None when not given.
        baseline: the baseline's value in the indicator's unit; None when missing.

    Raises:
        ValueError: unknown goal.
    """
    if goal not in GOALS:
        raise ValueError(f"'{goal}' is not a goal; choose one of {', '.join(GOALS)}")
    number, base = as_number(goal_number), as_number(baseline)
    if goal in ("rank", "not_given") or number is None:
        return None
    if goal != "relative_change":
        return number
    # Multiplied first: 50 less 34% is 33, not a hair under it, which 33 events would be past.
    return None if base is None else base * (PER_CENT + number) / PER_CENT


def due_window(due: str | date | pd.Period) -> Window:
    """The due year: the twelve months that end with the month of the due date."""
    month = parse_month(due)
    return Window(later(month, 1 - MONTHS_A_YEAR), month)


def closing_month(period: str, as_at: pd.Period, due: date | None = None) -> pd.Period | None:
    """Return the month in which something that a plan set was closed; None while it is open.

    That is the last month of the plan's period, or the month of a due date that is later; after it
    what the plan set is history, neither late nor at stake. In that month it is due and not closed:
    what the month brought is still to be decided on.

    Args:
        period: The plan's period, "2010/11"; one that is no financial year names no end.
        as_at: The last month that counts, never the clock.
        due: When the action or the target itself is due; None where that is not given.
    """
    try:
        last = parse_financial_year(period).last_month
    except ValueError:
        return None
    if due is not None:
        last = month_at(max(last.ordinal, parse_month(due).ordinal))
    return last if last.ordinal < as_at.ordinal else None


def needed_per_month(
    goal: float,
    counted: float,
    months_left: int,
    lower_is_better: bool = True,
    mean_last_year: float | None = None,
) -> Needed:
    """What is needed a month: (goal - counted) / months left of the due year.

    Before the due year begins nothing is counted and all twelve months are left: goal / 12.

    Args:
        goal: events of the due year that meet the target.
        counted: events of the due year so far.
        months_left: months of the due year still to come, 0 to 12.
        lower_is_better: whether going past the goal misses it or reaches it.
        mean_last_year: events a month lately, for comparison.

    Returns:
        Never a negative number a month: where the goal is passed already, ``per_month`` is None
        (lower better) or 0 (higher better), ``beyond`` and ``reason`` say by how many.

    Raises:
        ValueError: months_left is not between 0 and 12.
    """
    if not 0 <= months_left <= MONTHS_A_YEAR:
        raise ValueError(f"months left must be between 0 and 12, not {months_left}")
    mean, room = as_number(mean_last_year), goal - counted
    if room < 0:
        reason = because(Because.OUT_OF_REACH if lower_is_better else Because.REACHED, -room)
        each = None if lower_is_better else 0.0
        return Needed(each, months_left, counted, mean, -room, reason)
    if not months_left:
        return Needed(None, 0, counted, mean, 0.0, because(Because.DUE_PASSED))
    return Needed(room / months_left, months_left, counted, mean, 0.0)


def needed_from_here(
    series: pd.DataFrame,
    goal: float | None,
    due: str | date | pd.Period,
    as_at: str | date | pd.Period,
    lower_is_better: bool = True,
) -> Needed:
    """:func:`needed_per_month` from a series of counts.

    Args:
        series: as :func:`~dashboard.metrics.windows.window_total` takes.
        goal: events of the due year that meet the target; None when not given.
        due: the due date.
        as_at: the last month that counts.
        lower_is_better: True for crimes.

    Returns:
        ``per_month`` is None, with the reason, when the goal is not given, the due date has
        passed or a month of the due year so far is missing.
    """
    due_year, month = due_window(due), parse_month(as_at)
    left = min(MONTHS_A_YEAR, max(0, due_year.last_month.ordinal - month.ordinal))
    last_year = window_total(series, Window(later(month, 1 - MONTHS_A_YEAR), month))
    mean = None if last_year.value is None else last_year.value / MONTHS_A_YEAR
    so_far = WindowTotal(0.0)
    if month.ordinal >= due_year.first_month.ordinal:
        counted_to = month_at(min(month.ordinal, due_year.last_month.ordinal))
        so_far = window_total(series, Window(due_year.first_month, counted_to))
    if goal is None:
        return Needed(None, left, so_far.value, mean, 0.0, because(Because.GOAL_NOT_GIVEN))
    if so_far.value is None:
        return Needed(None, left, None, mean, 0.0, so_far.why)
    needed = needed_per_month(goal, so_far.value, left, lower_is_better, mean)
    begins_later = due_year.first_month.ordinal > month.ordinal + 1
    return replace(needed, later_year=due_year) if begins_later else needed
