"""The level of an indicator at the end of every month: twelve-month totals or latest values."""

from __future__ import annotations

import pandas as pd

from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR
from dashboard.metrics.windows import SPAN_MONTHS


def rolling_levels(series: pd.DataFrame, aggregation: str = "sum") -> pd.DataFrame:
    """Return what a series stands at, month by month.

    With "sum", the total of the twelve months to each month: from monthly figures where all twelve
    are there, from four quarters, and from rows that are a year long themselves. With "last", the
    figure of each period, at its last month. A month without a level has no row.

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
        parts = [_twelve_month_totals(at_end, span) for span in (1, MONTHS_A_QUARTER)]
        at_end = pd.concat([*parts, at_end[at_end["span"] == MONTHS_A_YEAR]])
    levels = at_end.drop_duplicates("month").sort_values("month", ignore_index=True)
    return levels[["month", "level"]]


def _twelve_month_totals(at_end: pd.DataFrame, span: int) -> pd.DataFrame:
    """Return the totals of twelve months at the end of each period of one length, if all are there.

    Quarters that do not end in step with each other are no year together, and give none.
    """
    found = at_end[at_end["span"] == span].set_index("month")["level"]
    if found.empty:
        return at_end.iloc[:0]
    months = pd.period_range(found.index.min(), found.index.max(), freq="M")
    every = found.reindex(months)
    # Month by month the figures of quarters stand three rows apart, and their sum is of four.
    needed = MONTHS_A_YEAR // span
    totals = every.rolling(MONTHS_A_YEAR, min_periods=needed).sum()
    known = totals[every.notna()].dropna()
    return pd.DataFrame({"month": known.index, "level": known.to_numpy(), "span": MONTHS_A_YEAR})
