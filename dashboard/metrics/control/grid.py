"""The points of a control chart: one series on a regular grid of periods, and its breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.comparability import window_of_note
from dashboard.metrics.left_out import last_unbroken_run
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    later,
    month_at,
    month_label,
    quarter_label,
)
from dashboard.metrics.window_rows import SPAN_MONTHS, SURVEY_WAVE, month_ordinals

KINDS = ("month", "quarter", "year", "rolling_year", SURVEY_WAVE)
"""The finest first: a chart is of the finest figures there are."""
EVERY = {"month": "month", "quarter": "quarter", SURVEY_WAVE: "survey"}
SUPPRESSED = "suppressed"
"""The status of a figure that is not shown; see docs/methods on disclosure."""


@dataclass(frozen=True)
class Grid:
    """Figures of regular periods, oldest first; NaN where one is missing.

    Attributes:
        events: Counts, or percentages where their numbers are not known: (periods,).
        sizes: Denominators or sample sizes; None where there are none.
        months: First month of each period, as timestamps.
        every: month, quarter, year or survey.
        per: Rates are per this many.
        is_summed: Whether a year's figure is the sum of its periods'.
        step: Months of a period.
        suppressed: How many of them are not shown, being small.
    """

    events: NDArray
    sizes: NDArray | None
    months: pd.DatetimeIndex
    names: list[str]
    every: str
    unit: str
    per: float
    is_summed: bool
    step: int
    suppressed: int

    @property
    def cycle(self) -> int:
        """Periods a year that may have a season; 0 for none."""
        return {"month": 12, "quarter": 4}.get(self.every, 0)

    @property
    def place_in_year(self) -> NDArray:
        """Which month (or quarter) of the year each period is, from 0."""
        return (self.months.month.to_numpy() - 1) // (MONTHS_A_YEAR // (self.cycle or 1))


def grid_of(
    series: pd.DataFrame, as_at: pd.Period, *, unit: str, rate_per: float, adds_up: bool
) -> Grid | None:
    """Return the finest figures of an indicator that end by a month; None without any.

    What comes before a hole of more than a year is left to a chart of its own.

    Of twelve-month totals only those are taken that end in the month of the latest, since the
    others share months with them.

    Args:
        series: The rows of one series, as the mart `indicator_period` has them.
        as_at: The last month that counts.
        unit: count, rate or percent.
        rate_per: What a rate is per.
        adds_up: Whether periods add up.
    """
    past = last_unbroken_run(series.assign(value=series["numerator"]), as_at)
    past = past.assign(start=month_ordinals(past["period_start"]))
    known = past[past["numerator"].notna() & past["coverage"].ge(1)]
    kind = next((each for each in KINDS if known["period_kind"].eq(each).any()), "")
    if not kind:
        return None
    own = known[known["period_kind"].eq(kind)].sort_values("start")
    own = own.drop_duplicates("start", keep="last").set_index("start")
    step = SPAN_MONTHS.get(kind, 0)
    if step:
        last = int(own.index[-1])
        first = last - (last - int(own.index[0])) // step * step
        own = own.reindex(range(first, last + 1, step))
    hidden = past["status"].eq(SUPPRESSED) & past["period_kind"].eq(kind)
    grid = _grid(own, unit, float(rate_per), kind, step)
    return replace(grid, is_summed=adds_up and unit != "percent", suppressed=int(hidden.sum()))


def new_series_positions(breaks: pd.DataFrame, grid: Grid) -> tuple[pd.DataFrame, list[int]]:
    """Return breaks with the month that each begins, "2009-04", and their places on a grid.

    The new stretch begins with the first period that starts in that month or later.
    """
    months = [_first_month(str(period)) for period in breaks["period"]]
    starts = month_ordinals(pd.Series(grid.months))
    at = [int(np.searchsorted(starts, month.ordinal)) for month in months if month is not None]
    text = ["" if month is None else str(month) for month in months]
    return breaks.assign(month=pd.Series(text, index=breaks.index, dtype="str")), at


def _grid(own: pd.DataFrame, unit: str, rate_per: float, kind: str, step: int) -> Grid:
    events = own["numerator"].to_numpy(dtype=float)
    sizes = own["sample_size" if unit == "percent" else "denominator"].to_numpy(dtype=float)
    per = rate_per if unit == "rate" else 1.0
    has_sizes = unit != "count" and bool((sizes[np.isfinite(events)] > 0).all())
    if unit == "percent" and has_sizes:
        events, per = events * sizes / 100, 100.0
    months = [month_at(int(start)) for start in own.index]
    return Grid(
        events=events,
        sizes=sizes if has_sizes else None,
        months=pd.DatetimeIndex([month.to_timestamp() for month in months]),
        names=[_name(month, kind) for month in months],
        every=EVERY.get(kind, "year"),
        unit=unit if has_sizes or unit == "percent" else "count",
        per=per,
        is_summed=False,
        step=step or MONTHS_A_YEAR,
        suppressed=0,
    )


def _name(month: pd.Period, kind: str) -> str:
    if kind == "quarter":
        return quarter_label(month)
    if kind in ("year", "rolling_year"):
        return Window(month, later(month, MONTHS_A_YEAR - 1)).label()
    return month_label(month)


def _first_month(period: str) -> pd.Period | None:
    """Return the first month of a period of a note; None for what is no period of time."""
    try:
        window = window_of_note(period)
    except ValueError:
        return None
    return None if window is None else window.first_month
