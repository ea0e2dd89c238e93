"""One basis over many years: falls in a row, the largest fall before, the change over years."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pandas as pd

from dashboard.metrics.percent import PER_CENT, percent_change
from dashboard.metrics.periods import MONTHS_A_YEAR, parse_month, windows_for
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.rounding import as_number
from dashboard.metrics.windows import window_totals


class FallRatio(NamedTuple):
    """This year's percent change over the largest fall of any earlier year."""

    ratio: float | None
    """2 is twice the largest fall before."""
    reason: Reasons = NO_REASON
    """Why there is none."""


def totals_by_year(
    series: pd.DataFrame, as_at: str | date | pd.Period, basis: str, aggregation: str = "sum"
) -> pd.DataFrame:
    """The total of a basis' window ending as_at, and of the same window in every year before.

    Args:
        series: as :func:`~dashboard.metrics.windows.window_total` takes.
        as_at: the last month that counts.
        basis: month, quarter, ytd or rolling_year.
        aggregation: "sum" or "last".

    Returns:
        label, value (NaN with a missing month), percent (change on the year before), oldest
        first; from the first year with any figure to as_at.

    Raises:
        ValueError: unknown basis, or "baseline", which has no earlier years.
    """
    if basis == "baseline":
        raise ValueError("basis 'baseline' has no earlier years to set beside it")
    window, _ = windows_for(basis, as_at)
    starts = pd.to_datetime(series.loc[series["value"].notna(), "period_start"])
    first = parse_month(starts.min()) if len(starts) else window.first_month
    years = max(0, (window.last_month.ordinal - first.ordinal) // MONTHS_A_YEAR)
    windows = [window.moved_by(-MONTHS_A_YEAR * back) for back in range(years, -1, -1)]
    values = [each.value for each in window_totals(series, windows, aggregation)]
    table = pd.DataFrame({"label": [each.label() for each in windows], "value": values})
    table["value"] = table["value"].astype("float64")
    table["percent"] = percent_change(table["value"], table["value"].shift(1))
    return table


def falls_in_a_row(totals: pd.DataFrame) -> int | None:
    """How many years running, up to the last, a series fell; None when the last is unknown.

    A missing year ends the run: what is not known to have fallen is not counted.

    Args:
        totals: as :func:`totals_by_year` gives.
    """
    steps = totals["value"].diff()
    if steps.empty or pd.isna(steps.iloc[-1]):
        return None
    return int(steps[::-1].lt(0).astype(int).cumprod().sum())


def ratio_to_largest_fall(totals: pd.DataFrame) -> FallRatio:
    """The latest percent change over the largest fall of any earlier year.

    Args:
        totals: as :func:`totals_by_year` gives.
    """
    latest = as_number(totals["percent"].iloc[-1]) if len(totals) else None
    if latest is None:
        return FallRatio(None, because(Because.NO_LATEST_CHANGE))
    earlier = as_number(totals["percent"].iloc[:-1].min())
    if earlier is None or earlier >= 0:
        return FallRatio(None, because(Because.NO_EARLIER_FALL))
    return FallRatio(latest / earlier)


def change_over_years(totals: pd.DataFrame, years: int) -> float | None:
    """Percent change of the latest total on that of so many years before; None when missing.

    Args:
        totals: as :func:`totals_by_year` gives.
        years: how many years back, 1 or more.

    Raises:
        ValueError: years is under 1.
    """
    if years < 1:
        raise ValueError(f"a change is over 1 year or more, not {years}")
    if len(totals) <= years:
        return None
    values = totals["value"]
    return as_number(float(percent_change(values.iloc[-1], values.iloc[-1 - years])))


def share_of(part: float | None, whole: float | None) -> float | None:
    """100 * part / whole; None when either is missing or the whole is not above zero."""
    some, every = as_number(part), as_number(whole)
    if some is None or every is None or every <= 0:
        return None
    return PER_CENT * some / every
