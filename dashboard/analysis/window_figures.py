"""Counts, changes and rates of many areas and indicators over many periods, without a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.analysis.levels import counted
from dashboard.metrics.percent import percent_change, withhold_small_base
from dashboard.metrics.periods import MONTHS_A_YEAR, Window
from dashboard.metrics.rates import RESIDENTS_PER_RATE, rate_per
from dashboard.metrics.window_rows import month_ordinals, spans_of
from dashboard.metrics.windows import totals_over

KEYS = ["indicator_id", "area_code"]
VALUES = ["count", "before", "change", "percent", "rate"]
COLUMNS = [*KEYS, "window", *VALUES, "instead", "people", "people_year"]
NO_FIGURE, SUPPRESSED = "no figure", "suppressed"
_BY_WINDOW = [*KEYS, "window"]
_DENOMINATOR = {"denominator": "people", "denominator_year": "people_year"}


def window_figures(
    series: pd.DataFrame, windows: Sequence[Window], per: float = RESIDENTS_PER_RATE
) -> pd.DataFrame:
    """Return what series of counts amount to over periods, and over the same a year before.

    Totals are those of :func:`~dashboard.metrics.windows.totals_over`.

    Args:
        series: Rows of `indicator_period`, any indicators and areas.
        windows: Whole months, in order, none in another.
        per: What a rate is per.

    Returns:
        `COLUMNS`, one row an indicator, area and window (its place among those given): percent is
        withheld where the earlier count is small, rate missing without a denominator of the
        period; instead says why a count is missing; people and people_year are the denominator.
    """
    inside = _placed(series, windows)
    earlier = [window.moved_by(-MONTHS_A_YEAR) for window in windows]
    keys, totals = totals_over(counted(series), KEYS, [*windows, *earlier])
    count, before = np.hsplit(totals, 2)
    rows = keys.merge(pd.DataFrame({"window": range(len(windows))}), "cross")
    rows = rows.assign(count=count.ravel(), before=before.ravel())
    people = inside.dropna(subset=["denominator"]).sort_values("period_start", kind="stable")
    people = people.drop_duplicates(_BY_WINDOW, keep="last").rename(columns=_DENOMINATOR)
    for found in (people[[*_BY_WINDOW, *_DENOMINATOR.values()]], _instead(inside, windows)):
        rows = rows.merge(found, on=_BY_WINDOW, how="left")
    rows = rows.astype({"people": "float64", "people_year": "float64"})
    rows["change"] = rows["count"] - rows["before"]
    percent = percent_change(rows["count"], rows["before"])
    rows["percent"] = withhold_small_base(percent, rows["before"])
    rows["rate"] = rate_per(rows["count"], rows["people"], per)
    rows["instead"] = rows["instead"].fillna(NO_FIGURE).where(rows["count"].isna(), "")
    return rows[COLUMNS]


def instead_of(series: pd.DataFrame, window: Window) -> str:
    """Return what is shown in place of the count of a window: "" where nothing is suppressed."""
    said = _instead(_placed(series, [window]), [window])["instead"]
    return "" if said.empty else str(said.iloc[0])


def _placed(figures: pd.DataFrame, windows: Sequence[Window]) -> pd.DataFrame:
    """Return the rows that lie in one of the windows, with its place and their months."""
    firsts = np.array([window.first_month.ordinal for window in windows])
    lasts = np.array([window.last_month.ordinal for window in windows])
    starts = month_ordinals(figures["period_start"])
    spans = spans_of(figures["period_kind"])
    at = np.searchsorted(firsts, starts, side="right") - 1
    is_inside = (at >= 0) & (starts + spans - 1 <= lasts[at])
    return figures.assign(window=at, spans=spans)[is_inside]


def _instead(inside: pd.DataFrame, windows: Sequence[Window]) -> pd.DataFrame:
    """Return the words of the period itself, or "suppressed" where it is part of the window."""
    hidden = inside[inside["suppression"].fillna("").ne("")]
    needed = np.array([window.month_count for window in windows])[hidden["window"]]
    words = hidden["suppression"].astype(object).where(hidden["spans"].eq(needed), SUPPRESSED)
    return hidden[_BY_WINDOW].assign(instead=words).drop_duplicates(_BY_WINDOW)
