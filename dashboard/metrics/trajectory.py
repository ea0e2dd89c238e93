"""Paths from a baseline to a goal: straight, seasonal, stepped; of several targets side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard.metrics.periods import (
    FIRST_MONTH_OF_FINANCIAL_YEAR,
    MONTHS_A_YEAR,
    Window,
    financial_year_window,
    later,
    parse_financial_year,
    parse_month,
)
from dashboard.metrics.polarity import is_at_least_as_good
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.windows import window_total, window_totals

YEARS_OF_SHARES = 3
"""Years whose months give the seasonal shares (design of the product: three years before)."""

Month = str | date | pd.Period


@dataclass(frozen=True)
class MonthShares:
    """The share of a year's events that each calendar month has, April first."""

    shares: tuple[float, ...]
    """Twelve shares that add to 1; empty when there are none."""
    why: Reasons = NO_REASON
    """Why there are none."""


def straight_path(
    baseline_level: float, baseline_end: Month, goal_level: float, due: Month
) -> pd.DataFrame:
    """A straight line of the rolling-twelve-month total, month by month.

    level(m) = baseline + (goal - baseline) * (m - baseline_end) / (due - baseline_end), months.

    Args:
        baseline_level: total of the baseline's twelve months.
        baseline_end: the baseline's last month.
        goal_level: total of the due year that meets the target.
        due: the month of the due date.

    Returns:
        month (Period[M]), level; from baseline_end, at the baseline, to due, at the goal.

    Raises:
        ValueError: the due date is not after the baseline.
    """
    first, last = parse_month(baseline_end), parse_month(due)
    if last.ordinal <= first.ordinal:
        raise ValueError(f"the due month {last} is not after the end of the baseline {first}")
    months = pd.period_range(first, last, freq="M")
    levels = np.linspace(baseline_level, goal_level, len(months))
    return pd.DataFrame({"month": months, "level": levels})


def month_shares(series: pd.DataFrame, before: Month, years: int = YEARS_OF_SHARES) -> MonthShares:
    """Each calendar month's share of the events of the years before a financial year.

    share(k) = events in calendar month k of the years / events in all their months.

    Args:
        series: monthly counts, as :func:`~dashboard.metrics.windows.window_total` takes.
        before: any month of the financial year the shares are for.
        years: how many years before it count.

    Returns:
        No shares, with the reason, when one of the months is missing or none has an event.
    """
    april = financial_year_window(parse_month(before)).first_month
    window = Window(later(april, -MONTHS_A_YEAR * years), later(april, -1))
    monthly = series[series["period_kind"] == "month"]
    total = window_total(monthly, window)
    if total.value is None:
        return MonthShares((), total.why)
    if total.value <= 0:
        return MonthShares((), because(Because.NO_EVENTS, window))
    months = [Window(month, month) for month in window.months]
    counts = [each.value for each in window_totals(monthly, months)]
    by_month = np.array(counts, dtype=float).reshape(years, MONTHS_A_YEAR).sum(axis=0)
    return MonthShares(tuple((by_month / total.value).tolist()))


def seasonal_path(annual_level: float, shares: MonthShares, financial_year: str) -> pd.DataFrame:
    """A year's level spread over its months by their shares, and the sum since April.

    Args:
        annual_level: the path's total for the financial year.
        shares: of the twelve calendar months, April first.
        financial_year: such as "2010/11".

    Returns:
        month (Period[M]), level (of the month), cumulative (April to the month); the months add
        to the annual level.

    Raises:
        ValueError: the shares are empty.
    """
    if len(shares.shares) != MONTHS_A_YEAR:
        names = ", ".join(shares.why.names)
        raise ValueError(f"no seasonal path without twelve shares: {names}")
    months = pd.PeriodIndex(parse_financial_year(financial_year).months)
    levels = annual_level * np.array(shares.shares)
    return pd.DataFrame({"month": months, "level": levels, "cumulative": np.cumsum(levels)})


def annual_levels(path: pd.DataFrame) -> dict[str, float]:
    """The level a path of rolling totals has at the end of each financial year within it.

    Args:
        path: month, level, as :func:`straight_path` gives.

    Returns:
        Level by financial year, such as {"2009/10": 900.0}; these feed :func:`seasonal_path`.
    """
    levels = {}
    for month, level in zip(path["month"], path["level"].tolist(), strict=True):
        year = financial_year_window(month)
        if month == year.last_month:
            levels[year.label()] = level
    return levels


def stepped_path(levels: Mapping[str, float]) -> pd.DataFrame:
    """A level for each financial year, the same in all its months.

    Args:
        levels: yearly total by financial year, such as {"2009/10": 900, "2010/11": 800}.

    Returns:
        month (Period[M]), level; in order of the months, no row for years without a step.

    Raises:
        ValueError: no step, or a key that is not a financial year.
    """
    if not levels:
        raise ValueError("a stepped path needs at least one step")
    years = {parse_financial_year(year): float(level) for year, level in levels.items()}
    rows = [(month, years[year]) for year in sorted(years) for month in year.months]
    return pd.DataFrame(rows, columns=["month", "level"])


def stepped_totals(
    levels: Mapping[str, float], before: tuple[Month, float] | None = None
) -> pd.DataFrame:
    """What totals of twelve months must be, where each financial year has a level.

    In month k of a year, 12 - k of the twelve months belong to the year before: the path asks for
    ((12 - k) * level before + k * level) / 12, so that whoever keeps to each year's level keeps to
    the path, and each March asks for its year's level.

    Args:
        levels: as :func:`stepped_path` takes them.
        before: last month and total of the baseline, where the path begins; None, or one that is
            not before the first year, for a first year that is level.

    Returns:
        month (Period[M]), level; a row where the line bends, in order.

    Raises:
        ValueError: as :func:`stepped_path`.
    """
    steps = stepped_path(levels)
    first, begins = steps["month"].iloc[0], None if before is None else parse_month(before[0])
    is_march = steps["month"].dt.month.eq(FIRST_MONTH_OF_FINANCIAL_YEAR - 1)
    marches = steps[is_march]
    if begins is None or before is None or begins.ordinal >= first.ordinal:
        start = steps.head(1)
    else:
        start = pd.DataFrame({"month": [begins], "level": [float(before[1])]})
    return pd.concat([start, marches], ignore_index=True)


def path_level_at(path: pd.DataFrame, month: Month) -> float | None:
    """The level a path asks for in a month.

    Args:
        path: month, level (or for a seasonal path, its cumulative column named level).
        month: the month.

    Returns:
        None before the path begins; after its end, its last level. Between rows,
        the level of the straight line between them.
    """
    at = parse_month(month).ordinal
    months = pd.PeriodIndex(path["month"]).asi8
    if len(months) == 0 or at < months[0]:
        return None
    return float(np.interp(at, months, path["level"].to_numpy(dtype=float)))


def what_each_path_gives(
    paths: Mapping[str, pd.DataFrame], goals: pd.DataFrame, lower_is_better: bool
) -> pd.DataFrame:
    """Return the level of each target's path on the due date of every other.

    A path says nothing before it begins. After it ends it keeps its last level, as
    :func:`path_level_at` has it: the goal, held.

    Args:
        paths: month, level by target; empty where a target has no path.
        goals: target_id, level (the goal's), due (Period[M]); rows without both are left out.
        lower_is_better: of the indicator.

    Returns:
        path_of, goal_of, due, goal, level, meets: one row for each ordered pair of two targets.
    """
    known = goals.dropna(subset=["level", "due"])
    rows = [
        (name, goal["target_id"], goal["due"], goal["level"], path_level_at(path, goal["due"]))
        for name, path in paths.items()
        for goal in known.to_dict("records")
        if goal["target_id"] != name and len(path)
    ]
    columns = ["path_of", "goal_of", "due", "goal", "level"]
    found = pd.DataFrame(rows, columns=columns).astype({"goal": float, "level": float})
    found = found[found["level"].notna()].reset_index(drop=True)
    return found.assign(meets=is_at_least_as_good(found["level"], found["goal"], lower_is_better))


def strictest(goals: pd.DataFrame, lower_is_better: bool) -> str:
    """Return the target whose goal asks for the best level; the earliest due of equals, "" of none.

    Args:
        goals: target_id, level, due (Period[M]), all of one indicator and unit.
        lower_is_better: of the indicator.
    """
    known = goals.dropna(subset=["level", "due"])
    if known.empty:
        return ""
    size = known["level"].to_numpy(dtype=float)
    order = np.lexsort((pd.PeriodIndex(known["due"]).asi8, size if lower_is_better else -size))
    return str(known["target_id"].iloc[order[0]])
