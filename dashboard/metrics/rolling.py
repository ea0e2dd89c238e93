"""The level of an indicator at the end of every month: twelve-month totals or latest values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR
from dashboard.metrics.window_rows import SPAN_MONTHS, month_ordinals

_SERIES = "_series"
"""The place of a row's series, while they are worked on together."""


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
    present, names = series[series["value"].notna()], list(by)
    ordinals = month_ordinals(present["period_start"])
    spans = present["period_kind"].map(SPAN_MONTHS).fillna(1).to_numpy(dtype=int)
    place = present.groupby(names, sort=True).ngroup() if names else np.zeros(len(present), int)
    at_end = pd.DataFrame(
        {
            _SERIES: np.asarray(place),
            "month": ordinals + spans - 1,
            "level": present["value"].to_numpy(dtype=float),
            "span": spans,
        }
    )
    if aggregation == "sum":
        parts = [_twelve_month_totals(at_end, span) for span in (1, MONTHS_A_QUARTER)]
        at_end = pd.concat([*parts, at_end[at_end["span"] == MONTHS_A_YEAR]])
    levels = at_end.drop_duplicates([_SERIES, "month"]).sort_values([_SERIES, "month"])
    keys = present[names].drop_duplicates().sort_values(names) if names else pd.DataFrame(index=[0])
    found = keys.iloc[levels[_SERIES].to_numpy()].reset_index(drop=True)
    months = pd.PeriodIndex.from_ordinals(levels["month"].to_numpy(dtype="int64"), freq="M")
    return found.assign(month=months, level=levels["level"].to_numpy())


def _twelve_month_totals(at_end: pd.DataFrame, span: int) -> pd.DataFrame:
    """Return the totals of twelve months at the end of each period of one length, if all are there.

    Quarters that do not end in step with each other are no year together, and give none.
    """
    rows = at_end[at_end["span"] == span]
    if rows.empty:
        return at_end.iloc[:0]
    row, first = rows[_SERIES].to_numpy(), int(rows["month"].min())
    column = rows["month"].to_numpy() - first + MONTHS_A_YEAR - 1
    # Month by month the figures of quarters stand three columns apart, and their sum is of four.
    every = np.full((int(row.max()) + 1, int(column.max()) + 1), np.nan)
    every[row, column] = rows["level"].to_numpy()
    years = sliding_window_view(every, MONTHS_A_YEAR, axis=1)
    enough = np.isfinite(years).sum(axis=2) >= MONTHS_A_YEAR // span
    ends = np.isfinite(every[:, MONTHS_A_YEAR - 1 :])
    where, month = np.nonzero(enough & ends)
    return pd.DataFrame(
        {
            _SERIES: where,
            "month": month + first,
            "level": np.nansum(years[where, month], axis=1),
            "span": MONTHS_A_YEAR,
        }
    )
