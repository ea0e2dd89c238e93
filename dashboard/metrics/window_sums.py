"""Totals of one window for many series at once; as `windows.window_total`, a thousand in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import Window
from dashboard.metrics.windows import SPAN_MONTHS, month_ordinals, window_total

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
        by: what tells the series apart, such as ("area_code", "indicator_id").
        period_kind: "month", "quarter" or "rolling_year"; of these the ones that end whole
            quarters before the latest of any.

    Raises:
        ValueError: two values for one series and period, or another kind.
    """
    if period_kind not in STEPS:
        kinds = ", ".join(STEPS)
        raise ValueError(f"'{period_kind}' is not a kind to set side by side; choose {kinds}")
    rows = frame[frame["period_kind"].eq(period_kind) & frame["value"].notna()]
    names, starts = list(by), month_ordinals(rows["period_start"])
    if len(rows) and period_kind == ROLLING_YEAR:
        in_step = (starts.max() - starts) % STEPS[period_kind] == 0
        rows, starts = rows[in_step], starts[in_step]
    periods = starts // STEPS[period_kind]
    first = int(periods.min()) if len(rows) else 0
    width = int(periods.max()) - first + 1 if len(rows) else 0
    keys = rows[names].drop_duplicates().sort_values(names, ignore_index=True)
    at = rows.groupby(names, sort=True).ngroup().to_numpy(), periods - first
    if len(np.unique(at[0] * width + at[1])) != len(rows):
        raise ValueError(f"two values for one series and {period_kind}")
    values = np.full((len(keys), width), np.nan)
    values[at] = rows["value"].to_numpy(dtype=float)
    return Panel(keys, values)


def window_sums(frame: pd.DataFrame, by: Sequence[str], window: Window) -> pd.DataFrame:
    """Return the total of a window for every series of a frame.

    The months of the window, else one row that spans it exactly, else its quarters; what fits
    none of these is looked at by :func:`~dashboard.metrics.windows.window_total`, so that both
    give the same.

    Args:
        frame: the columns of ``by``, period_start, period_kind, value.
        by: what tells the series apart.
        window: whole months.

    Returns:
        The columns of ``by`` and total (NaN when incomplete), one row a series of the frame, in
        order of the keys.
    """
    names = list(by)
    series = frame[names].drop_duplicates().sort_values(names, ignore_index=True)
    inside = frame[_lie_inside(frame, window) & frame["value"].notna()]
    series["total"] = np.nan
    for kinds in ([MONTH], _exact_kinds(window), [QUARTER]):
        series = _filled(series, _tiled(inside[inside["period_kind"].isin(kinds)], names, window))
    left = series[series["total"].isna()][names]
    kinds = inside.groupby(names, as_index=False)["period_kind"].nunique()
    mixed = left.merge(kinds[kinds["period_kind"].gt(1)], on=names)
    for key in mixed[names].itertuples(index=False):
        own = inside[(inside[names] == list(key)).all(axis=1)]
        is_own = (series[names] == list(key)).all(axis=1)
        series.loc[is_own, "total"] = window_total(own, window).value
    return series


def _lie_inside(frame: pd.DataFrame, window: Window) -> NDArray:
    starts = month_ordinals(frame["period_start"])
    ends = starts + frame["period_kind"].map(SPAN_MONTHS).fillna(1).to_numpy(dtype=int) - 1
    return (starts >= window.first_month.ordinal) & (ends <= window.last_month.ordinal)


def _exact_kinds(window: Window) -> list[str]:
    return [kind for kind, span in SPAN_MONTHS.items() if span == window.month_count]


def _tiled(rows: pd.DataFrame, names: list[str], window: Window) -> pd.DataFrame:
    """Return keys and total of the series whose rows of one length fill the window."""
    if rows.empty:
        return pd.DataFrame(columns=[*names, "total"])
    rows = rows.drop_duplicates([*names, "period_start"])
    spans = rows["period_kind"].map(SPAN_MONTHS).astype("int64")
    grouped = rows.assign(spans=spans).groupby(names, as_index=False)
    found = grouped.agg(total=("value", "sum"), spans=("spans", "sum"))
    return found[found["spans"].eq(window.month_count)][[*names, "total"]]


def _filled(series: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    if found.empty:
        return series
    keys = [name for name in found.columns if name != "total"]
    other = series[keys].merge(found, on=keys, how="left")["total"].to_numpy(dtype=float)
    known = series["total"].to_numpy(dtype=float)
    return series.assign(total=np.where(np.isnan(known), other, known))
