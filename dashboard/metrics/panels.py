"""Many series side by side, one column a period: what works on whole histories takes them so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.window_rows import SPAN_MONTHS, month_ordinals, series_in

MONTH, QUARTER, ROLLING_YEAR = "month", "quarter", "rolling_year"
STEPS = {
    MONTH: SPAN_MONTHS[MONTH],
    QUARTER: SPAN_MONTHS[QUARTER],
    ROLLING_YEAR: SPAN_MONTHS[QUARTER],
}
"""Months from one place of a panel to the next: rolling years are looked at quarter by quarter."""


@dataclass(frozen=True)
class Panel:
    """Many series in step: one row a series, one column a period.

    Attributes:
        keys: What each row is, in the columns that told the series apart, in their order.
        values: (series, periods), from the earliest period of any to the latest, without a gap;
            NaN where a series has no figure of the period.
    """

    keys: pd.DataFrame
    values: NDArray


def panel_of(frame: pd.DataFrame, by: Sequence[str], period_kind: str = "month") -> Panel:
    """Set the rows of one kind of many series side by side.

    Args:
        frame: the columns of ``by``, period_start, period_kind, value; rows of other kinds are
            left out, and a row whose value is missing is no row.
        by: what tells the series apart, such as ("area_code", "indicator_id"); () for one series.
        period_kind: "month", "quarter" or "rolling_year"; of these the ones that end whole
            quarters before the latest of any.

    Raises:
        ValueError: two values for one series and period, or another kind.
    """
    if period_kind not in STEPS:
        kinds = ", ".join(STEPS)
        raise ValueError(f"'{period_kind}' is not a kind to set side by side; choose {kinds}")
    rows = frame[frame["period_kind"].eq(period_kind) & frame["value"].notna()]
    starts = month_ordinals(rows["period_start"])
    if len(rows) and period_kind == ROLLING_YEAR:
        in_step = (starts.max() - starts) % STEPS[period_kind] == 0
        rows, starts = rows[in_step], starts[in_step]
    periods = starts // STEPS[period_kind]
    first = int(periods.min()) if len(rows) else 0
    width = int(periods.max()) - first + 1 if len(rows) else 0
    place, keys = series_in(rows, by)
    values = np.full((len(keys), width), np.nan)
    values[place, periods - first] = rows["value"].to_numpy(dtype=float)
    if np.count_nonzero(~np.isnan(values)) != len(rows):
        raise ValueError(f"two values for one series and {period_kind}")
    return Panel(keys, values)
