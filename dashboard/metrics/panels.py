"""Many series side by side, one column a period: what works on whole histories takes them so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.window_rows import KINDS, SPAN_MONTHS, Rows, read_rows, series_in

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
    own = frame[frame["period_kind"].eq(period_kind) & frame["value"].notna()]
    place, keys = series_in(own, by)
    return Panel(keys, side_by_side(read_rows(own, place), len(keys), period_kind))


def side_by_side(rows: Rows, series: int, period_kind: str, up_to: int | None = None) -> NDArray:
    """Set the rows of one kind side by side, as :func:`panel_of`, by the place of their series.

    Args:
        rows: of any kinds.
        series: how many there are.
        period_kind: one of ``STEPS``.
        up_to: the last month that counts, as an ordinal; None for all.

    Returns:
        (series, periods); no periods where there are no rows of the kind.

    Raises:
        ValueError: two values for one series and period.
    """
    chosen = rows.kind == KINDS.index(period_kind)
    if up_to is not None:
        chosen &= rows.last <= up_to
    step = STEPS[period_kind]
    if period_kind == ROLLING_YEAR and chosen.any():
        chosen &= (rows.first[chosen].max() - rows.first) % step == 0
    periods = rows.first[chosen] // step
    first = int(periods.min()) if len(periods) else 0
    width = int(periods.max()) - first + 1 if len(periods) else 0
    values = np.full((series, width), np.nan)
    values[rows.place[chosen], periods - first] = rows.value[chosen]
    if np.count_nonzero(~np.isnan(values)) != len(periods):
        raise ValueError(f"two values for one series and {period_kind}")
    return values
