"""Periods without a figure in a line: rows of their own, so that the line is broken there."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from dashboard.metrics.left_out import LONGEST_GAP, left_out
from dashboard.metrics.periods import month_at

PERIOD = "period"


def with_gaps(
    history: pd.DataFrame, values: str = "value", period: str = PERIOD, *, span: int = 0
) -> pd.DataFrame:
    """Return a history with a row, empty but for its period, for every period left out.

    Plotly draws a straight line across months that have no row, as if it knew them.

    Args:
        history: A row a period, in order.
        values: The column of the figures. Rows without one are kept: they are gaps as they stand.
        period: The column of the first days of the periods (Timestamp).
        span: Months of a period: a hole in the series has a row too, however irregular its steps;
            0 for surveys, which have no hole.
    """
    if history.empty:
        return history
    months = pd.PeriodIndex(pd.to_datetime(history[period]), freq="M")
    has_figure = history[values].notna().to_numpy()
    starts = [each.ordinal for each in months[has_figure]]
    found = left_out(starts)
    if span:
        pairs = pairwise(starts)
        ends = [before + span for before, after in pairs if after - before - span > LONGEST_GAP]
        found = sorted({*found, *ends})
    known = {each.ordinal for each in months}
    missing = [month_at(each).to_timestamp() for each in found if each not in known]
    if not missing:
        return history
    rows = pd.DataFrame({period: missing}).astype({period: history[period].dtype})
    both = pd.concat([history, rows], ignore_index=True)
    return both.sort_values(period, kind="stable", ignore_index=True)


def gaps_in(history: pd.DataFrame, values: str, period: str) -> int:
    """Return in how many periods between the first and the last figure there is none."""
    known = history.dropna(subset=[values])
    return len(with_gaps(known, values, period)) - len(known)


def isolated_points(values: pd.Series) -> list[bool]:
    """Return which figures have none before and none after them, so that no line reaches them."""
    known = values.notna()
    beside = known.shift(fill_value=False) | known.shift(-1, fill_value=False)
    return list(known & ~beside)
