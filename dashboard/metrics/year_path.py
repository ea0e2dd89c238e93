"""A path within one year: what each month may have, and the sum since the year began."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.metrics.path_range import range_of_path
from dashboard.metrics.periods import (
    FIRST_MONTH_OF_FINANCIAL_YEAR,
    MONTHS_A_YEAR,
    Window,
    later,
)
from dashboard.metrics.trajectory import MonthShares, path_level_at
from dashboard.metrics.windows import window_totals


def target_year(as_at: pd.Period, due: pd.Period | None) -> Window:
    """Return the twelve months around a month that end in the calendar month of the due date.

    Args:
        as_at: the month.
        due: the month of the due date; None for the financial year.
    """
    last = FIRST_MONTH_OF_FINANCIAL_YEAR - 1 if due is None else due.month
    ahead = (last - as_at.month) % MONTHS_A_YEAR
    end = later(as_at, ahead)
    return Window(later(end, 1 - MONTHS_A_YEAR), end)


def year_path(annual_level: float, year: Window, shares: MonthShares | None = None) -> pd.DataFrame:
    """Spread a year's level over its months, and add it up since the year began.

    Args:
        annual_level: events that the path allows the year.
        year: any twelve months.
        shares: of the calendar months, April first; None or empty for a twelfth each.

    Returns:
        month (Period[M]), level (of the month), cumulative; the months add to the annual level.

    Raises:
        ValueError: the window is not twelve months.
    """
    if year.month_count != MONTHS_A_YEAR:
        raise ValueError(f"a year has twelve months, not {year.month_count}")
    parts = np.full(MONTHS_A_YEAR, 1 / MONTHS_A_YEAR)
    if shares is not None and shares.shares:
        april_first = np.array(shares.shares)
        calendar = np.array([month.month for month in year.months])
        parts = april_first[(calendar - FIRST_MONTH_OF_FINANCIAL_YEAR) % MONTHS_A_YEAR]
    levels = annual_level * parts
    return pd.DataFrame(
        {"month": pd.PeriodIndex(year.months), "level": levels, "cumulative": np.cumsum(levels)}
    )


def year_beside_path(
    path: pd.DataFrame, series: pd.DataFrame, as_at: pd.Period, dispersion: float
) -> pd.DataFrame:
    """Set what was counted beside a year's path, month by month, with the range of the sum.

    Args:
        path: as :func:`year_path` gives.
        series: counts, as :func:`~dashboard.metrics.windows.window_total` takes.
        as_at: the last month that counts.
        dispersion: variance of the counts over their mean.

    Returns:
        month, level, cumulative, then actual (of the month) and actual_cumulative (NaN after
        as_at, and from the first missing month), lower_95, lower_80, upper_80, upper_95 (of the
        sum since the year began).
    """
    months = [Window(month, month) for month in path["month"] if month <= as_at]
    totals = window_totals(series, months)
    actual = np.full(len(path), np.nan)
    actual[: len(months)] = [np.nan if each.value is None else each.value for each in totals]
    sums = path[["month"]].assign(level=path["cumulative"])
    limits = range_of_path(sums, dispersion).drop(columns=["month", "level"])
    counted = path.assign(actual=actual, actual_cumulative=np.cumsum(actual))
    return pd.concat([counted, limits], axis=1)


def annual_level_at(path: pd.DataFrame, year: Window, otherwise: float | None) -> float | None:
    """Return what a path of yearly levels asks of a year: its level in the year's last month.

    Args:
        path: month, level; empty where there is none.
        year: twelve months.
        otherwise: the level where there is no path, such as a count to reach each year.
    """
    found = path_level_at(path, year.last_month) if len(path) else None
    return otherwise if found is None else found
