"""What a target asks for: its level, and what is needed a month from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import MONTHS_A_YEAR, Window, later, month_at, parse_month
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.rounding import as_number
from dashboard.metrics.windows import WindowTotal, totals_over, window_total

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
    change_from_mean: float | None
    """Percent change from that mean to per_month."""
    beyond: float
    """Events past the goal already (0 when there is room): lower better, the goal is out of reach;
    higher better, it is reached."""
    reason: Reasons = NO_REASON
    """Why there is no such number, or that the goal is passed."""
    later_year: Window | None = None
    """The due year while other months still come before it; None once it runs, or with the next
    month."""


class MonthlyNeeds(NamedTuple):
    """What many targets need a month; NaN where there is no such number."""

    per_month: NDArray
    change_from_mean: NDArray
    """Percent change from the mean of the last year to per_month."""
    beyond: NDArray
    """Events past the goal already; 0 when there is room."""


def goal_level(goal: str, goal_number: float | None, baseline: float | None) -> float | None:
    """:func:`goal_levels` of one target; None where that gives NaN.

    Args:
        goal: one of ``GOALS``.
        goal_number: percent (negative for a fall), value, rank or count; None when not given.
        baseline: the baseline's value in the indicator's unit; None when missing.

    Raises:
        ValueError: unknown goal.
    """
    numbers = (np.nan if each is None else each for each in (goal_number, baseline))
    return as_number(float(goal_levels(goal, *numbers)))


def goal_levels(goal: ArrayLike, goal_number: ArrayLike, baseline: ArrayLike) -> NDArray:
    """The level that each of many targets asks for, in its indicator's unit.

    relative_change: baseline * (100 + goal_number) / 100; value and minimum_count: the number
    itself. A rank is a place, not a level, and what is not given is not guessed: NaN.

    Args:
        goal: of ``GOALS``, any shape.
        goal_number: percent (negative for a fall), value, rank or count; NaN when not given.
        baseline: the baseline's value in the indicator's unit; NaN when missing.

    Raises:
        ValueError: unknown goal.
    """
    kind = np.asarray(goal, dtype=object)
    if unknown := sorted({str(each) for each in kind.ravel()} - set(GOALS)):
        raise ValueError(f"'{unknown[0]}' is not a goal; choose one of {', '.join(GOALS)}")
    number, base = np.asarray(goal_number, dtype=float), np.asarray(baseline, dtype=float)
    # Multiplied first: 50 less 34% is 33, not a hair under it, which 33 events would be past.
    changed = np.where(kind == "relative_change", base * (PER_CENT + number) / PER_CENT, number)
    return np.where((kind == "rank") | (kind == "not_given"), np.nan, changed)[()]


def due_window(due: str | date | pd.Period) -> Window:
    """The due year: the twelve months that end with the month of the due date."""
    month = parse_month(due)
    return Window(later(month, 1 - MONTHS_A_YEAR), month)


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
    mean = as_number(mean_last_year)
    found = needed_each_month(
        goal, counted, months_left, lower_is_better, np.nan if mean is None else mean
    )
    each, change, beyond = (as_number(float(part)) for part in found)
    past = beyond or 0.0
    reason = NO_REASON if months_left else because(Because.DUE_PASSED)
    if past:
        reason = because(Because.OUT_OF_REACH if lower_is_better else Because.REACHED, past)
    return Needed(each, months_left, counted, mean, change, past, reason)


def needed_each_month(
    goal: ArrayLike,
    counted: ArrayLike,
    months_left: ArrayLike,
    lower_is_better: ArrayLike = True,
    mean_last_year: ArrayLike = np.nan,
) -> MonthlyNeeds:
    """What each of many targets needs a month; arguments as :func:`needed_per_month`, any shape.

    Returns:
        Arrays of the common shape. ``per_month`` is NaN where the goal or the count is missing,
        where the due date has passed, and where the goal is passed and lower is better; 0 where it
        is passed and higher is better.

    Raises:
        ValueError: months_left is not between 0 and 12.
    """
    left = np.asarray(months_left, dtype=float)
    if not ((left >= 0) & (left <= MONTHS_A_YEAR)).all():
        raise ValueError(f"months left must be between 0 and 12, not {months_left}")
    room = np.asarray(goal, dtype=float) - np.asarray(counted, dtype=float)
    room, left, mean, lower = np.broadcast_arrays(
        room, left, np.asarray(mean_last_year, dtype=float), np.asarray(lower_is_better, dtype=bool)
    )
    has_room = (room >= 0) & (left > 0)
    each = np.where(has_room, room / np.where(left > 0, left, np.nan), np.nan)
    change = PER_CENT * (each - mean) / np.where(mean > 0, mean, np.nan)
    each = np.where((room < 0) & ~lower, 0.0, each)
    return MonthlyNeeds(each[()], change[()], np.maximum(-room, 0.0)[()])


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
        return Needed(None, left, so_far.value, mean, None, 0.0, because(Because.GOAL_NOT_GIVEN))
    if so_far.value is None:
        return Needed(None, left, None, mean, None, 0.0, so_far.why)
    needed = needed_per_month(goal, so_far.value, left, lower_is_better, mean)
    begins_later = due_year.first_month.ordinal > month.ordinal + 1
    return replace(needed, later_year=due_year) if begins_later else needed


def needed_table(
    frame: pd.DataFrame, by: Sequence[str], goals: pd.DataFrame, as_at: str | date | pd.Period
) -> pd.DataFrame:
    """:func:`needed_from_here` of every target of many series, in one call.

    Args:
        frame: the columns of ``by``, period_start, period_kind, value.
        by: what tells the series apart, such as ("area_code", "indicator_id").
        goals: the columns of ``by``, goal (events of the due year; NaN when not given), due and
            lower_is_better; one row a target, several on one series where there are several.
        as_at: the last month that counts.

    Returns:
        The goals, in their order, with months_left, counted, mean_last_year, per_month,
        change_from_mean and beyond; NaN where :func:`needed_from_here` gives None.
    """
    month, names = parse_month(as_at), list(by)
    last_year = Window(later(month, 1 - MONTHS_A_YEAR), month)
    dues = {due: due_window(due) for due in goals["due"].unique().tolist()}
    begun = {due: year for due, year in dues.items() if year.first_month.ordinal <= month.ordinal}
    so_far = [
        Window(year.first_month, month_at(min(month.ordinal, year.last_month.ordinal)))
        for year in begun.values()
    ]
    keys, totals = totals_over(frame, names, [last_year, *so_far])
    found = goals.merge(keys.assign(mean_last_year=totals[:, 0]), on=names, how="left")
    found["mean_last_year"] /= MONTHS_A_YEAR
    left = {due: year.last_month.ordinal - month.ordinal for due, year in dues.items()}
    found["months_left"] = found["due"].map(left).clip(0, MONTHS_A_YEAR).astype(int)
    found["counted"] = 0.0
    for due, counted in zip(begun, totals.T[1:], strict=True):
        rows = found["due"].eq(due)
        of_series = found.loc[rows, names].merge(keys.assign(counted=counted), on=names, how="left")
        found.loc[rows, "counted"] = of_series["counted"].to_numpy()
    needs = needed_each_month(
        found["goal"], found["counted"], found["months_left"], found["lower_is_better"],
        found["mean_last_year"],
    )  # fmt: skip
    columns = [*goals.columns, "months_left", "counted", "mean_last_year"]
    return found[columns].assign(**needs._asdict())
