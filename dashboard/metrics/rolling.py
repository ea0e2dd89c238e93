"""The level of an indicator at the end of every month: twelve-month totals or latest values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.metrics.periods import MONTHS_A_YEAR, Window, month_at
from dashboard.metrics.window_rows import read_rows, series_in
from dashboard.metrics.windows import totals_over


def rolling_levels(
    series: pd.DataFrame, aggregation: str = "sum", by: Sequence[str] = ()
) -> pd.DataFrame:
    """Return what a series stands at, month by month; of one series or of many at once.

    With "sum", the total of the twelve months to each month: from monthly figures where all twelve
    are there, from four quarters, and from rows that are a year long themselves. With "last", the
    figure of each period, at its last month. A month without a level has no row.

    Args:
        series: period_start, period_kind, value and the columns of ``by``.
        aggregation: "sum" for counts, "last" for stocks and percentages.
        by: what tells the series apart, such as ("area_code", "indicator_id"); () for one.

    Returns:
        The columns of ``by``, month (Period[M]), level, in order of them, one row a month.
    """
    present = series[series["value"].notna()]
    place, keys = series_in(present, by)
    rows = read_rows(present, place)
    if aggregation == "sum":
        ends = np.arange(rows.last.min(), rows.last.max() + 1) if len(rows.last) else rows.last
        windows = [Window(month_at(end + 1 - MONTHS_A_YEAR), month_at(end)) for end in ends]
        totals = totals_over(present, by, windows).values
        place, at = np.nonzero(np.isfinite(totals))
        months, levels = ends[at], totals[place, at]
    else:
        figures = pd.DataFrame({"place": place, "month": rows.last, "level": rows.value})
        figures = figures.drop_duplicates(["place", "month"]).sort_values(["place", "month"])
        place, months, levels = (figures[name].to_numpy() for name in figures)
    found = keys.iloc[place].reset_index(drop=True)
    return found.assign(month=pd.PeriodIndex.from_ordinals(months, freq="M"), level=levels)
