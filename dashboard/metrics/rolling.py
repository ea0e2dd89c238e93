"""The level of an indicator at the end of every month: twelve-month totals or latest values."""

from __future__ import annotations

import pandas as pd

from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.windows import SPAN_MONTHS


def rolling_levels(series: pd.DataFrame, aggregation: str = "sum") -> pd.DataFrame:
    """Return what a series stands at, month by month.

    With "sum", the total of the twelve months to each month: from monthly figures where all twelve
    are there, and from rows that are a year long themselves. With "last", the figure of each
    period, at its last month. A month without a level has no row.

    Args:
        series: one indicator of one area: period_start, period_kind, value.
        aggregation: "sum" for counts, "last" for stocks and percentages.

    Returns:
        month (Period[M]), level, in order of the months, one row a month.
    """
    present = series[series["value"].notna()]
    starts = pd.PeriodIndex(pd.to_datetime(present["period_start"]), freq="M")
    spans = present["period_kind"].map(SPAN_MONTHS).fillna(1).astype(int)
    ends = pd.PeriodIndex.from_ordinals(starts.asi8 + spans.to_numpy() - 1, freq="M")
    at_end = pd.DataFrame({"month": ends, "level": present["value"].to_numpy(), "span": spans})
    if aggregation == "sum":
        at_end = pd.concat([_twelve_month_totals(at_end), at_end[at_end["span"] == MONTHS_A_YEAR]])
    levels = at_end.drop_duplicates("month").sort_values("month", ignore_index=True)
    return levels[["month", "level"]]


def _twelve_month_totals(at_end: pd.DataFrame) -> pd.DataFrame:
    monthly = at_end[at_end["span"] == 1].set_index("month")["level"]
    if monthly.empty:
        return at_end.iloc[:0]
    months = pd.period_range(monthly.index.min(), monthly.index.max(), freq="M")
    totals = monthly.reindex(months).rolling(MONTHS_A_YEAR, min_periods=MONTHS_A_YEAR).sum()
    known = totals.dropna()
    return pd.DataFrame({"month": known.index, "level": known.to_numpy(), "span": MONTHS_A_YEAR})
