"""One basis over many years: falls in a row, the largest fall before, the change over years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.percent import PER_CENT, percent_change
from dashboard.metrics.periods import MONTHS_A_YEAR, parse_month, windows_for
from dashboard.metrics.rounding import as_number
from dashboard.metrics.windows import totals_over, window_totals


@dataclass(frozen=True)
class FallRatio:
    """This year's change beside the largest fall of any earlier year."""

    change: float | None
    """Percent change of the latest year."""
    largest_earlier_fall: float | None
    """The most negative earlier percent change; None when no earlier year fell."""
    ratio: float | None
    """change / largest_earlier_fall: 2 is twice the largest fall before."""
    reason: str = ""


class FallRatios(NamedTuple):
    """:class:`FallRatio` of many series; NaN where it has None."""

    change: NDArray
    largest_earlier_fall: NDArray
    ratio: NDArray


class YearlyTotals(NamedTuple):
    """The same window in each of several years, of many series."""

    keys: pd.DataFrame
    """What each series is, in the columns that told them apart."""
    labels: list[str]
    """The windows in words, oldest first."""
    values: NDArray
    """(series, years); NaN with a missing month."""


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


def totals_of_years(
    frame: pd.DataFrame, by: Sequence[str], as_at: str | date | pd.Period, basis: str, years: int
) -> YearlyTotals:
    """:func:`totals_by_year` of many series of counts at once, over so many years.

    Args:
        frame: the columns of ``by``, period_start, period_kind, value.
        by: what tells the series apart, such as ("area_code", "indicator_id").
        as_at: the last month that counts.
        basis: month, quarter, ytd or rolling_year.
        years: how many, 1 or more, the last of them as_at's.

    Raises:
        ValueError: unknown basis, or "baseline", which has no earlier years.
    """
    if basis == "baseline":
        raise ValueError("basis 'baseline' has no earlier years to set beside it")
    window, _ = windows_for(basis, as_at)
    windows = [window.moved_by(-MONTHS_A_YEAR * each) for each in range(years - 1, -1, -1)]
    keys, values = totals_over(frame, by, windows)
    return YearlyTotals(keys, [each.label() for each in windows], values)


def falls_in_a_row(totals: pd.DataFrame) -> int | None:
    """:func:`falls_running` of one series; None when the last change is unknown.

    Args:
        totals: as :func:`totals_by_year` gives.
    """
    found = as_number(float(falls_running(totals["value"])))
    return None if found is None else int(found)


def falls_running(values: ArrayLike) -> NDArray:
    """How many years running, up to the last, each series fell; NaN when the last is unknown.

    A missing year ends the run: what is not known to have fallen is not counted.

    Args:
        values: (..., years), oldest first; NaN where missing.
    """
    steps = np.diff(np.asarray(values, dtype=float), axis=-1)
    if steps.shape[-1] == 0:
        return np.full(steps.shape[:-1], np.nan)[()]
    fell = np.logical_and.accumulate(steps[..., ::-1] < 0, axis=-1)
    return np.where(np.isnan(steps[..., -1]), np.nan, fell.sum(axis=-1))[()]


def ratio_to_largest_fall(totals: pd.DataFrame) -> FallRatio:
    """:func:`ratios_to_largest_fall` of one series.

    Args:
        totals: as :func:`totals_by_year` gives.
    """
    if totals.empty or as_number(totals["percent"].iloc[-1]) is None:
        return FallRatio(None, None, None, "no change for the latest year")
    latest, earlier, ratio = (
        as_number(float(each)) for each in ratios_to_largest_fall(totals["percent"])
    )
    reason = "no earlier year in the data fell" if earlier is None else ""
    return FallRatio(latest, earlier, ratio, reason)


def ratios_to_largest_fall(percent: ArrayLike) -> FallRatios:
    """The latest percent change of each series over the largest fall of any earlier year.

    Args:
        percent: (..., years), each year's change on the one before, 1 year or more; NaN where
            missing.
    """
    changes = np.asarray(percent, dtype=float)
    falls = np.where(changes[..., :-1] < 0, changes[..., :-1], 0.0).min(axis=-1, initial=0.0)
    latest, earlier = changes[..., -1], np.where(falls < 0, falls, np.nan)
    earlier = np.where(np.isnan(latest), np.nan, earlier)
    return FallRatios(latest, earlier[()], (latest / earlier)[()])


def change_over_years(totals: pd.DataFrame, years: int) -> float | None:
    """:func:`changes_over_years` of one series; None when missing.

    Args:
        totals: as :func:`totals_by_year` gives.
        years: how many years back, 1 or more.

    Raises:
        ValueError: years is under 1.
    """
    return as_number(float(changes_over_years(totals["value"], years)))


def changes_over_years(values: ArrayLike, years: int) -> NDArray:
    """Percent change of each series' latest total on that of so many years before; NaN if missing.

    Args:
        values: (..., years), oldest first; NaN where missing.
        years: how many years back, 1 or more.

    Raises:
        ValueError: years is under 1.
    """
    if years < 1:
        raise ValueError(f"a change is over 1 year or more, not {years}")
    totals = np.asarray(values, dtype=float)
    if totals.shape[-1] <= years:
        return np.full(totals.shape[:-1], np.nan)[()]
    return percent_change(totals[..., -1], totals[..., -1 - years])


def share_of(part: float | None, whole: float | None) -> float | None:
    """100 * part / whole; None when either is missing or the whole is not above zero.

    Of many: :func:`~dashboard.metrics.rates.rate_per` of a hundred.
    """
    some, every = as_number(part), as_number(whole)
    if some is None or every is None or every <= 0:
        return None
    return PER_CENT * some / every
