"""How every indicator moved over the last years: its level at the end of each month."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.levels import levels_by_month
from dashboard.analysis.picture import Picture
from dashboard.metrics.periods import MONTHS_A_YEAR, parse_month
from dashboard.store.cache import cached_per_build

YEARS = 3
COLUMNS = ["indicator_id", "month", "level"]


@cached_per_build
def recent_levels(picture: Picture, as_at: str | pd.Period) -> pd.DataFrame:
    """Return the levels of every indicator that has figures, up to a month.

    A level is the twelve-month total or rate, or the latest percentage or stock.

    Args:
        picture: The area.
        as_at: The last month that counts.

    Returns:
        indicator_id, month (Period[M]), level, in order; the last `YEARS` years.
    """
    last = parse_month(as_at)
    levels = _all_levels(picture)
    inside = levels["month"].between(last - YEARS * MONTHS_A_YEAR, last)
    return levels[inside].reset_index(drop=True)


@cached_per_build
def _all_levels(picture: Picture) -> pd.DataFrame:
    parts = [
        levels_by_month(picture, indicator).assign(indicator_id=indicator)[COLUMNS]
        for indicator in picture.indicators_with_figures()
    ]
    nothing = pd.DataFrame({"indicator_id": [], "month": pd.PeriodIndex([], freq="M"), "level": []})
    return pd.concat([part for part in parts if len(part)] or [nothing], ignore_index=True)
